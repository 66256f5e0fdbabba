// Out and in: the link, the scenario file, a file opened, the report.

import { fetchFile, send, sendFile, Trouble } from './api.js';
import { byId, element, say, set } from './dom.js';
import { runJob } from './jobs.js';
import { clearTrouble, openDialog, showTrouble } from './notices.js';

function download(content, name) {
  const address = URL.createObjectURL(content);
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function shareLink() {
  const field = element('input', { type: 'text', readonly: true, value: location.href, 'data-test': 'link-address', 'aria-label': 'Link' });
  const told = element('p', { role: 'status' });
  const copy = element('button', { type: 'button', class: 'strong', text: 'Copy', on: {
    click: async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        say(told, 'Copied.');
      } catch {
        say(told, 'This browser does not let the page copy. The link is marked: copy it with Control and C.');
      }
    } } });
  openDialog('Share link', element('p', { text: 'This link holds all that you chose. It opens where this program runs at the same address.' }),
    element('div', { class: 'beside' }, field, copy), told);
  field.select();
}

function reportDialog(page) {
  const [fewest, most] = page.offer.limits.report_seeds;
  const seeds = element('input', { type: 'number', id: 'report-seeds', min: fewest, max: most, value: Math.min(10, most), 'data-test': 'report-seeds' });
  const size = element('select', { id: 'report-size', 'data-test': 'report-size' }, element('option', { value: 'copy', text: page.place().copy ? 'the copy seen here' : 'the town seen here' }),
    page.place().copy ? element('option', { value: 'full', text: 'the whole place (takes far longer)' }) : null);
  const work = element('div', {});
  const begin = element('button', { type: 'button', class: 'strong', text: 'Make the report', 'data-test': 'report-begin', on: {
    click: async () => {
      if (begin.hasAttribute('aria-disabled')) return;
      if (!seeds.checkValidity()) { seeds.reportValidity(); return; }
      // One report at a time; the button keeps the keyboard, which `disabled` would take from it.
      set(begin, { 'aria-disabled': 'true' });
      await runJob(work, 'The report', () => send('/api/report', { state: page.store.get(), seeds: Number(seeds.value), size: size.value }));
      set(begin, { 'aria-disabled': null });
    } } });
  openDialog('Save as report', element('p', { text: 'A page that opens without internet and prints well: the same comparison with its method, its assumptions and its limits.' }),
    element('div', { class: 'form' }, element('label', { for: 'report-seeds', text: `Pairs of runs, ${fewest} to ${most}` }), seeds,
      element('label', { for: 'report-size', text: 'Size' }), size), begin, work);
}

async function openFile(page, file) {
  const most = page.offer.limits;
  if (/\.(ya?ml|zip)$/i.test(file.name)) {
    if (file.size > most.scenario_bytes) throw new Trouble(`${file.name} is too large for a scenario file.`, `The most is ${most.scenario_words}.`);
    const { state } = await sendFile('/api/open', file, 'application/octet-stream');
    page.open(state);
    return;
  }
  if (file.size > most.spend_bytes) throw new Trouble(`${file.name} is too large.`, `The most is ${most.spend_words}: take a year or a few columns of it.`);
  const work = element('div', {});
  openDialog('A file of published spending', element('p', { text: `${file.name} is read on this machine alone: who is paid, how much of it stays, and what is not known.` }), work);
  const from = `/api/spend?name=${encodeURIComponent(file.name)}&place=${encodeURIComponent(page.store.get().place)}`;
  await runJob(work, 'The spend analysis', (signal) => sendFile(from, file, 'application/octet-stream', signal));
}

/** Wire the buttons. `page` has offer, store, place() and open(state). */
export function wireFiles(page) {
  byId('link').addEventListener('click', shareLink);
  byId('report').addEventListener('click', () => reportDialog(page));
  byId('save').addEventListener('click', async () => {
    try {
      const { content, name } = await fetchFile('/api/save-all', { state: page.store.get(), seeds: page.pairs() });
      download(content, name);
    } catch (error) { showTrouble(error); }
  });
  byId('open').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    clearTrouble(); // what was wrong with a file before is not of this one
    try {
      await openFile(page, file);
    } catch (error) {
      showTrouble(error.problems?.length ? new Trouble(`${file.name} can’t be opened as it is.`, '', error.problems) : error);
    }
  });
}
