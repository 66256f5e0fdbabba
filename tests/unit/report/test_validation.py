"""The section on validation: there for a place with a stored validation, with its misses and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from support.made_up_rows import row

from sim.runs.validation import published
from sim.runs.validation.published import how_made, published_rows, sentences, store_published

MANIFEST = dict.fromkeys(published.KEPT, "x") | {"command": "localwealth validate town --seeds 12"}
TOWN = "Town & <Fort>"
ROWS = (
    row(
        place="town",
        of=TOWN,
        fact="Jobs <here> (2013)",
        kind="count",
        published=100.0,
        published_low=100.0,
        published_high=110.0,
        model=90.0,
    ),
    row(place="town", of=TOWN, fact="Share that stays (2013)", result="miss", low=0.6, high=0.7, model=0.65),
    row(place="town", of=TOWN, fact="Nothing like it (2013)", result="no figure", figure="", role="", model=math.nan, low=math.nan),
)


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a stored validation of the made-up town."""
    folder = tmp_path / "validation"
    store_published([(ROWS, MANIFEST)], folder)
    (folder / "misses.yaml").write_text('town:\n  "Share that stays (2013)": >-\n    The town & its <model> differ.\n', encoding="utf-8")
    monkeypatch.setattr(published, "published_folder", lambda: folder)
    return folder


def test_what_is_stored_comes_back(stored: Path) -> None:
    back = published_rows("town", stored)
    assert [line.fact for line in back] == [line.fact for line in ROWS]
    assert back[0] == ROWS[0]
    assert math.isnan(back[2].model)
    assert how_made(stored) == [{"places": ["town"], **MANIFEST}]
    assert sentences(stored) == {("town", "Share that stays (2013)"): "The town & its <model> differ."}


def test_storing_again_takes_away_places_that_are_gone(stored: Path) -> None:
    store_published([([row(place="elsewhere")], MANIFEST)], stored)
    assert published.published_places(stored) == ("elsewhere",)


def test_of_a_place_in_several_runs_the_last_counts(stored: Path) -> None:
    first = [row(place="town", model=0.1), row(place="elsewhere", model=0.2)]
    again = MANIFEST | {"command": "localwealth validate town --scale 1"}
    store_published([(first, MANIFEST), ([row(place="town", model=0.3)], again)], stored)
    assert [published_rows(place, stored)[0].model for place in ("elsewhere", "town")] == [0.2, 0.3]
    assert [(made["places"], made["command"]) for made in how_made(stored)] == [
        (["elsewhere"], MANIFEST["command"]),
        (["town"], again["command"]),
    ]


def test_the_report_says_what_hit_and_what_missed_and_why(build: Callable[..., str], stored: Path) -> None:
    page = build()
    section = page[page.index('id="validation"') : page.index('id="limits"')]
    assert "How the model does against published figures (Town &amp; &lt;Fort&gt;)" in section
    assert "1 of 2 hit. check: held back; only these speak for the model." in section
    assert "Share that stays (2013): published 50.0%, model 65.0% (60.0% to 70.0%). " in section
    assert "The town &amp; its &lt;model&gt; differ." in section
    assert "Jobs &lt;here&gt; (2013)" in section
    assert "Nothing like it" not in section
    assert "localwealth validate town --seeds 12" in section


def test_a_place_without_a_stored_validation_has_no_section(build: Callable[..., str]) -> None:
    assert 'id="validation"' not in build()
