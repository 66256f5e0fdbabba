// A print of the page: it says of which place and years it is, and the address that shows it again; losses are printed in full.

import { byId, say } from './dom.js';
import { counted, monthAfter, monthWords } from './formats.js';
import { placeWords } from './size_words.js';

const LONGEST = 500; // letters of an address that anybody would type

/** Say what a choice is of, and where it is seen again; out of sight on the screen. */
export function showOnPaper(place, state) {
  const years = `${monthWords(state.start)} to ${monthWords(monthAfter(state.start, state.months - 1))}, ${counted(state.months, 'month')}`;
  const name = state.title ? `“${state.title}”. ` : '';
  say(byId('paper-state'), `${name}${placeWords(place, state).replace(/^a /, 'A ')}; ${years}.`);
  const typed = location.href.length <= LONGEST;
  say(byId('paper-link'), typed ? location.href : '');
  say(byId('paper-way'), typed ? 'The address opens where the page runs; “Save scenario” keeps the same for the command line.'
    : 'Its address is too long to be typed. “Share link” on the page copies it, for whoever sits where the page runs; “Save scenario” keeps the same for the command line.');
}

/** What is folded of costs and losses is printed too, and folded again after it. */
export function wirePaper() {
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('.cards details:not([open])')];
    for (const box of opened) box.open = true;
  });
  addEventListener('afterprint', () => {
    for (const box of opened) box.open = false;
    opened = [];
  });
}
