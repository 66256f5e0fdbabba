// One organisation of the webs in words, on both sides, and the biggest flows as tables.

import { ARMS } from './arms.js';
import { element, say, table } from './dom.js';
import { monthWords } from './formats.js';
import { biggestFlows, nodeWords } from './web_words.js';

const FLOWS = 20;

/** The note. `show(shown, id, place, aloud)` tells of one organisation in the months shown, one a side; it is read out when it was chosen, not while time moves. */
export function createNote() {
  const title = element('h3', { text: 'Choose a mark to see who pays it and whom it pays' });
  const sides = ARMS.map(([, words]) => element('div', { class: 'card' }, element('h4', { text: words }), element('div', { class: 'node-words' })));
  const cards = element('div', { class: 'cards', hidden: true }, sides);
  const node = element('div', { class: 'node-note', 'aria-live': 'off', 'data-test': 'node-words' }, title, cards);

  function show(shown, id, { symbol, minor_units: minor = 100 }, aloud) {
    node.setAttribute('aria-live', aloud ? 'polite' : 'off');
    const name = shown.flatMap((one) => one.nodes).find((one) => one.id === id)?.title ?? id;
    say(title, `${name}, ${monthWords(shown[0].date)}`);
    sides.forEach((side, at) => side.lastElementChild.replaceChildren(...nodeWords(shown[at], id, symbol, minor).map((words) => element('p', { text: words }))));
    cards.hidden = false;
  }
  return { node, show };
}

/** The tables, filled while they are open. `wanted()` is called when they are opened; `show(shown, place)` fills them. */
export function createFlows(wanted) {
  const sides = ARMS.map(() => element('div', {}));
  const node = element('details', { class: 'numbers' }, element('summary', { text: `The ${FLOWS} biggest flows as a table` }), element('div', { class: 'pair' }, sides));
  node.addEventListener('toggle', wanted);

  function show(shown, { symbol, minor_units: minor = 100 }) {
    if (!node.open) return;
    ARMS.forEach(([, title], at) => sides[at].replaceChildren(table(`${title}, ${monthWords(shown[at].date)}`, ['From', 'To', 'For', 'In the month'],
      biggestFlows(shown[at], FLOWS, symbol, minor))));
  }
  return { node, show };
}
