// The small charts: the first ones open, the others one click away.

import { createChart } from './chart.js';
import { element } from './dom.js';

const FIRST = 6;

/** Where charts stand: the first in `first`, the others folded in `more`. */
function layOut(root) {
  const [first, others] = [element('div', { class: 'small-charts' }), element('div', { class: 'small-charts' })];
  const more = element('details', { class: 'more-charts', hidden: true }, element('summary', { text: 'More charts' }), others);
  root.replaceChildren(first, more);
  return { first, others, more };
}

/** Draw charts in the room they have. All are measured before the first is drawn, so that the browser lays out once. */
function draw(charts) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const most = Math.min(12 * rem, Math.max(innerHeight * 0.175, 6.5 * rem));
  const widths = charts.map((chart) => chart.width());
  charts.forEach((chart, at) => chart.draw({ width: widths[at], most, rem }));
}

/** The series of a view in the order of the page's measures, then those it does not know. */
function inOrder(view, measures) {
  const names = measures.map((measure) => measure.name);
  return [...names.filter((name) => view.series[name]), ...Object.keys(view.series).filter((name) => !names.includes(name))];
}

/** What is known of a series; one of a measure with several, such as one of each fifth, is known as its measure is. */
function measureOf(name, measures) {
  const [stem] = name.split('/');
  return measures.find((measure) => measure.name === name) ?? measures.find((measure) => measure.name === stem);
}

/** Call back when the width of an element changes. */
function watchWidth(node, changed) {
  let width = 0;
  new ResizeObserver(() => {
    if (node.clientWidth === width) return;
    width = node.clientWidth;
    changed();
  }).observe(node);
}

/** All charts of a view, made once and drawn again as the numbers come; those that are folded away are drawn once they are opened. */
export function chartGrid(root, measures) {
  const { first, others, more } = layOut(root);
  const charts = new Map();
  let month = 1;
  const redraw = () => draw([...charts.values()].slice(0, more.open ? charts.size : FIRST));
  more.addEventListener('toggle', () => { if (more.open) redraw(); });
  watchWidth(root, redraw);

  function chartOf(name, facts) {
    if (!charts.has(name)) {
      const known = measureOf(name, measures);
      const chart = createChart({ kind: 'number', unit: '', ...known, name, title: facts?.title ?? known?.title ?? name });
      chart.at(month);
      (charts.size < FIRST ? first : others).append(chart.node);
      charts.set(name, chart);
      more.hidden = charts.size <= FIRST;
    }
    return charts.get(name);
  }

  function show(view, symbol) {
    for (const name of inOrder(view, measures)) {
      chartOf(name, view.rows.find((row) => row.measure === name)).show(view.series[name], { start: view.start, symbol });
    }
    // Of another place the page may have charts of neighbourhoods that are not here.
    for (const [name, chart] of charts) chart.node.hidden = !view.series[name];
    redraw();
  }

  function at(shown) {
    month = shown;
    for (const chart of charts.values()) chart.at(shown);
  }
  return { show, at };
}
