// One visit: what is offered, what was chosen, and the moves that change it. The parts of the page share it.

import { send } from './api.js';
import { fromAddress, linkTrouble, whole } from './link.js';
import { showTrouble } from './notices.js';
import { createStore } from './store.js';

const PAIRS = 8; // pairs of runs unless the visitor asks for others

/** The state in the address, else what the page begins with. */
async function firstState(offer) {
  try {
    const linked = fromAddress(location.hash);
    if (linked) return whole((await send('/api/check', { state: linked })).state);
  } catch (error) { showTrouble(linkTrouble(error, 'the page shows its own beginning')); }
  return whole(offer.first);
}

/** A choice of the visitor's own: what a preset calls its choice and says of it holds no longer; a name that a room gave it stays. */
function withoutPreset(state, presets) {
  const own = { ...state };
  const preset = presets.find((one) => own.title !== undefined && one.title === own.title);
  for (const name of ['title', 'notes']) if (preset && own[name] === preset.state[name]) delete own[name];
  return own;
}

/** The visit. `opened(state)` is called when a whole state takes the place of another, `asked()` when other pairs are wanted. */
export async function createVisit(offer, { opened, asked }) {
  const store = createStore(await firstState(offer));
  let pairs = Math.min(PAIRS, offer.limits?.compare_seeds?.[1] ?? PAIRS);
  const moved = () => performance.mark('lever-moved');
  const placeOf = (state) => offer.places.find((place) => place.name === state.place) ?? offer.places[0];
  return {
    offer,
    store,
    moved,
    placeOf,
    place: () => placeOf(store.get()),
    pairs: () => pairs,
    change(next, key = null) { moved(); store.change(withoutPreset(next, offer.presets), key); },
    open(state) { moved(); store.begin(whole(state)); opened(store.get()); },
    wantPairs(count) { pairs = count; asked(store.get()); },
  };
}
