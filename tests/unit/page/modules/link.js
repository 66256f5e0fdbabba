import { decode, encode, fromAddress, spare, whole } from '/static/link.js';
import { equal, refuses } from './equal.js';

const STATE = { place: 'anytown', months: 60, policies: [{ use: 'lots', largest_lot: 1e5 }], shocks: [], parameters: {}, neighbours: 'unchanged', title: 'Ö £ “a”' };

export const checks = {
  'a state comes back from its link'() {
    equal(whole(decode(encode(STATE))), whole(Object.fromEntries(Object.entries(decode(encode(STATE))))));
    const back = decode(encode(STATE));
    for (const key of Object.keys(STATE)) equal(back[key], STATE[key]);
  },
  'a link needs no escaping and leaves defaults out'() {
    equal(/^[A-Za-z0-9_-]+$/.test(encode(STATE)), true);
    equal(Object.keys(spare(STATE)), ['place', 'months', 'policies', 'title']);
  },
  'an address without a state has none'() {
    equal([fromAddress(''), fromAddress('#answer')], [null, null]);
  },
  'a damaged link is refused in words'() {
    for (const text of ['%%%', 'AAAA', btoa('[1]'), btoa('null'), btoa('"a"'), encode(STATE).slice(0, -9)]) refuses(() => fromAddress(`#s=${text}`), 'This link is damaged');
  },
};
