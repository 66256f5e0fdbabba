// One lever: a switch with its question, and once it is on its slider, its further options and what is known of it.

import { element, freshId } from './dom.js';
import { useControls } from './lever_use.js';
import { firstUse, switchedOff, switchedOn, usesOf, withoutUse } from './uses.js';

const ABOUT = [['costs', 'What it costs'], ['limits', 'Limits'], ['where_tried', 'Where it was tried'], ['evidence', 'What is known']];

function about(lever) {
  return element('div', { class: 'about' }, element('p', {}, element('strong', { text: `${lever.title}. ` }), lever.meaning),
    ABOUT.filter(([key]) => lever[key]).map(([key, title]) => element('p', {}, element('strong', { text: `${title}: ` }), lever[key])));
}

/** One use of several, or the only one: its slider, and the rest in its details. */
function useBlock(lever, controls, number, count, { again, remove }) {
  const button = (text, click) => element('button', { type: 'button', text, on: { click } });
  return element('div', { class: 'use' },
    count > 1 ? element('p', { class: 'use-title', text: `${number + 1} of ${count}` }) : null, controls.first,
    element('details', { class: 'more' }, element('summary', { text: count > 1 ? `Details of ${number + 1}` : 'Details' }), controls.further,
      count > 1 ? button('Take this one away', () => remove(number)) : null,
      number === 0 ? about(lever) : null,
      number === count - 1 && lever.repeats !== false ? button('Add another of these', again) : null));
}

/** What the visitor does to the uses of a lever. What is switched off is kept for as long as the place stays. */
function movesOf(lever, page) {
  let kept = null;
  return {
    turn(on) {
      const state = page.store.get();
      if (!on) kept = { place: state.place, uses: usesOf(state, lever).map(({ use }) => use) };
      const uses = kept?.place === state.place && kept.uses.length ? kept.uses : [firstUse(lever, page.place())];
      page.change(on ? switchedOn(state, lever, uses) : switchedOff(state, lever));
    },
    again() {
      page.change(switchedOn(page.store.get(), lever, [firstUse(lever, page.place())]));
    },
    remove(number) {
      const state = page.store.get();
      page.change(withoutUse(state, lever, usesOf(state, lever)[number].at));
    },
  };
}

/** A card. `page` has offer, store, place() and change(state, key). */
export function leverCard(lever, page) {
  const id = freshId('lever');
  const input = element('input', { type: 'checkbox', role: 'switch', id, 'data-test': `lever-${lever.use}` });
  const body = element('div', { class: 'lever-body', hidden: true });
  const node = element('div', { class: 'lever' },
    element('div', { class: 'lever-head' }, input, element('label', { for: id }, lever.question || lever.title)), body);
  const moves = movesOf(lever, page);
  let shown = [];
  input.addEventListener('change', () => moves.turn(input.checked));
  // The card is built again: the keyboard goes on at what was added, or at the switch.
  const again = () => { moves.again(); body.lastElementChild.querySelector('input, select, summary').focus(); };
  const remove = (number) => { moves.remove(number); input.focus(); };

  function build(count) {
    shown = Array.from({ length: count }, (_, number) => useControls(lever, number, page, () => usesOf(page.store.get(), lever)[number].at));
    body.replaceChildren(...shown.map((controls, number) => useBlock(lever, controls, number, count, { again, remove })));
  }

  function show(state) {
    const uses = usesOf(state, lever);
    input.checked = uses.length > 0;
    body.hidden = uses.length === 0;
    node.classList.toggle('on', uses.length > 0);
    if (uses.length !== shown.length) build(uses.length);
    uses.forEach(({ use }, number) => shown[number].show(use));
    return uses.length > 0;
  }

  return { node, show };
}
