// One job of the server as a visitor sees it: how far it is, a button that stops it, and its files.

import { problemWords, read, stop, Trouble } from './api.js';
import { element, say } from './dom.js';
import { showTrouble } from './notices.js';

const WAIT = 700; // milliseconds between looks at a job

async function watch(job, bar, told, stopped) {
  for (;;) {
    const found = await read(`/api/jobs/${job}`);
    if (stopped()) return null;
    if (found.of) { bar.max = found.of; bar.value = found.done; }
    say(told, found.message ?? '');
    if (found.status === 'done') return found;
    if (found.status === 'failed') throw new Trouble(found.message || 'This could not be made.', found.remedy ?? '', found.problems ?? []);
    await new Promise((next) => { setTimeout(next, WAIT); });
    if (stopped()) return null;
  }
}

function stopJob(job) {
  stop(`/api/jobs/${job}`).catch(showTrouble);
}

function ready(found) {
  const files = found.files.map((file) => element('li', {}, element('a', { href: file.url, target: '_blank', 'data-test': 'job-file', text: file.title || file.name })));
  return [element('p', { role: 'status', 'data-test': 'job-done', text: found.message || 'Ready.' }), element('ul', { class: 'files' }, files)];
}

function failed(error) {
  return [element('p', { class: 'trouble', role: 'alert', text: `${error.message} ${error.remedy ?? ''}` }),
    error.problems?.length ? element('ul', {}, error.problems.map((one) => element('li', { text: problemWords(one) }))) : ''];
}

/** Begin a job and show it in an element until it is over. `begin(signal)` sends what it needs and answers with the job; the signal ends the sending of a file. */
export async function runJob(root, title, begin) {
  const bar = element('progress', { max: 1, value: 0, 'aria-label': title });
  const told = element('p', { role: 'status', 'data-test': 'job-words', text: 'Waiting for its turn.' });
  const control = new AbortController();
  let job = null;
  const stopped = () => control.signal.aborted;
  const cancel = element('button', { type: 'button', text: 'Stop this', 'data-test': 'job-stop', on: { click: () => {
    control.abort();
    if (job) stopJob(job);
    root.replaceChildren(element('p', { role: 'status', text: 'Stopped.' }));
  } } });
  root.replaceChildren(bar, told, cancel);
  try {
    job = (await begin(control.signal)).job;
    // Stopped before the server had told which job it is.
    if (stopped()) stopJob(job);
    const found = stopped() ? null : await watch(job, bar, told, stopped);
    if (found) root.replaceChildren(...ready(found));
  } catch (error) {
    if (!stopped()) root.replaceChildren(...failed(error));
  }
}
