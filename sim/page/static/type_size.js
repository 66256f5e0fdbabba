// Large type: the one thing that a browser remembers.

import { byId } from './dom.js';

const KEY = 'large-type';

function remembered() {
  try { return localStorage.getItem(KEY) === 'yes'; } catch { return false; } // not kept, then
}

function remember(large) {
  try { localStorage.setItem(KEY, large ? 'yes' : 'no'); } catch { /* not kept, then */ }
}

/** Wire the button, and begin with the size that was used last. */
export function wireType() {
  const button = byId('large-type');
  let large = remembered();
  function apply() {
    document.documentElement.dataset.type = large ? 'large' : 'normal';
    button.setAttribute('aria-pressed', String(large));
  }
  apply();
  button.addEventListener('click', () => {
    large = !large;
    apply();
    remember(large);
  });
}
