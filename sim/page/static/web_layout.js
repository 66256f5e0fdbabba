// Where each organisation stands: the same place in both webs and in every month. Deterministic, and no drawing here.

const FIRMS = { firm: 0, branch: 1, cooperative: 2, group: 3, bank: 4 };

function around(nodes, from, to, radii, into, toRim = false) {
  const span = to - from;
  nodes.forEach((node, at) => {
    const angle = ((from + (span * (at + 0.5)) / nodes.length) * Math.PI) / 180;
    const rim = toRim ? Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))) : 1;
    const radius = radii[at % radii.length] / rim;
    into.set(node.id, { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius });
  });
}

function byWords(...keys) {
  return (one, other) => {
    for (const key of keys) {
      const [a, b] = [key(one), key(other)];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };
}

/** Every node of several months and arms once, by id. */
export function everyNode(arms) {
  const found = new Map();
  for (const months of arms) for (const { nodes } of months) for (const node of nodes) if (!found.has(node.id)) found.set(node.id, node);
  return [...found.values()];
}

/**
 * Places in a square from -1 to 1 by id: anchors in the middle, firms around them by sector but for the right, where the region stands, neighbourhoods below, what is outside at the rim.
 */
export function positions(nodes) {
  const found = new Map();
  const of = (...kinds) => nodes.filter((node) => kinds.includes(node.kind));
  const anchors = of('anchor').sort(byWords((node) => node.id));
  around(anchors, -90, 270, [anchors.length > 1 ? 0.34 : 0], found);
  const firms = nodes.filter((node) => node.kind in FIRMS).sort(byWords((node) => node.sector ?? '', (node) => FIRMS[node.kind], (node) => node.id));
  around(firms, 156, 346, firms.length > 24 ? [0.7, 0.9] : [0.82], found);
  around(of('neighbourhood').sort(byWords((node) => node.id)).reverse(), 40, 140, [0.8], found);
  around(of('outside').sort(byWords((node) => node.id)), -180, 180, [1], found, true);
  for (const node of nodes) if (!found.has(node.id)) found.set(node.id, { x: 0, y: 0.9 });
  return found;
}

function apart(one, other) {
  return one.x + one.width < other.x || other.x + other.width < one.x || one.y + one.height < other.y || other.y + other.height < one.y;
}

/**
 * Where labels fit, the weightiest first: at the first of its spots that touches no other label and no mark, else, if it must be shown, at
 * the one that touches no other label and fewest marks. A label is {id, spots: [{x, y}], width, height, weight, must}, a mark a box; a spot
 * may have a width and height of its own. Spots by id.
 */
export function fitting(labels, marks, width, height) {
  const kept = [];
  const found = new Map();
  for (const label of [...labels].sort((one, other) => other.weight - one.weight)) {
    const boxes = label.spots.map((spot) => ({ width: label.width, height: label.height, ...spot, spot }))
      .filter((box) => box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height)
      .filter((box) => kept.every((other) => apart(box, other)));
    const touched = (box) => marks.filter((mark) => !apart(box, mark)).length;
    const free = boxes.find((box) => touched(box) === 0)
      ?? (label.must ? boxes.reduce((best, box) => (best && touched(best) <= touched(box) ? best : box), undefined) : undefined);
    if (!free) continue;
    kept.push(free);
    found.set(label.id, free.spot);
  }
  return found;
}

/** A bent line between two points: the control point of a quadratic curve, always bent to the same side of its direction. */
export function bend(from, to, amount = 0.14) {
  return { x: (from.x + to.x) / 2 - (to.y - from.y) * amount, y: (from.y + to.y) / 2 + (to.x - from.x) * amount };
}

/** The point of a quadratic curve at a share of its way. */
export function along(from, middle, to, share) {
  const rest = 1 - share;
  return {
    x: rest * rest * from.x + 2 * rest * share * middle.x + share * share * to.x,
    y: rest * rest * from.y + 2 * rest * share * middle.y + share * share * to.y,
  };
}

/** So many dots shared out among flows in proportion to their money: the largest remainders get what is left. */
export function dotsFor(amounts, pencePerDot) {
  return amounts.map((amount) => amount / pencePerDot).map((exact) => (exact >= 0.5 ? Math.max(1, Math.round(exact)) : 0));
}

/** The month of a list that holds at a month: the last one not after it, else the first. */
export function monthAt(months, month) {
  return months.filter((one) => one.month <= month).at(-1) ?? months[0];
}

/** Parallel flows between the same two, added up over their channels. */
export function pairsOf(edges) {
  const found = new Map();
  for (const edge of edges) {
    const key = `${edge.from}\n${edge.to}`;
    const pair = found.get(key) ?? { from: edge.from, to: edge.to, pence: 0, channels: [] };
    pair.pence += edge.pence;
    pair.channels.push([edge.channel, edge.pence]);
    found.set(key, pair);
  }
  return [...found.values()].sort((one, other) => other.pence - one.pence);
}
