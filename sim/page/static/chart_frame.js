// Where a small chart puts its months and values: its axis, its lines as paths, the band of its interval. Nothing is drawn here.

import { marks, measured } from './formats.js';

const SPARE = 0.05; // of the highest value: the least room for an interval
const PIXELS = { top: 10, bottom: 14, right: 10 };

function finite(values) {
  return (values ?? []).filter((value) => value !== null && Number.isFinite(value));
}

/** A path through points; nothing is drawn across those that are null. */
function path(points) {
  let open = false;
  let drawn = '';
  for (const point of points) {
    if (point === null) { open = false; continue; }
    drawn += `${open ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    open = true;
  }
  return drawn;
}

/** What an axis must hold: both lines, and of the interval as much as they leave room for. With few pairs it is so wide that the lines would lie flat. */
function extent(series) {
  const lines = [series.reference, series.policy].flatMap(finite);
  const all = [...lines, ...[series.low, series.high].flatMap(finite)];
  const [low, high] = [Math.min(...lines), Math.max(...lines)];
  const room = Math.max(high - low, SPARE * Math.max(Math.abs(low), Math.abs(high)));
  return [Math.max(Math.min(...all), low - room), Math.min(Math.max(...all), high + room)];
}

/** Lowest and highest of an axis, and its marks: from nought when that wastes little room, else around the values. */
export function axis(series) {
  if (!finite(series.reference).length && !finite(series.policy).length) return [0, 1, []];
  let [low, high] = extent(series);
  if (low >= 0 && low < high * 0.6) low = 0;
  const found = marks(low, high);
  return [found[0], found.at(-1), found];
}

/** Whether both sides are the same in every month. */
export function alike(series) {
  return series.reference.every((value, at) => value === series.policy[at]);
}

/** The frame of a drawing in the room it has (its `width`, the `most` height, `rem` being the size of type): its height, marks and labels, and where a month (`x`) and a value (`y`) stand. */
export function frameOf(kind, series, symbol, { width, most, rem }) {
  const height = Math.round(Math.min(width * 0.52, most));
  const [low, high, ticks] = axis(series);
  const labels = ticks.map((value) => measured(kind, value, symbol));
  const size = 0.78 * rem;
  const left = Math.round(Math.max(0, ...labels.map((label) => label.length)) * size * 0.56 + 8);
  const [right, floor] = [width - PIXELS.right, height - PIXELS.bottom - size];
  const last = Math.max(1, series.reference.length - 1);
  return {
    width, height, low, high, ticks, labels, size, left, right, floor, last, top: PIXELS.top,
    x: (at) => left + (at / last) * (right - left),
    y: (value) => floor - ((value - low) / (high - low)) * (floor - PIXELS.top),
  };
}

/** The path of one side. */
export function lineOf(values, { x, y }) {
  return path(values.map((value, at) => (value === null || !Number.isFinite(value) ? null : [x(at), y(value)])));
}

/** Whether the interval goes beyond what a frame holds. */
export function isCut(series, { low, high }) {
  return finite(series.low).some((value) => value < low) || finite(series.high).some((value) => value > high);
}

/** The path of the interval of the difference, there and back, as far as the frame holds it; empty while there is none. */
export function bandOf(series, frame) {
  const x = frame.x;
  const y = (value) => frame.y(Math.max(frame.low, Math.min(frame.high, value)));
  const low = series.low ?? [];
  const high = series.high ?? [];
  const known = low.map((_, at) => at).filter((at) => low[at] !== null && high[at] !== null && Number.isFinite(low[at]));
  if (known.length < 2) return '';
  return `${path(known.map((at) => [x(at), y(high[at])]))}L${path(known.reverse().map((at) => [x(at), y(low[at])])).slice(1)}Z`;
}
