// Begins the page and joins its parts: what the visitor chose goes to the comparison, and what comes back to the eye.

import { read, send } from './api.js';
import { chartGrid } from './charts.js';
import { createComparing } from './comparing.js';
import { byId, say } from './dom.js';
import { wireFiles } from './files.js';
import { leverPanel } from './levers.js';
import { encode, fromAddress, keyOf, linkTrouble } from './link.js';
import { clearTrouble, showBusy, showTrouble, speak } from './notices.js';
import { showOnPaper, wirePaper } from './on_paper.js';
import { poundSection } from './pound.js';
import { wirePresets } from './presets.js';
import { showChosen, showPlace, showResults, showStopped, showWorking } from './results.js';
import { createTimeBar } from './timebar.js';
import { wireType } from './type_size.js';
import { createVisit } from './visit.js';
import { webSection } from './web.js';

const root = document.documentElement;

function status(state, pairs) {
  root.dataset.state = state;
  if (pairs !== undefined) root.dataset.pairs = pairs;
}

/** The parts that show an answer. */
function answerParts(page) {
  const charts = chartGrid(byId('charts'), page.offer.measures);
  const web = webSection(byId('web-body'), page);
  const pound = poundSection(byId('pound-body'), page);
  const time = createTimeBar({
    moved: (month) => { charts.at(month); web.at(month); },
    playing: (on) => web.playing(on),
  });
  return { charts, web, pound, time };
}

/** What was chosen, put in words by the server, unless something else was chosen meanwhile. */
async function tellChosen(page, state) {
  try {
    const told = await send('/api/check', { state });
    if (page.store.get() === state) for (const id of ['chosen', 'paper-chosen']) showChosen(byId(id), told.lines);
  } catch (error) { showTrouble(error); }
}

/** A comparison whose beginning, views and end are shown in the parts of the answer. */
function comparingFor(page, { charts, web, pound, time }) {
  return createComparing({
    pairs: page.pairs,
    begun(state) {
      status('working', 0);
      showWorking(state, page.placeOf(state));
      root.classList.add('stale');
      showBusy('Working it out');
    },
    view(view, state) {
      const place = page.placeOf(state);
      showResults(view, place, state);
      web.begun();
      charts.show(view, place.symbol);
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
      await tellChosen(page, state);
    },
    trouble(error) {
      status('error');
      showBusy('');
      showStopped();
      showTrouble(error);
    },
  });
}

/** What shows a choice itself: levers, list of presets, heading, undo and redo, address. */
function choiceShown(page, levers) {
  const showPreset = wirePresets(page);
  return (state) => {
    levers.show(state);
    showPreset(state);
    showPlace(page.placeOf(state), state);
    byId('undo').disabled = !page.store.canUndo();
    byId('redo').disabled = !page.store.canRedo();
    history.replaceState(null, '', `#s=${encode(state)}`);
    showOnPaper(page.placeOf(state), state);
  };
}

/** Undo, redo, back to start, and a link put into the address of the open page. */
function wireSteps(page) {
  const { store } = page;
  for (const [id, step] of [['undo', store.undo], ['redo', store.redo], ['start-again', store.startAgain]]) {
    byId(id).addEventListener('click', () => { page.moved(); step(); });
  }
  addEventListener('hashchange', async () => {
    try {
      const linked = fromAddress(location.hash);
      if (linked && keyOf(linked) !== keyOf(store.get())) page.open((await send('/api/check', { state: linked })).state);
    } catch (error) {
      history.replaceState(null, '', `#s=${encode(store.get())}`);
      showTrouble(linkTrouble(error, 'what was shown stays'));
    }
  });
}

async function begin() {
  wireType();
  const page = await createVisit(await read('/api/start'), {
    opened: (state) => levers.reveal(state), asked: (state) => comparing.ask(state) });
  const parts = answerParts(page);
  const comparing = comparingFor(page, parts);
  const levers = leverPanel(byId('pillars'), page);
  const showChoice = choiceShown(page, levers);
  page.store.subscribe((state, live) => {
    clearTrouble();
    // First of all, so that the answer is worked out while the levers are drawn.
    comparing.ask(state, live ? undefined : 0);
    showChoice(state);
    parts.web.changed(state);
    parts.pound.changed();
  });
  wireSteps(page);
  wireFiles(page);
  wirePaper();
  say(byId('version'), `localwealth ${page.offer.version}`);
  page.moved();
  showChoice(page.store.get());
  levers.reveal(page.store.get());
  comparing.ask(page.store.get(), 0);
}

begin().catch((error) => {
  status('error');
  showTrouble(error);
});
