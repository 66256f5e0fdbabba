// How large the place is that was run: the whole place, or a copy of it, whose sums and counts are smaller.

import { number } from './formats.js';

function residentsOf(place, state) {
  return state.residents ?? place.residents;
}

function isCopy(place, state) {
  return Boolean(place.copy) && residentsOf(place, state) !== place.residents;
}

/** The place with its residents, and whether it is a copy. */
export function placeWords(place, state) {
  const size = number(residentsOf(place, state));
  return isCopy(place, state) ? `a copy of ${place.title} with ${size} residents` : `${place.title} with ${size} residents`;
}

/** "5,000 residents", or of a copy the words on it. */
export function residentsWords(place, state) {
  return isCopy(place, state) ? placeWords(place, state) : `${number(residentsOf(place, state))} residents`;
}
