import { poundSection } from '/static/pound.js';
import { equal } from './equal.js';

const PLACE = { symbol: '£', anchors: [{ name: 'council', title: 'Council' }] };
const YEARS = (months) => ({ place: 'here', start: '2013-04', months });

/** The section with eight pairs of runs, and what it shows. */
function staged() {
  const root = document.createElement('section');
  const state = YEARS(60);
  const section = poundSection(root, { store: { get: () => state }, place: () => PLACE, placeOf: () => PLACE, pairs: () => 8 });
  const found = (hook) => root.querySelector(`[data-test=${hook}]`);
  return { section, month: found('follow-month'), caveat: found('follow-caveat') };
}

export const checks = {
  'the month is the last one of what is chosen until a month is chosen'() {
    const { section, month } = staged();
    section.settled(YEARS(60));
    section.settled(YEARS(120));
    equal([month.value, month.selectedOptions[0].textContent], ['120', 'March 2023']);
  },
  'a month that was chosen stays as long as there is such a month'() {
    const { section, month } = staged();
    section.settled(YEARS(60));
    month.value = '24';
    month.dispatchEvent(new Event('change'));
    section.settled(YEARS(120));
    equal(month.value, '24');
    section.settled(YEARS(12));
    equal(month.value, '12');
  },
  'why it differs from the answer is said'() {
    const { section, caveat } = staged();
    section.settled(YEARS(60));
    equal(caveat.textContent.startsWith('One month of one history (one run on each side), and the pounds of one anchor. The answer above is the mean of 8 pairs'), true);
  },
};
