// Both sides of a followed pound as they are drawn: a hop for each payment, and where all of it ends.

import { element } from './dom.js';
import { hopsOf, largest, pathWords, trailWords } from './pound_words.js';

const ENDS = 8; // ends with a name of their own

function bar(here, total) {
  const node = element('div', { class: 'share-bar', 'aria-hidden': 'true' }, element('span', { class: 'here' }), element('span', { class: 'gone' }));
  node.children[0].style.width = `${(100 * here) / total}%`;
  node.children[1].style.width = `${100 - (100 * here) / total}%`;
  return node;
}

function names(found, told) {
  return element('ul', { class: 'names' }, found.map(([name, amount]) => element('li', {}, element('span', { text: name }), element('b', { text: told(amount) }))));
}

function listed(title, found, told) {
  return found.length ? element('div', {}, element('p', { class: 'soft', text: title }), names(found, told)) : null;
}

function hop(found, trail, told, last) {
  const who = found.payment === 1 ? `${trail.anchor} pays ${told(trail.total)}` : 'paid on';
  return element('li', { class: last ? 'hop last' : 'hop', 'data-test': 'hop' }, element('h4', { text: `Payment ${found.payment}: ${who}` }),
    element('p', { class: 'big' }, `${told(found.here)} is still here`), bar(found.here, trail.total),
    last ? listed('Now with', found.held, told) : null,
    last ? listed(`Left with this payment (${told(found.left)} in all so far)`, found.gone, told) : null);
}

function ends(trail, told, symbol) {
  const path = pathWords(trail, symbol);
  return element('div', { class: 'ends', 'data-test': 'ends' }, element('h4', { text: 'Where all of it ends' }), names(largest(trail.ends, ENDS), told),
    element('p', { text: trailWords(trail) }),
    path.length ? element('details', {}, element('summary', { text: 'One likely way, step by step' }), element('ol', {}, path.map((words) => element('li', { text: words })))) : null);
}

/** One side. `show(trail, count, told, symbol)` shows so many payments, and where all ends once there are no more. */
export function createColumn([arm, title]) {
  const [hops, last] = [element('ol', { class: 'hops' }), element('div', {})];
  const node = element('div', { 'data-test': `follow-${arm}` }, element('h3', { class: `of-${arm}`, text: title }), hops, last);

  function show(trail, count, over, told, symbol) {
    const newest = Math.min(count, trail.steps.length) - 1;
    hops.replaceChildren(...hopsOf(trail).slice(0, count).map((one, place) => hop(one, trail, told, place === newest && !over)));
    last.replaceChildren(...(over ? [ends(trail, told, symbol)] : []));
  }
  return { node, show };
}
