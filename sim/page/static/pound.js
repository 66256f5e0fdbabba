// Follow a pound: a hundred pounds of an anchor, payment by payment, on both sides.

import { send } from './api.js';
import { ARMS } from './arms.js';
import { element, say } from './dom.js';
import { monthAfter, monthWords, pence } from './formats.js';
import { showTrouble } from './notices.js';
import { createColumn } from './pound_columns.js';
import { caveatWords, stillHere } from './pound_words.js';

const CHANGED = 'You have changed something since: follow again to see it.';

/** The parts of the section, laid out in its root. */
function layOut(root) {
  const anchor = element('select', { id: 'follow-anchor', 'data-test': 'follow-anchor' });
  const month = element('select', { id: 'follow-month', 'data-test': 'follow-month' });
  const button = (hook, text, properties = {}) => element('button', { type: 'button', 'data-test': hook, text, ...properties });
  const begin = button('follow', 'Follow £100', { class: 'strong' });
  const next = button('follow-next', 'Next payment', { class: 'strong', hidden: true });
  const back = button('follow-back', 'One back', { hidden: true });
  const told = element('p', { class: 'soft', role: 'status' });
  const caveat = element('p', { class: 'soft', 'data-test': 'follow-caveat' });
  const columns = ARMS.map(createColumn);
  const pair = element('div', { class: 'pair', hidden: true }, columns.map((column) => column.node));
  root.replaceChildren(
    element('div', { class: 'form-row' }, element('label', { for: anchor.id, text: 'Spent on contracts by' }), anchor,
      element('label', { for: month.id, text: 'in' }), month, begin), caveat, told, element('div', { class: 'form-row steps' }, back, next), pair);
  return { anchor, month, begin, caveat, next, back, told, columns, pair };
}

/** Show the payments up to the one the visitor has come to. */
function show(pound) {
  const { trails, shown, parts } = pound;
  const { symbol, minor_units: minor = 100 } = pound.place;
  const money = (amount) => pence(amount, symbol, minor);
  const length = Math.max(...ARMS.map(([arm]) => trails[arm].steps.length));
  const over = shown > length;
  ARMS.forEach(([arm], at) => parts.columns[at].show(trails[arm], shown, over, money, symbol));
  for (const part of [parts.pair, parts.next, parts.back]) part.hidden = false;
  parts.next.disabled = over;
  parts.back.disabled = shown <= 1;
  say(parts.next, shown === length ? 'Where it ends' : 'Next payment');
  pound.words = over ? 'All of it has come to its end.' : stillHere(trails, shown, money);
  tell(pound);
}

/** Say how far the pound has come, and when what is shown is of a choice before. */
function tell(pound) {
  if (pound.trails === null) return;
  const behind = pound.asked !== pound.page.store.get();
  pound.root.classList.toggle('behind', behind);
  say(pound.parts.told, behind ? `${pound.words} ${CHANGED}` : pound.words);
}

async function follow(pound) {
  const { parts, page } = pound;
  const state = page.store.get();
  parts.begin.disabled = true;
  say(parts.told, 'Reading the payments of that month.');
  try {
    const found = await send('/api/follow', { state, anchor: parts.anchor.value, month: Number(parts.month.value), pounds: 100 });
    // The place stays with its numbers: the visitor may have gone on to another, with another currency.
    Object.assign(pound, { trails: found, asked: state, place: page.placeOf(state), shown: 1 });
    show(pound);
  } catch (error) {
    say(parts.told, '');
    showTrouble(error);
  } finally {
    parts.begin.disabled = false;
  }
}

/** Offer the anchors and months of a choice; what was chosen among them stays where it is still offered. The month is the last one until one is chosen. */
function offer({ parts: { anchor, month, begin }, page, month: chosen }, state) {
  const place = page.place();
  const keptAnchor = anchor.value;
  anchor.replaceChildren(...place.anchors.map((one) => element('option', { value: one.name, text: one.title })));
  if (place.anchors.some((one) => one.name === keptAnchor)) anchor.value = keptAnchor;
  month.replaceChildren(...Array.from({ length: state.months }, (_, at) => element('option', { value: at + 1, text: monthWords(monthAfter(state.start, at)) })));
  month.value = chosen !== null && chosen <= state.months ? chosen : state.months;
  say(begin, `Follow ${place.symbol}100`);
}

/** The section. `changed()` is told of every choice, `settled(state)` of one whose numbers are there. */
export function poundSection(root, page) {
  const pound = { root, page, parts: layOut(root), trails: null, asked: null, place: null, month: null, shown: 0, words: '', offered: null };
  const step = (by) => () => { pound.shown += by; show(pound); };
  pound.parts.month.addEventListener('change', () => { pound.month = Number(pound.parts.month.value); });
  pound.parts.begin.addEventListener('click', () => void follow(pound));
  pound.parts.next.addEventListener('click', step(1));
  pound.parts.back.addEventListener('click', step(-1));
  return {
    changed: () => tell(pound),
    settled(state) {
      const key = [state.place, state.start, state.months].join();
      if (pound.offered !== key) offer(pound, state);
      pound.offered = key;
      say(pound.parts.caveat, caveatWords(page.pairs()));
      tell(pound);
    },
  };
}
