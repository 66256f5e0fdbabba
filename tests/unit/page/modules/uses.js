import { anchorsFor, firstUse, popularity, rebalanced, sliderRange, switchedOff, switchedOn, usesOf, withoutUse, withValue } from '/static/uses.js';
import { equal } from './equal.js';

const LEVER = { use: 'lots', shock: false, options: [{ name: 'share', kind: 'share', required: true, low: 0, high: 1 }], use_with: { here: { use: 'lots', share: 0.3 } } };
const EMPTY = { place: 'here', policies: [], shocks: [] };
const PLACE = { name: 'there', anchors: [{ name: 'trust', kind: 'health' }, { name: 'council', kind: 'council' }] };

export const checks = {
  'a lever is switched on, changed and switched off, and what was there is left alone'() {
    const first = switchedOn(EMPTY, LEVER, [firstUse(LEVER, { name: 'here', anchors: [] })]);
    equal(first.policies, [{ use: 'lots', share: 0.3 }]);
    const twice = switchedOn(first, LEVER, [{ use: 'lots', share: 0.5 }]);
    const changed = withValue(twice, LEVER, usesOf(twice, LEVER)[1].at, 'share', 0.6);
    equal([changed.policies.map((use) => use.share), first.policies.length, EMPTY.policies.length], [[0.3, 0.6], 1, 0]);
    equal(withoutUse(changed, LEVER, 0).policies, [{ use: 'lots', share: 0.6 }]);
    equal(switchedOff(changed, LEVER), EMPTY);
  },
  'a value that is taken away leaves no key'() {
    const state = { ...EMPTY, policies: [{ use: 'lots', end: '2014-01', share: 0.3 }] };
    equal(withValue(state, LEVER, 0, 'end', undefined).policies, [{ use: 'lots', share: 0.3 }]);
  },
  'a use in another place takes what is known from anywhere'() {
    equal(firstUse(LEVER, PLACE), { use: 'lots', share: 0.3 });
    const anchored = { ...LEVER, use_with: {}, options: [{ name: 'anchor', kind: 'anchor', anchor_kinds: ['council'] }, ...LEVER.options] };
    equal(firstUse(anchored, PLACE), { use: 'lots', anchor: 'council', share: 0 });
    equal(anchorsFor({ anchor_kinds: null }, PLACE).length, 2);
  },
  'what presets use most comes first, and presets of one lever do not count'() {
    const found = popularity([{ name: 'a/b', state: { policies: [{ use: 'x' }, { use: 'x' }] } }, { name: 'levers/y', state: { policies: [{ use: 'y' }] } }]);
    equal([found.get('x'), found.get('y')], [1, undefined]);
  },
  'a slider reaches what it begins with and has steps that keys can walk'() {
    for (const [kind, value, high] of [['share', 0.4, 1], ['money', 800000, 1e9], ['months', 60, 600], ['count', 3, 10000], ['number', 0.5, null], ['money', 0, 1e9]]) {
      const range = sliderRange({ kind, low: 0, high, default: null }, value);
      equal([range.low <= value, range.high >= value, range.step > 0, (range.high - range.low) / range.step <= 1000, (range.high - range.low) / range.step >= 10], [true, true, true, true, true]);
    }
    equal(sliderRange({ kind: 'money' }, 5, { low: 0, high: 4, step: 1 }), { low: 0, high: 5, step: 1 });
  },
  'parts keep their sum when one is moved'() {
    const names = ['a', 'b', 'c'];
    for (const value of [0, 0.33, 1]) {
      const found = rebalanced({ a: 0.5, b: 0.3, c: 0.2 }, names, 'a', value);
      equal([found.a, Math.round(names.reduce((sum, name) => sum + found[name], 0) * 100)], [value, 100]);
      equal(names.every((name) => found[name] >= 0), true);
    }
    equal(rebalanced({ a: 1, b: 0, c: 0 }, names, 'a', 0.5), { a: 0.5, b: 0.25, c: 0.25 });
  },
};
