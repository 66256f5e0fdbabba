// Dots that move along the lines of a web while time plays: each is the same sum of money.

import { shape } from './dom.js';
import { along, dotsFor } from './web_layout.js';

const DOTS = 110; // moving dots of the web that has most money
const LAP = 2600; // milliseconds from one end of a line to the other

/** Dots in a group. `along(lines, total)` says on which lines, `play(on)` begins and ends. */
export function createDots(group) {
  let moving = [];
  let frame = null;

  function step(time) {
    if (group.childElementCount !== moving.length) group.replaceChildren(...moving.map(() => shape('circle', { r: 2.6 })));
    moving.forEach((dot, place) => {
      const point = along(...dot.line.ends, (time / LAP + dot.phase) % 1);
      const circle = group.children[place];
      circle.setAttribute('cx', point.x.toFixed(1));
      circle.setAttribute('cy', point.y.toFixed(1));
    });
    frame = requestAnimationFrame(step);
  }

  return {
    along(lines, total) {
      const amounts = dotsFor(lines.map((line) => line.pence), total / DOTS);
      moving = lines.flatMap((line, place) => Array.from({ length: amounts[place] }, (_, one) => ({ line, phase: (one + ((place * 0.37) % 1)) / amounts[place] })));
      group.replaceChildren();
    },
    play(on) {
      if (on && frame === null) frame = requestAnimationFrame(step);
      if (on || frame === null) return;
      cancelAnimationFrame(frame);
      frame = null;
      group.replaceChildren();
    },
  };
}
