// One comparison at a time: a move soon after another waits a moment for the next, a newer one supersedes the older.

import { sendForLines, Trouble } from './api.js';

const PAUSE = 80; // milliseconds that a move waits for the next
const APART = 400; // milliseconds after which a move is one of its own, and waits for none

/** Whether a line is the last of an answer; one that tells of trouble is thrown. */
function isEnd(line) {
  if (line.kind === 'error') throw new Trouble(line.message, line.remedy);
  if (line.kind === 'superseded') throw new Trouble('A newer choice took the place of this one.', 'If this is not your own doing, move a lever again.');
  return line.kind === 'end';
}

/** `asked(state)` begins; `view(view)` as each pair comes in; `settled(state)` at the end; `trouble(error)`. */
export function createComparing({ pairs, begun, view, settled, trouble, send = sendForLines, now = () => performance.now() }) {
  let [timer, running, asked] = [null, null, -Infinity];

  async function run(state) {
    const control = new AbortController();
    running = control;
    let ended = false;
    try {
      await send('/api/compare', { state, seeds: pairs() }, control.signal, (line) => {
        if (running !== control) return;
        ended = isEnd(line);
        if (line.kind === 'view') view(line, state);
      });
      if (running !== control) return;
      if (!ended) throw new Trouble('The answer broke off before it was complete.', 'Move a lever to try again.');
      running = null;
      settled(state);
    } catch (error) {
      if (running !== control) return;
      running = null;
      control.abort();
      trouble(error, state);
    }
  }

  return {
    ask(state, pause = now() - asked > APART ? 0 : PAUSE) {
      asked = now();
      clearTimeout(timer);
      running?.abort();
      running = null;
      begun(state);
      if (pause > 0) timer = setTimeout(() => void run(state), pause);
      else void run(state);
    },
  };
}
