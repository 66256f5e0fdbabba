// Small helpers to make and change elements. Nothing here writes markup or a style attribute from text.

const SVG = 'http://www.w3.org/2000/svg';

/** The words with each sign of a sum held to its pound: a line that ends between them would turn a loss into a gain for whoever reads on. */
export function held(words) {
  return typeof words === 'string' ? words.replace(/([+\u2212-])(?=\p{Sc})/gu, '$1\u2060') : words;
}

function filled(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') node.textContent = held(value);
    else if (name === 'on') for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === 'value' || name === 'checked') node[name] = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element: attributes by name, `text` for its words, `on` for listeners. */
export function element(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** An SVG element. */
export function shape(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

/** Set several attributes at once. */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  return node;
}

/** Set words only where they differ, so that nothing is read out or drawn again for nothing. */
export function say(node, words) {
  const whole = held(words);
  if (node.textContent !== whole) node.textContent = whole;
}

/** Put other content into an element, as it is worked out anew: boxes that were open stay open, and the keyboard stays where it was. */
export function renew(root, ...content) {
  const boxes = () => [...root.querySelectorAll('details')];
  const stops = () => [...root.querySelectorAll('summary, [tabindex="0"]')];
  const open = boxes().map((box) => box.open);
  const held = stops().indexOf(document.activeElement);
  root.replaceChildren(...content);
  boxes().forEach((box, at) => { if (open[at]) box.open = true; });
  if (held >= 0) stops()[held]?.focus({ preventScroll: true });
}

/** The element with an id. */
export function byId(id) {
  return document.getElementById(id);
}

let counter = 0;

/** An id that no other element has. */
export function freshId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/** A table: a caption, heads, and rows whose first cell is the head of the row. */
export function table(caption, heads, rows, properties = {}) {
  const head = element('tr', {}, heads.map((words) => element('th', { scope: 'col', text: words })));
  const body = rows.map((cells) => element('tr', {}, cells.map((words, at) =>
    (at ? element('td', { text: words }) : element('th', { scope: 'row', text: words })))));
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', properties, element('caption', { text: caption }), element('thead', {}, head), element('tbody', {}, body)));
}
