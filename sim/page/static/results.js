// The answer in words: the headline, how many pairs of runs, cost, who gains and who loses, and the table of all results.

import { byId, element, say } from './dom.js';
import { counted } from './formats.js';

const LOSERS = 2; // sentences that are shown at once: next door, and suppliers outside
const ROWS = 10; // rows that are shown at once
const TOLD = { up: 'Yes: higher', down: 'Yes: lower', none: 'No difference that can be told from luck', few: 'One run: wait for more' };
const DECISIONS = { up: '▲', down: '▼', none: '≈', few: '…' };

function copyWords(place, residents) {
  const size = residents ?? place.residents;
  if (place.copy && residents !== place.residents) return `a copy of ${place.title} with ${size.toLocaleString('en-GB')} residents`;
  return `${place.title} with ${size.toLocaleString('en-GB')} residents`;
}

function cost(root, view) {
  const amount = view.cost.a_year;
  const shown = amount?.shown?.replace(/^\+/, '');
  root.replaceChildren(...[
    shown ? element('div', { class: 'sum' },
      element('p', { class: 'big', text: `${shown.includes('year') ? shown : `${shown} a year`} to run it` }),
      amount.interval && amount.low !== amount.high ? element('p', { class: 'soft', text: amount.interval }) : null) : null,
    element('p', { text: view.cost.sentence }),
    view.cost.more?.length ? element('ul', {}, view.cost.more.map((words) => element('li', { text: words }))) : null,
  ].filter(Boolean));
}

function losers(root, view) {
  const items = (found) => element('ul', {}, found.map((words) => element('li', { text: words })));
  const [shown, more] = [view.losers.slice(0, LOSERS), view.losers.slice(LOSERS)];
  root.replaceChildren(...[
    shown.length ? items(shown) : element('p', { text: 'No one of those who are watched here, as far as these runs can tell.' }),
    more.length ? element('details', {}, element('summary', { text: 'More on gains and losses' }), items(more)) : null,
  ].filter(Boolean));
}

/** Say that nothing is chosen yet: every sentence about a difference would say that there is none. */
function nothingChosen(place) {
  say(byId('headline'), 'Nothing is switched on yet, so both sides are the same. What would you change?');
  byId('cost').replaceChildren(element('p', { text: `Nothing, for now: this is ${place.title} with business as usual.` }));
  byId('losers').replaceChildren(element('p', { text: 'No one, for now.' }));
}

/** Whether a difference can be told from luck, in few words: its size and interval stand beside it. */
function verdict(row) {
  if (row.decision === 'none' && row.words.includes('exactly the same')) return 'Exactly the same';
  return `${TOLD[row.decision] ?? row.words}${row.words.includes('hint only') ? ' (a hint only)' : ''}`;
}

function rowOf(row) {
  const mark = element('span', { class: `mark ${row.decision}`, 'aria-hidden': 'true', text: DECISIONS[row.decision] ?? '' });
  return element('tr', { 'data-test': `row-${row.measure}`, class: row.decision },
    element('th', { scope: 'row' }, row.title, element('small', { text: row.unit })),
    element('td', { text: row.reference.shown }), element('td', { text: row.policy.shown }),
    element('td', {}, row.difference.shown, row.difference.interval ? element('small', { text: row.difference.interval }) : null),
    element('td', { class: 'words' }, mark, ` ${verdict(row)}`));
}

function tableOf(found, caption) {
  const heads = ['', 'Business as usual', 'With what you chose', 'Difference, with its interval', 'Can it be told from luck?'];
  const head = element('tr', {}, heads.map((words, at) => (at ? element('th', { scope: 'col', class: at === 4 ? 'words' : null, text: words })
    : element('td', {}))));
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', { class: 'rows' }, element('caption', { text: caption }), element('thead', {}, head), element('tbody', {}, found.map(rowOf))));
}

function rows(root, view) {
  const caption = `Last twelve months, mean of ${counted(view.done, 'pair')} of runs`;
  const [first, others] = [view.rows.slice(0, ROWS), view.rows.slice(ROWS)];
  const open = root.querySelector('details')?.open ?? false;
  root.replaceChildren(tableOf(first, caption), ...(others.length
    ? [element('details', { open }, element('summary', { text: `More results (${others.length})` }), tableOf(others, `More results. ${caption}`))] : []));
}

/** Show a view in words. */
export function showResults(view, place, state) {
  say(byId('headline'), view.plain ?? view.headline);
  say(byId('pairs'), `From ${counted(view.done, 'pair')} of runs${view.done < view.of ? ` of ${view.of}` : ''}, in ${copyWords(place, state.residents)}.`
    + (place.copy ? ' A copy answers fast; its numbers are those of a smaller place.' : ''));
  const first = view.rows[0];
  if (first) say(byId('to-answer'), `${first.title}: ${first.difference.shown}. See all that changes`);
  if (state.policies.length + state.shocks.length === 0) nothingChosen(place);
  else {
    cost(byId('cost'), view);
    losers(byId('losers'), view);
  }
  byId('warnings').replaceChildren(...(view.warnings ?? []).map((words) => element('p', { text: words })));
  rows(byId('rows'), view);
}

/** What was chosen, a sentence a lever. */
export function showChosen(root, lines) {
  root.replaceChildren(
    lines.length ? element('ul', {}, lines.map((words) => element('li', { text: words })))
      : element('p', { text: 'Nothing yet: both sides are the same. Switch on a lever.' }));
}

/** The heading of the page and the banner of an invented place. */
export function showPlace(place, state) {
  say(byId('place-title'), place.title);
  const copy = place.copy ? copyWords(place, state.residents) : `${(state.residents ?? place.residents).toLocaleString('en-GB')} residents`;
  byId('place-words').replaceChildren(`${copy.charAt(0).toUpperCase()}${copy.slice(1)}. `, element('span', { text: 'Business as usual beside what you choose.' }));
  const invented = byId('invented');
  invented.hidden = !place.invented;
  say(invented, place.invented ? 'An invented place: nothing here is a figure about a real town.' : '');
  document.title = `${place.title}: where the money goes`;
}
