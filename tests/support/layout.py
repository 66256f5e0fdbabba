"""What a browser's layout says of a page: what sticks out, what lies over what, what is cut, what is too pale to read."""

from __future__ import annotations

from typing import Any

#: Elements wider than the window, but for what may be scrolled on its own.
STRAY = """() => {
  const room = document.documentElement.clientWidth, found = [];
  const may = (it) => ["auto", "scroll"].includes(getComputedStyle(it).overflowX);
  const scrolls = (it) => it && it !== document.body && (may(it) || scrolls(it.parentElement));
  if (document.documentElement.scrollWidth > room) found.push(`the page is ${document.documentElement.scrollWidth} wide in ${room}`);
  for (const it of document.querySelectorAll("body *")) {
    if (it.closest("svg") !== null && !it.matches("svg")) continue;
    const box = it.getBoundingClientRect();
    if (!box.width || !box.height || it.closest(".skip") || scrolls(it.parentElement)) continue;
    if (box.right > room + 1 || box.left < -1)
      found.push(`${it.localName}.${it.className} from ${box.left} to ${box.right} in ${room}: ${it.textContent.trim().slice(0, 50)}`);
  }
  return found;
}"""

#: Text that its box hides.
CUT = """() => {
  const found = [];
  for (const it of document.querySelectorAll("body *")) {
    if (it.closest("svg") || !it.clientWidth || !it.textContent.trim()) continue;
    const style = getComputedStyle(it);
    if (style.position === "absolute" && it.clientWidth <= 1) continue;
    const across = ["hidden", "clip"].includes(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
    const down = ["hidden", "clip"].includes(style.overflowY) && it.scrollHeight > it.clientHeight + 1;
    const name = `${it.localName}.${it.getAttribute("class") ?? ""}`;
    if (across || down) found.push(`${name} hides a part of: ${it.textContent.trim().slice(0, 50)}`);
  }
  return found;
}"""

#: Words of charts that lie over each other or stick out. A line's box is taller than its letters: a fifth is let go at each end.
CHART_WORDS = """() => {
  const found = [];
  for (const chart of document.querySelectorAll("svg")) {
    const frame = chart.getBoundingClientRect();
    if (!frame.width) continue;
    const name = chart.querySelector("title")?.id || chart.id || chart.getAttribute("class");
    const words = [...chart.querySelectorAll("text")].filter((it) => it.textContent.trim() && getComputedStyle(it).visibility !== "hidden");
    const boxes = words.map((it) => {
      const box = it.getBoundingClientRect(), flat = box.width > box.height;
      const across = flat ? 0 : box.width / 5, down = flat ? box.height / 5 : 0;
      const sides = { left: box.left + across, right: box.right - across, top: box.top + down, bottom: box.bottom - down };
      return { ...sides, words: it.textContent.trim() };
    });
    for (const [at, one] of boxes.entries()) {
      if (one.left < frame.left - 1 || one.right > frame.right + 1 || one.top < frame.top - 1 || one.bottom > frame.bottom + 1)
        found.push(`${name}: “${one.words}” sticks out`);
      for (const other of boxes.slice(at + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 1 && down > 1) found.push(`${name}: “${one.words}” lies over “${other.words}”`);
      }
    }
  }
  return found;
}"""

#: Words of charts with less than 4.5 to 1 against what is painted under them.
PALE_WORDS = """() => {
  const rgb = (colour) => (colour.match(/[0-9.]+/g) ?? []).map(Number);
  const light = (channel) => (channel /= 255, channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const shine = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const over = (colour, share, under) => colour.slice(0, 3).map((part, at) => part * share + under[at] * (1 - share));
  const found = [];
  for (const chart of document.querySelectorAll("svg")) {
    if (!chart.getBoundingClientRect().width) continue;
    const name = chart.querySelector("title")?.id || chart.id || chart.getAttribute("class");
    for (const it of chart.querySelectorAll("text")) {
      if (!it.textContent.trim()) continue;
      it.scrollIntoView({ block: "center", behavior: "instant" });
      const box = it.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
      let ground = [255, 255, 255];
      for (const shape of document.elementsFromPoint(x, y).reverse()) {
        const style = getComputedStyle(shape);
        if (shape.closest("svg") !== chart || ["text", "tspan", "svg"].includes(shape.localName) || style.fill === "none") continue;
        if (it.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_FOLLOWING) continue;
        const colour = rgb(style.fill);
        ground = over(colour, (colour[3] ?? 1) * style.fillOpacity * style.opacity, ground);
      }
      const style = getComputedStyle(it), ink = over(rgb(style.fill), style.fillOpacity * style.opacity, ground);
      const [high, low] = [shine(ink), shine(ground)].sort((one, other) => other - one);
      const contrast = (high + 0.05) / (low + 0.05);
      if (contrast < 4.5) found.push(`${name}: “${it.textContent.trim()}” has ${contrast.toFixed(2)} to 1`);
    }
  }
  return [...new Set(found)];
}"""


def open_details(page: Any) -> None:
    """Open whatever can be opened."""
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")


def thin_tables(page: Any, rows: int = 6) -> None:
    """Leave the first rows of each table alone: the others have the same markup, and axe reads every cell."""
    page.evaluate("(rows) => document.querySelectorAll(`tbody tr:nth-child(n + ${rows + 1})`).forEach((it) => it.remove())", rows)


def stray(page: Any) -> list[str]:
    """What is wider than the window."""
    return page.evaluate(STRAY)


def cut(page: Any) -> list[str]:
    """What is hidden by its own box."""
    return page.evaluate(CUT)


def crossed_words(page: Any) -> list[str]:
    """Words of charts that lie over others or stick out."""
    return page.evaluate(CHART_WORDS)


def pale_words(page: Any) -> list[str]:
    """Words of charts that are too pale for what lies under them."""
    return page.evaluate(PALE_WORDS)
