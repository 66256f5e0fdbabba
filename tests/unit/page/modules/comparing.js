import { createComparing } from '/static/comparing.js';
import { equal } from './equal.js';

const soon = (milliseconds) => new Promise((next) => { setTimeout(next, milliseconds); });

/** A comparison whose answers come when the check says so. */
function staged(more = {}) {
  const told = [];
  const asked = [];
  const comparing = createComparing({
    pairs: () => 2,
    begun: () => told.push('begun'),
    view: (view, state) => told.push(`view ${state} ${view.done}`),
    settled: (state) => told.push(`settled ${state}`),
    trouble: (error) => told.push(`trouble ${error.message}`),
    send: (_, body, signal, hear) => new Promise((resolve, reject) => {
      asked.push({ state: body.state, signal, hear: (line) => { try { hear(line); } catch (error) { reject(error); } }, end: resolve });
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    }),
    ...more,
  });
  return { told, asked, comparing };
}

export const checks = {
  async 'moves close together ask once, for the last of them'() {
    const { told, asked, comparing } = staged();
    for (const state of ['a', 'b', 'c']) comparing.ask(state, 20);
    await soon(60);
    equal([asked.map((one) => one.state), told], [['c'], ['begun', 'begun', 'begun']]);
  },
  async 'a move of its own waits for none, one soon after another waits for the next'() {
    const delays = [];
    const later = globalThis.setTimeout;
    const times = [1000, 1300, 1600, 2500];
    let clock = 0;
    const { asked, comparing } = staged({ now: () => clock });
    globalThis.setTimeout = (_, milliseconds) => { delays.push(milliseconds); };
    for (clock of times) comparing.ask('a');
    globalThis.setTimeout = later;
    equal([delays, asked.length], [[80, 80], 2]);
  },
  async 'a newer move supersedes the older, whose lines are no longer heard'() {
    const { told, asked, comparing } = staged();
    comparing.ask('a', 0);
    await soon(20);
    asked[0].hear({ kind: 'view', done: 1 });
    comparing.ask('b', 0);
    asked[0].hear({ kind: 'view', done: 2 });
    await soon(20);
    equal([asked[0].signal.aborted, asked[1].signal.aborted], [true, false]);
    asked[1].hear({ kind: 'view', done: 1 });
    asked[1].hear({ kind: 'end' });
    asked[1].end();
    await soon(10);
    equal(told, ['begun', 'view a 1', 'begun', 'view b 1', 'settled b']);
  },
  async 'trouble is told, and an answer that breaks off is trouble'() {
    const { told, asked, comparing } = staged();
    comparing.ask('a', 0);
    await soon(20);
    asked[0].hear({ kind: 'error', message: 'no' });
    await soon(10);
    comparing.ask('b', 0);
    await soon(20);
    asked[1].end();
    await soon(10);
    equal(told, ['begun', 'trouble no', 'begun', 'trouble The answer broke off before it was complete.']);
  },
};
