// What a visitor chose, in the address: base64url of JSON, without what is left as it is.

import { Trouble } from './api.js';

const LEFT_OUT = { policies: '[]', shocks: '[]', parameters: '{}', neighbours: '"unchanged"', title: '""' };

/** A state with every key that may be left out, so that two states compare. */
export function whole(state) {
  return { policies: [], shocks: [], parameters: {}, neighbours: 'unchanged', ...state };
}

function sorted(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** Text that is equal for equal states, whatever the order of their keys. */
export function keyOf(state) {
  return JSON.stringify(sorted(spare(state)));
}

/** A state without its defaults. */
export function spare(state) {
  return Object.fromEntries(Object.entries(state).filter(([key, value]) =>
    value !== null && value !== undefined && LEFT_OUT[key] !== JSON.stringify(value)));
}

/** Text that stands for a state in an address. */
export function encode(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(spare(state)));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The state that a text stands for; an error in words when it stands for none. */
export function decode(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (state !== null && typeof state === 'object' && !Array.isArray(state)) return whole(state);
  } catch {
    // Said below.
  }
  throw new Trouble('This link is damaged: what was chosen could not be read from it.', 'Ask for it again, or begin from here.');
}

/** Trouble with a link, as it is told: what the page shows instead, and that what is wrong is in the link, not in what is set here. */
export function linkTrouble(error, instead) {
  if (!(error instanceof Trouble)) return error;
  const more = error.problems.length ? 'What follows is wrong in the link, not in what is set here. Ask for the link again, or begin from here.' : `${error.message} ${error.remedy}`;
  return new Trouble(`This link could not be used, so ${instead}.`, more, error.problems);
}

/** The state in an address, or null when it holds none. */
export function fromAddress(hash) {
  return hash.startsWith('#s=') ? decode(hash.slice(3)) : null;
}
