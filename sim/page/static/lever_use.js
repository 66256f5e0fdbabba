// The controls of one use of a lever: its slider, its further options, when it begins and ends.

import { controlFor, monthChoice } from './controls.js';
import { split, withValue } from './uses.js';

const RAMP = { name: 'ramp_months', kind: 'months', title: 'Grows to full strength over', low: 0, high: 60, step: 1, default: 0 };

/** The controls of the use with this number; `at()` is its place in the list of the state. `first` stands in the card, `further` in its details. */
export function useControls(lever, number, page, at) {
  const suffix = number ? `-${number + 1}` : '';
  const { main, rest } = split(lever);
  const context = (name, short) => ({
    hook: `option-${lever.use}-${name}${suffix}`, short, exact: !short,
    sectors: page.offer.sectors, symbol: () => page.place().symbol, place: page.place, state: page.store.get,
  });
  const change = (name) => (value, live = false) => {
    page.change(withValue(page.store.get(), lever, at(), name, value), live ? `${lever.use}/${number}/${name}` : null);
  };
  const range = () => lever.slider_with?.[page.place().name];
  const controls = [
    ...main.map((option) => [option.name, controlFor(option, { ...context(option.name, true), range }, change(option.name))]),
    ...rest.map((option) => [option.name, controlFor(option, context(option.name, false), change(option.name))]),
    ['start', monthChoice('start', 'Begins', context('start', false), change('start'), 'at once')],
    ['ramp_months', controlFor(RAMP, { ...context('ramp_months', false), exact: false }, change('ramp_months'))],
    ['end', monthChoice('end', 'Ends', context('end', false), change('end'), 'not within these years')],
  ];
  const nodes = controls.map(([, control]) => control.node);
  return {
    first: nodes.slice(0, main.length),
    further: nodes.slice(main.length),
    show: (use) => controls.forEach(([name, control]) => control.show(use[name])),
  };
}
