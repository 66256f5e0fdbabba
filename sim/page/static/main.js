// Begins the page and joins its parts: what the visitor chose goes to the comparison, and what comes back to the eye.

import { read, send } from './api.js';
import { chartGrid } from './charts.js';
import { createComparing } from './comparing.js';
import { byId, element, say } from './dom.js';
import { wireFiles } from './files.js';
import { leverPanel } from './levers.js';
import { encode, fromAddress, keyOf, whole } from './link.js';
import { clearTrouble, showBusy, showTrouble, speak } from './notices.js';
import { showChosen, showPlace, showResults } from './results.js';
import { createStore } from './store.js';
import { createTimeBar } from './timebar.js';
import { webSection } from './web.js';
import { poundSection } from './pound.js';

const root = document.documentElement;
const OWN = '';

function status(state, pairs) {
  root.dataset.state = state;
  if (pairs !== undefined) root.dataset.pairs = pairs;
}

function wireType() {
  const button = byId('large-type');
  function apply(large) {
    root.dataset.type = large ? 'large' : 'normal';
    button.setAttribute('aria-pressed', String(large));
  }
  let large = false;
  try { large = localStorage.getItem('large-type') === 'yes'; } catch { /* not kept, then */ }
  apply(large);
  button.addEventListener('click', () => {
    large = !large;
    apply(large);
    try { localStorage.setItem('large-type', large ? 'yes' : 'no'); } catch { /* not kept, then */ }
  });
}

/** Business as usual of places that no preset begins with nothing switched on. */
function usualOf({ places, presets }) {
  const empty = ({ state }) => !state.policies?.length && !state.shocks?.length;
  return places.filter((place) => place.state && !presets.some((preset) => preset.place === place.name && empty(preset)))
    .map((place) => ({ name: `place/${place.name}`, title: `Business as usual in ${place.title}`, place: place.name, state: place.state }));
}

function wirePresets(page) {
  const select = byId('preset');
  const { places } = page.offer;
  const presets = [...page.offer.presets, ...usualOf(page.offer)];
  const byName = new Map(presets.map((preset) => [preset.name, preset]));
  const nameOf = new Map(presets.map((preset) => [keyOf(preset.state), preset.name]));
  const own = element('option', { value: OWN, text: 'What you chose yourselves' });
  const groups = places.map((place) => [place.title, presets.filter((preset) => preset.place === place.name && !preset.name.startsWith('levers/'))]);
  groups.push(['One lever alone', presets.filter((preset) => preset.name.startsWith('levers/'))]);
  select.replaceChildren(own, ...groups.filter(([, found]) => found.length).map(([title, found]) =>
    element('optgroup', { label: title }, found.map((preset) => element('option', { value: preset.name, text: preset.title })))));
  select.addEventListener('change', () => {
    const preset = byName.get(select.value);
    if (preset) page.open(preset.state);
    else show(page.store.get());
  });
  function show(state) {
    select.value = nameOf.get(keyOf(state)) ?? OWN;
    own.disabled = select.value !== OWN;
  }
  return show;
}

async function firstState(offer) {
  try {
    const linked = fromAddress(location.hash);
    if (linked) return whole((await send('/api/check', { state: linked })).state);
  } catch (error) { showTrouble(error); }
  return whole(offer.first);
}

async function begin() {
  wireType();
  const offer = await read('/api/start');
  const store = createStore(await firstState(offer));
  let wanted = Math.min(8, offer.limits?.compare_seeds?.[1] ?? 8);
  const placeOf = (state) => offer.places.find((place) => place.name === state.place) ?? offer.places[0];
  const page = {
    offer,
    store,
    place: () => placeOf(store.get()),
    pairs: () => wanted,
    /** A move of the visitor's: what a preset calls the choice and says of it holds no longer; a name that a room gave it stays. */
    change(next, key = null) {
      performance.mark('lever-moved');
      const own = { ...next };
      const preset = offer.presets.find((one) => own.title !== undefined && one.title === own.title);
      for (const name of ['title', 'notes']) if (preset && own[name] === preset.state[name]) delete own[name];
      store.change(own, key);
    },
    moved: () => performance.mark('lever-moved'),
    open(state) { page.moved(); store.begin(whole(state)); levers.reveal(store.get()); },
    wantPairs(count) { wanted = count; comparing.ask(store.get()); },
  };
  const charts = chartGrid(byId('charts'), offer.measures);
  const web = webSection(byId('web-body'), page);
  const pound = poundSection(byId('pound-body'), page);
  const time = createTimeBar({
    moved: (month) => { charts.at(month); web.at(month); },
    playing: (on) => web.playing(on),
  });

  const comparing = createComparing({
    pairs: () => wanted,
    begun() {
      status('working', 0);
      root.classList.add('stale');
      showBusy('Working it out');
    },
    view(view, state) {
      showResults(view, placeOf(state), state);
      web.begun();
      charts.show(view, placeOf(state).symbol);
      time.set(view.months, view.start);
      root.classList.remove('stale');
      status('working', view.done);
      showBusy(view.done < view.of ? `${view.done} of ${view.of} pairs of runs` : '');
      performance.mark('view-shown');
    },
    async settled(state) {
      status('settled');
      showBusy('');
      speak(byId('headline').textContent);
      web.settled(state);
      pound.settled(state);
      try {
        const told = await send('/api/check', { state });
        if (store.get() === state) showChosen(byId('chosen'), told.lines);
      } catch (error) { showTrouble(error); }
    },
    trouble(error) {
      status('error');
      showBusy('');
      showTrouble(error);
    },
  });

  const levers = leverPanel(byId('pillars'), page);
  const showPreset = wirePresets(page);
  function showState(state) {
    levers.show(state);
    showPreset(state);
    showPlace(placeOf(state), state);
    byId('undo').disabled = !store.canUndo();
    byId('redo').disabled = !store.canRedo();
    history.replaceState(null, '', `#s=${encode(state)}`);
  }
  function changed(state, live) {
    showState(state);
    web.changed(state);
    clearTrouble();
    comparing.ask(state, live ? undefined : 0);
  }
  store.subscribe(changed);
  byId('undo').addEventListener('click', () => { page.moved(); store.undo(); });
  byId('redo').addEventListener('click', () => { page.moved(); store.redo(); });
  byId('start-again').addEventListener('click', () => { page.moved(); store.startAgain(); });
  wireFiles(page);
  addEventListener('hashchange', async () => {
    try {
      const linked = fromAddress(location.hash);
      if (linked && keyOf(linked) !== keyOf(store.get())) page.open((await send('/api/check', { state: linked })).state);
    } catch (error) { showTrouble(error); }
  });
  say(byId('version'), `localwealth ${offer.version}`);
  page.moved();
  showState(store.get());
  levers.reveal(store.get());
  comparing.ask(store.get(), 0);
}

begin().catch((error) => {
  status('error');
  showTrouble(error);
});
