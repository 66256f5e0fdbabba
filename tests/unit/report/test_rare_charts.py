"""Charts of what few results have: years along the axis, a panel too many, rows without a number, other words of the drawing program."""

from __future__ import annotations

import math
import re
from datetime import datetime

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.report.charts.axis import label_months
from sim.report.charts.interval_chart import IntervalSeries, interval_chart
from sim.report.charts.move_chart import NOTHING, MovePanel, Trace, _bounds
from sim.report.charts.time_chart import Course, time_chart
from sim.report.findings.comparison import Compared
from sim.report.numbers import Amount
from sim.report.palette import arm_style
from sim.report.svg import _inline
from sim.report.written import _created_at

ROW = Compared("Jobs", "jobs", Amount("count"), 1.0, 3.0, 2.0, 1.0, 3.0, "higher", 9)
NONE = Compared("Pay", "jobs", Amount("count"), math.nan, math.nan, math.nan, math.nan, math.nan, "", 0)


@pytest.mark.parametrize(("months", "years"), [(36, ["2014", "2015", "2016"]), (120, ["2014", "2016", "2018", "2020", "2022"])])
def test_where_months_are_many_januaries_are_named_by_their_year(months: int, years: list[str]) -> None:
    """From April 2013 January comes first as the tenth month; of ten years every second is named, so that there are six at most."""
    axes = Figure().subplots()
    label_months(axes, [f"{2013 + (3 + month) // 12}-{(3 + month) % 12 + 1:02d}" for month in range(months)])
    assert [tick.get_text() for tick in axes.get_xticklabels()] == years
    assert axes.get_xticks()[:2].tolist() == [10, 10 + 12 * (int(years[1]) - 2014)]
    assert axes.get_xlim() == (1.0, float(months))


def test_a_row_without_a_number_has_no_mark_and_a_panel_too_many_no_axis() -> None:
    """Four arms stand in two rows of three, so two panels are empty."""
    series = [IntervalSeries(f"Arm {place}", arm_style(place), [ROW, NONE]) for place in (1, 2, 3, 1)]
    drawn = interval_chart("four", ["Jobs", "Pay"], series, Amount("count"), "jobs", "words")
    (drawing,) = drawn.drawings
    panels = drawing.figure.axes
    shown = [panel for panel in panels if panel.axison]
    assert (len(shown), len(panels)) == (4, 6)
    # The line of no difference, one interval and one mark.
    assert [len(panel.lines) for panel in shown] == [3] * 4


def test_courses_of_three_arms_leave_a_panel_empty() -> None:
    course = Course("A", np.arange(3.0), np.arange(3.0) - 1, np.arange(3.0) + 1)
    drawn = time_chart("three", Amount("count"), "jobs", ["2020-01", "2020-02", "2020-03"], course, [(course, arm_style(1))] * 3, "words")
    (drawing,) = drawn.drawings
    assert [panel.axison for panel in drawing.figure.axes].count(False) == len(drawing.figure.axes) - 3 > 0


def test_moves_without_a_number_are_drawn_from_nought_to_one() -> None:
    nothing = np.full(1, math.nan)
    panel = MovePanel("A", "months", Amount("count"), [Trace("t", arm_style(1), np.ones(1), nothing, NOTHING, NOTHING)])
    assert _bounds([panel]) == _bounds([]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("font: bold 8px 'DejaVu Sans', sans-serif; text-anchor: end", "font-weight: bold; font-size: 8px; text-anchor: end"),
        ("font: 700 7.5px 'DejaVu Sans'", "font-weight: 700; font-size: 7.5px"),
        ("font: italic 8px 'DejaVu Sans'", "font-size: 8px"),
        ("font: 8px 'DejaVu Sans'", "font-size: 8px"),
        ("font-size: 8px; font-family: 'DejaVu Sans'; fill: #000", "font-size: 8px; fill: #000"),
    ],
)
def test_words_of_a_drawing_keep_their_size_and_weight_and_get_the_font_of_the_page(given: str, kept: str) -> None:
    found = _inline(f'<svg width="72pt" viewBox="0 0 1 1"><text style="{given}">a</text></svg>', "one", "Words. Found.")
    styles = re.findall(r'<text style="([^"]*)"', str(found))
    assert [style.strip() for style in styles] == [kept]


def test_a_result_that_does_not_say_when_it_was_made_has_a_day_all_the_same() -> None:
    """The bytes of a workbook hang on the day, so it must be the same each time."""
    assert _created_at("2026-03-01T10:00:05+00:00") == datetime(2026, 3, 1, 10, 0, 5)
    assert _created_at("yesterday") == _created_at("") == datetime(2000, 1, 1)
