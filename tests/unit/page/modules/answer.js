import { showResults, showStopped, showWorking } from '/static/results.js';
import { equal } from './equal.js';

const IDS = ['answer', 'headline', 'pairs', 'cost', 'losers', 'to-answer', 'warnings', 'rows'];
const PLACE = { title: 'Here', residents: 5000 };
const [NOTHING, LEVER] = [{ policies: [], shocks: [] }, { policies: [{ use: 'outreach' }], shocks: [] }];
const WORKING = 'Working out what this changes…';
const COST = {
  measure: 'policy_costs', title: 'Cost', kind: 'money', unit: '£ a month', decision: 'up', words: '', reference: { shown: '£0' }, policy: { shown: '£4' },
  difference: { shown: '+£4' } };
const VIEW = {
  done: 8, of: 8, months: 120, plain: 'More.', losers: [], warnings: [], rows: [COST], cost: { sentence: 'It cost £900.', a_year: { shown: '+£90', interval: null } } };

/** The parts of the answer on a page, for one check. */
async function staged(check) {
  const parts = IDS.map((id) => Object.assign(document.createElement('div'), { id }));
  document.body.append(...parts);
  try {
    await check(Object.fromEntries(parts.map((part) => [part.id, () => part.textContent])));
  } finally {
    for (const part of parts) part.remove();
  }
}

export const checks = {
  'the large figure of the cost says what it is the mean of, and the last year stands apart': () => staged((parts) => {
    showResults(VIEW, PLACE, LEVER);
    equal(parts.cost(), '£90 a year to run itMean of all 120 months, seed capital includedIt cost £900. In the last twelve months: +\u2060£4 a month, as in the table.');
  }),
  'that nothing is switched on is not said of a lever that was just switched on': () => staged((parts) => {
    showResults(VIEW, PLACE, NOTHING);
    equal(parts.headline().startsWith('Nothing is switched on yet'), true);
    showWorking(LEVER, PLACE);
    equal([parts.headline(), parts['to-answer'](), parts.pairs(), parts.cost(), parts.losers()], [WORKING, WORKING, 'Charts and table are still those of the choice before.', 'Not worked out yet.', 'Not worked out yet.']);
    showStopped();
    equal(parts.headline(), 'This could not be worked out.');
  }),
  'an answer of the choice before stays and is told as such': () => staged((parts) => {
    showResults(VIEW, PLACE, LEVER);
    showWorking(LEVER, PLACE);
    equal([parts.headline(), parts.pairs()], ['More.', `${WORKING} Until then the answer below is still that of the choice before.`]);
    showWorking(NOTHING, PLACE);
    equal(parts.headline().startsWith('Nothing is switched on yet'), true);
  }),
};
