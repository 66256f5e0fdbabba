// Who pays whom: two webs side by side, a node in words, and the biggest flows as a table.

import { ARMS } from './arms.js';
import { element, say } from './dom.js';
import { monthWords } from './formats.js';
import { showTrouble } from './notices.js';
import { createWebDrawing } from './web_drawing.js';
import { webKey } from './web_key.js';
import { monthAt } from './web_layout.js';
import { createFlows, createNote } from './web_note.js';
import { readWebs } from './web_numbers.js';

const NEAR = '300px'; // how far below the window numbers are asked for
const still = matchMedia('(prefers-reduced-motion: reduce)');

function drawingOf([arm, title], chosen) {
  return createWebDrawing({
    label: `${title}: who pays whom. Arrow keys move from one to the next, Enter tells who pays it and whom it pays.`, hook: `web-${arm}`, chosen });
}

/** The parts of the section, laid out in its root. */
function layOut(root, web) {
  const told = element('p', { class: 'soft', 'data-test': 'web-words' });
  const drawings = ARMS.map((arm) => drawingOf(arm, (id) => choose(web, id)));
  const [note, flows] = [createNote(), createFlows(() => tellMore(web))];
  const pair = element('div', { class: 'pair webs' }, ARMS.map(([arm, title], at) =>
    element('div', {}, element('h3', { class: `of-${arm}`, text: title }), drawings[at].node)));
  root.replaceChildren(told, webKey(), pair, note.node, flows.node);
  return { told, drawings, note, flows };
}

function monthsShown(web) {
  return web.numbers.sides.map((months) => monthAt(months, web.month));
}

/** What is being done until the webs are there. */
function notYet(web) {
  if (!web.begun) return 'Runs come first; the webs follow them.';
  if (!web.wanted) return 'Runs come first; the webs follow some seconds after the last pair.';
  return 'The runs are done. Now one pair is run again and its payments are put in order, so that the webs can be drawn: this takes some seconds, longer in a large place.';
}

/** Say what is drawn, and of which choice; what is of another than the present one is greyed. */
function tell(web) {
  const { told } = web.parts;
  const behind = web.numbers !== null && web.loaded !== web.page.store.get();
  web.root.classList.toggle('behind', behind);
  if (!web.numbers) {
    say(told, web.failed ? 'It could not be drawn.' : notYet(web));
    return;
  }
  say(told, (behind ? 'This drawing is still of the choice before; it changes once the new one is drawn. ' : '')
    + `${monthWords(monthsShown(web)[0].date)}: money paid in that month, in one pair of runs. The wider a line, the more money; while time plays, each dot is the same sum. `
    + 'The webs are drawn for the first month and the end of every year.');
}

/** The organisation that is chosen in words, and the tables where they are open. */
function tellMore(web, aloud = false) {
  if (!web.numbers) return;
  const shown = monthsShown(web);
  web.parts.flows.show(shown, web.place);
  if (web.selected !== null) web.parts.note.show(shown, web.selected, web.place, aloud);
}

function choose(web, id) {
  web.selected = id;
  for (const drawing of web.parts.drawings) drawing.select(id);
  tellMore(web, true);
}

/** Draw the months that hold at the month shown, unless they are drawn already. */
function draw(web, again) {
  if (!web.numbers) return;
  const shown = monthsShown(web);
  const now = shown.map((one) => one.month).join();
  if (!again && now === web.drawn) return;
  web.drawn = now;
  web.parts.drawings.forEach((drawing, at) => drawing.draw(shown[at], web.numbers.places, web.numbers.scale));
  tell(web);
  tellMore(web);
}

/** End the request under way: what it was for is no longer chosen. */
function giveUp(web) {
  web.control?.abort();
  web.control = null;
  web.asking = null;
  web.root.removeAttribute('aria-busy');
}

async function load(web, state) {
  if (web.loaded === state || web.asking === state) return;
  giveUp(web);
  const control = new AbortController();
  Object.assign(web, { control, asking: state });
  web.root.setAttribute('aria-busy', 'true');
  try {
    const found = await readWebs(state, control.signal);
    if (web.control !== control) return;
    // The place stays with its numbers: the visitor may have gone on to another, with another currency.
    Object.assign(web, { numbers: found, place: web.page.placeOf(state), loaded: state, failed: false });
    draw(web, true);
  } catch (error) {
    if (web.control !== control) return;
    web.failed = true;
    tell(web);
    showTrouble(error);
  } finally {
    if (web.control === control) giveUp(web);
  }
}

/** Ask for numbers when the section comes into sight, and draw again when its width changes. */
function watch(web) {
  new IntersectionObserver((entries) => {
    web.seen = entries.some((entry) => entry.isIntersecting);
    if (web.seen && web.wanted) void load(web, web.wanted);
  }, { rootMargin: NEAR }).observe(web.root);
  let width = 0;
  new ResizeObserver(() => {
    if (web.root.clientWidth === width) return;
    width = web.root.clientWidth;
    draw(web, true);
  }).observe(web.root);
}

/** The visitor changed the choice: what is drawn or asked for is of the one before. */
function changed(web, state) {
  if (web.asking !== state) giveUp(web);
  if (web.wanted !== state) web.wanted = null;
  web.failed = false;
  tell(web);
}

/** All numbers of a choice are there: its web may be asked for. */
function settled(web, state) {
  web.wanted = state;
  web.begun = true;
  tell(web);
  if (web.seen) void load(web, state);
}

/** The section. It asks for its numbers once it comes into sight. */
export function webSection(root, page) {
  // `wanted`, `asking` and `loaded` are states; `begun`: the first numbers are there; `place`: that of the numbers.
  const web = {
    root, page, numbers: null, place: null, month: 1, drawn: null, selected: null,
    wanted: null, asking: null, control: null, loaded: null, seen: false, begun: false, failed: false };
  web.parts = layOut(root, web);
  watch(web);
  tell(web);
  return {
    changed: (state) => changed(web, state),
    /** The first numbers are there. */
    begun() { web.begun = true; if (!web.numbers) tell(web); },
    settled: (state) => settled(web, state),
    at(month) { web.month = month; draw(web, false); },
    playing(on) { for (const drawing of web.parts.drawings) drawing.play(on && !still.matches && web.numbers !== null); },
  };
}
