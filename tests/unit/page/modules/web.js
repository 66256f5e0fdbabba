import { hopsOf, largest, pathWords, stillHere } from '/static/pound_words.js';
import { along, bend, dotsFor, everyNode, fitting, monthAt, pairsOf, positions } from '/static/web_layout.js';
import { biggestFlows, nodeWords } from '/static/web_words.js';
import { equal } from './equal.js';

const NODES = [
  ...['council', 'college', 'trust'].map((id) => ({ id, kind: 'anchor', title: id, pence_in: 100, pence_out: 100 })),
  ...Array.from({ length: 40 }, (_, at) => ({ id: `firm ${at}`, kind: at % 9 ? 'firm' : 'cooperative', sector: `sector ${at % 7}`, title: `Firm ${at}`, pence_in: at, pence_out: at })),
  ...['a', 'b', 'c'].map((id) => ({ id, kind: 'neighbourhood', title: id, pence_in: 5, pence_out: 5 })),
  ...['government', 'world'].map((id) => ({ id, kind: 'outside', title: id, pence_in: 9, pence_out: 9 })),
];
const EDGES = [{ from: 'council', to: 'firm 1', channel: 'contracts', pence: 700 }, { from: 'council', to: 'firm 1', channel: 'business support', pence: 50 },
  { from: 'government', to: 'council', channel: 'grants', pence: 9900 }, { from: 'firm 1', to: 'a', channel: 'wages', pence: 300 }];
const MONTH = { month: 1, date: '2013-04', nodes: NODES, edges: EDGES };

export const checks = {
  'every node has a place of its own, whatever their order'() {
    const found = positions(NODES);
    const again = positions([...NODES].reverse());
    equal(found.size, NODES.length);
    equal(new Set([...found.values()].map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`)).size, NODES.length);
    for (const [id, { x, y }] of found) equal([again.get(id).x, again.get(id).y, Math.abs(x) <= 1.001, Math.abs(y) <= 1.001], [x, y, true, true]);
  },
  'outside stands at the rim, anchors in the middle'() {
    const found = positions(NODES);
    const far = (id) => Math.max(Math.abs(found.get(id).x), Math.abs(found.get(id).y));
    equal([far('government') > 0.99, far('council') < 0.5], [true, true]);
  },
  'nodes of both arms and all months are known once'() {
    equal(everyNode([[MONTH, MONTH], [{ ...MONTH, nodes: [...NODES, { id: 'new', kind: 'cooperative' }] }]]).length, NODES.length + 1);
  },
  'payments between the same two add up'() {
    equal(pairsOf(EDGES).map((pair) => pair.pence), [9900, 750, 300]);
  },
  'dots are in proportion to money'() {
    equal(dotsFor([1000, 500, 40, 60], 100), [10, 5, 0, 1]);
  },
  'a bent line begins and ends where it should'() {
    const [from, to] = [{ x: 0, y: 0 }, { x: 10, y: 0 }];
    const middle = bend(from, to);
    equal([along(from, middle, to, 0), along(from, middle, to, 1), middle.x], [from, to, 5]);
  },
  'labels that would touch give way to the weightier'() {
    const label = (id, x, weight, must = false) => ({ id, spots: [{ x, y: 0 }, { x, y: 20 }], width: 10, height: 5, weight, must });
    const mark = { x: 22, y: 2, width: 4, height: 4 };
    const found = fitting([label('a', 0, 1), label('b', 5, 2), label('c', 20, 1), label('d', 95, 9), label('e', 60, 1)], [mark], 100, 50);
    equal(Object.fromEntries(found), { b: { x: 5, y: 0 }, a: { x: 0, y: 20 }, c: { x: 20, y: 20 }, e: { x: 60, y: 0 } });
    const wall = { x: 0, y: 0, width: 100, height: 50 };
    equal(Object.fromEntries(fitting([label('a', 0, 1), label('b', 40, 1, true)], [wall], 100, 50)), { b: { x: 40, y: 0 } });
  },
  'the month that holds is the last drawn one'() {
    const months = [{ month: 1 }, { month: 12 }, { month: 24 }];
    equal([1, 11, 12, 30].map((month) => monthAt(months, month).month), [1, 1, 12, 24]);
  },
  'a node is told in words'() {
    const words = nodeWords(MONTH, 'council').join(' ');
    equal([words.includes('£99 by government (grants)'), words.includes('£8 to Firm 1 (contracts and business support)')], [true, true]);
    equal(nodeWords(MONTH, 'nobody'), ['Not there in this month.']);
    equal(biggestFlows(MONTH, 1), [['government', 'council', 'grants', '£99']]);
  },
  'a pound is counted to the penny'() {
    const trail = { steps: [{ payment: 1, held: { shop: 60 }, left: { world: 40 } }, { payment: 2, held: {}, left: { world: 35, taxes: 25 } }],
      likeliest_path: [{ payer: 'Council', payee: 'shop', channel: 'contracts', amount: 0.6 }, { payer: 'shop', payee: 'shop', channel: 'kept here', amount: 0.05 }] };
    equal(hopsOf(trail).map((hop) => [hop.here, hop.left]), [[60, 40], [0, 100]]);
    equal(pathWords(trail), ['Council paid £0.60 of it to shop (contracts).', 'shop kept 5.0p of it.']);
    equal(stillHere({ reference: trail, policy: trail }, 1, (amount) => `${amount} Kč`), 'After payment 1, still here: business as usual: 60 Kč; with what you chose: 60 Kč.');
    equal(largest({ a: 1, b: 3, c: 2 }, 1), [['b', 3], ['others', 3]]);
  },
};
