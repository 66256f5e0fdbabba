import { poundSection } from '/static/pound.js';
import { webSection } from '/static/web.js';
import { equal } from './equal.js';

const NODES = ['a', 'b'].map((id) => ({ id, kind: 'anchor', title: `Council ${id}`, pence_in: 1200, pence_out: 1200 }));
const MONTHS = [{ month: 1, date: '2013-04', nodes: NODES, edges: [{ from: 'a', to: 'b', channel: 'grants', pence: 1200 }] }];
const [FIRST, SECOND] = [{ place: 'here' }, { place: 'there' }];
const PLACES = { here: { symbol: '£' }, there: { symbol: 'Kč' } };

const soon = (milliseconds = 0) => new Promise((next) => { setTimeout(next, milliseconds); });

/** The section in sight, with requests that are answered when the check says so. */
async function staged(check) {
  const [asked, fetched] = [[], globalThis.fetch];
  globalThis.fetch = (_, options) => new Promise((answer, refuse) => {
    asked.push({ signal: options.signal, state: JSON.parse(options.body).state, answer: () => answer(new Response(JSON.stringify({ months: MONTHS }))), refuse });
    options.signal?.addEventListener('abort', () => refuse(new DOMException('stopped', 'AbortError')));
  });
  const root = document.body.appendChild(document.createElement('section'));
  let state = FIRST;
  const placeOf = (one) => PLACES[one.place];
  const section = webSection(root, { store: { get: () => state }, placeOf, place: () => placeOf(state), pairs: () => 8 });
  const error = document.getElementById('error');
  error.hidden = true;
  try {
    await soon(100);
    await check({
      asked, root, section, error, words: () => root.querySelector('[data-test=web-words]').textContent,
      choose(next) { state = next; section.changed(next); },
      async answered() { for (let side = 0; side < 2; side += 1) { asked.at(-1).answer(); await soon(20); } },
    });
  } finally {
    globalThis.fetch = fetched;
    root.remove();
  }
}

export const checks = {
  'a web that was asked for before the choice changed is given up, and says nothing': () => staged(async ({ asked, root, section, error, choose, answered, words }) => {
    section.settled(FIRST);
    await answered();
    equal([root.classList.contains('behind'), words().startsWith('April 2013')], [false, true]);
    choose(SECOND);
    section.settled(SECOND);
    equal([asked.at(-1).state, root.classList.contains('behind'), root.getAttribute('aria-busy')], [SECOND, true, 'true']);
    choose(FIRST);
    await soon(20);
    equal([asked.at(-1).signal.aborted, error.hidden, root.hasAttribute('aria-busy'), root.classList.contains('behind')], [true, true, false, false]);
    const count = asked.length;
    section.settled(FIRST);
    equal(asked.length, count);
  }),
  'trouble of a request that was given up is not told, that of the present one is': () => staged(async ({ asked, section, error, choose, words }) => {
    section.settled(FIRST);
    choose(SECOND);
    asked[0].refuse(new TypeError('gone'));
    await soon(20);
    equal([error.hidden, words().startsWith('Runs come first;')], [true, true]);
    section.settled(SECOND);
    asked.at(-1).refuse(new TypeError('gone'));
    await soon(20);
    equal([error.hidden, words()], [false, 'It could not be drawn.']);
  }),
  'sums are in the currency of the place whose numbers they are': () => staged(async ({ root, section, choose, answered }) => {
    section.settled(FIRST);
    await answered();
    choose(SECOND);
    root.querySelector('[data-id=a]').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    section.at(2);
    equal([root.querySelector('.node-note h3').textContent, root.classList.contains('behind')], ['Council a, April 2013', true]);
    equal(root.querySelector('.node-note').textContent.match(/£12|Kč/g), ['£12', '£12', '£12', '£12']);
  }),
  async 'a followed pound stays in the currency of the place whose payments it shows'() {
    const fetched = globalThis.fetch;
    const trail = { anchor: 'Council', total: 10000, hands: 1, receipts: 1, steps: [1, 2].map((payment) => ({ payment, held: { shop: 6000 }, left: {} })), likeliest_path: [] };
    globalThis.fetch = async () => new Response(JSON.stringify({ reference: trail, policy: trail }));
    const root = document.createElement('section');
    const placeOf = (one) => ({ ...PLACES[one.place], anchors: [] });
    let state = { ...FIRST, start: '2013-04', months: 12 };
    const section = poundSection(root, { store: { get: () => state }, placeOf, place: () => placeOf(state), pairs: () => 8 });
    section.settled(state);
    root.querySelector('[data-test=follow]').click();
    await soon(20);
    globalThis.fetch = fetched;
    state = SECOND;
    section.changed();
    root.querySelector('[data-test=follow-next]').click();
    equal([root.querySelector('[role=status]').textContent.match(/£60|Kč/g), root.classList.contains('behind')], [['£60', '£60'], true]);
  },
};
