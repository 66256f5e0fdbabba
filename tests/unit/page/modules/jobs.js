import { sendFile } from '/static/api.js';
import { runJob } from '/static/jobs.js';
import { wireFiles } from '/static/files.js';
import { equal } from './equal.js';

const soon = () => new Promise((next) => { setTimeout(next, 20); });

/** Requests that are answered when the check says so, and an element that is in the page. */
async function staged(check) {
  const [asked, fetched] = [[], globalThis.fetch];
  globalThis.fetch = (address, options) => new Promise((answer, refuse) => {
    asked.push({ address, method: options.method ?? 'GET', signal: options.signal, answer: (told) => answer(new Response(JSON.stringify(told))) });
    options.signal?.addEventListener('abort', () => refuse(new DOMException('stopped', 'AbortError')));
  });
  const root = document.body.appendChild(document.createElement('div'));
  try {
    await check({ asked, root, told: () => asked.map((one) => `${one.method} ${one.address}`) });
  } finally {
    globalThis.fetch = fetched;
    root.remove();
  }
}

/** What files.js wires, in a page of its own making. */
function reportPage(root) {
  for (const id of ['link', 'report', 'save', 'open']) root.append(Object.assign(document.createElement('button'), { id }));
  root.append(Object.assign(document.createElement('dialog'), { id: 'dialog' }));
  wireFiles({ offer: { limits: { report_seeds: [2, 20] } }, store: { get: () => ({}) }, place: () => ({}) });
  root.querySelector('#report').click();
}

export const checks = {
  'a job stopped before the server has told which it is, is stopped once it has': () => staged(async ({ asked, root, told }) => {
    let answer;
    const run = runJob(root, 'The report', () => new Promise((next) => { answer = next; }));
    root.querySelector('button').click();
    equal([root.textContent, told()], ['Stopped.', []]);
    answer({ job: 'one' });
    await soon();
    equal(told(), ['DELETE /api/jobs/one']);
    asked[0].answer({});
    await run;
    equal(root.textContent, 'Stopped.');
  }),
  'what comes of a job after it was stopped is not shown': () => staged(async ({ asked, root, told }) => {
    const run = runJob(root, 'The report', async () => ({ job: 'two' }));
    await soon();
    root.querySelector('button').click();
    asked[0].answer({ status: 'done', files: [], message: 'Ready.' });
    await run;
    equal([told(), root.textContent], [['GET /api/jobs/two', 'DELETE /api/jobs/two'], 'Stopped.']);
  }),
  'a file that is being sent is not sent further': () => staged(async ({ asked, root }) => {
    const run = runJob(root, 'The spend analysis', (signal) => sendFile('/api/spend', new Blob(['a']), 'text/csv', signal));
    root.querySelector('button').click();
    await run;
    equal([asked.length, asked[0].signal.aborted, root.textContent], [1, true, 'Stopped.']);
  }),
  'one report is made at a time, and another once it is over': () => staged(async ({ asked, root, told }) => {
    reportPage(root);
    const begin = root.querySelector('[data-test=report-begin]');
    begin.click();
    begin.click();
    await soon();
    equal([told(), begin.getAttribute('aria-disabled')], [['POST /api/report'], 'true']);
    asked[0].answer({ job: 'three' });
    await soon();
    asked[1].answer({ status: 'done', files: [] });
    await soon();
    equal(begin.getAttribute('aria-disabled'), null);
    begin.click();
    equal(told(), ['POST /api/report', 'GET /api/jobs/three', 'POST /api/report']);
  }),
};
