// Trouble in words in a bar, what is under way, and the dialog.

import { problemWords } from './api.js';
import { byId, element, say } from './dom.js';

/** Say what went wrong; what was shown stays. */
export function showTrouble(error) {
  const bar = byId('error');
  const known = error.problems !== undefined;
  const words = known ? error.message : 'Something in this page went wrong.';
  const remedy = known ? error.remedy : 'Load the page again; what you chose is kept in the address.';
  if (!known) console.error(error);
  bar.replaceChildren(element('div', {}, element('p', {}, element('strong', { text: words }), remedy ? ` ${remedy}` : ''),
    error.problems?.length ? element('ul', {}, error.problems.map((problem) => element('li', { text: problemWords(problem) }))) : null),
  element('button', { type: 'button', text: 'Close', 'data-test': 'error-close', on: { click: () => { clearTrouble(); byId('answer').focus({ preventScroll: true }); } } }));
  bar.hidden = false;
}

/** Take the bar away. */
export function clearTrouble() {
  const bar = byId('error');
  bar.hidden = true;
  bar.replaceChildren();
}

/** Say what is under way; empty when nothing is. */
export function showBusy(words) {
  say(byId('busy'), words);
}

/** Read something out once. */
export function speak(words) {
  say(byId('spoken'), words);
}

/** Open the dialog with a title and content; it closes with Escape, its button, or by `close()`. */
export function openDialog(title, ...content) {
  const dialog = byId('dialog');
  const close = () => dialog.close();
  dialog.replaceChildren(element('h2', { id: 'dialog-title', text: title }), ...content,
    element('div', { class: 'dialog-foot' }, element('button', { type: 'button', text: 'Close', 'data-test': 'dialog-close', on: { click: close } })));
  if (!dialog.open) dialog.showModal();
  return { dialog, close };
}
