// The web in words: who pays a node and whom it pays.

import { listed, money } from './formats.js';
import { pairsOf } from './web_layout.js';

const SHOWN = 4;
const KINDS = {
  anchor: 'anchor', firm: 'firm owned here', cooperative: 'co-operative', branch: 'branch of a firm from outside', group: 'smaller firms',
  neighbourhood: 'residents', bank: 'bank or fund', outside: 'outside the place',
};

/** A kind of node as readers know it. */
export function kindWords(kind) {
  return KINDS[kind] ?? kind;
}

function pounds(pence, symbol, minor) {
  return money(Math.round(pence / minor), symbol);
}

function parts(pairs, end, total, titles, symbol, minor) {
  const shown = pairs.slice(0, SHOWN).map((pair) => {
    const channels = listed(pair.channels.sort((one, other) => other[1] - one[1]).slice(0, 2).map(([channel]) => channel));
    return `${pounds(pair.pence, symbol, minor)} ${end === 'from' ? 'by' : 'to'} ${titles.get(pair[end]) ?? pair[end]} (${channels})`;
  });
  // What is too small to be drawn is in the total of the node all the same.
  const rest = total - pairs.slice(0, SHOWN).reduce((sum, pair) => sum + pair.pence, 0);
  if (rest > 0) shown.push(`${pounds(rest, symbol, minor)} ${end === 'from' ? 'by' : 'to'} others`);
  return listed(shown);
}

/** Sentences on one node in one month: what it is, who pays it, whom it pays. */
export function nodeWords(shown, id, symbol = '£', minor = 100) {
  const node = shown.nodes.find((one) => one.id === id);
  if (!node) return ['Not there in this month.'];
  const titles = new Map(shown.nodes.map((one) => [one.id, one.title]));
  const pairs = pairsOf(shown.edges);
  const [paid, pays] = [pairs.filter((pair) => pair.to === id), pairs.filter((pair) => pair.from === id)];
  const sector = node.sector ? `, ${node.sector.replaceAll('_', ' ')}` : '';
  const jobs = node.jobs ? `, ${node.jobs.toLocaleString('en-GB', { maximumFractionDigits: 1 })} jobs` : '';
  return [
    `${kindWords(node.kind).replace(/^./, (letter) => letter.toUpperCase())}${sector}${jobs}.`,
    paid.length ? `It is paid ${pounds(node.pence_in, symbol, minor)}: ${parts(paid, 'from', node.pence_in, titles, symbol, minor)}.` : 'No one pays it in this month.',
    pays.length ? `It pays ${pounds(node.pence_out, symbol, minor)}: ${parts(pays, 'to', node.pence_out, titles, symbol, minor)}.` : 'It pays no one in this month.',
  ];
}

/** The biggest flows of a month as rows: who, whom, for what, how much. */
export function biggestFlows(shown, count, symbol = '£', minor = 100) {
  const titles = new Map(shown.nodes.map((one) => [one.id, one.title]));
  return pairsOf(shown.edges).slice(0, count).map((pair) => [
    titles.get(pair.from) ?? pair.from, titles.get(pair.to) ?? pair.to,
    listed(pair.channels.sort((one, other) => other[1] - one[1]).map(([channel]) => channel)), pounds(pair.pence, symbol, minor)]);
}
