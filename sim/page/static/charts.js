// The small charts: the first ones open, the others one click away.

import { createChart } from './chart.js';
import { element } from './dom.js';

const FIRST = 6;

/** All charts of a view, made once and drawn again as the numbers come. */
export function chartGrid(root, measures) {
  const titles = new Map(measures.map((measure) => [measure.name, measure]));
  const charts = new Map();
  const first = element('div', { class: 'small-charts' });
  const others = element('div', { class: 'small-charts' });
  const more = element('details', { class: 'more-charts', hidden: true }, element('summary', { text: 'More charts' }), others);
  root.replaceChildren(first, more);
  let month = 1;
  more.addEventListener('toggle', () => { if (more.open) redraw(); });

  /** Charts out of sight are drawn once they are opened. All are measured before the first is drawn, so that the browser lays out once. */
  function redraw() {
    const shown = [...charts.values()].slice(0, more.open ? charts.size : FIRST);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const most = Math.min(12 * rem, Math.max(innerHeight * 0.175, 6.5 * rem));
    const widths = shown.map((chart) => chart.width());
    shown.forEach((chart, at) => chart.draw({ width: widths[at], most, rem }));
  }

  let width = 0;
  new ResizeObserver(() => {
    if (root.clientWidth !== width) { width = root.clientWidth; redraw(); }
  }).observe(root);

  function chartOf(name, facts) {
    if (!charts.has(name)) {
      const chart = createChart(titles.get(name) ?? { name, title: facts?.title ?? name, kind: facts?.kind ?? 'number', unit: facts?.unit ?? '' });
      (charts.size < FIRST ? first : others).append(chart.node);
      charts.set(name, chart);
      more.hidden = charts.size <= FIRST;
    }
    return charts.get(name);
  }

  return {
    redraw,
    show(view, symbol) {
      const order = [...measures.map((measure) => measure.name).filter((name) => view.series[name]),
        ...Object.keys(view.series).filter((name) => !titles.has(name))];
      for (const name of order) {
        const chart = chartOf(name, view.rows.find((row) => row.measure === name));
        chart.show(view.series[name], { start: view.start, symbol });
      }
      redraw();
    },
    at(shown) {
      month = shown;
      for (const chart of charts.values()) chart.at(shown);
    },
  };
}
