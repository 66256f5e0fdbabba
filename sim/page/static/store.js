// What the visitor chose, with undo and redo.

const TOGETHER = 800; // milliseconds in which moves of one slider count as one step

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Keep a state. `change` makes a step; changes with the same key soon after each other are one step. `begin` sets a new start, to which
 * `startAgain` returns; both can be undone. Listeners hear the state, and whether more moves of the same slider may follow.
 */
export function createStore(first, now = () => Date.now()) {
  let state = first;
  let start = first;
  let past = [];
  let future = [];
  let last = { key: null, time: -Infinity };
  const listeners = [];

  function tell(live = false) {
    for (const listener of listeners) listener(state, live);
  }

  function change(next, key = null) {
    if (same(next, state)) return;
    const joined = key !== null && key === last.key && now() - last.time < TOGETHER;
    if (!joined) past = [...past.slice(-199), { state, start }];
    last = { key, time: now() };
    future = [];
    state = next;
    tell(key !== null);
  }

  function move(from, to) {
    const found = from.at(-1);
    if (!found) return null;
    to.push({ state, start });
    ({ state, start } = found);
    last = { key: null, time: -Infinity };
    return from.slice(0, -1);
  }

  return {
    get: () => state,
    start: () => start,
    change,
    begin(next) {
      const before = start;
      start = next;
      if (same(next, state)) return;
      change(next);
      past.at(-1).start = before;
    },
    startAgain: () => change(start),
    undo() {
      const rest = move(past, future);
      if (rest) { past = rest; tell(); }
    },
    redo() {
      const rest = move(future, past);
      if (rest) { future = rest; tell(); }
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    subscribe: (listener) => { listeners.push(listener); },
  };
}
