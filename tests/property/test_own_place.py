"""Tables of a place of one's own: any figures make a place that opens, or are refused in words; never anything else."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.settings.own_place.handful import handful
from sim.settings.own_place.keys import ANCHOR_FIELDS, WORDS, figure_bounds
from sim.settings.own_place.make import place_text
from sim.settings.own_place.rows import Row
from sim.settings.place import ANCHOR_KINDS
from sim.settings.reading.problems import Findings

NEEDED = {"title": "Smallton", "region": "Bigshire", "residents": "6000", "jobs": "2400", "region_jobs": "50000"}
KEYS = sorted({*figure_bounds(), *(word.name for word in WORDS), *(f"anchor.two.{item}" for item in ANCHOR_FIELDS)})
NUMBERS = st.one_of(
    st.floats(0, 1e7, allow_nan=False).map(lambda number: f"{number:.6g}"),
    st.integers(0, 10**6).map(str),
    st.floats(0, 1).map(lambda share: f"{share:.4f}"),
)
FIT = st.fixed_dictionaries(
    {
        "residents": st.integers(20, 10**7).map(str),
        "jobs": st.integers(100, 10**6).map(str),
        "region_jobs": st.integers(10**6, 10**7).map(str),
        "year": st.integers(1990, 2030).map(str),
        "country": st.sampled_from(["uk", "other"]),
        "median_weekly_pay": st.integers(1, 5000).map(str),
        "anchor.one.kind": st.sampled_from(ANCHOR_KINDS),
        "anchor.one.jobs": st.integers(0, 100).map(str),
        "anchor.one.annual_spend": st.integers(0, 10**9).map(str),
    }
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)


@settings(max_examples=15, deadline=None)
@given(FIT)
def test_fit_figures_of_any_size_make_a_place(figures: dict[str, str]) -> None:
    rows = [Row(0, key, value) for key, value in (NEEDED | figures).items()]
    assert place_text(rows).startswith("# Smallton")


def test_too_few_people_for_an_adult_of_any_age_are_refused() -> None:
    figures = NEEDED | {"residents": "1", "anchor.one.kind": "council", "anchor.one.jobs": "1", "anchor.one.annual_spend": "1000"}
    rows = [Row(0, key, value) for key, value in figures.items()]
    with pytest.raises(InputError, match="nobody lives there"):
        place_text(rows)


@settings(max_examples=15, deadline=None)
@given(FIT, st.dictionaries(st.sampled_from(KEYS), NUMBERS, max_size=6))
def test_other_figures_beside_them_make_a_place_or_are_refused(figures: dict[str, str], more: dict[str, str]) -> None:
    rows = [Row(number, key, value) for number, (key, value) in enumerate((NEEDED | figures | more).items(), start=2)]
    with contextlib.suppress(InputError):
        assert "neighbourhoods:" in place_text(rows, "mine.csv")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*KEYS, ""]) | TEXT, *[TEXT | NUMBERS] * 8), max_size=6))
def test_garbage_is_told_line_by_line(lines: list[tuple[str, ...]]) -> None:
    findings = Findings()
    handful([Row(number, *line) for number, line in enumerate(lines, start=2)], "mine.csv", findings)
    assert findings.problems, "the needed figures are not there"
    assert all(problem.message and problem.remedy for problem in findings.problems)
