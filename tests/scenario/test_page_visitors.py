"""Links and several visitors: a link shows the same numbers elsewhere, towns are not shared, bad links are told in words."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from support.page_alone import view_alone
from support.page_window import SHORT, PageWindow, link_to

pytestmark = pytest.mark.browser

OTHER = {"place": "anytown", "months": 12, "shocks": [{"use": "export_recession", "fall": 0.2, "start": "2013-06"}]}
SHARE = "option-local_spend_target-share"
TITLE = '<img src="/x" onerror="window.hacked = 1"><script>window.hacked = 1</script>'


def rows_of(view: dict[str, Any]) -> dict[str, list[str]]:
    """The numbers of a view as the page shows them, by measure: both levels and the difference with its interval."""
    return {
        row["measure"]: [
            row["reference"]["shown"],
            row["policy"]["shown"],
            row["difference"]["shown"] + (row["difference"]["interval"] or ""),
        ]
        for row in view["rows"]
    }


def shown(found: PageWindow) -> dict[str, list[str]]:
    """The same as it stands on the page, without the joiner that holds a sign to its pound."""
    return {name: [cell.replace("\u2060", "") for cell in cells[1:4]] for name, cells in found.numbers()["rows"].items()}


def test_a_link_shows_the_same_numbers_in_a_second_browser(visit: Callable[..., PageWindow]) -> None:
    first = visit().open(SHORT)
    with first.moved():
        first.nudge(SHARE)
    with first.moved():
        first.reveal("title").fill("What the room chose: ½ & more")
        first.at("title").press("Tab")
    first.at("link").click()
    link = first.at("link-address").input_value()
    assert link == first.page.url
    second = visit(390, 844)
    second.page.goto(link)
    second.settled()
    assert second.numbers() == first.numbers()
    assert second.state() == first.state() and second.state()["title"] == "What the room chose: ½ & more"
    assert second.view() == first.view()
    # To the last digit what the runs give, not just what two windows agree on.
    assert first.view() == view_alone(first.state(), first.view()["of"])


def test_two_browsers_do_not_share_a_town(visit: Callable[..., PageWindow]) -> None:
    one, other = visit().open(SHORT), visit().open(OTHER)
    for _ in range(3):
        # Both move before either has its answer.
        one.nudge(SHARE)
        other.nudge("option-export_recession-fall", "ArrowLeft")
    for found, use in ((one, "local_spend_target"), (other, "export_recession")):
        found.page.wait_for_timeout(200)
        found.settled()
        state = found.state()
        assert [each["use"] for each in [*state.get("policies", []), *state.get("shocks", [])]] == [use]
        alone = view_alone(state, 2)
        assert shown(found) == rows_of(alone)
        assert found.view() == alone
    assert one.numbers() != other.numbers()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("%%%", "damaged"),
        ("AAAA", "damaged"),
        ('{"place": "anytown", "months": 1e300}', "months"),
        ('{"place": "anytown", "months": 99999999999999999999999}', "months"),
        ('{"place": "../../../etc/passwd", "months": 12}', "place"),
        ('{"place": "anytown", "months": 12, "policies": [{"use": "<b>x</b>"}]}', "<b>x</b>"),
        ('{"place": "anytown", "months": 12, "__proto__": {"months": 12}, "policies": "all"}', "Levers"),
    ],
)
def test_a_bad_link_is_told_in_words(text: str, words: str, visit: Callable[..., PageWindow]) -> None:
    found = visit()
    coded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") if text.startswith("{") else text
    found.page.goto(link_to(found.address, coded))
    found.at("error").wait_for(state="visible")
    assert words in found.trouble()
    assert found.trouble().startswith("This link could not be used, so the page shows its own beginning.")
    assert "Traceback" not in found.trouble() and "went wrong" not in found.trouble()
    # And the page is there to be used, at its beginning.
    found.page.wait_for_selector("html[data-pairs='1'], html[data-state=settled]", state="attached")
    assert found.page.locator("#place-title").inner_text() == "Anytown (invented)"
    assert found.at("error").locator("b").count() == 0


def test_a_bad_link_put_into_an_open_page_leaves_what_is_shown(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    state = found.state()
    found.page.evaluate("location.hash = 's=AAAA'")
    found.at("error").wait_for(state="visible")
    assert found.trouble().startswith("This link could not be used, so what was shown stays.")
    assert found.state() == state


def test_markup_in_a_title_is_text(visit: Callable[..., PageWindow]) -> None:
    found = visit().open({**SHORT, "title": TITLE})
    assert found.reveal("title").input_value() == TITLE
    assert found.page.evaluate("window.hacked") is None
    assert found.page.locator("img, body script").count() == 0
    saved = json.dumps(found.state())
    assert "onerror" in saved
