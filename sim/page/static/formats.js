// Numbers, money, months and units in British words.

const LOCALE = 'en-GB';
const formatters = new Map();

function formatter(options) {
  const key = JSON.stringify(options);
  if (!formatters.has(key)) formatters.set(key, new Intl.NumberFormat(LOCALE, options));
  return formatters.get(key);
}

/** A number with commas and at most so many decimals; a true minus sign is kept plain for screen readers. */
export function number(value, decimals = 0) {
  return formatter({ maximumFractionDigits: decimals }).format(value === 0 ? 0 : value);
}

/** A share as a percentage: 0.125 is 12.5%. */
export function percent(value, decimals = 1) {
  return `${number(value * 100, decimals)}%`;
}

/** Money in major units: whole pounds below a million, then millions and billions, which never stand on a line apart from their number. */
export function money(value, symbol = '£') {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size >= 1e9) return `${sign}${symbol}${number(size / 1e9, 2)}\u00a0billion`;
  if (size >= 1e6) return `${sign}${symbol}${number(size / 1e6, 2)}\u00a0million`;
  if (size >= 100 || size === Math.round(size)) return `${sign}${symbol}${number(size)}`;
  return `${sign}${symbol}${formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(size)}`;
}

/** Pence as pounds and pence, to the penny. */
export function pence(value, symbol = '£', minor = 100) {
  const text = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Math.abs(value) / minor);
  return `${value < 0 ? '-' : ''}${symbol}${text}`;
}

/** "2013-04" moved on by so many months, as year and month. */
export function monthAfter(start, months) {
  const [year, month] = start.split('-').map(Number);
  const count = year * 12 + month - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** "2013-04" as "April 2013", or "Apr 2013" when short. */
export function monthWords(date, length = 'long') {
  const [year, month] = date.split('-').map(Number);
  return new Intl.DateTimeFormat(LOCALE, { month: length, year: 'numeric', timeZone: 'UTC' }).format(new Date(Date.UTC(year, month - 1, 1)));
}

/** A count with its word: 1 month, 2 months. */
export function counted(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A value of a series as its kind is read. */
export function measured(kind, value, symbol = '£') {
  if (value === null || value === undefined || Number.isNaN(value)) return 'none';
  if (kind === 'share') return percent(value);
  if (kind === 'money') return money(value, symbol);
  if (kind === 'count' || kind === 'months') return number(value, Math.abs(value) < 100 ? 1 : 0);
  return number(value, Math.abs(value) < 10 ? 3 : 1);
}

/** A unit as a reader sees it: "share of contract spend" is "% of contract spend". */
export function unitWords(kind, unit, symbol = '£') {
  if (kind === 'share') return unit.startsWith('share') ? `%${unit.slice(5)}` : `% (${unit})`;
  if (kind === 'money' && unit.startsWith('pounds')) return `${symbol}${unit.slice(6)}`;
  return unit;
}

/** The value of an option of a lever with its unit: "40% of contract value", "£1,000 a month", "12 months". */
export function optionWords(option, value, symbol = '£') {
  const unit = option.unit ?? '';
  if (option.kind === 'share') return `${percent(value)}${unit.startsWith('share') ? unit.slice(5) : unit ? ` ${unit}` : ''}`;
  if (option.kind === 'money') {
    const words = value >= 1e6 ? money(value, symbol) : `${symbol}${number(value, 2)}`;
    return `${words}${unit.startsWith('pounds') ? unit.slice(6) : unit ? ` ${unit}` : ''}`;
  }
  if (option.kind === 'months') return counted(value, 'month');
  return `${number(value, 2)}${unit ? ` ${value === 1 && /^\w+s$/.test(unit) ? unit.slice(0, -1) : unit}` : ''}`;
}

/** Round ends and steps of an axis: about so many marks between two values. */
export function marks(low, high, about = 4) {
  if (!(high > low)) {
    const room = Math.abs(high) * 0.1 || 1;
    return marks(low - room, high + room, about);
  }
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const found = [];
  for (let at = Math.floor(low / step + 1e-9); at * step <= high + step * 0.999; at += 1) found.push(Number((at * step).toPrecision(12)));
  return found;
}

/** A list as English reads it: a, b and c. */
export function listed(words) {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
