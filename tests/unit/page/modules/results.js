import { showResults } from '/static/results.js';
import { equal } from './equal.js';

const PLACE = { title: 'Here', residents: 5000, copy: true };
const COPY = { words: 'in the copy of 1,250 residents', note: 'Out of 5,000.' };
const CHOSEN = { policies: [{ use: 'lots' }], shocks: [], residents: 1250 };

/** The cost card of a view, as the page shows it. */
function costOf(view, state = CHOSEN) {
  const root = document.body.appendChild(document.createElement('div'));
  for (const id of ['answer', 'headline', 'pairs', 'to-answer', 'cost', 'losers', 'warnings', 'rows']) root.append(Object.assign(document.createElement('div'), { id }));
  showResults({ headline: 'So it is.', done: 2, of: 2, rows: [], losers: [], cost: { sentence: 'It costs nothing.' }, copy: null, ...view }, PLACE, state);
  root.remove();
  return root.querySelector('#cost');
}

export const checks = {
  'that sums are of a copy is said on one line, and the rest of it is folded'() {
    const box = costOf({ copy: COPY }).querySelector('details');
    equal([box.open, box.firstElementChild.textContent, box.lastElementChild.textContent], [false, 'Sums are those in the copy of 1,250 residents', 'Out of 5,000.']);
  },
  'of the whole place nothing of the kind is said'() {
    equal(costOf({}).textContent, 'It costs nothing.');
  },
  'where nothing is chosen no cost is told'() {
    equal(costOf({ copy: COPY }, { ...CHOSEN, policies: [] }).textContent, 'Nothing, for now: this is Here with business as usual.');
  },
};
