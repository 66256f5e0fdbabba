// Who pays whom: two webs side by side, a node in words, and the biggest flows as a table.

import { send } from './api.js';
import { element, say, table } from './dom.js';
import { monthWords } from './formats.js';
import { showTrouble } from './notices.js';
import { createWebDrawing } from './web_drawing.js';
import { everyNode, monthAt, positions } from './web_layout.js';
import { biggestFlows, kindWords, nodeWords } from './web_words.js';

const ARMS = [['reference', 'Business as usual'], ['policy', 'With what you chose']];
const FLOWS = 20;
const KINDS = ['anchor', 'firm', 'cooperative', 'branch', 'bank', 'neighbourhood', 'outside'];
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** The section. It asks for its numbers once it comes into sight. */
export function webSection(root, page) {
  const told = element('p', { class: 'soft', 'data-test': 'web-words' });
  const drawings = ARMS.map(([arm, title]) => createWebDrawing({
    label: `${title}: who pays whom. Arrow keys move from one to the next, Enter tells who pays it and whom it pays.`, hook: `web-${arm}`, chosen: choose }));
  const notes = ARMS.map(([, title]) => element('div', { class: 'card' }, element('h4', { text: title }), element('div', { class: 'node-words' })));
  const noteTitle = element('h3', { text: 'Choose a mark to see who pays it and whom it pays' });
  const note = element('div', { class: 'node-note', 'aria-live': 'polite', 'data-test': 'node-words' }, noteTitle, element('div', { class: 'cards', hidden: true }, notes));
  const flows = ARMS.map(() => element('div', {}));
  const key = element('ul', { class: 'web-key', 'aria-label': 'Marks' }, KINDS.map((kind) =>
    element('li', {}, element('span', { class: `key-mark ${kind}`, 'aria-hidden': 'true' }), ` ${kindWords(kind)}`)),
  element('li', {}, element('span', { class: 'stroke within', 'aria-hidden': 'true' }), ' paid within the place'),
  element('li', {}, element('span', { class: 'stroke', 'aria-hidden': 'true' }), ' from or to outside'));
  const bigTable = element('details', { class: 'numbers' }, element('summary', { text: `The ${FLOWS} biggest flows as a table` }), element('div', { class: 'pair' }, flows));
  root.replaceChildren(told, key, element('div', { class: 'pair webs' }, ARMS.map(([, title], at) =>
    element('div', {}, element('h3', { class: at ? 'of-policy' : 'of-reference', text: title }), drawings[at].node))), note, bigTable);

  let wanted = null;
  let loaded = null;
  let asking = null;
  let seen = false;
  let numbers = false; // the first numbers are there
  let behind = false; // what is drawn is of the choice before
  let failed = false;
  let data = null;
  let places = null;
  let scale = null;
  let month = 1;
  let drawn = null;
  let selected = null;

  function choose(id) {
    selected = id;
    for (const drawing of drawings) drawing.select(id);
    describe();
  }

  function describe() {
    if (!data || selected === null) return;
    const { symbol, minor_units: minor = 100 } = page.place();
    const shown = data.map((months) => monthAt(months, month));
    const title = shown.flatMap((one) => one.nodes).find((node) => node.id === selected)?.title ?? selected;
    say(noteTitle, `${title}, ${monthWords(shown[0].date)}`);
    notes.forEach((one, at) => one.lastElementChild.replaceChildren(...nodeWords(shown[at], selected, symbol, minor).map((words) => element('p', { text: words }))));
    note.lastElementChild.hidden = false;
  }

  function fillTable() {
    if (!bigTable.open || !data) return;
    const { symbol, minor_units: minor = 100 } = page.place();
    ARMS.forEach(([, title], at) => {
      const shown = monthAt(data[at], month);
      flows[at].replaceChildren(table(`${title}, ${monthWords(shown.date)}`, ['From', 'To', 'For', 'In the month'], biggestFlows(shown, FLOWS, symbol, minor)));
    });
  }
  bigTable.addEventListener('toggle', fillTable);

  function tell() {
    if (!data) {
      say(told, failed ? 'It could not be drawn.' : numbers ? 'Being drawn...' : 'Comes once the first numbers are there.');
      return;
    }
    say(told, (behind ? 'This drawing is still of the choice before; it changes once the new one is drawn. ' : '')
      + `${monthWords(monthAt(data[0], month).date)}: money paid in that month, in one pair of runs. The wider a line, the more money; while time plays, each dot is the same sum. `
      + 'The webs are drawn for the first month and the end of every year.');
  }

  function draw(force) {
    if (!data) return;
    const shown = data.map((months) => monthAt(months, month));
    const now = shown.map((one) => one.month).join();
    if (!force && now === drawn) return;
    drawn = now;
    drawings.forEach((drawing, at) => drawing.draw(shown[at], places, scale));
    tell();
    fillTable();
    describe();
  }

  async function load(state) {
    if (loaded === state || asking === state) return;
    asking = state;
    root.setAttribute('aria-busy', 'true');
    try {
      const found = [];
      for (const [arm] of ARMS) {
        found.push((await send('/api/web', { state, arm })).months);
        if (asking !== state) return;
      }
      data = found;
      loaded = state;
      behind = failed = false;
      const nodes = everyNode(data);
      const all = data.flat();
      places = positions(nodes);
      scale = {
        node: Math.max(1, ...all.flatMap((one) => one.nodes.map((node) => Math.max(node.pence_in, node.pence_out)))),
        edge: Math.max(1, ...all.flatMap((one) => one.edges.map((edge) => edge.pence))),
        total: Math.max(1, ...all.map((one) => one.edges.reduce((sum, edge) => sum + edge.pence, 0))),
      };
      draw(true);
      root.classList.remove('behind');
    } catch (error) {
      failed = true;
      tell();
      showTrouble(error);
    } finally {
      if (asking === state) {
        asking = null;
        root.removeAttribute('aria-busy');
      }
    }
  }

  new IntersectionObserver((entries) => {
    seen = entries.some((entry) => entry.isIntersecting);
    if (seen && wanted) void load(wanted);
  }, { rootMargin: '300px' }).observe(root);
  let width = 0;
  new ResizeObserver(() => { if (root.clientWidth !== width) { width = root.clientWidth; draw(true); } }).observe(root);

  tell();
  return {
    /** The visitor changed the choice: what is drawn is of the one before. */
    changed(state) {
      behind = loaded !== state;
      failed = false;
      tell();
    },
    /** The first numbers are there. */
    begun() {
      numbers = true;
      if (!data) tell();
    },
    settled(state) {
      wanted = state;
      numbers = true;
      behind = loaded !== state;
      tell();
      if (loaded !== state) root.classList.add('behind');
      if (seen) void load(state);
    },
    at(shown) {
      month = shown;
      draw(false);
    },
    redraw: () => draw(true),
    playing(on) {
      for (const drawing of drawings) drawing.play(on && !still.matches && data !== null);
    },
  };
}
