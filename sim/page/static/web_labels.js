// Labels of a web: their lines, the spots where each may stand, and those that fit.

import { shape } from './dom.js';
import { fitting } from './web_layout.js';
import { radiusOf, rankOf } from './web_marks.js';

const LETTERS = 27; // of a line of a label
const OUTSIDE = 4; // rank of the label of what is outside: it stands at the rim and has fewest spots
const LEAST = 0.4; // rank of a node that has a label
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

function boxOf(node, point, scale, letter, width) {
  const words = node.kind === 'neighbourhood' ? node.title.replace(/^Residents of /, '') : node.title;
  const rank = rankOf(node);
  return {
    id: node.id, spots: spotsOf(words, point, radiusOf(node, scale) + 2, letter, width),
    weight: (node.kind === 'outside' ? OUTSIDE : rank) * 1e15 + node.pence_in, must: rank >= 2,
  };
}

/** The labels of a month that fit, as text; `at` says where each mark stands, `size` how large the drawing is. */
export function labelsOf(shown, at, size, scale) {
  const letter = 0.78 * size.rem;
  const marks = shown.nodes.map((node) => {
    const [point, r] = [at.get(node.id), radiusOf(node, scale)];
    return { x: point.x - r, y: point.y - r, width: 2 * r, height: 2 * r };
  });
  const boxes = shown.nodes.filter((node) => rankOf(node) >= LEAST).map((node) => boxOf(node, at.get(node.id), scale, letter, size.width));
  return [...fitting(boxes, marks, size.width, size.height).values()].flatMap((spot) => spot.lines.map((line, place) => shape('text', {
    x: (spot.x + spot.width / 2).toFixed(1), y: (spot.y + letter * (0.95 + 1.15 * place)).toFixed(1), 'text-anchor': 'middle', text: line })));
}
