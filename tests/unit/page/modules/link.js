import { Trouble } from '/static/api.js';
import { decode, encode, fromAddress, linkTrouble, spare, whole } from '/static/link.js';
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
  'a link that can’t be used says what is shown instead, and that what is wrong is in the link'() {
    const told = (error) => { const { message, remedy, problems } = linkTrouble(error, 'what was shown stays'); return [message, remedy, problems]; };
    const first = 'This link could not be used, so what was shown stays.';
    equal(told(new Trouble('No answer.', 'Wait.')), [first, 'No answer. Wait.', []]);
    const [problem] = [{ words: 'Share: 300%.' }];
    equal(told(new Trouble('This can’t be run as it is.', '', [problem])), [first, 'What follows is wrong in the link, not in what is set here. Ask for the link again, or begin from here.', [problem]]);
    const fault = new TypeError('x');
    equal(linkTrouble(fault, 'so') === fault, true);
  },
  'a damaged link is refused in words'() {
    for (const text of ['%%%', 'AAAA', btoa('[1]'), btoa('null'), btoa('"a"'), encode(STATE).slice(0, -9)]) refuses(() => fromAddress(`#s=${text}`), 'This link is damaged');
  },
};
