// What both webs are drawn from: their months, a place for each organisation, and the most money of any node, line and month.

import { send } from './api.js';
import { ARMS } from './arms.js';
import { everyNode, positions } from './web_layout.js';

function scaleOf(months) {
  return {
    node: Math.max(1, ...months.flatMap((one) => one.nodes.map((node) => Math.max(node.pence_in, node.pence_out)))),
    edge: Math.max(1, ...months.flatMap((one) => one.edges.map((edge) => edge.pence))),
    total: Math.max(1, ...months.map((one) => one.edges.reduce((sum, edge) => sum + edge.pence, 0))),
  };
}

/** The webs of a choice, asked for one side after the other, unless `signal` ends it. */
export async function readWebs(state, signal) {
  const sides = [];
  for (const [arm] of ARMS) {
    sides.push((await send('/api/web', { state, arm }, signal)).months);
  }
  return { sides, places: positions(everyNode(sides)), scale: scaleOf(sides.flat()) };
}
