import { createStore } from '/static/store.js';
import { equal } from './equal.js';

export const checks = {
  'undo and redo go through every step'() {
    const store = createStore({ a: 0 });
    for (const a of [1, 2, 3]) store.change({ a });
    store.undo();
    store.undo();
    equal(store.get(), { a: 1 });
    store.redo();
    equal([store.get(), store.canUndo(), store.canRedo()], [{ a: 2 }, true, true]);
    store.change({ a: 9 });
    equal(store.canRedo(), false);
    for (let step = 0; step < 5; step += 1) store.undo();
    equal([store.get(), store.canUndo()], [{ a: 0 }, false]);
  },
  'moves of one slider soon after each other are one step'() {
    let time = 0;
    const store = createStore({ a: 0 }, () => time);
    for (const a of [1, 2, 3]) { time += 100; store.change({ a }, 'slider'); }
    store.undo();
    equal(store.get(), { a: 0 });
    store.change({ a: 1 }, 'slider');
    time += 5000;
    store.change({ a: 2 }, 'slider');
    store.undo();
    equal(store.get(), { a: 1 });
  },
  'another slider is another step'() {
    const store = createStore({ a: 0, b: 0 }, () => 0);
    store.change({ a: 1, b: 0 }, 'a');
    store.change({ a: 1, b: 1 }, 'b');
    store.undo();
    equal(store.get(), { a: 1, b: 0 });
  },
  'listeners hear whether more of the same move may follow'() {
    const store = createStore({ a: 0 });
    const told = [];
    store.subscribe((state, live) => told.push([state.a, live]));
    store.change({ a: 1 }, 'slider');
    store.change({ a: 2 });
    store.undo();
    equal(told, [[1, true], [2, false], [1, false]]);
  },
  'no change is no step and is not told'() {
    const store = createStore({ a: 0 });
    let told = 0;
    store.subscribe(() => { told += 1; });
    store.change({ a: 0 });
    equal([told, store.canUndo()], [0, false]);
  },
  'back to start goes to what was last begun with, and undo takes both back'() {
    const store = createStore({ a: 0 });
    store.change({ a: 1 });
    store.begin({ a: 5 });
    store.change({ a: 6 });
    store.startAgain();
    equal(store.get(), { a: 5 });
    for (let step = 0; step < 3; step += 1) store.undo();
    equal([store.get(), store.start()], [{ a: 1 }, { a: 0 }]);
    store.redo();
    equal([store.get(), store.start()], [{ a: 5 }, { a: 5 }]);
  },
};
