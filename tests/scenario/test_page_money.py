"""Money on the page: a pound followed on both sides and the web of who pays whom, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from support.page_window import SHORT, PageWindow

pytestmark = pytest.mark.browser

STILL_HERE = re.compile(r"£([\d.]+) is still here")


def test_a_pound_is_followed_on_both_sides_by_keyboard_alone(visit: Callable[..., PageWindow]) -> None:
    found = visit(reduced_motion="reduce").open(SHORT)
    keys = found.page.keyboard
    found.tab_to("follow-anchor")
    keys.press("ArrowDown")
    anchor = found.at("follow-anchor").input_value()
    found.tab_to("follow-month")
    keys.press("Home")
    found.tab_to("follow")
    keys.press("Enter")
    hops = {arm: found.at(f"follow-{arm}").locator('[data-test="hop"]') for arm in ("reference", "policy")}
    hops["policy"].first.wait_for()
    assert (found.at("follow-anchor").input_value(), found.at("follow-month").input_value()) == (anchor, "1")
    assert hops["reference"].count() == hops["policy"].count() == 1
    found.tab_to("follow-next")
    for number in range(2, 5):
        keys.press("Enter")
        assert hops["reference"].count() == number
    here = [float(STILL_HERE.search(text)[1]) for text in hops["reference"].all_inner_texts()]  # type: ignore[index]
    assert here == sorted(here, reverse=True) and here[0] <= 100
    for _ in range(60):
        if found.at("follow-next").is_disabled():
            break
        keys.press("Enter")
    for arm in ("reference", "policy"):
        ends = found.at(f"follow-{arm}").locator('[data-test="ends"]')
        assert ends.is_visible()
        sums = [float(text.replace("£", "")) for text in ends.locator(".names b").all_inner_texts()]
        assert abs(sum(sums) - 100) < 0.05, sums
    found.tab_to("follow-back", back=True)
    keys.press("Enter")
    assert not found.at("follow-next").is_disabled()


def test_a_pound_read_while_the_choice_changed_says_so(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    found.page.route("**/api/follow", hold)
    with found.page.expect_request("**/api/follow"):
        found.at("follow").click()
    with found.moved():
        found.switch("local_spend_target")
    held[0].continue_()
    found.at("hop").first.wait_for()
    assert "You have changed something since" in found.page.locator("#pound [role=status]").inner_text()
    assert found.page.locator("#pound-body.behind").count() == 1


def test_the_web_is_read_by_keyboard_alone(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    keys = found.page.keyboard
    found.page.evaluate("document.getElementById('web').scrollIntoView()")
    nodes = found.at("web-policy").locator('[data-test="node"]')
    nodes.first.wait_for()
    assert nodes.count() > 10 and found.at("web-reference").locator('[data-test="node"]').count() > 10
    found.tab_to("node")
    first = found.focused("data-id")
    keys.press("ArrowRight")
    second = found.focused("data-id")
    assert second not in (None, first)
    keys.press("Enter")
    words = found.at("node-words")
    assert words.get_by_text("It is paid").count() + words.get_by_text("No one pays it").count() == 2
    chosen = found.page.locator('[data-test="node"][aria-pressed="true"]')
    assert {node.get_attribute("data-id") for node in chosen.all()} == {second}
    keys.press("Home")
    assert found.focused("data-id") == first
    keys.press("End")
    last = found.focused("data-id")
    keys.press("ArrowRight")
    assert last != first and found.focused("data-id") == first
    told = found.at("web-words")
    assert "money paid in that month" in told.inner_text() and "still of the choice before" not in told.inner_text()
    before = words.inner_text()
    found.at("first").click()
    assert words.inner_text() != before
    # One stop for each web: the next one is the second web, then what follows it.
    found.tab_to("node")
    assert found.page.evaluate("document.activeElement.closest('[data-test^=web-]').dataset.test") == "web-reference"
    keys.press("Tab")
    assert found.page.evaluate("document.activeElement.closest('[data-test^=web-]').dataset.test") == "web-policy"
