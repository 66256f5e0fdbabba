// One control for each kind of option. Each has `node` and `show(value)`; `change(value)` is called when the visitor moves it.

import { element, freshId, say, set } from './dom.js';
import { monthAfter, monthWords, optionWords, percent } from './formats.js';
import { anchorsFor, rebalanced, sliderRange } from './uses.js';

const LONGEST = 90; // letters of a label

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function titleOf(option) {
  return capital(option.title ?? option.name.replaceAll('_', ' '));
}

/** What the slider of a card is called: the first part of what its option means, since "Share" alone says little. */
function labelOf(option) {
  const said = (option.meaning ?? '').split(/[;.](?:\s|$)/)[0];
  return said && said.length <= LONGEST ? said : titleOf(option);
}

function hint(option) {
  return option.meaning ? element('p', { class: 'hint', id: freshId('hint'), text: option.meaning }) : null;
}

function slider(option, context, change) {
  const id = freshId('slider');
  const words = element('output', { for: id, class: 'value', 'aria-live': 'off' });
  const input = element('input', { type: 'range', id, 'data-test': context.hook });
  const exact = context.exact ? element('input', { type: 'number', class: 'exact', 'aria-label': `${titleOf(option)}: exact number`, step: 'any' }) : null;
  const label = context.short ? labelOf(option) : titleOf(option);
  const said = option.meaning === `${label}.` ? null : hint(option);
  if (said) input.setAttribute('aria-describedby', said.id);
  let range = null;
  let at = null;
  function show(value) {
    const known = Number(value ?? option.default ?? 0);
    const place = context.place().name;
    if (range === null || known > range.high || known < range.low || at !== place) {
      at = place;
      range = sliderRange(option, known, context.range?.());
      set(input, { min: range.low, max: range.high, step: range.step === 0 ? 'any' : range.step });
    }
    const shown = optionWords(option, known, context.symbol());
    if (Number(input.value) !== known) input.value = known;
    input.setAttribute('aria-valuetext', shown);
    say(words, shown);
    if (exact && Number(exact.value) !== known) exact.value = known;
  }
  input.addEventListener('input', () => change(Number(input.value), true));
  exact?.addEventListener('change', () => { if (exact.value !== '') change(Number(exact.value)); });
  const node = element('div', { class: 'option' }, element('div', { class: 'option-head' },
    element('label', { for: id, text: label }), words), input, exact, context.short ? null : said);
  if (context.short && said) { said.classList.add('out-of-sight'); node.append(said); }
  return { node, show };
}

function choice(option, context, change, choices) {
  const id = freshId('choice');
  const select = element('select', { id, 'data-test': context.hook });
  let shown = null;
  function show(value) {
    const now = choices();
    const key = JSON.stringify(now);
    if (key !== shown) {
      shown = key;
      select.replaceChildren(...now.map(([name, words]) => element('option', { value: name, text: words })));
    }
    select.value = value ?? option.default ?? '';
  }
  select.addEventListener('change', () => change(select.value === '' ? undefined : select.value));
  return { node: element('div', { class: 'option' }, element('label', { for: id, text: titleOf(option) }), select, hint(option)), show };
}

function flag(option, context, change) {
  const id = freshId('flag');
  const input = element('input', { type: 'checkbox', id, 'data-test': context.hook });
  input.addEventListener('change', () => change(input.checked));
  const show = (value) => { input.checked = Boolean(value ?? option.default); };
  return { node: element('div', { class: 'option' }, element('label', { class: 'tick', for: id }, input, ` ${titleOf(option)}`), hint(option)), show };
}

function anchors(option, context, change) {
  const list = element('div', { class: 'ticks' });
  let boxes = [];
  let names = null;
  function moved() {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    if (chosen.length === 0) show(undefined);
    change(chosen.length === 0 || chosen.length === boxes.length ? undefined : chosen);
  }
  function show(value) {
    const place = context.place();
    if (names !== place.name) {
      names = place.name;
      const found = anchorsFor(option, place);
      boxes = found.map((anchor) => element('input', { type: 'checkbox', value: anchor.name, on: { change: moved } }));
      list.replaceChildren(...found.map((anchor, at) => element('label', { class: 'tick' }, boxes[at], ` ${anchor.title}`)));
    }
    const all = value === undefined || value === null || value === 'all';
    for (const box of boxes) box.checked = all || value.includes(box.value);
  }
  return { node: element('fieldset', { class: 'option', 'data-test': context.hook }, element('legend', { text: 'Who takes part' }), list), show };
}

function shares(option, context, change) {
  const names = option.choices ?? [];
  let parts = null;
  const whole = { kind: 'share', low: 0, high: 1, step: 0.01, unit: 'share' };
  const sliders = names.map((name) => slider({ ...whole, name, title: name.replaceAll('_', ' ') },
    { ...context, hook: `${context.hook}-${name}`, short: true, exact: false },
    (value, live) => change(rebalanced(parts ?? {}, names, name, value), live)));
  function show(value) {
    parts = value ?? option.default ?? Object.fromEntries(names.map((name) => [name, 1 / names.length]));
    names.forEach((name, at) => sliders[at].show(parts[name] ?? 0));
  }
  const legend = element('legend', { text: `${titleOf(option)}: parts of the whole (${percent(1)})` });
  return { node: element('fieldset', { class: 'option' }, legend, sliders.map((one) => one.node), hint(option)), show };
}

function words(option, context, change) {
  const id = freshId('words');
  const input = element('input', { type: 'text', id, maxlength: 80, 'data-test': context.hook });
  input.addEventListener('change', () => change(input.value || undefined));
  const show = (value) => { input.value = value ?? option.default ?? ''; };
  return { node: element('div', { class: 'option' }, element('label', { for: id, text: titleOf(option) }), input, hint(option)), show };
}

/** The control of an option. `context`: hook, symbol(), place(), state(), short, exact. */
export function controlFor(option, context, change) {
  if (option.kind === 'flag') return flag(option, context, change);
  if (option.kind === 'anchors') return anchors(option, context, change);
  if (option.kind === 'anchor') return choice(option, context, change, () => anchorsFor(option, context.place()).map((one) => [one.name, one.title]));
  if (option.kind === 'sector' && context.sectors?.length) {
    const none = option.required ? [] : [['', 'every sector']];
    return choice(option, context, change, () => [...none, ...context.sectors.map((one) => [one.name, one.title])]);
  }
  if (option.kind === 'shares') return shares(option, context, change);
  if (option.choices?.length) return choice(option, context, change, () => option.choices.map((name) =>
    (Array.isArray(name) ? name : name.title ? [name.name, name.title] : [name, capital(String(name).replaceAll('_', ' '))])));
  if (['share', 'money', 'months', 'count', 'number'].includes(option.kind)) return slider(option, context, change);
  return words(option, context, change);
}

/** A choice among the months of a state, the first of them when nothing is given. */
export function monthChoice(name, title, context, change, none) {
  const option = { name, title, kind: 'text', default: '' };
  return choice(option, context, change, () => {
    const { start, months } = context.state();
    const found = Array.from({ length: months }, (_, at) => monthAfter(start, at));
    return [['', none], ...found.map((date) => [date, monthWords(date)])];
  });
}
