"""The page as its readers have it: on paper, with colours of their own, with nothing that moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from support.page_window import SHORT, PageWindow

pytestmark = pytest.mark.browser

#: Pairs of looks that must differ, else something is not seen.
COLOURS = """
() => {
  const of = (where, name, part = null) => getComputedStyle(document.querySelector(where), part)[name];
  const on = '[role=switch]:checked', off = '[role=switch]:not(:checked)';
  return {
    on: [of(on, 'backgroundColor'), of(on, 'backgroundColor', '::after')],
    off: [of(off, 'backgroundColor'), of(off, 'backgroundColor', '::after')],
    lines: [of('.chart .line.reference', 'stroke'), of('.chart .line.policy', 'stroke')],
    keys: [of('.key-mark.cooperative', 'backgroundColor'), of('.key-mark.branch', 'backgroundColor')],
    card: [of('.card', 'borderTopStyle'), 'none'],
  };
}
"""


def test_colours_of_the_reader_hide_nothing(visit: Callable[..., PageWindow]) -> None:
    found = visit(forced_colors="active").open(SHORT, settled=False)
    told = found.page.evaluate(COLOURS)
    assert {name: pair for name, pair in told.items() if pair[0] == pair[1]} == {}


@pytest.mark.parametrize(("motion", "moving"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_for_those_who_ask_for_that(visit: Callable[..., PageWindow], motion: str, moving: bool) -> None:
    found = visit(reduced_motion=motion).open(SHORT)
    found.page.evaluate("document.getElementById('web').scrollIntoView()")
    found.at("node").first.wait_for()
    found.at("first").click()
    found.at("play").click()
    found.page.wait_for_function("() => Number(document.getElementById('month').value) > 1")
    assert (found.page.locator(".dots circle").count() > 0) is moving
    assert found.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == ("smooth" if moving else "auto")


def test_a_print_is_a_hand_out(visit: Callable[..., PageWindow], tmp_path: Path) -> None:
    found = visit().open({**SHORT, "title": "What we chose"})
    found.page.locator("#paper-chosen li").first.wait_for(state="attached")
    pages = PdfReader(found.window.pdf(tmp_path / "page.pdf")).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    chosen = found.page.locator("#paper-chosen li").first.text_content()
    for wanted in (
        found.numbers()["headline"],
        chosen,
        "What it costs",
        "More on gains and losses",
        "All results",
        "“What we chose”",
        "#s=",
    ):
        assert wanted in words, wanted
    for unwanted in ("What would you change?", "Save as report", "Play", "numbers are of the choice before"):
        assert unwanted not in words, unwanted
    assert f"1 / {len(pages)}" in words
    # What was opened for the print is closed again.
    assert found.page.locator(".cards details[open]").count() == 0
