// The list of what to begin with: shipped scenarios by place, business as usual of each place, each lever alone.

import { byId, element } from './dom.js';
import { keyOf } from './link.js';

const OWN = '';
const ALONE = 'levers/';

/** Business as usual of places that no preset begins with nothing switched on. */
function usualOf({ places, presets }) {
  const empty = ({ state }) => !state.policies?.length && !state.shocks?.length;
  return places.filter((place) => place.state && !presets.some((preset) => preset.place === place.name && empty(preset)))
    .map((place) => ({ name: `place/${place.name}`, title: `Business as usual in ${place.title}`, place: place.name, state: place.state }));
}

/** Titles of groups with what stands in each. */
function grouped(places, presets) {
  const groups = places.map((place) => [place.title, presets.filter((preset) => preset.place === place.name && !preset.name.startsWith(ALONE))]);
  return [...groups, ['One lever alone', presets.filter((preset) => preset.name.startsWith(ALONE))]].filter(([, found]) => found.length);
}

/** Fill and wire the list; gives a function that shows which of them a state is. `page` has offer, store and open(state). */
export function wirePresets(page) {
  const select = byId('preset');
  const presets = [...page.offer.presets, ...usualOf(page.offer)];
  const byName = new Map(presets.map((preset) => [preset.name, preset]));
  const nameOf = new Map(presets.map((preset) => [keyOf(preset.state), preset.name]));
  const own = element('option', { value: OWN, text: 'What you chose yourselves' });
  select.replaceChildren(own, ...grouped(page.offer.places, presets).map(([title, found]) =>
    element('optgroup', { label: title }, found.map((preset) => element('option', { value: preset.name, text: preset.title })))));

  function show(state) {
    select.value = nameOf.get(keyOf(state)) ?? OWN;
    own.disabled = select.value !== OWN;
  }
  select.addEventListener('change', () => {
    const preset = byName.get(select.value);
    if (preset) page.open(preset.state);
    else show(page.store.get());
  });
  return show;
}
