// All results as a table, a row a measure: both sides, the difference with its interval, and whether it can be told from luck.
//
// A narrow table is laid out as a block a row, the difference first. Roles are given, since not every browser keeps those of a table then.

import { element, renew } from './dom.js';
import { counted } from './formats.js';

const OF_SIZE = ['money', 'count']; // kinds of measures that are smaller in a smaller place
const ROWS = 10; // rows that are shown at once
const TOLD = { up: 'Yes: higher', down: 'Yes: lower', none: 'No difference that can be told from luck', few: 'One run: wait for more' };
const DECISIONS = { up: '▲', down: '▼', none: '≈', few: '…' };
const HEADS = ['', 'Business as usual', 'With what you chose', 'Difference, with its interval', 'Can it be told from luck?'];

/** Whether a difference can be told from luck, in few words: its size and interval stand beside it. */
function verdict(row) {
  if (row.decision === 'none' && row.words.includes('exactly the same')) return 'Exactly the same';
  return `${TOLD[row.decision] ?? row.words}${row.words.includes('hint only') ? ' (a hint only)' : ''}`;
}

function cell(properties, ...children) {
  return element('td', { role: 'cell', ...properties }, ...children);
}

function rowOf(row, size) {
  const mark = element('span', { class: `mark ${row.decision}`, 'aria-hidden': 'true', text: DECISIONS[row.decision] ?? '' });
  const unit = size && OF_SIZE.includes(row.kind) ? `${row.unit}, ${size}` : row.unit;
  return element('tr', { role: 'row', 'data-test': `row-${row.measure}`, class: row.decision },
    element('th', { scope: 'row', role: 'rowheader' }, row.title, element('small', { text: unit })),
    cell({ 'data-side': 'business as usual', text: row.reference.shown }), cell({ 'data-side': 'with what you chose', text: row.policy.shown }),
    cell({ class: 'difference' }, row.difference.shown, row.difference.interval ? element('small', { text: row.difference.interval }) : null),
    cell({ class: 'words' }, mark, ` ${verdict(row)}`));
}

function tableOf(found, caption, size) {
  const head = element('tr', { role: 'row' }, HEADS.map((words, at) => (at
    ? element('th', { scope: 'col', role: 'columnheader', class: at === HEADS.length - 1 ? 'words' : null, text: words }) : cell({}))));
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', { class: 'rows', role: 'table' }, element('caption', { text: caption }),
      element('thead', { role: 'rowgroup' }, head), element('tbody', { role: 'rowgroup' }, found.map((row) => rowOf(row, size)))));
}

/** Show the rows of a view; beside sums and counts of a copy stands that they are of a copy. */
export function showRows(root, view) {
  const size = view.copy?.words;
  const caption = `Last twelve months, mean of ${counted(view.done, 'pair')} of runs`;
  const [first, others] = [view.rows.slice(0, ROWS), view.rows.slice(ROWS)];
  renew(root, tableOf(first, caption, size), ...(others.length
    ? [element('details', {}, element('summary', { text: `More results (${others.length})` }), tableOf(others, `More results. ${caption}`, size))] : []));
}
