"""Everyone can use the page: axe finds nothing in any state, the keyboard reaches everything in the order in which it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.layout import thin_tables
from support.page_window import SHORT, PageWindow

pytestmark = pytest.mark.browser

#: What the keyboard should reach: all that can be used and seen, in the order of the page.
STOPS = """
() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
  .filter((node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({ visibilityProperty: true }))
  .map((node) => { node.dataset.stop ??= String(Math.random()); return node.dataset.stop; })
"""
FIRST_STOP = """
(hook) => {
  const node = document.querySelector(`[data-test=${hook}]`);
  return node.dataset.stop ?? node.querySelector('[data-stop]').dataset.stop;
}
"""
#: The stop that has the focus, and whether that can be seen: an outline of its own or of its button, a broad rim of a mark of the web.
HERE = """
() => {
  const node = document.activeElement, style = getComputedStyle(node);
  if (node === document.body) return [null, true];
  const outlined = [node, node.closest('.file') ?? node].map((one) => getComputedStyle(one))
    .some((one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2);
  return [node.dataset.stop ?? node.outerHTML, outlined || (node.matches('.node') && parseFloat(style.strokeWidth) >= 4)];
}
"""
ORDER = ("large-type", "report", "lever-local_spend_target", "chosen", "play", "month", "follow")


def test_no_state_of_the_page_has_a_violation(visit: Callable[..., PageWindow]) -> None:
    found = visit()
    page, said = found.page, {}
    page.route("**/api/compare", lambda route: None)
    page.goto(found.address)
    page.wait_for_selector("[data-test='lever-local_spend_target']", state="attached")
    assert page.locator("html").get_attribute("data-state") == "working"
    said["at start, working"] = found.window.violations()
    page.unroute("**/api/compare")
    page.goto("about:blank")
    found.open(SHORT)
    said["settled"] = found.window.violations("main")
    found.at("open").set_input_files({"name": "wrong.yaml", "mimeType": "text/yaml", "buffer": b"titel: wrong\n"})
    found.at("error").wait_for(state="visible")
    page.evaluate("document.getElementById('web').scrollIntoView()")
    found.at("node").first.wait_for()
    found.at("node").first.press("Enter")
    found.at("follow").click()
    found.at("hop").first.wait_for()
    for part in ("#error", "#web", "#pound"):
        said[f"after an error, a mark of the web chosen, a pound followed: {part}"] = found.window.violations(part)
    found.at("error-close").click()
    found.at("large-type").click()
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    thin_tables(page)
    said["large type, all details open"] = found.window.violations()
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = false; })")
    found.at("report").click()
    found.at("report-begin").wait_for()
    said["the dialogue of the report"] = found.window.violations("#dialog")
    assert [f"{name}: {line}" for name, lines in said.items() for line in lines] == []


def test_a_phone_has_no_violation_and_no_sideways_scroll(visit: Callable[..., PageWindow]) -> None:
    found = visit(390, 844, has_touch=True, is_mobile=True).open(SHORT)
    assert found.window.violations() == []
    for _ in range(2):
        assert found.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found.at("large-type").click()
    # The difference stands first in its row, and the bar below the levers tells it with its interval.
    row = found.at("row-retention_place/all")
    inside = row.locator(".difference").bounding_box()
    assert inside["x"] >= 0 and inside["x"] + inside["width"] <= 390
    assert inside["y"] < row.locator("[data-side]").first.bounding_box()["y"]
    assert "95% interval" in found.page.locator("#to-answer").inner_text()


def test_the_keyboard_reaches_everything_in_order(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    page = found.page
    page.evaluate("document.querySelectorAll('details.pillar').forEach((box) => { box.open = true; })")
    page.evaluate("document.getElementById('web').scrollIntoView()")
    found.at("node").first.wait_for()
    wanted = page.evaluate(STOPS)
    # To the top, as far as the keyboard is concerned.
    page.locator("a.skip").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to what changes"
    reached: list[str | None] = []
    unseen: list[str] = []
    while len(reached) < len(wanted):
        stop, seen = page.evaluate(HERE)
        reached.append(stop)
        if not seen:
            unseen.append(page.evaluate("document.activeElement.outerHTML")[:120])
        page.keyboard.press("Tab")
    assert reached == wanted
    assert unseen == []
    stops = {hook: page.evaluate(FIRST_STOP, hook) for hook in ORDER}
    places = [reached.index(stops[hook]) for hook in ORDER]
    assert places == sorted(places)


def test_the_keyboard_goes_on_where_a_lever_gains_or_loses_a_use(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT, settled=False)
    assert found.page.locator("#month-words").get_attribute("aria-live") == "off"
    found.at("lever-local_spend_target").evaluate("(node) => node.closest('.lever').querySelector('summary').click()")
    found.page.get_by_role("button", name="Add another of these").press("Enter")
    assert found.focused("data-test") == "option-local_spend_target-share-2"
    found.page.get_by_text("Details of 2").press("Enter")
    found.page.get_by_role("button", name="Take this one away").last.press("Enter")
    assert found.focused("data-test") == "lever-local_spend_target"


def test_the_dialogue_keeps_and_gives_back_the_focus(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    found.at("report").focus()
    found.page.keyboard.press("Enter")
    found.at("report-begin").wait_for()
    for _ in range(8):
        found.page.keyboard.press("Tab")
        assert found.page.evaluate(
            "document.activeElement === document.body || document.getElementById('dialog').contains(document.activeElement)"
        )
    found.page.keyboard.press("Escape")
    assert not found.at("report-begin").is_visible()
    assert found.focused("data-test") == "report"
