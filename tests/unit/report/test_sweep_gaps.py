"""What the report of an experiment says where there is nothing to say: no interval, no swing, no answer, no room."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from fixtures.made_up_sweep import made_up_view

from sim.report.numbers import text
from sim.report.sweep.decision import decision_section, failing_section
from sim.report.sweep.hangs import hangs_section
from sim.report.sweep.headline import SHOWN, answer_sentence, first_rows
from sim.report.sweep.moves import move_along
from sim.report.table import Column, Table

ENDS = [f"at_{end}{part}" for end in ("low", "high") for part in ("_low", "_high")]


def test_without_intervals_nothing_is_told_from_luck() -> None:
    view = made_up_view("tornado", "sensitivity")
    view.tables["tornado"].loc[:, ENDS] = math.nan
    view.tables["sensitivity"].loc[:, ["low", "high"]] = math.nan
    body = hangs_section(view).body
    assert "There are no intervals: none of it can be told from luck." in body
    assert "There are no intervals, so how sure this is is not known." in body


def test_where_nothing_could_be_worked_out_it_says_so() -> None:
    view = made_up_view("tornado", "sensitivity")
    view.tables["tornado"].loc[:, ["swing", "at_low", "at_high", *ENDS]] = math.nan
    view.tables["sensitivity"]["verdict"] = "too few blocks to tell"
    body = hangs_section(view).body
    assert "No swing could be worked out." in body
    assert "There are too few blocks of settings to say what counts." in body
    view.tables["sensitivity"]["index"] = "another"
    assert "None of the indices can be drawn; the table holds them." in hangs_section(view).body


def test_a_decision_that_nothing_turns_is_said() -> None:
    view = made_up_view("decision")
    view.tables["decision"]["switches_at"] = math.nan
    assert "Nothing that varied changes the decision within the range that was tried: no visible change." in decision_section(view).body


def test_a_box_with_two_ends_is_told_between_them() -> None:
    view = made_up_view("discovery")
    view.tables["discovery"].loc[0, ["low", "high"]] = [0.15, 0.25]
    assert "Spare capacity (firms) between 15% and 25%" in failing_section(view).body


def test_without_a_run_that_ended_there_is_no_answer() -> None:
    view = made_up_view("none")
    view.at_points["mean"] = math.nan
    assert answer_sentence(view) == "There is no answer: no run of this experiment came to its end."


def test_a_long_table_says_where_its_rest_is() -> None:
    long = Table("Settings", "All settings", [Column("Setting")], [[text(str(number))] for number in range(SHOWN + 3)], "A note.")
    short = first_rows(long)
    assert len(short.rows) == SHOWN and short.note == "A note. 3 more rows: sheet “Settings” of report.xlsx."
    assert first_rows(short) is short


def test_moves_of_values_with_too_little_beside_them_have_no_chance() -> None:
    points = pd.DataFrame({"a": [0.0, 1.0]})
    one_seed = pd.DataFrame({1: [1.0, 3.0]})
    assert math.isnan(move_along(points, one_seed, "a", "grid").chance)
    two_drawn = pd.DataFrame({1: [1.0, np.nan], 2: [2.0, np.nan]})
    assert math.isnan(move_along(points, two_drawn, "a", "latin-hypercube").chance)
