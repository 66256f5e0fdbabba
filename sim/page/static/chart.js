// One small chart: business as usual and the choice, the interval of the difference as a band, and a playhead.

import { element, freshId, say, set, shape, table } from './dom.js';
import { marks, measured, monthAfter, monthWords, unitWords } from './formats.js';

const PIXELS = { top: 10, bottom: 24, right: 10 };

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

function finite(values) {
  return (values ?? []).filter((value) => value !== null && Number.isFinite(value));
}

/** Lowest and highest of an axis: from nought when that wastes little room, else around the values. */
export function axis(series) {
  const values = [series.reference, series.policy, series.low, series.high].flatMap(finite);
  if (!values.length) return [0, 1];
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (low >= 0 && low < high * 0.6) low = 0;
  const found = marks(low, high);
  return [found[0], found.at(-1), found];
}

function band(series, x, y) {
  const low = series.low ?? [];
  const high = series.high ?? [];
  const known = low.map((_, at) => at).filter((at) => low[at] !== null && high[at] !== null && Number.isFinite(low[at]));
  if (known.length < 2) return '';
  return `${path(known.map((at) => [x(at), y(high[at])]))}L${path(known.reverse().map((at) => [x(at), y(low[at])])).slice(1)}Z`;
}

/** A chart of one measure. `show(series, context)` draws it, `at(month)` moves the playhead. */
export function createChart(measure) {
  const id = freshId('chart');
  const drawing = shape('svg', { class: 'chart', role: 'img', 'aria-labelledby': `${id}-words` });
  const words = element('p', { id: `${id}-words`, class: 'out-of-sight' });
  const grid = shape('g', { class: 'grid' });
  const area = shape('path', { class: 'band' });
  const reference = shape('path', { class: 'line reference', 'data-test': 'line-reference' });
  const policy = shape('path', { class: 'line policy', 'data-test': 'line-policy' });
  const head = shape('path', { class: 'playhead' });
  const dots = [shape('circle', { class: 'dot reference', r: 4 }), shape('circle', { class: 'dot policy', r: 4 })];
  drawing.append(grid, area, reference, policy, head, ...dots);
  const unit = element('p', { class: 'unit' });
  const values = [element('span', { class: 'of-reference' }), element('span', { class: 'of-policy' })];
  const scale = element('p', { class: 'note' });
  const numbers = element('details', { class: 'numbers' }, element('summary', {}, 'Numbers', element('span', { class: 'out-of-sight', text: ` of ${measure.title}` })));
  const node = element('figure', { class: 'small', 'data-test': `chart-${measure.name}` },
    element('figcaption', {}, element('h3', { text: measure.title, title: measure.meaning ?? '' }), unit), 
    element('p', { class: 'values' }, values), drawing, words, scale, numbers);
  let given = null;
  let month = 1;
  let place = null;

  function draw() {
    if (!given) return;
    const { series, context } = given;
    const width = Math.max(160, Math.round(drawing.getBoundingClientRect().width || 300));
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const height = Math.round(Math.min(width * 0.52, 12 * rem, Math.max(innerHeight * 0.175, 6.5 * rem)));
    const [low, high, ticks] = axis(series);
    const labels = (ticks ?? [low, high]).map((value) => measured(measure.kind, value, context.symbol));
    const size = 0.78 * rem;
    const left = Math.round(Math.max(...labels.map((label) => label.length)) * size * 0.56 + 8);
    const bottom = PIXELS.bottom + size - 10;
    const last = Math.max(1, series.reference.length - 1);
    const x = (at) => left + (at / last) * (width - left - PIXELS.right);
    const y = (value) => height - bottom - ((value - low) / (high - low)) * (height - bottom - PIXELS.top);
    set(drawing, { viewBox: `0 0 ${width} ${height}`, height });
    grid.replaceChildren(...(ticks ?? []).flatMap((value, at) => [
      shape('path', { d: `M${left} ${y(value)}H${width - PIXELS.right}`, class: value === 0 ? 'nought' : null }),
      shape('text', { x: left - 6, y: y(value) + size * 0.35, 'text-anchor': 'end', text: labels[at] })]),
    ...[0, last].map((at) => shape('text', { x: x(at), y: height - 4, 'text-anchor': at ? 'end' : 'start', text: monthWords(monthAfter(context.start, at), 'short') })));
    const line = (of) => path(of.map((value, at) => (value === null || !Number.isFinite(value) ? null : [x(at), y(value)])));
    set(area, { d: band(series, x, y) });
    set(reference, { d: line(series.reference) });
    set(policy, { d: line(series.policy) });
    place = { x, y, top: PIXELS.top, bottom: height - bottom };
    say(scale, low > 0 ? `The scale begins at ${labels[0]}, not at nought.` : '');
    point();
  }

  function point() {
    if (!place) return;
    const { series, context } = given;
    const at = Math.min(month, series.reference.length) - 1;
    set(head, { d: `M${place.x(at)} ${place.top}V${place.bottom}` });
    [series.reference[at], series.policy[at]].forEach((value, side) => {
      const known = value !== null && Number.isFinite(value);
      set(dots[side], known ? { cx: place.x(at), cy: place.y(value), visibility: null } : { visibility: 'hidden' });
      say(values[side], measured(measure.kind, known ? value : null, context.symbol));
    });
  }

  function fill() {
    if (!numbers.open || !given) return;
    const { series, context } = given;
    const told = (value) => measured(measure.kind, value, context.symbol);
    const rows = series.reference.map((value, at) => [monthWords(monthAfter(context.start, at), 'short'), told(value), told(series.policy[at]),
      series.low?.[at] === null || series.low?.[at] === undefined ? 'not yet' : `${told(series.low[at])} to ${told(series.high[at])}`]);
    numbers.querySelector('.scroll')?.remove();
    numbers.append(table(`${measure.title}, ${unitWords(measure.kind, measure.unit, context.symbol)}`,
      ['Month', 'Business as usual', 'With what you chose', 'Its interval'], rows));
  }
  numbers.addEventListener('toggle', fill);

  return {
    node,
    draw,
    show(series, context) {
      given = { series, context };
      say(unit, unitWords(measure.kind, measure.unit, context.symbol));
      const told = (value) => measured(measure.kind, value, context.symbol);
      say(words, `${measure.title}, ${unitWords(measure.kind, measure.unit, context.symbol)}: business as usual from ${told(series.reference[0])} to `
        + `${told(series.reference.at(-1))}, with what you chose from ${told(series.policy[0])} to ${told(series.policy.at(-1))}. The numbers are in the table below.`);
      draw();
      fill();
    },
    at(shown) {
      month = shown;
      point();
    },
  };
}
