// One lever: a switch with its question, and once it is on its slider, its further options and what is known of it.

import { controlFor, monthChoice } from './controls.js';
import { element, freshId } from './dom.js';
import { firstUse, split, switchedOff, switchedOn, usesOf, withoutUse, withValue } from './uses.js';

const RAMP = { name: 'ramp_months', kind: 'months', title: 'Grows to full strength over', low: 0, high: 60, step: 1, default: 0 };
const ABOUT = [['costs', 'What it costs'], ['limits', 'Limits'], ['where_tried', 'Where it was tried'], ['evidence', 'What is known']];

function about(lever) {
  return element('div', { class: 'about' }, element('p', {}, element('strong', { text: `${lever.title}. ` }), lever.meaning),
    ABOUT.filter(([key]) => lever[key]).map(([key, title]) => element('p', {}, element('strong', { text: `${title}: ` }), lever[key])));
}

/** The controls of one use of a lever; `at()` is its place in the list of the state. */
function useControls(lever, number, page, at) {
  const suffix = number ? `-${number + 1}` : '';
  const { main, rest } = split(lever);
  const context = (name, short) => ({
    hook: `option-${lever.use}-${name}${suffix}`, short, exact: !short,
    sectors: page.offer.sectors, symbol: () => page.place().symbol, place: page.place, state: page.store.get,
  });
  const change = (name) => (value, live = false) => {
    page.change(withValue(page.store.get(), lever, at(), name, value), live ? `${lever.use}/${number}/${name}` : null);
  };
  const controls = [];
  const add = (name, control) => { controls.push([name, control]); return control.node; };
  const first = main.map((option) => add(option.name, controlFor(option, { ...context(option.name, true), range: () => lever.slider_with?.[page.place().name] }, change(option.name))));
  const further = rest.map((option) => add(option.name, controlFor(option, context(option.name, false), change(option.name))));
  const timing = [
    add('start', monthChoice('start', 'Begins', context('start', false), change('start'), 'at once')),
    add('ramp_months', controlFor(RAMP, { ...context('ramp_months', false), exact: false }, change('ramp_months'))),
    add('end', monthChoice('end', 'Ends', context('end', false), change('end'), 'not within these years')),
  ];
  return { first, further: [...further, ...timing], show: (use) => controls.forEach(([name, control]) => control.show(use[name])) };
}

/** A card. `page` has offer, store, place() and change(state, key). */
export function leverCard(lever, page) {
  const id = freshId('lever');
  const input = element('input', { type: 'checkbox', role: 'switch', id, 'data-test': `lever-${lever.use}` });
  const body = element('div', { class: 'lever-body', hidden: true });
  const node = element('div', { class: 'lever' },
    element('div', { class: 'lever-head' }, input, element('label', { for: id }, lever.question || lever.title)), body);
  let kept = null;
  let shown = [];

  input.addEventListener('change', () => {
    const state = page.store.get();
    if (!input.checked) kept = { place: state.place, uses: usesOf(state, lever).map(({ use }) => use) };
    const uses = kept?.place === state.place && kept.uses.length ? kept.uses : [firstUse(lever, page.place())];
    page.change(input.checked ? switchedOn(state, lever, uses) : switchedOff(state, lever));
  });

  function again() {
    page.change(switchedOn(page.store.get(), lever, [firstUse(lever, page.place())]));
  }

  function remove(number) {
    const state = page.store.get();
    page.change(withoutUse(state, lever, usesOf(state, lever)[number].at));
  }

  function build(count) {
    shown = Array.from({ length: count }, (_, number) => useControls(lever, number, page, () => usesOf(page.store.get(), lever)[number].at));
    const blocks = shown.map((one, number) => element('div', { class: 'use' },
      count > 1 ? element('p', { class: 'use-title', text: `${number + 1} of ${count}` }) : null, one.first,
      element('details', { class: 'more' }, element('summary', { text: count > 1 ? `Details of ${number + 1}` : 'Details' }), one.further,
        count > 1 ? element('button', { type: 'button', text: 'Take this one away', on: { click: () => remove(number) } }) : null,
        number === 0 ? about(lever) : null,
        number === count - 1 && lever.repeats !== false
          ? element('button', { type: 'button', text: 'Add another of these', on: { click: again } }) : null)));
    body.replaceChildren(...blocks);
  }

  function show(state) {
    const uses = usesOf(state, lever);
    input.checked = uses.length > 0;
    body.hidden = uses.length === 0;
    node.classList.toggle('on', uses.length > 0);
    if (uses.length !== shown.length) build(uses.length);
    uses.forEach(({ use }, number) => shown[number].show(use));
    return uses.length > 0;
  }

  return { node, show };
}
