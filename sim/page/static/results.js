// The answer in words: the headline, how many pairs of runs, what it costs, who gains and who loses, and what runs warned of.

import { byId, element, renew, say } from './dom.js';
import { counted } from './formats.js';
import { showRows } from './result_rows.js';
import { placeWords, residentsWords } from './size_words.js';

const UNTOLD = 'no difference that can be told from luck';
const COST = 'policy_costs'; // the measure of what running it costs
const WORKING = 'Working out what this changes…';
const BEFORE = `${WORKING} Until then the answer below is still that of the choice before.`;
const LOSERS = 2; // sentences that are shown at once: next door, and suppliers outside

function list(found) {
  return element('ul', {}, found.map((words) => element('li', { text: words })));
}

/** What a choice costs beside running it: what can be told from luck at once, the rest one click away. */
function furtherCosts(found) {
  const told = found.filter((words) => !words.includes(UNTOLD));
  const others = found.filter((words) => words.includes(UNTOLD));
  return [told.length ? list(told) : null, others.length ? element('details', {}, element('summary', { text: `${others.length} more that can’t be told from luck` }), list(others)) : null];
}

/** That sums are of a copy, on one line; what that means is one click away, so that charts begin on the first screen. */
function ofCopy(copy) {
  return element('details', { 'data-test': 'of-copy' }, element('summary', { text: `Sums are those ${copy.words}` }), element('p', { class: 'soft', text: copy.note }));
}

/** The cost of the last twelve months, as its row of the table has it: apart from the mean of the whole time, in which seed capital weighs more. */
function lastCost(view) {
  const row = view.rows.find((one) => one.measure === COST);
  return row ? `In the last twelve months: ${row.difference.shown}${row.unit.replace(/^\S+/, '')}, as in the table.` : '';
}

/** What running the choice costs by the year, and what it costs beside that. */
function showCost(root, view) {
  const amount = view.cost.a_year;
  const shown = amount?.shown?.replace(/^\+/, '');
  const apart = amount?.interval && amount.low !== amount.high;
  renew(root, ...[
    shown ? element('div', { class: 'sum' },
      element('p', { class: 'big', text: `${shown.includes('year') ? shown : `${shown} a year`} to run it` }),
      element('p', { class: 'soft', text: `${apart ? `${amount.interval}; mean` : 'Mean'} of all ${counted(view.months, 'month')}, seed capital included` })) : null,
    view.copy ? ofCopy(view.copy) : null,
    element('p', { text: `${view.cost.sentence} ${lastCost(view)}`.trim() }),
    ...furtherCosts(view.cost.more ?? []),
  ].filter(Boolean));
}

function showLosers(root, view) {
  const [shown, more] = [view.losers.slice(0, LOSERS), view.losers.slice(LOSERS)];
  renew(root, ...[
    shown.length ? list(shown) : element('p', { text: 'No one of those who are watched here, as far as these runs can tell.' }),
    more.length ? element('details', {}, element('summary', { text: 'More on gains and losses' }), list(more)) : null,
  ].filter(Boolean));
}

/** Whether a state has no lever: then both sides are the same. */
function isEmpty(state) {
  return state.policies.length + state.shocks.length === 0;
}

/** Say that nothing is chosen yet: every sentence about a difference would say that there is none. */
function nothingChosen(place) {
  say(byId('headline'), 'Nothing is switched on yet, so both sides are the same. What would you change?');
  byId('cost').replaceChildren(element('p', { text: `Nothing, for now: this is ${place.title} with business as usual.` }));
  byId('losers').replaceChildren(element('p', { text: 'No one, for now.' }));
  say(byId('to-answer'), 'Nothing is switched on yet. See the place as it is');
}

/** The bar below the levers of a phone: the first difference with its interval. */
function showBar(bar, view) {
  const [first] = view.rows;
  if (!first) return;
  const { shown, interval } = first.difference;
  const between = interval ? `, ${interval}` : '; no interval yet';
  say(bar, `${first.title}: ${shown}${between}. See all that changes`);
}

/** A warning in words, with the runs and months in which it came. */
function warningWords({ words, runs }) {
  return `${words} ${runs}`;
}

/** Show a view in words. */
export function showResults(view, place, state) {
  say(byId('headline'), view.plain ?? view.headline);
  say(byId('pairs'), `Mean of the last twelve months, from ${counted(view.done, 'pair')} of runs${view.done < view.of ? ` of ${view.of}` : ''}, in ${placeWords(place, state)}.`
    + (view.copy ? ' A copy answers fast; its numbers are those of a smaller place.' : ''));
  byId('answer').dataset.of = isEmpty(state) ? 'nothing' : 'choice';
  if (isEmpty(state)) nothingChosen(place);
  else {
    showBar(byId('to-answer'), view);
    showCost(byId('cost'), view);
    showLosers(byId('losers'), view);
  }
  byId('warnings').replaceChildren(...(view.warnings ?? []).map((warning) => element('p', { text: warningWords(warning) })));
  showRows(byId('rows'), view);
}

/** Say that a choice is being worked out. An answer of the choice before stays, and is told as such; that nothing is switched on is no longer true. */
export function showWorking(state, place) {
  const answer = byId('answer');
  const before = answer.dataset.of === 'choice';
  const told = before && !isEmpty(state) ? BEFORE : 'Charts and table are still those of the choice before.';
  say(byId('pairs'), answer.dataset.of ? told : '');
  if (isEmpty(state)) {
    answer.dataset.of = 'nothing';
    nothingChosen(place);
  } else if (!before) notYet(WORKING, 'Not worked out yet.');
}

/** Say that working out a choice ended in trouble, which is told elsewhere. */
export function showStopped() {
  if (byId('headline').textContent === WORKING) notYet('This could not be worked out.', 'Not worked out.');
  else say(byId('pairs'), byId('pairs').textContent.replace(BEFORE, 'This could not be worked out: the answer below is still that of the choice before.'));
}

function notYet(headline, card) {
  say(byId('headline'), headline);
  for (const id of ['cost', 'losers']) byId(id).replaceChildren(element('p', { text: card }));
  byId('warnings').replaceChildren();
  say(byId('to-answer'), headline);
}

/** What was chosen, a sentence a lever. */
export function showChosen(root, lines) {
  root.replaceChildren(lines.length ? list(lines) : element('p', { text: 'Nothing yet: both sides are the same. Switch on a lever.' }));
}

/** The heading of the page and the banner of an invented place. */
export function showPlace(place, state) {
  say(byId('place-title'), place.title);
  const words = residentsWords(place, state);
  byId('place-words').replaceChildren(`${words.charAt(0).toUpperCase()}${words.slice(1)}. `, element('span', { text: 'Business as usual beside what you choose.' }));
  const invented = byId('invented');
  invented.hidden = !place.invented;
  say(invented, place.invented ? 'An invented place: nothing here is a figure about a real town.' : '');
  document.title = `${place.title}: where the money goes`;
}
