// Uses of levers within a state: what is on, switched on, switched off, changed. No drawing here.

const MOST_STEPS = 400;

/** The list of a state that a lever stands in. */
export function listOf(lever) {
  return lever.shock ? 'shocks' : 'policies';
}

/** Every use of a lever in a state, with its place in the list. */
export function usesOf(state, lever) {
  return state[listOf(lever)].map((use, at) => ({ use, at })).filter(({ use }) => use.use === lever.use);
}

/** A use to begin with: from the offer for this place, else from any place whose anchors it does not name, else declared defaults. */
export function firstUse(lever, place) {
  const given = lever.use_with?.[place.name];
  if (given) return structuredClone(given);
  const use = { use: lever.use };
  const other = Object.values(lever.use_with ?? {})[0] ?? {};
  for (const option of lever.options) {
    if (option.kind === 'anchor') use[option.name] = anchorsFor(option, place)[0]?.name;
    else if (option.kind === 'anchors') continue;
    else if (other[option.name] !== undefined) use[option.name] = structuredClone(other[option.name]);
    else if (option.required) use[option.name] = option.default ?? option.choices?.[0] ?? option.low ?? 0;
  }
  if (other.ramp_months) use.ramp_months = other.ramp_months;
  return use;
}

function withList(state, lever, uses) {
  return { ...state, [listOf(lever)]: uses };
}

/** The state with a lever switched on, with these uses. */
export function switchedOn(state, lever, uses) {
  return withList(state, lever, [...state[listOf(lever)], ...structuredClone(uses)]);
}

/** The state without a lever. */
export function switchedOff(state, lever) {
  return withList(state, lever, state[listOf(lever)].filter((use) => use.use !== lever.use));
}

/** The state with one key of one use changed; undefined takes the key away. */
export function withValue(state, lever, at, key, value) {
  return withList(state, lever, state[listOf(lever)].map((use, place) => {
    if (place !== at) return use;
    const { [key]: _, ...rest } = use;
    if (value === undefined) return rest;
    return key in use ? { ...use, [key]: value } : { ...rest, [key]: value };
  }));
}

/** The state without one use. */
export function withoutUse(state, lever, at) {
  return withList(state, lever, state[listOf(lever)].filter((_, place) => place !== at));
}

/** How often presets use each lever: what is used most is shown first. */
export function popularity(presets) {
  const count = new Map();
  for (const preset of presets) {
    if (preset.name.startsWith('levers/')) continue;
    const names = new Set([...(preset.state.policies ?? []), ...(preset.state.shocks ?? [])].map((use) => use.use));
    for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  }
  return count;
}

/** The options of a lever that a slider moves in its card, and the rest for its details. */
export function split(lever) {
  const main = lever.options.filter((option) => option.name === lever.main);
  return { main, rest: lever.options.filter((option) => option.name !== lever.main) };
}

function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= value * 0.999);
}

/** Ends and step of a slider: `given` by the offer for a place, else worked out. An option whose bounds are far apart gets a range about four times what it begins with. */
export function sliderRange(option, value, given = null) {
  if (given) return { ...given, low: Math.min(given.low, value), high: Math.max(given.high, value) };
  const low = option.low ?? 0;
  const whole = option.kind === 'months' || option.kind === 'count';
  let high = option.high ?? Infinity;
  const about = Math.max(Math.abs(value || 0), Math.abs(option.default || 0), whole ? 12 : 1);
  if (high - low > 40 * about && option.kind !== 'share') high = low + niceAbove(4 * (about - Math.min(low, about)) || 4 * about);
  const rough = (high - low) / 100;
  const own = option.kind === 'share' ? 0.01 : 10 ** Math.floor(Math.log10(rough > 0 ? rough : 1) + 1e-9);
  const step = option.step && (high - low) / option.step <= MOST_STEPS ? option.step : own;
  return { low, high: Math.max(high, value || 0), step: whole ? Math.max(1, Math.round(step)) : step };
}

/** Anchors of a place that an option may name. */
export function anchorsFor(option, place) {
  return place.anchors.filter((anchor) => !option.anchor_kinds || option.anchor_kinds.includes(anchor.kind));
}

/** Parts that sum to one: one is set, the others keep their proportions. */
export function rebalanced(parts, names, changed, value) {
  const others = names.filter((name) => name !== changed);
  const left = Math.round((1 - value) * 100);
  const sum = others.reduce((total, name) => total + (parts[name] ?? 0), 0);
  const found = { [changed]: Math.round(value * 100) };
  let spent = 0;
  others.forEach((name, place) => {
    const share = sum > 0 ? (parts[name] ?? 0) / sum : 1 / others.length;
    found[name] = place === others.length - 1 ? left - spent : Math.min(left - spent, Math.round(left * share));
    spent += found[name];
  });
  return Object.fromEntries(names.map((name) => [name, found[name] / 100]));
}
