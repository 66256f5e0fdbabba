// The levers, grouped by pillar: those used most by the presets first, the others under "more levers".

import { element, say } from './dom.js';
import { counted } from './formats.js';
import { leverCard } from './lever_card.js';
import { settingsCard } from './settings_card.js';
import { popularity } from './uses.js';

const FIRST = 4;
const narrow = matchMedia('(max-width: 52rem)');
const TITLES = { alternative: 'The alternative', shock: 'Bad years' };

function group(title, cards, open) {
  const count = element('span', { class: 'count' });
  const shown = cards.slice(0, FIRST).map((card) => card.node);
  const others = cards.slice(FIRST).map((card) => card.node);
  const more = others.length
    ? element('details', { class: 'more-levers' }, element('summary', { text: `More levers (${others.length})` }), others) : null;
  const node = element('details', { class: 'pillar', open }, element('summary', {}, element('h3', { text: title }), count), shown, more);
  return {
    node,
    show(state) {
      const on = cards.map((card) => card.show(state));
      const number = on.filter(Boolean).length;
      say(count, number ? `${counted(number, 'lever')} on` : '');
      if (more && on.slice(FIRST).some(Boolean)) more.open = true;
    },
    opened(state) {
      const on = cards.some((card) => card.show(state));
      if (on) node.open = true;
    },
  };
}

/** All levers in their pillars. `page` has offer, store, place() and change(state, key). */
export function leverPanel(root, page) {
  const { levers, pillars, presets } = page.offer;
  const used = popularity(presets);
  const order = [...pillars];
  if (levers.some((lever) => lever.shock) && !order.some((pillar) => pillar.name === 'shock')) order.push({ name: 'shock', title: TITLES.shock });
  const groups = order.map((pillar, place) => {
    const mine = levers.filter((lever) => (lever.shock ? 'shock' : lever.pillar) === pillar.name);
    mine.sort((one, other) => (used.get(other.use) ?? 0) - (used.get(one.use) ?? 0));
    return group(TITLES[pillar.name] ?? pillar.title, mine.map((lever) => leverCard(lever, page)), place === 0 && !narrow.matches);
  });
  const settings = settingsCard(page);
  root.replaceChildren(...groups.map((one) => one.node), settings.node);
  return {
    show(state) {
      for (const one of groups) one.show(state);
      settings.show(state);
    },
    /** Open the pillars in which something is on. */
    reveal(state) {
      if (!narrow.matches) for (const one of groups) one.opened(state);
    },
  };
}
