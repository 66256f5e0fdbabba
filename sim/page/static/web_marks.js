// The mark of each organisation: its form by kind, its size by its money; and which of them the keyboard stands on.

import { shape } from './dom.js';
import { kindWords } from './web_words.js';

const SMALLEST = 4;
const LARGEST = 15;
const FORMS = {
  anchor: (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  cooperative: (r) => `M0 ${-r * 1.35}L${r * 1.35} 0L0 ${r * 1.35}L${-r * 1.35} 0Z`,
  branch: (r) => `M0 ${-r * 1.25}L${r * 1.2} ${r * 0.85}H${-r * 1.2}Z`,
  neighbourhood: (r) => `M${-r} ${r * 0.9}V${-r * 0.2}L0 ${-r * 1.2}L${r} ${-r * 0.2}V${r * 0.9}Z`,
  bank: (r) => `M${-r * 0.45} ${-r * 1.2}H${r * 0.45}V${-r * 0.45}H${r * 1.2}V${r * 0.45}H${r * 0.45}V${r * 1.2}H${-r * 0.45}V${r * 0.45}H${-r * 1.2}V${-r * 0.45}H${-r * 0.45}Z`,
  outside: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
};
const RANKS = { anchor: 3, outside: 2, neighbourhood: 1, cooperative: 1.5, branch: 0.3, bank: 0.4, firm: 0.1, group: 0.05 };

/** How much a kind of node matters to a reader: what ranks higher comes first by keyboard and keeps its label. */
export function rankOf(node) {
  return RANKS[node.kind] ?? 0;
}

/** Half the width of a mark. */
export function radiusOf(node, scale) {
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(node.pence_in, node.pence_out) / scale.node);
}

function markOf(node, point, scale) {
  const words = `${node.title}, ${kindWords(node.kind)}`;
  return shape('path', {
    d: (FORMS[node.kind] ?? FORMS.outside)(radiusOf(node, scale)), transform: `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`,
    class: `node ${node.kind}`, role: 'button', tabindex: '-1', 'data-id': node.id, 'data-test': 'node', 'aria-label': words, 'aria-pressed': 'false',
  }, shape('title', { text: words }));
}

/** Draw the marks of a month into a group; the keyboard stays on the organisation it stood on. */
export function drawMarks(group, shown, at, scale) {
  const held = group.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const order = [...shown.nodes].sort((one, other) => rankOf(other) - rankOf(one) || other.pence_in - one.pence_in);
  group.replaceChildren(...order.map((node) => markOf(node, at.get(node.id), scale)));
  const stop = group.querySelector(held ? `[data-id="${CSS.escape(held)}"]` : '.node') ?? group.firstElementChild;
  stop?.setAttribute('tabindex', '0');
  if (held) stop?.focus();
}

/** Where a key leads from one of so many marks; null when the key leads nowhere. */
export function placeAfter(key, place, count) {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (place + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (place + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

function focusOn(group, place) {
  const next = group.children[place];
  for (const one of group.children) one.setAttribute('tabindex', one === next ? '0' : '-1');
  next.focus();
}

/** Choose marks by pointer and by keyboard: one stop for the Tab key, arrows from mark to mark. */
export function wireMarks(group, chosen) {
  group.addEventListener('click', (event) => {
    const mark = event.target.closest('.node');
    if (mark) chosen(mark.dataset.id);
  });
  group.addEventListener('keydown', (event) => {
    const place = [...group.children].indexOf(event.target);
    if (place < 0) return;
    const next = placeAfter(event.key, place, group.children.length);
    if (event.key === 'Enter' || event.key === ' ') chosen(event.target.dataset.id);
    else if (next !== null) focusOn(group, next);
    else return;
    event.preventDefault();
  });
}
