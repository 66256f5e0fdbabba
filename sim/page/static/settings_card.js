// What holds for both sides: how long, when, how large a copy, what other places do, how many pairs of runs.

import { controlFor } from './controls.js';
import { element, say } from './dom.js';
import { counted, monthAfter, monthWords, number } from './formats.js';

const NEIGHBOURS = [
  { name: 'unchanged', title: 'Other places carry on as before' },
  { name: 'same-policies', title: 'Next door does the same' },
  { name: 'everywhere', title: 'Everywhere else does the same' },
];
const LENGTHS = [12, 24, 36, 60, 84, 120];

function lengthChoice(length) {
  return { name: String(length), title: length % 12 ? counted(length, 'month') : counted(length / 12, 'year') };
}

/** A group of choices that are no levers. */
export function settingsCard(page) {
  const context = (hook) => ({ hook, symbol: () => page.place().symbol, place: page.place, state: page.store.get, short: false });
  const change = (key) => (value) => {
    page.change({ ...page.store.get(), [key]: value });
  };
  const most = page.offer.limits?.most_months ?? 120;
  const lengths = LENGTHS.filter((length) => length <= most);
  const lengthOption = { name: 'months', title: 'How long to look ahead', kind: 'text', choices: lengths.map(lengthChoice) };
  const months = controlFor(lengthOption, context('months'), (value) => change('months')(Number(value)));
  const neighbours = controlFor({ name: 'neighbours', title: 'And the others?', kind: 'text', choices: NEIGHBOURS }, context('neighbours'), change('neighbours'));
  const title = controlFor({ name: 'title', title: 'Name what you chose', kind: 'text', default: '' }, context('title'), change('title'));
  const pairs = controlFor({
    name: 'pairs', title: 'How many pairs of runs', kind: 'text',
    choices: [2, 4, 8, 12].filter((count) => count <= (page.offer.limits?.compare_seeds?.[1] ?? 12)).map((count) => ({ name: String(count), title: number(count) })),
    meaning: 'More pairs take longer and narrow the interval.',
  }, context('pairs-wanted'), (value) => page.wantPairs(Number(value)));
  const words = element('p', { class: 'hint' });
  const node = element('details', { class: 'pillar' }, element('summary', {}, element('h3', { text: 'Time and place' })),
    element('div', { class: 'lever settings' }, words, months.node, neighbours.node, pairs.node, title.node));
  return {
    node,
    show(state) {
      if (!lengths.includes(state.months)) {
        lengths.push(state.months);
        lengthOption.choices = lengths.sort((one, other) => one - other).map(lengthChoice);
      }
      months.show(String(state.months));
      neighbours.show(state.neighbours);
      title.show(state.title ?? '');
      pairs.show(String(page.pairs()));
      const changed = Object.keys(state.parameters ?? {}).length;
      say(words, `${monthWords(state.start)} to ${monthWords(monthAfter(state.start, state.months - 1))}.`
        + (changed ? ` ${counted(changed, 'assumption')} of the place ${changed === 1 ? 'is' : 'are'} changed by the file or preset.` : ''));
    },
  };
}
