// One small chart: business as usual and the choice, the interval of the difference as a band, and a playhead.

import { ARMS } from './arms.js';
import { alike, bandOf, frameOf, isCut, lineOf } from './chart_frame.js';
import { element, freshId, say, set, shape, table } from './dom.js';
import { measured, monthAfter, monthWords, unitWords } from './formats.js';

const SIDES = ARMS.map(([arm]) => arm);
const SAME = 'Both sides are the same.';
const CUT = 'The interval goes beyond the drawing.';

/** The elements of a chart. Business as usual is drawn last: its dashes leave room for what lies under them. */
function partsOf(measure) {
  const words = element('p', { id: freshId('chart-words'), class: 'out-of-sight' });
  const drawing = shape('svg', { class: 'chart', role: 'img', 'aria-labelledby': words.id });
  const [grid, area, head] = [shape('g', { class: 'grid' }), shape('path', { class: 'band' }), shape('path', { class: 'playhead' })];
  const lines = SIDES.map((side) => shape('path', { class: `line ${side}`, 'data-test': `line-${side}` }));
  const dots = SIDES.map((side) => shape('circle', { class: `dot ${side}`, r: 4 }));
  drawing.append(grid, area, ...[...lines].reverse(), head, ...[...dots].reverse());
  const unit = element('p', { class: 'unit' });
  const values = SIDES.map((side) => element('span', { class: `of-${side}` }));
  const note = element('p', { class: 'note' });
  const numbers = element('details', { class: 'numbers' },
    element('summary', {}, 'Numbers', element('span', { class: 'out-of-sight', text: ` of ${measure.title}` })));
  const node = element('figure', { class: 'small', 'data-test': `chart-${measure.name}` },
    element('figcaption', {}, element('h3', { text: measure.title, title: measure.meaning ?? '' }), unit),
    element('p', { class: 'values' }, values), drawing, words, note, numbers);
  return { node, drawing, grid, area, lines, head, dots, unit, values, words, note, numbers };
}

/** Lines of the axis with their values, and the first and last month. */
function gridOf({ height, left, right, size, ticks, labels, last, x, y }, start) {
  const levels = ticks.flatMap((value, at) => [
    shape('path', { d: `M${left} ${y(value)}H${right}`, class: value === 0 ? 'nought' : null }),
    shape('text', { x: left - 6, y: y(value) + size * 0.35, 'text-anchor': 'end', text: labels[at] })]);
  const ends = [0, last].map((at) => shape('text', {
    x: x(at), y: height - 4, 'text-anchor': at ? 'end' : 'start', text: monthWords(monthAfter(start, at), 'short') }));
  return [...levels, ...ends];
}

/** The finding in words, for those who do not see the drawing. */
function findingOf(measure, { series, context }) {
  const told = (value) => measured(measure.kind, value, context.symbol);
  const named = `${measure.title}, ${unitWords(measure.kind, measure.unit, context.symbol)}`;
  const usual = `business as usual from ${told(series.reference[0])} to ${told(series.reference.at(-1))}`;
  const chosen = alike(series) ? 'with what you chose the same' : `with what you chose from ${told(series.policy[0])} to ${told(series.policy.at(-1))}`;
  return `${named}: ${usual}, ${chosen}. The numbers are in the table below.`;
}

/** Every month as a table. */
function numbersOf(measure, { series, context }) {
  const told = (value) => measured(measure.kind, value, context.symbol);
  const rows = series.reference.map((value, at) => [monthWords(monthAfter(context.start, at), 'short'), told(value), told(series.policy[at]),
    series.low?.[at] === null || series.low?.[at] === undefined ? 'not yet' : `${told(series.low[at])} to ${told(series.high[at])}`]);
  return table(`${measure.title}, ${unitWords(measure.kind, measure.unit, context.symbol)}`,
    ['Month', 'Business as usual', 'With what you chose', 'Its interval'], rows);
}

/** Draw both sides; gives the frame in which they stand. */
function drawn(parts, measure, { series, context }, room) {
  const frame = frameOf(measure.kind, series, context.symbol, room);
  set(parts.drawing, { viewBox: `0 0 ${frame.width} ${frame.height}`, height: frame.height });
  parts.grid.replaceChildren(...gridOf(frame, context.start));
  set(parts.area, { d: bandOf(series, frame) });
  SIDES.forEach((side, at) => set(parts.lines[at], { d: lineOf(series[side], frame) }));
  const same = alike(series);
  parts.drawing.classList.toggle('same', same);
  say(parts.note, [same ? SAME : '', isCut(series, frame) ? CUT : '', frame.low > 0 ? `The scale begins at ${frame.labels[0]}, not at nought.` : ''].filter(Boolean).join(' '));
  return frame;
}

/** Move the playhead and the dots to a month, and say both values. */
function point(parts, measure, { series, context }, frame, month) {
  const at = Math.min(month, series.reference.length) - 1;
  set(parts.head, { d: `M${frame.x(at)} ${frame.top}V${frame.floor}` });
  SIDES.forEach((side, place) => {
    const value = series[side][at];
    const known = value !== null && Number.isFinite(value);
    set(parts.dots[place], known ? { cx: frame.x(at), cy: frame.y(value), visibility: null } : { visibility: 'hidden' });
    say(parts.values[place], measured(measure.kind, known ? value : null, context.symbol));
  });
}

/** A chart of one measure: `show(series, context)` gives it its numbers, `draw(room)` draws them, `width()` is its own, `at(month)` moves the playhead. */
export function createChart(measure) {
  const parts = partsOf(measure);
  let given = null;
  let month = 1;
  let frame = null;

  function draw(room) {
    if (!given) return;
    frame = drawn(parts, measure, given, room);
    point(parts, measure, given, frame, month);
  }

  function fill() {
    if (!parts.numbers.open || !given) return;
    parts.numbers.querySelector('.scroll')?.remove();
    parts.numbers.append(numbersOf(measure, given));
  }
  parts.numbers.addEventListener('toggle', fill);

  function show(series, context) {
    given = { series, context };
    say(parts.unit, unitWords(measure.kind, measure.unit, context.symbol));
    say(parts.words, findingOf(measure, given));
    fill();
  }

  function at(shown) {
    month = shown;
    if (frame) point(parts, measure, given, frame, month);
  }

  const width = () => Math.max(160, Math.round(parts.drawing.getBoundingClientRect().width || 300));

  return { node: parts.node, draw, width, show, at };
}
