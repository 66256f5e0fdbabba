"""Moving levers on the page: the change is seen, undone, done again; presets, time, large type."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest
from support.page_window import SHORT, PageWindow

pytestmark = pytest.mark.browser

#: Two years of Anytown with a small target, so that steps up are felt. The bench moves levers of five years.
LOW = {"place": "anytown", "months": 24, "policies": [{"use": "local_spend_target", "share": 0.1}]}
SHARE = "option-local_spend_target-share"
SECONDS_A_MONTH = 0.45


def test_a_lever_is_moved_and_the_change_seen(visit: Callable[..., PageWindow], record_property: Callable[[str, object], None]) -> None:
    found = visit().open(LOW, settled=False)
    before, already = found.numbers(), len(found.times()[0])
    seen = []
    for key in ["ArrowRight"] * 10 + ["PageUp", "ArrowLeft"]:
        with found.moved(settled=False):
            found.nudge(SHARE, key)
        seen.append(tuple(found.numbers()["rows"]["retention_place/all"][1:4]))
    shown, drawn = (times[already:] for times in found.times())
    assert len(shown) == len(drawn) == len(seen) == 12
    record_property(
        "measured",
        f"lever moved to change shown, {len(shown)} moves, Anytown of 24 months: median {median(shown):.0f} ms, worst {max(shown):.0f} ms; "
        f"drawn: median {median(drawn):.0f} ms, worst {max(drawn):.0f} ms",
    )
    assert tuple(before["rows"]["retention_place/all"][1:4]) != seen[-1]
    # A step of one in a hundred need not move a contract; twelve of them move several.
    assert len(set(seen)) > 3
    assert found.at(SHARE).input_value() == str(found.state()["policies"][0]["share"])


def test_undo_redo_and_back_to_start(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    assert found.at("undo").is_disabled() and found.at("redo").is_disabled()
    first, began = found.numbers(), found.state()
    with found.moved():
        found.switch("local_spend_target")
    off = found.numbers()
    assert off != first and "policies" not in found.state()
    with found.moved():
        found.at("undo").click()
    assert (found.numbers(), found.state()) == (first, began)
    assert found.at("lever-local_spend_target").is_checked()
    with found.moved():
        found.at("redo").click()
    assert found.numbers() == off and not found.at("lever-local_spend_target").is_checked()
    with found.moved():
        found.at("start-again").click()
    assert (found.numbers(), found.state()) == (first, began)
    with found.moved():
        found.at("undo").click()
    assert found.numbers() == off


def test_presets_switch_their_levers_on(visit: Callable[..., PageWindow]) -> None:
    found = visit(pairs=1).open(SHORT)
    with found.moved():
        found.at("preset").select_option("anytown/full-package")
    uses = [use["use"] for use in found.state()["policies"]]
    assert len(uses) > 5 and found.at("preset").input_value() == "anytown/full-package"
    for use in set(uses):
        assert found.at(f"lever-{use}").is_checked(), use
    assert found.at("chosen").locator("li").count() == len(uses)
    with found.moved():
        found.at("undo").click()
    assert found.at("preset").input_value() == ""
    assert [use["use"] for use in found.state()["policies"]] == ["local_spend_target"]


def test_time_plays_pauses_and_goes_step_by_step(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    words = found.page.locator("#month-words")
    assert words.inner_text() == "March 2014, month 12 of 12"
    assert found.at("step").is_disabled()
    found.at("first").click()
    assert words.inner_text() == "April 2013, month 1 of 12"
    found.at("step").click()
    assert words.inner_text() == "May 2013, month 2 of 12"
    found.at("play").click()
    assert found.at("play").inner_text() == "Pause"
    found.page.wait_for_function("() => Number(document.getElementById('month').value) >= 4")
    found.at("play").click()
    assert found.at("play").inner_text() == "Play"
    paused = found.at("month").input_value()
    found.page.wait_for_timeout(1000 * SECONDS_A_MONTH * 2)
    assert found.at("month").input_value() == paused
    found.at("month").fill("11")
    found.at("play").click()
    found.page.wait_for_function("() => document.getElementById('play').textContent === 'Play'")
    assert found.at("month").input_value() == "12"
    found.at("play").click()
    assert found.at("month").input_value() == "1"
    found.at("first").click()
    assert found.at("play").inner_text() == "Play"


def test_large_type_is_larger_and_is_remembered(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    size = "parseFloat(getComputedStyle(document.querySelector('[data-test=headline]')).fontSize)"
    before = found.page.evaluate(size)
    found.at("large-type").click()
    assert found.page.evaluate(size) >= 1.25 * before
    assert found.at("large-type").get_attribute("aria-pressed") == "true"
    found.page.reload()
    assert found.settled().page.evaluate(size) >= 1.25 * before
    assert found.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found.at("large-type").click()
    assert found.page.evaluate(size) == before
