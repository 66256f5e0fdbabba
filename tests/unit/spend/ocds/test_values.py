"""Dates and periods of notices at the ends of the calendar, and text that only looks as if it had been encoded twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sim.spend.ocds.kind import is_ocds
from sim.spend.ocds.strict_json import StrictReader
from sim.spend.ocds.values import day_after, moment_of, pence_of
from sim.spend.ocds.wording import mended


def test_a_moment_that_leaves_the_calendar_is_taken_as_universal() -> None:
    assert moment_of("0001-01-01T00:00:00+14:00") == datetime(1, 1, 1, tzinfo=UTC)
    assert moment_of("9999-12-31T23:00:00-05:00") == datetime(9999, 12, 31, 23, tzinfo=UTC)


def test_a_moment_whose_hour_is_none_is_the_beginning_of_its_day() -> None:
    assert moment_of("2025-03-01T25:99") == datetime(2025, 3, 1, tzinfo=UTC)
    assert moment_of("2025-02-30T10:00") is None


@pytest.mark.parametrize(("start", "days"), [(None, 3), (date(2020, 1, 1), True), (date(2020, 1, 1), 0), (date(9999, 12, 31), 2)])
def test_a_period_without_a_start_or_beyond_the_calendar_has_no_end(start: date | None, days: int) -> None:
    assert day_after(start, days) is None
    assert day_after(date(2020, 1, 1), Decimal(2)) == date(2020, 1, 2)


def test_a_decimal_that_is_no_number_is_no_amount() -> None:
    assert pence_of(True) == pence_of([3]) == pence_of("2 to 3") == (None, "unreadable")


def test_half_of_a_character_becomes_a_question_mark_and_a_whole_one_kept() -> None:
    """Halves have numbers of their own in JSON, and no table can hold them."""
    text = '{"a\\ud800": ["\\uDFFFx", {"b": "\\ud83d\\ude00"}, 3, "\\\\ud800"]}'
    assert StrictReader(depth=9).value(text, 0)[0] == {"a?": ["?x", {"b": "\N{GRINNING FACE}"}, 3, "\\ud800"]}


@pytest.mark.parametrize("text", ["Ãngela", "Â\u0100", "Ã\u0081\u0082 and Â£20", "â\u2017"])
def test_text_that_is_no_utf8_stays_as_it_is(text: str) -> None:
    assert mended(text).endswith(text[-1])
    assert mended("Â£20") == "£20"


def test_a_path_that_can_not_be_opened_is_no_contract_file(tmp_path: Path) -> None:
    assert not is_ocds(tmp_path / ("a" * 300))
    assert not is_ocds(tmp_path)
