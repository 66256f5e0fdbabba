"""Everyone can use the page: axe finds nothing in any state, the keyboard reaches everything in the order in which it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.page_window import PageWindow

pytestmark = pytest.mark.browser

SHORT = {"place": "anytown", "months": 12, "policies": [{"use": "local_spend_target", "share": 0.4}]}
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
HERE = "() => document.activeElement === document.body ? null : document.activeElement.dataset.stop ?? document.activeElement.outerHTML"
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
    said["settled"] = found.window.violations()
    found.at("open").set_input_files({"name": "wrong.yaml", "mimeType": "text/yaml", "buffer": b"titel: wrong\n"})
    found.at("error").wait_for(state="visible")
    page.evaluate("document.getElementById('web').scrollIntoView()")
    found.at("node").first.wait_for()
    found.at("node").first.press("Enter")
    found.at("follow").click()
    found.at("hop").first.wait_for()
    said["after an error, a mark of the web chosen, a pound followed"] = found.window.violations()
    found.at("error-close").click()
    found.at("large-type").click()
    said["large type"] = found.window.violations()
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    said["all details open"] = found.window.violations()
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = false; })")
    found.at("report").click()
    found.at("report-begin").wait_for()
    said["the dialogue of the report"] = found.window.violations()
    assert [f"{name}: {line}" for name, lines in said.items() for line in lines] == []


def test_a_phone_has_no_violation_and_no_sideways_scroll(visit: Callable[..., PageWindow]) -> None:
    found = visit(390, 844, has_touch=True, is_mobile=True).open(SHORT)
    for _ in range(2):
        assert found.window.violations() == []
        assert found.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found.at("large-type").click()


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
    reached = [page.evaluate(HERE)]
    while len(reached) < len(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(HERE))
    assert reached == wanted
    stops = {hook: page.evaluate(FIRST_STOP, hook) for hook in ORDER}
    places = [reached.index(stops[hook]) for hook in ORDER]
    assert places == sorted(places)
    # Where the focus is can be seen: every stop looks different with it.
    for hook in ("undo", "lever-local_spend_target", "play"):
        if not found.at(hook).is_disabled():
            found.at(hook).focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", hook


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
