// Time: play, pause, one month on, back to the first, any month.

import { byId, say } from './dom.js';
import { monthAfter, monthWords } from './formats.js';

const MONTH = 450; // milliseconds a month while playing

/** Tell the style sheet how much of the window the bar covers while it stays on top, so that a jump shows the heading it goes to. */
function tellHeight(bar) {
  const tell = () => {
    const covers = getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight : 0;
    document.documentElement.style.setProperty('--time-height', `${covers}px`);
  };
  const watcher = new ResizeObserver(tell);
  watcher.observe(bar);
  watcher.observe(document.documentElement);
}

/** The bar. `moved(month)` is told of every month shown, `playing(on)` of play and pause. */
export function createTimeBar({ moved, playing }) {
  const [play, step, first, slider, words] = ['play', 'step', 'first', 'month', 'month-words'].map(byId);
  tellHeight(byId('time'));
  let months = 60;
  let start = null;
  let month = null;
  let timer = null;

  function show(next) {
    month = Math.max(1, Math.min(months, next));
    if (Number(slider.value) !== month) slider.value = month;
    const shown = start ? `${monthWords(monthAfter(start, month - 1))}, month ${month} of ${months}` : '';
    say(words, shown);
    slider.setAttribute('aria-valuetext', shown);
    step.disabled = month >= months;
    moved(month);
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    say(play, 'Play');
    playing(false);
  }

  function begin() {
    if (month >= months) show(1);
    say(play, 'Pause');
    playing(true);
    timer = setInterval(() => {
      show(month + 1);
      if (month >= months) pause();
    }, MONTH);
  }

  play.addEventListener('click', () => (timer ? pause() : begin()));
  step.addEventListener('click', () => { if (timer) pause(); show(month + 1); });
  first.addEventListener('click', () => { if (timer) pause(); show(1); });
  slider.addEventListener('input', () => { if (timer) pause(); show(Number(slider.value)); });

  return {
    month: () => month,
    /** Set the length and first month; the month shown stays where it is as far as it can. */
    set(length, from) {
      const atEnd = month === null || month === months;
      if (length === months && from === start && month !== null) return;
      months = length;
      start = from;
      slider.max = months;
      show(atEnd ? months : month);
    },
  };
}
