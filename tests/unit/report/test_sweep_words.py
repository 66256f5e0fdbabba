"""What the report of an experiment says: as sure as its numbers and no surer, for every kind of finding."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fixtures.made_up_sweep import LOCAL, USUAL, made_up_view

from sim.report.charts.heat_chart import HeatAxis, heat_chart
from sim.report.charts.ladder_chart import Bars, End, index_chart, tornado_chart
from sim.report.charts.move_chart import MovePanel, Trace, move_chart
from sim.report.charts.range_chart import Range, range_chart
from sim.report.numbers import Amount
from sim.report.palette import arm_style
from sim.report.sweep.courses import courses_section, move_words, told_of
from sim.report.sweep.decision import decision_section, failing_section
from sim.report.sweep.enough import enough_section
from sim.report.sweep.failures import failures_section
from sim.report.sweep.hangs import hangs_section
from sim.report.sweep.headline import answer_sentence, experiment_section
from sim.report.sweep.method import again_section, method_section
from sim.report.sweep.moves import move_along
from sim.report.sweep.report import plan_of
from sim.report.sweep.view import answers_at, input_label
from sim.runs.sweep.answers.asked import Asked
from sim.runs.sweep.answers.decision import Line

NOTHING = np.full(1, np.nan)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "“Buy local” against “Business as usual”: on average over 16 settings, "),
        (
            {"effect": 0.0, "luck": 0.0},
            "No visible change. Jobs in the place: “Buy local” less “Business as usual”: exactly the same in every run",
        ),
        ({"effect": 0.0, "luck": 90.0}, "no visible change: no difference that can be told from luck (measured "),
        ({"seeds": [7]}, "with one seed, so it can't be told from luck. From one setting to another it goes from"),
        ({"arms": [USUAL]}, "Jobs in the place with “Business as usual”: on average over 16 settings, "),
        ({"arms": [USUAL]}, "No visible change: it is the same at every setting."),
        ({"effect": -3.0}, "lower (95% interval"),
    ],
)
def test_the_answer_is_as_sure_as_its_numbers(settings: dict[str, Any], words: str) -> None:
    assert words in answer_sentence(made_up_view("none", **settings))


def test_each_setting_is_told_from_luck_or_said_not_to_be() -> None:
    nan = math.nan
    frame = pd.DataFrame({1: [2.0, -2.0, 0.0, 5.0, nan, 1.0, 3.0], 2: [2.1, -2.1, 0.0, -4.0, nan, nan, 3.0]})
    assert answers_at(frame)["told"].tolist() == ["higher", "lower", "same", "luck", "none", "few", "few"]
    assert answers_at(pd.DataFrame(3.0, index=[0], columns=range(5)))["told"].tolist() == ["higher"]
    section = experiment_section(made_up_view("none", failed=1, seeds=[1, 2], measures=["jobs"], sentences={"luck": "Half is luck."}))
    assert "too few seeds to tell from luck at 1" in section.body
    assert "Half is luck." in section.body


def test_a_grid_is_averaged_over_the_others_and_its_bands_are_over_seeds() -> None:
    points = pd.DataFrame({"a": [0.0, 0.0, 1.0, 1.0], "b": [0.0, 1.0, 0.0, 1.0]})
    answers = pd.DataFrame({1: [1.0, 3.0, 11.0, 13.0], 2: [2.0, 4.0, 12.0, 14.5]})
    move = move_along(points, answers, "a", "grid")
    assert move.middle.tolist() == [2.5, 12.625]
    assert move.points.tolist() == [2, 2]
    assert (move.high - move.low)[0] == pytest.approx(2 * 12.706 * 0.5, rel=1e-3)
    assert move.chance == pytest.approx(2 / math.pi * math.atan(0.125 / 10.125))
    agreeing = pd.DataFrame({1: [1.0, 3.0, 11.0, 13.0], 2: [2.0, 4.0, 12.0, 14.0]})
    assert math.isnan(move_along(points, agreeing, "a", "grid").chance)
    assert move_along(points, pd.concat([agreeing, agreeing, agreeing], axis=1), "a", "grid").chance == 0.0


def test_one_thing_at_a_time_leaves_out_settings_where_others_moved() -> None:
    points = pd.DataFrame({"a": [1.0, 0.0, 2.0, 1.0, 1.0], "b": [5.0, 5.0, 5.0, 4.0, 6.0]})
    move = move_along(points, pd.DataFrame({1: [0.0, -1.0, 1.0, 70.0, 90.0]}), "a", "one-at-a-time")
    assert (move.values.tolist(), move.middle.tolist()) == ([0.0, 1.0, 2.0], [-1.0, 0.0, 1.0])
    assert math.isnan(move.chance)
    assert not move.has_bands


def test_drawn_settings_are_grouped_and_their_choice_is_in_the_band() -> None:
    random = np.random.default_rng(1)
    points = pd.DataFrame({"a": random.uniform(size=400), "b": random.uniform(size=400)})
    move = move_along(points, pd.DataFrame({1: 10.0 * points["a"], 2: 10.1 * points["a"]}), "a", "sobol")
    assert move.grouped
    assert move.points.tolist() == [50] * 8
    assert (np.diff(move.middle) > 0).all()
    assert move.has_bands
    assert move.chance < 1e-9
    assert move_along(points, pd.DataFrame({1: 10.0 * points["a"], 2: 10.1 * points["a"]}), "b", "sobol").chance > 0.01
    assert math.isnan(move_along(points, pd.DataFrame({1: 10.0 * points["a"]}), "a", "sobol").chance)
    few = pd.DataFrame({"a": [float(value) for value in range(10) for _ in range(2)]})
    assert move_along(few, few, "a", "sobol").points.tolist() == [5, 5, 5, 5]
    assert move_along(few, few, "a", "grid").points.tolist() == [2] * 10


def test_of_many_things_that_do_nothing_few_are_claimed_to_do_something() -> None:
    random = np.random.default_rng(5)
    claims = 0
    for _ in range(20):
        points = pd.DataFrame(random.uniform(size=(64, 20)), columns=[f"x{place}" for place in range(20)])
        answers = pd.DataFrame(random.normal(size=(64, 3)))
        claims += any(told_of({name: move_along(points, answers, name, "latin-hypercube") for name in points}).values())
    assert claims <= 4  # one in twenty is allowed: more than four of twenty has a chance below one in three hundred


@pytest.mark.parametrize(
    ("values", "told", "words"),
    [
        ([[0.0, 0.2], [5.0, 5.3]], True, "the answer rises from +0.1 (-1.2 to +1.4) at 2% to +5.2 (+3.2 to +7.1) at 30%"),
        ([[5.0, 5.3], [0.0, 0.2]], True, "the answer falls from +5.2 (+3.2 to +7.1) at 2% to +0.1 (-1.2 to +1.4) at 30%"),
        ([[5.0, 5.3], [0.0, 0.2]], False, "no visible change. Means lie between"),
        ([[5.0, 5.0], [5.0, 5.0]], True, "no visible change. The answer is +5.0 (the same with every seed) throughout."),
        ([[4.0, 6.0], [4.0, 6.0]], True, "no visible change. The answer is +5.0 (-7.7 to +17.7) throughout."),
        ([[5.0], [6.0]], False, "from +5.0 at 2% to +6.0 at 30%, with too few seeds to be told from luck"),
        ([[0.0, 0.1], [5.0, 5.1]], False, "with too few seeds to be told from luck"),
        ([[math.nan], [math.nan]], False, "no answer."),
    ],
)
def test_moves_in_words(values: list[list[float]], told: bool, words: str) -> None:
    view = made_up_view("none", inputs=1)
    points = pd.DataFrame({view.inputs[0].name: [0.02, 0.3]})
    move = move_along(points, pd.DataFrame(values), view.inputs[0].name, "grid")
    assert words in move_words(view, view.inputs[0], move, told=told)


def test_what_can_not_be_told_apart_is_counted_and_said() -> None:
    view = made_up_view("none", inputs=4, luck=1.0, measures=["jobs"], kind="one-at-a-time")
    body = courses_section(view).body
    assert "Spare capacity (firms): the answer rises" in body
    assert "For the one other thing that varied there is no visible change: nothing that can be told from luck." in body


def test_without_tables_each_section_says_why_in_the_words_of_the_answers() -> None:
    view = made_up_view("none", plan=None, sentences={"convergence": "There are too few runs for firms.spare_capacity."})
    assert "could not be worked out from this design" in hangs_section(view).body
    assert "Sensitivity indices need a design that varies things together" in hangs_section(view).body
    assert "The experiment names no decision" in decision_section(view).body
    assert "was not looked for" in failing_section(view).body
    assert "There are too few runs for Spare capacity (firms)." in enough_section(view).body
    assert "None of 80 runs failed." in failures_section(view).body


def test_tornado_and_indices_that_show_nothing_say_so() -> None:
    view = made_up_view("tornado", "sensitivity")
    tornado, indices = view.tables["tornado"], view.tables["sensitivity"]
    tornado.loc[:, "verdict"] = indices.loc[:, "verdict"] = "can't be told from luck"
    body = hangs_section(view).body
    assert "But for none of the things varied can the two ends be told apart: no visible change." in body
    assert "No visible change: for nothing that varied can its part be told from luck." in body
    tornado.loc[:, ["at_low", "at_high"]], tornado.loc[:, "swing"] = 4.0, 0.0
    indices.loc[:, "value"] = 0.0
    body = hangs_section(view).body
    assert "No visible change: the answer is the same at both ends of everything that varied." in body
    assert "No visible change: nothing that varied counts." in body


def test_effects_are_in_the_unit_of_the_answer_and_shares_are_not() -> None:
    view = made_up_view("sensitivity", kind="morris")
    view.tables["sensitivity"].loc[:, "index"] = ["mu_star"] * 2 + ["sigma"] * 2
    view.tables["sensitivity"].loc[:, "value"] = [31.0, 4.0, 2.0, 1.0]
    view.tables["sensitivity"].loc[:, "low"], view.tables["sensitivity"].loc[:, "high"] = 30.0, 32.0
    body = hangs_section(view).body
    assert "Spare capacity (firms) counts most (+31.0, 95% interval +30.0 to +32.0)." in body
    assert "mu*: mean size of the change of the answer along its whole range; sigma" in body.replace("Mu*", "mu*")


def test_the_decision_is_told_at_both_ends_and_where_it_turns() -> None:
    table = decision_section(made_up_view("decision")).tables[0]
    assert [cell.shown for cell in table.rows[0][2:6]] == ["Does not stand", "Stands", "Stands", "5%"]
    assert [cell.shown for cell in table.rows[1][4:6]] == ["Can't be told from luck", "never"]
    assert table.rows[0][5].value == 5.0


def test_a_box_is_told_in_words_and_open_ends_are_those_of_what_was_tried() -> None:
    view = made_up_view("discovery")
    view.tables["discovery"].loc[0, "high"] = math.inf
    body = failing_section(view).body
    assert "Box 1: 91.0% of its settings fail; it holds 62.0% of all that fail" in body
    assert "Spare capacity (firms) above 11% and Local-spend target: share below 21%" in body
    assert "Of all settings, 20.0% fail: a box drawn at random would have that density." in body
    first = failing_section(view).tables[0].rows[0]
    assert [cell.shown for cell in first[2:5]] == ["11%", "30%", "Spare capacity (firms) above 11%"]


def test_how_well_the_answer_is_known_is_in_its_unit() -> None:
    assert "known to within 2.1 jobs on each side as a mean over all settings" in enough_section(made_up_view("convergence")).body
    plan = {"measure": "retention_place/all", "scenario": LOCAL}
    view = made_up_view("convergence", plan=plan)
    view = replace(view, tables={"convergence": view.tables["convergence"].head(4)})
    body = enough_section(view).body
    assert "to within 210.0 percentage points on each side as a mean over all settings" in body


def test_failures_are_counted_by_what_went_wrong() -> None:
    body = failures_section(made_up_view("none", failed=5)).body
    assert "5 of 80 runs failed." in body
    assert "3: RunError: =HYPERLINK" in body
    assert "2: LostWorker: &lt;script&gt;" in body


def test_method_names_design_and_range_and_bounds_long_lists() -> None:
    view = made_up_view("none", kind="sobol", seeds=list(range(1, 60)))
    body = method_section(view).body
    assert "Sobol&#x27;s design" in body
    assert "Here: base sample 60, seed of the design 1." in body
    again = again_section(view, "x" * 30_000)
    assert "and 19 more." in again.body
    assert len(again.body) < 25_000


def test_plans_and_names_of_things_varied() -> None:
    asked = Asked("jobs", "town/local", True, Line(3.0, above=False), None)
    assert plan_of(asked) == {"measure": "jobs", "scenario": "town/local", "of": "difference", "below": 3.0}
    assert plan_of(Asked("jobs", "town/local", False, None, None)) == {"measure": "jobs", "scenario": "town/local", "of": "level"}
    assert (input_label("unknown.thing"), input_label("alone")) == ("Thing (unknown)", "Alone")


def test_charts_draw_what_has_no_interval_and_what_is_missing() -> None:
    values = np.array([[1.0, np.nan], [-2.0, 3.0]])
    axes = HeatAxis("a", ["1", "2"]), HeatAxis("b", ["3", "4"])
    field = heat_chart("one", *axes, values, [["+1", ""], ["(-2)", "+3"]], Amount("count"), "jobs", "words")
    assert all(f">{words}</text>" in field for words in ("+1", "(-2)", "+3", "-"))
    plain = heat_chart("two", *axes, np.full((2, 2), 4.0), [["4.0"] * 2] * 2, Amount("share"), "share", "words", around_nought=False)
    assert plain.count(">4.0</text>") == 4
    ends = (End("low", np.ones(1), NOTHING, NOTHING, ["0"]), End("high", np.full(1, 2.0), NOTHING, NOTHING, ["9"]))
    tornado = tornado_chart("three", ["A thing"], ends, Amount("count"), "jobs", "words", usual=1.5, marked=[0.0])
    assert all(words in tornado for words in (">A thing<", ">0 to 9<", "all as usual"))
    bars = [Bars("by itself", np.array([0.4]), NOTHING, NOTHING)]
    assert "what luck alone gives" in index_chart("four", ["A"], bars, Amount("share"), "share", "words", yardsticks=np.array([0.1]))
    assert "what luck alone gives" not in index_chart("five", ["A"], bars, Amount("share"), "share", "words")
    ranges = range_chart("six", [("Box 1", [Range("A thing", 0.2, 1.0, ("0", "2", "10", "10"))])], "words")
    assert [ranges.count(f">{words}<") for words in ("Box 1", "A thing", "2", "10")] == [1, 1, 1, 1]
    one = MovePanel(
        "A", "months", Amount("count"), [Trace("t", arm_style(1), np.array([3.0]), np.array([1.0]), NOTHING, NOTHING)], whole=True
    )
    assert ">3<" in move_chart("seven", [one], Amount("count"), "jobs", "words")


def test_what_counts_most_is_what_can_be_told_from_luck_and_few_seeds_that_agree_tell_nothing() -> None:
    view = made_up_view("sensitivity", "tornado")
    names = view.tables["sensitivity"]["input"].unique()
    view.tables["sensitivity"]["verdict"] = ["can't be told from luck", "matters"] * 2
    body = hangs_section(view).body
    assert f"{view.input(names[1]).label} counts most of those that can be told from luck (1.0%, 95% interval " in body
    for table in view.tables.values():
        table["verdict"] = "too few seeds to tell"
    body = hangs_section(view).body
    assert "Seeds that agree exactly are too few to say what counts." in body
    assert "But so few seeds, which agree exactly, can&#x27;t tell it from luck." in body.replace("can't", "can&#x27;t")
    assert "No: too few seeds to tell" in body


def test_an_answer_from_few_seeds_that_agree_is_not_told() -> None:
    """Without luck of its own every seed has the same difference at each setting."""
    assert "with 4 paired seeds that agree exactly, so it can't be told from luck" in answer_sentence(
        made_up_view("none", luck=0.0, seeds=[1, 2, 3, 4])
    )
    assert "95% interval" in answer_sentence(made_up_view("none", luck=0.0, seeds=[1, 2, 3, 4, 5]))


@pytest.mark.parametrize(
    ("months", "words"), [(60, "last twelve months of a run"), (6, "the 6 months of a run"), (1, "the one month of a run")]
)
def test_a_short_run_has_no_last_twelve_months(months: int, words: str) -> None:
    view = made_up_view("none", told={"months": months})
    body = experiment_section(view).body + courses_section(view).body + again_section(view).body
    assert words in body
    assert ("twelve" in body) == (months >= 12)


def test_settings_where_it_surely_fails_or_that_are_open_are_counted() -> None:
    view = made_up_view("none")
    failing = pd.DataFrame({"fails": ["yes", "no", "can't be told from luck"], "points": [3, 11, 2], "share": [3 / 16, 11 / 16, 2 / 16]})
    section = failing_section(replace(view, tables={"failing": failing}))
    shown = [[cell.shown for cell in row[:2]] for row in section.tables[0].rows]
    assert shown == [["Surely fails", "3"], ["Surely does not fail", "11"], ["Can't be told from luck", "2"]]
    with_boxes = failing_section(replace(made_up_view("discovery"), tables={**made_up_view("discovery").tables, "failing": failing}))
    assert [table.name for table in with_boxes.tables] == ["How often it fails", "Where it fails"]
    one_seed = failing_section(replace(view, tables={"failing": failing.head(2)}))
    assert one_seed.tables[0].rows[0][0].shown == "Fails"
    assert "how far luck moves this is not known" in one_seed.body
