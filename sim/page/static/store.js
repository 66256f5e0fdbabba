// What the visitor chose, with undo and redo.

const TOGETHER = 800; // milliseconds in which moves of one slider count as one step
const MOST = 200; // steps that can be undone

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What is kept: the state, the start it goes back to, steps before and after, the key and time of the last move. */
function beginning(first) {
  return { state: first, start: first, past: [], future: [], key: null, time: -Infinity };
}

/** Take the last step of one list and put the present one on the other; whether there was one. */
function move(kept, from, to) {
  const found = kept[from].at(-1);
  if (!found) return false;
  kept[to] = [...kept[to], { state: kept.state, start: kept.start }];
  kept[from] = kept[from].slice(0, -1);
  Object.assign(kept, found, { key: null, time: -Infinity });
  return true;
}

/** Make a step to another state; moves with the same key soon after each other are one. */
function step(kept, next, key, time) {
  const joined = key !== null && key === kept.key && time - kept.time < TOGETHER;
  const past = joined ? kept.past : [...kept.past.slice(1 - MOST), { state: kept.state, start: kept.start }];
  Object.assign(kept, { state: next, past, future: [], key, time });
}

/**
 * Keep a state. `change` makes a step; changes with the same key soon after each other are one step. `begin` sets a new start, to which
 * `startAgain` returns; both can be undone. Listeners hear the state, and whether more moves of the same slider may follow.
 */
export function createStore(first, now = () => Date.now()) {
  const kept = beginning(first);
  const listeners = [];
  const tell = (live = false) => listeners.forEach((listener) => listener(kept.state, live));

  function change(next, key = null) {
    if (same(next, kept.state)) return;
    step(kept, next, key, now());
    tell(key !== null);
  }

  function begin(next) {
    const before = kept.start;
    kept.start = next;
    if (same(next, kept.state)) return;
    step(kept, next, null, now());
    kept.past.at(-1).start = before;
    tell();
  }

  return {
    get: () => kept.state,
    start: () => kept.start,
    change,
    begin,
    startAgain: () => change(kept.start),
    undo() { if (move(kept, 'past', 'future')) tell(); },
    redo() { if (move(kept, 'future', 'past')) tell(); },
    canUndo: () => kept.past.length > 0,
    canRedo: () => kept.future.length > 0,
    subscribe: (listener) => { listeners.push(listener); },
  };
}
