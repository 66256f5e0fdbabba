// One web drawn: lines as wide as their money, a mark and a label for each organisation, dots that move along while time plays.

import { set, shape } from './dom.js';
import { createDots } from './web_dots.js';
import { labelsOf } from './web_labels.js';
import { bend, pairsOf } from './web_layout.js';
import { drawMarks, wireMarks } from './web_marks.js';

const NARROW = 20; // rem: a narrower web is drawn higher, so that labels find room
const WIDEST = 7; // pixels of the line with most money

function sizeOf(node) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const width = Math.max(280, Math.round(node.getBoundingClientRect().width || 400));
  return { rem, width, height: Math.round(Math.min(width * (width < NARROW * rem ? 1.15 : 0.88), 640)), side: 1.4 * rem, edge: 1.6 * rem };
}

/** Where each organisation of a month stands, in pixels. */
function pointsOf(shown, places, size) {
  return new Map(shown.nodes.map(({ id }) => {
    const { x, y } = places.get(id);
    return [id, { x: size.width / 2 + x * (size.width / 2 - size.side), y: size.height / 2 + y * (size.height / 2 - size.edge) }];
  }));
}

/** The lines of a month with their bent ways: those from and to outside first, so that the others lie over them; then by their money. */
function linesOf(shown, at) {
  const outside = new Set(shown.nodes.filter((one) => one.kind === 'outside').map((one) => one.id));
  return pairsOf(shown.edges).filter((pair) => at.has(pair.from) && at.has(pair.to)).map((pair) => {
    const [from, to] = [at.get(pair.from), at.get(pair.to)];
    return { ...pair, within: !outside.has(pair.from) && !outside.has(pair.to), ends: [from, bend(from, to), to] };
  }).sort((one, other) => one.within - other.within || one.pence - other.pence);
}

function drawLine(line, scale) {
  const [from, middle, to] = line.ends.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  line.node = shape('path', { d: `M${from}Q${middle} ${to}`, 'stroke-width': Math.max(0.5, WIDEST * Math.sqrt(line.pence / scale.edge)).toFixed(2) });
  return line.node;
}

/** How a line looks beside the organisation that is chosen. */
function classOf(line, chosen) {
  if (line.from === chosen) return 'pays';
  if (line.to === chosen) return 'paid';
  return line.within ? 'within' : '';
}

/** The drawing of one arm. `chosen(id)` is called when a node is chosen. */
export function createWebDrawing({ label, hook, chosen }) {
  const [edges, dots, nodes] = ['edges', 'dots', 'nodes'].map((name) => shape('g', { class: name }));
  const labels = shape('g', { class: 'labels', 'aria-hidden': 'true' });
  const node = shape('svg', { class: 'web', role: 'group', 'aria-label': label, 'data-test': hook }, edges, dots, labels, nodes);
  const moving = createDots(dots);
  let lines = [];
  let selected = null;
  wireMarks(nodes, chosen);

  function select(id) {
    selected = id;
    node.classList.toggle('chosen', id !== null);
    for (const line of lines) line.node.setAttribute('class', classOf(line, id));
    for (const one of nodes.children) one.setAttribute('aria-pressed', String(one.dataset.id === id));
  }

  function draw(shown, places, scale) {
    const size = sizeOf(node);
    set(node, { viewBox: `0 0 ${size.width} ${size.height}`, height: size.height });
    const at = pointsOf(shown, places, size);
    lines = linesOf(shown, at);
    edges.replaceChildren(...lines.map((line) => drawLine(line, scale)));
    drawMarks(nodes, shown, at, scale);
    labels.replaceChildren(...labelsOf(shown, at, size, scale));
    moving.along(lines, scale.total);
    select(selected);
  }

  return { node, draw, select, play: moving.play };
}
