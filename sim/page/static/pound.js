// Follow a pound: a hundred pounds of an anchor, payment by payment, on both sides.

import { send } from './api.js';
import { element, say } from './dom.js';
import { monthAfter, monthWords, pence } from './formats.js';
import { showTrouble } from './notices.js';
import { hopsOf, largest, pathWords, trailWords } from './pound_words.js';

const ARMS = [['reference', 'Business as usual'], ['policy', 'With what you chose']];

function bar(here, total) {
  const node = element('div', { class: 'share-bar', 'aria-hidden': 'true' }, element('span', { class: 'here' }), element('span', { class: 'gone' }));
  node.children[0].style.width = `${(100 * here) / total}%`;
  node.children[1].style.width = `${100 - (100 * here) / total}%`;
  return node;
}

function names(found, told) {
  return element('ul', { class: 'names' }, found.map(([name, amount]) => element('li', {}, element('span', { text: name }), element('b', { text: told(amount) }))));
}

function hop(found, trail, told, last) {
  const who = found.payment === 1 ? `${trail.anchor} pays ${told(trail.total)}` : 'paid on';
  return element('li', { class: last ? 'hop last' : 'hop', 'data-test': 'hop' }, element('h4', { text: `Payment ${found.payment}: ${who}` }),
    element('p', { class: 'big' }, `${told(found.here)} is still here`), bar(found.here, trail.total),
    last && found.held.length ? element('div', {}, element('p', { class: 'soft', text: 'Now with' }), names(found.held, told)) : null,
    last && found.gone.length ? element('div', {}, element('p', { class: 'soft', text: `Left with this payment (${told(found.left)} in all so far)` }), names(found.gone, told)) : null);
}

function ends(trail, told, symbol) {
  const path = pathWords(trail, symbol);
  return element('div', { class: 'ends', 'data-test': 'ends' }, element('h4', { text: 'Where all of it ends' }), names(largest(trail.ends, 8), told),
    element('p', { text: trailWords(trail) }),
    path.length ? element('details', {}, element('summary', { text: 'One likely way, step by step' }), element('ol', {}, path.map((words) => element('li', { text: words })))) : null);
}

/** The section. */
export function poundSection(root, page) {
  const anchor = element('select', { id: 'follow-anchor', 'data-test': 'follow-anchor' });
  const month = element('select', { id: 'follow-month', 'data-test': 'follow-month' });
  const begin = element('button', { type: 'button', class: 'strong', 'data-test': 'follow', text: 'Follow £100' });
  const next = element('button', { type: 'button', 'data-test': 'follow-next', class: 'strong', text: 'Next payment', hidden: true });
  const back = element('button', { type: 'button', 'data-test': 'follow-back', text: 'One back', hidden: true });
  const told = element('p', { class: 'soft', role: 'status' });
  const columns = ARMS.map(([arm, title]) => element('div', { 'data-test': `follow-${arm}` }, element('h3', { class: `of-${arm}`, text: title }), element('ol', { class: 'hops' }), element('div', {})));
  const pair = element('div', { class: 'pair', hidden: true }, columns);
  root.replaceChildren(
    element('div', { class: 'form-row' }, element('label', { for: 'follow-anchor', text: 'Spent on contracts by' }), anchor,
      element('label', { for: 'follow-month', text: 'in' }), month, begin), told, element('div', { class: 'form-row steps' }, back, next), pair);
  let trails = null;
  let shown = 0;
  let asked = null;
  let offered = null;

  const length = () => Math.max(...ARMS.map(([arm]) => trails[arm].steps.length));

  function show() {
    const { symbol, minor_units: minor = 100 } = page.place();
    const money = (amount) => pence(amount, symbol, minor);
    const over = shown > length();
    ARMS.forEach(([arm], at) => {
      const trail = trails[arm];
      columns[at].children[1].replaceChildren(...hopsOf(trail).slice(0, shown).map((one, place) => hop(one, trail, money, place === Math.min(shown, trail.steps.length) - 1 && !over)));
      columns[at].children[2].replaceChildren(...(over ? [ends(trail, money, symbol)] : []));
    });
    pair.hidden = false;
    next.hidden = false;
    back.hidden = false;
    next.disabled = over;
    back.disabled = shown <= 1;
    say(next, shown === length() ? 'Where it ends' : 'Next payment');
    const words = ARMS.map(([arm, title]) => `${title}: ${money(hopsOf(trails[arm])[Math.min(shown, trails[arm].steps.length) - 1]?.here ?? 0)}`);
    say(told, over ? 'All of it has come to its end.' : `After payment ${shown}, still here: ${words.join('; ').toLowerCase()}.`);
  }

  async function follow() {
    const state = page.store.get();
    asked = state;
    begin.disabled = true;
    say(told, 'Reading the payments of that month.');
    try {
      const found = await send('/api/follow', { state, anchor: anchor.value, month: Number(month.value), pounds: 100 });
      if (asked !== state) return;
      trails = found;
      shown = 1;
      root.classList.remove('behind');
      show();
    } catch (error) {
      say(told, '');
      showTrouble(error);
    } finally { begin.disabled = false; }
  }

  begin.addEventListener('click', follow);
  next.addEventListener('click', () => { shown += 1; show(); });
  back.addEventListener('click', () => { shown -= 1; show(); });

  function offer(state) {
    const key = [state.place, state.start, state.months].join();
    if (offered === key) return;
    offered = key;
    const place = page.place();
    const [keptAnchor, keptMonth] = [anchor.value, Number(month.value)];
    anchor.replaceChildren(...place.anchors.map((one) => element('option', { value: one.name, text: one.title })));
    if (place.anchors.some((one) => one.name === keptAnchor)) anchor.value = keptAnchor;
    month.replaceChildren(...Array.from({ length: state.months }, (_, at) => element('option', { value: at + 1, text: monthWords(monthAfter(state.start, at)) })));
    month.value = keptMonth >= 1 && keptMonth <= state.months ? keptMonth : state.months;
    say(begin, `Follow ${place.symbol}100`);
  }

  return {
    settled(state) {
      offer(state);
      if (trails && asked !== state) {
        root.classList.add('behind');
        say(told, 'You have changed something since: follow again to see it.');
      }
    },
  };
}
