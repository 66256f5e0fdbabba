// The key of the webs: what each mark and each line stands for.

import { element } from './dom.js';
import { kindWords } from './web_words.js';

const KINDS = ['anchor', 'firm', 'cooperative', 'branch', 'bank', 'neighbourhood', 'outside'];

/** The key as a list. */
export function webKey() {
  return element('ul', { class: 'web-key', 'aria-label': 'Marks' },
    KINDS.map((kind) => element('li', {}, element('span', { class: `key-mark ${kind}`, 'aria-hidden': 'true' }), ` ${kindWords(kind)}`)),
    element('li', {}, element('span', { class: 'stroke within', 'aria-hidden': 'true' }), ' paid within the place'),
    element('li', {}, element('span', { class: 'stroke', 'aria-hidden': 'true' }), ' from or to outside'));
}
