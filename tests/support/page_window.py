"""The workshop page in a window of the browser: hooks, levers, numbers as they are read, and how long a move takes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from support.browser import SystemBrowser, Window

#: A year of Anytown with one lever on: quick to run, and once run kept by the server for all tests that show it.
SHORT: Final = {"place": "anytown", "months": 12, "policies": [{"use": "local_spend_target", "share": 0.3}]}
#: Milliseconds that a test waits for the page; much more than it needs, for machines that others use.
PATIENCE: Final = 240_000
#: Pairs of runs that a page asks for: it takes no more than it is offered, and two are enough for an interval.
FEW: Final = "window.mostPairs = %d;"
#: Notes when what was shown has been drawn as well, in the first frame after it, and keeps the lines of each comparison that ended.
WATCHED: Final = """
const made = performance.mark.bind(performance);
performance.mark = (name, ...rest) => {
  if (name === 'view-shown') requestAnimationFrame(() => setTimeout(() => made('view-drawn')));
  return made(name, ...rest);
};
window.comparisons = [];
const ask = window.fetch.bind(window);
window.fetch = async (address, ...rest) => {
  const answer = await ask(address, ...rest);
  if (address === '/api/start' && window.mostPairs) {
    const told = await answer.json();
    told.limits.compare_seeds = [1, window.mostPairs];
    return new Response(JSON.stringify(told), answer);
  }
  if (address === '/api/compare') answer.clone().text().then((text) => window.comparisons.push(text), () => undefined);
  return answer;
};
"""
READ: Final = """
() => {
  const words = (node) => (node ? node.textContent.replace(/\\s+/g, ' ').trim() : null);
  const rows = {};
  for (const row of document.querySelectorAll('tr[data-test^="row-"]')) rows[row.dataset.test.slice(4)] = [...row.children].map(words);
  return {
    headline: words(document.querySelector('[data-test=headline]')),
    cost: words(document.querySelector('[data-test=cost]')),
    losers: words(document.querySelector('[data-test=losers]')),
    pairs: words(document.querySelector('[data-test=pairs]')),
    rows,
  };
}
"""
TIMES: Final = """
() => ['lever-moved', 'view-shown', 'view-drawn'].map((name) => performance.getEntriesByName(name).map((entry) => entry.startTime))
"""
OPEN_UP: Final = """
(node) => {
  const closed = [];
  for (let box = node.closest('details'); box; box = box.parentElement.closest('details')) {
    if (!box.open && node !== box.firstElementChild) closed.unshift(box.firstElementChild);
  }
  for (const summary of closed) summary.click();
}
"""


@dataclass
class PageWindow:
    """One visitor's page.

    `window` is what the harness opened, `page` that of playwright, `address` where the page begins.
    """

    window: Window
    address: str

    @property
    def page(self) -> Any:
        """The page of playwright."""
        return self.window.page

    def open(self, state: Mapping[str, Any] | None = None, settled: bool = True) -> PageWindow:
        """Open the page, with a state in the link when one is given, and wait until it has settled or shows its first view."""
        self.page.goto(link_to(self.address, state), wait_until="load")
        if settled:
            return self.settled()
        self.page.wait_for_function("() => performance.getEntriesByName('view-drawn').length > 0", timeout=PATIENCE)
        return self

    def settled(self) -> PageWindow:
        """Wait until all pairs have come, and what was chosen has been put in words."""
        self.page.wait_for_selector("html[data-state=settled]", timeout=PATIENCE, state="attached")
        return self

    def at(self, hook: str) -> Any:
        """An element by its hook."""
        return self.page.locator(f'[data-test="{hook}"]')

    def reveal(self, hook: str) -> Any:
        """An element by its hook, in sight: what is folded about it is unfolded."""
        found = self.at(hook)
        found.evaluate(OPEN_UP)
        return found

    def switch(self, lever: str) -> None:
        """Switch a lever on or off."""
        self.reveal(f"lever-{lever}").click()

    def nudge(self, hook: str, key: str = "ArrowRight") -> None:
        """Move a slider one step by the keyboard."""
        self.reveal(hook).press(key)

    def focused(self, attribute: str) -> str | None:
        """An attribute of the element that has the focus."""
        found: str | None = self.page.evaluate("(name) => document.activeElement.getAttribute(name)", attribute)
        return found

    def tab_to(self, hook: str, back: bool = False, most: int = 250) -> None:
        """Go to an element by the Tab key alone."""
        for _ in range(most):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.focused("data-test") == hook:
                return
        raise AssertionError(f"{most} stops of the keyboard, and none of them is {hook}")

    def choose(self, hook: str, value: str) -> None:
        """Choose in a list."""
        self.reveal(hook).select_option(value)

    @contextmanager
    def moved(self, settled: bool = True) -> Iterator[None]:
        """A move within the block; wait until its first view is shown, or until all of it has settled."""
        before = len(self.page.evaluate(TIMES)[2])
        yield
        self.page.wait_for_function(
            "(before) => performance.getEntriesByName('view-drawn').length > before && document.documentElement.dataset.pairs > 0",
            arg=before,
            timeout=PATIENCE,
        )
        if settled:
            self.settled()

    def numbers(self) -> dict[str, Any]:
        """All numbers and words of the answer, as a reader sees them."""
        found: dict[str, Any] = self.page.evaluate(READ)
        return found

    def state(self) -> dict[str, Any]:
        """The state in the address."""
        return state_of(self.page.url)

    def trouble(self) -> str:
        """What the bar for errors says; empty when there is none."""
        return str(self.at("error").inner_text()) if self.at("error").is_visible() else ""

    def view(self) -> dict[str, Any]:
        """The last view that was sent, once all of it has come."""
        self.page.wait_for_function("() => window.comparisons.length > 0")
        lines = [json.loads(line) for line in self.page.evaluate("window.comparisons.at(-1)").splitlines()]
        return [line for line in lines if line["kind"] == "view"][-1]

    def times(self) -> tuple[list[float], list[float]]:
        """Milliseconds from each move to its first view, as shown and as drawn."""
        moves, shown, drawn = self.page.evaluate(TIMES)
        found: tuple[list[float], list[float]] = ([], [])
        for number, at in enumerate(moves):
            until = moves[number + 1] if number + 1 < len(moves) else float("inf")
            for place, marks in enumerate((shown, drawn)):
                first = next((mark for mark in marks if at <= mark), None)
                if first is not None and first < until:
                    found[place].append(first - at)
        return found


def visitor(
    browser: SystemBrowser, address: str, width: int = 1280, height: int = 720, pairs: int | None = None, **options: Any
) -> PageWindow:
    """A window of its own for one visitor, not opened yet; with `pairs` the page is offered no more pairs of runs than these."""
    found = PageWindow(browser.window(width, height, **options), address)
    found.page.set_default_timeout(PATIENCE)
    if pairs is not None:
        found.window.context.add_init_script(FEW % pairs)
    found.window.context.add_init_script(WATCHED)
    return found


def link_to(address: str, state: Mapping[str, Any] | str | None) -> str:
    """The address of the page with a state, or with any text, in its link."""
    if state is None:
        return address
    text = state if isinstance(state, str) else base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")
    return f"{address}#s={text}"


def state_of(link: str) -> dict[str, Any]:
    """The state in a link."""
    text = link.partition("#s=")[2]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found
