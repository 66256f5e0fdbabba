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

/** A clock that ticks once a month while it runs, until a tick says that it was the last; `running(on)` is told when it begins and ends. */
function createClock(tick, running) {
  let timer = null;
  function stop() {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    running(false);
  }
  function begin() {
    timer = setInterval(() => { if (!tick()) stop(); }, MONTH);
    running(true);
  }
  return { runs: () => timer !== null, begin, stop };
}

/** Show a month in the slider and in words. */
function tell({ slider, words, step }, month, months, start) {
  if (Number(slider.value) !== month) slider.value = month;
  const shown = start ? `${monthWords(monthAfter(start, month - 1))}, month ${month} of ${months}` : '';
  say(words, shown);
  slider.setAttribute('aria-valuetext', shown);
  step.disabled = month >= months;
}

/** The bar. `moved(month)` is told of every month shown, `playing(on)` of play and pause. */
export function createTimeBar({ moved, playing }) {
  const [play, step, first, slider, words] = ['play', 'step', 'first', 'month', 'month-words'].map(byId);
  let [months, start, month] = [60, null, null];
  const clock = createClock(() => show(month + 1), (on) => { say(play, on ? 'Pause' : 'Play'); playing(on); });

  function show(next) {
    month = Math.max(1, Math.min(months, next));
    tell({ slider, words, step }, month, months, start);
    moved(month);
    return month < months;
  }

  /** A step of the visitor's own ends the play. */
  const go = (next) => { clock.stop(); show(next); };

  function playOrPause() {
    if (clock.runs()) clock.stop();
    else {
      if (month >= months) show(1);
      clock.begin();
    }
  }

  /** Set the length and first month; the month shown stays where it is as far as it can. */
  function set(length, from) {
    if (length === months && from === start && month !== null) return;
    const atEnd = month === null || month === months;
    [months, start] = [length, from];
    slider.max = months;
    show(atEnd ? months : month);
  }

  tellHeight(byId('time'));
  play.addEventListener('click', playOrPause);
  step.addEventListener('click', () => go(month + 1));
  first.addEventListener('click', () => go(1));
  slider.addEventListener('input', () => go(Number(slider.value)));
  return { set };
}
