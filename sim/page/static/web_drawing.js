// One web drawn: edges as wide as their money, a mark for each organisation, dots that move along while time plays.

import { set, shape } from './dom.js';
import { along, bend, dotsFor, fitting, pairsOf } from './web_layout.js';
import { kindWords } from './web_words.js';

const DOTS = 110; // moving dots of the web that has most money
const LAP = 2600; // milliseconds from one end of an edge to the other
const SMALLEST = 4;
const LARGEST = 15;
const LETTERS = 27; // of a line of a label
const NARROW = 20; // rem: a narrower web is drawn higher, so that labels find room
const FIRST = 4; // rank of the label of what is outside: it stands at the rim and has fewest spots
const MARKS = {
  anchor: (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  cooperative: (r) => `M0 ${-r * 1.35}L${r * 1.35} 0L0 ${r * 1.35}L${-r * 1.35} 0Z`,
  branch: (r) => `M0 ${-r * 1.25}L${r * 1.2} ${r * 0.85}H${-r * 1.2}Z`,
  neighbourhood: (r) => `M${-r} ${r * 0.9}V${-r * 0.2}L0 ${-r * 1.2}L${r} ${-r * 0.2}V${r * 0.9}Z`,
  bank: (r) => `M${-r * 0.45} ${-r * 1.2}H${r * 0.45}V${-r * 0.45}H${r * 1.2}V${r * 0.45}H${r * 0.45}V${r * 1.2}H${-r * 0.45}V${r * 0.45}H${-r * 1.2}V${-r * 0.45}H${-r * 0.45}Z`,
  outside: (r) => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
};
const LABELLED = { anchor: 3, outside: 2, neighbourhood: 1, cooperative: 1.5, branch: 0.3, bank: 0.4, firm: 0.1, group: 0.05 };

function mark(kind, radius) {
  return (MARKS[kind] ?? MARKS.outside)(radius);
}

const ruler = document.createElement('canvas').getContext('2d');

function widthOf(words, letter) {
  ruler.font = `${letter}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(words).width;
}

function shortened(words, most) {
  return words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words;
}

/** The lines a label may have: one, or two that are about as long. */
function linesOf(words) {
  const gaps = [...words.matchAll(/ /g)].map((found) => found.index).sort((one, other) => Math.abs(one - words.length / 2) - Math.abs(other - words.length / 2));
  const two = gaps.length ? [words.slice(0, gaps[0]), words.slice(gaps[0] + 1)].map((line) => shortened(line, LETTERS)) : null;
  if (words.length > LETTERS) return [two ?? [shortened(words, LETTERS)]];
  return two ? [[words], two] : [[words]];
}

/** Where a label may stand about a mark: below, above or beside it, as one line or as two; then at its corners, where it is told less easily. */
function spotsOf(words, point, r, letter, most) {
  const found = linesOf(words).map((lines) => {
    const [width, height] = [Math.max(...lines.map((line) => widthOf(line, letter))) + 2, letter * 1.15 * lines.length];
    const across = Math.max(2, Math.min(most - width - 2, point.x - width / 2));
    const [left, right, level, below, above] = [point.x - r - width, point.x + r, point.y - height / 2, point.y + r, point.y - r - height];
    const spots = [[across, below], [across, above], [right, level], [left, level], [left + r, below], [left + r, above], [right - r, below], [right - r, above]];
    return spots.map(([x, y]) => ({ x, y, width, height, lines }));
  });
  return [...found.flatMap((spots) => spots.slice(0, 4)), ...found.flatMap((spots) => spots.slice(4))];
}

/** The drawing of one arm. `chosen(id)` is called when a node is chosen. */
export function createWebDrawing({ label, hook, chosen }) {
  const node = shape('svg', { class: 'web', role: 'group', 'aria-label': label, 'data-test': hook });
  const edges = shape('g', { class: 'edges' });
  const dots = shape('g', { class: 'dots' });
  const nodes = shape('g', { class: 'nodes' });
  const labels = shape('g', { class: 'labels', 'aria-hidden': 'true' });
  node.append(edges, dots, labels, nodes);
  let lines = [];
  let moving = [];
  let frame = null;
  let selected = null;
  let order = [];
  let outside = new Set();

  const isWithin = (pair) => !outside.has(pair.from) && !outside.has(pair.to);

  function centre(places, id, size) {
    const at = places.get(id);
    return { x: size.width / 2 + at.x * (size.width / 2 - size.side), y: size.height / 2 + at.y * (size.height / 2 - size.edge) };
  }

  function draw(shown, places, scale) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = Math.max(280, Math.round(node.getBoundingClientRect().width || 400));
    const size = { width, height: Math.round(Math.min(width * (width < NARROW * rem ? 1.15 : 0.88), 640)), side: 1.4 * rem, edge: 1.6 * rem };
    set(node, { viewBox: `0 0 ${size.width} ${size.height}`, height: size.height });
    const at = new Map(shown.nodes.map((one) => [one.id, centre(places, one.id, size)]));
    outside = new Set(shown.nodes.filter((one) => one.kind === 'outside').map((one) => one.id));
    lines = pairsOf(shown.edges).filter((pair) => at.has(pair.from) && at.has(pair.to)).sort((one, other) => isWithin(one) - isWithin(other) || one.pence - other.pence).map((pair) => {
      const [from, to] = [at.get(pair.from), at.get(pair.to)];
      return { ...pair, ends: [from, bend(from, to), to] };
    });
    edges.replaceChildren(...lines.map((line) => {
      const [from, middle, to] = line.ends;
      line.node = shape('path', { d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${middle.x.toFixed(1)} ${middle.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`,
        'stroke-width': Math.max(0.5, 7 * Math.sqrt(line.pence / scale.edge)).toFixed(2) });
      return line.node;
    }));
    drawNodes(shown, at, scale);
    drawLabels(shown, at, size, rem, scale);
    const amounts = dotsFor(lines.map((line) => line.pence), scale.total / DOTS);
    moving = lines.flatMap((line, place) => Array.from({ length: amounts[place] }, (_, one) => ({ line, phase: (one + ((place * 0.37) % 1)) / amounts[place] })));
    dots.replaceChildren();
    select(selected);
  }

  function radius(one, scale) {
    return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(one.pence_in, one.pence_out) / scale.node);
  }

  function drawNodes(shown, at, scale) {
    const held = nodes.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    order = [...shown.nodes].sort((one, other) => (LABELLED[other.kind] ?? 0) - (LABELLED[one.kind] ?? 0) || other.pence_in - one.pence_in).map((one) => one.id);
    const drawn = new Map(shown.nodes.map((one) => [one.id, shape('path', {
      d: mark(one.kind, radius(one, scale)), transform: `translate(${at.get(one.id).x.toFixed(1)} ${at.get(one.id).y.toFixed(1)})`,
      class: `node ${one.kind}`, role: 'button', tabindex: '-1', 'data-id': one.id, 'data-test': 'node',
      'aria-label': `${one.title}, ${kindWords(one.kind)}`, 'aria-pressed': 'false',
    }, shape('title', { text: `${one.title}, ${kindWords(one.kind)}` }))]));
    nodes.replaceChildren(...order.map((id) => drawn.get(id)));
    const stop = nodes.querySelector(held ? `[data-id="${CSS.escape(held)}"]` : '.node') ?? nodes.firstElementChild;
    stop?.setAttribute('tabindex', '0');
    if (held) stop?.focus();
  }

  function drawLabels(shown, at, size, rem, scale) {
    const letter = 0.78 * rem;
    const marks = shown.nodes.map((one) => {
      const [point, r] = [at.get(one.id), radius(one, scale)];
      return { x: point.x - r, y: point.y - r, width: 2 * r, height: 2 * r };
    });
    const boxes = shown.nodes.filter((one) => (LABELLED[one.kind] ?? 0) >= 0.4).map((one) => {
      const [point, r] = [at.get(one.id), radius(one, scale) + 2];
      const words = one.kind === 'neighbourhood' ? one.title.replace(/^Residents of /, '') : one.title;
      const rank = LABELLED[one.kind] ?? 0;
      return { id: one.id, spots: spotsOf(words, point, r, letter, size.width), weight: (one.kind === 'outside' ? FIRST : rank) * 1e15 + one.pence_in, must: rank >= 2 };
    });
    const fit = fitting(boxes, marks, size.width, size.height);
    labels.replaceChildren(...[...fit.values()].flatMap((spot) => spot.lines.map((line, place) => shape('text', {
      x: (spot.x + spot.width / 2).toFixed(1), y: (spot.y + letter * (0.95 + 1.15 * place)).toFixed(1), 'text-anchor': 'middle', text: line }))));
  }

  function select(id) {
    selected = id;
    node.classList.toggle('chosen', id !== null);
    for (const line of lines) line.node.setAttribute('class', line.from === id ? 'pays' : line.to === id ? 'paid' : isWithin(line) ? 'within' : '');
    for (const one of nodes.children) one.setAttribute('aria-pressed', String(one.dataset.id === id));
  }

  function step(time) {
    if (dots.childElementCount !== moving.length) dots.replaceChildren(...moving.map(() => shape('circle', { r: 2.6 })));
    moving.forEach((dot, place) => {
      const point = along(...dot.line.ends, (time / LAP + dot.phase) % 1);
      const circle = dots.children[place];
      circle.setAttribute('cx', point.x.toFixed(1));
      circle.setAttribute('cy', point.y.toFixed(1));
    });
    frame = requestAnimationFrame(step);
  }

  function focusOn(place) {
    const next = nodes.children[(place + nodes.children.length) % nodes.children.length];
    for (const one of nodes.children) one.setAttribute('tabindex', one === next ? '0' : '-1');
    next.focus();
  }

  nodes.addEventListener('click', (event) => { if (event.target.closest('.node')) chosen(event.target.closest('.node').dataset.id); });
  nodes.addEventListener('keydown', (event) => {
    const place = [...nodes.children].indexOf(event.target);
    if (place < 0) return;
    if (event.key === 'Enter' || event.key === ' ') chosen(event.target.dataset.id);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') focusOn(place + 1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') focusOn(place - 1);
    else if (event.key === 'Home') focusOn(0);
    else if (event.key === 'End') focusOn(nodes.children.length - 1);
    else return;
    event.preventDefault();
  });

  return {
    node,
    draw,
    select,
    play(on) {
      if (on && frame === null) frame = requestAnimationFrame(step);
      if (!on && frame !== null) {
        cancelAnimationFrame(frame);
        frame = null;
        dots.replaceChildren();
      }
    },
  };
}
