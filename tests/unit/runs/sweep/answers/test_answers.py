"""What a whole sweep says: tables and sentences of every kind of design, with what failed left out."""

from __future__ import annotations

import numpy as np
import pytest
from support.sweeps import StandInSweep, answers_at, drawn

from sim.runs.sweep.answers import answers_of
from sim.runs.sweep.answers.convergence import points_table, seeds_for_half_width, seeds_needed, seeds_table
from sim.runs.sweep.answers.sample import sample_of

PLAN = {"measure": "jobs", "scenario": "policy", "of": "difference", "above": 0.0, "fail_below": -0.5}


def slope(points):
    return 3.0 * points[:, 0] - 1.0


def grid(levels: int):
    steps = np.linspace(0.0, 1.0, levels)
    return np.stack(np.meshgrid(steps, steps, indexing="ij")).reshape(2, -1).T


@pytest.mark.parametrize("kind", ["sobol", "morris", "latin-hypercube", "grid"])
def test_every_design_names_the_input_that_matters(kind):
    points = grid(5) if kind == "grid" else drawn(kind, 2, 64)
    values = answers_at(points, slope, luck=0.2, seeds=6)
    answers = answers_of(StandInSweep(points, values, {"kind": kind, "levels": 4}, answers=PLAN, usual=0.5))
    told = answers.sentences
    assert set(told) == {"headline", "luck", "sensitivity", "tornado", "decision", "discovery", "convergence"}
    assert told["headline"].startswith("Jobs in policy, compared with the reference: ")
    assert told["sensitivity"].startswith("The answer hangs most on x1 (")
    assert "x2" not in told["sensitivity"]
    assert told["tornado"].startswith("The widest swing is that of x1: at its high end the answer is higher than at its low end by ")
    assert "it would be changed by x1 (stands above 0.2" in told["decision"]
    assert set(answers.tables) == {"sensitivity", "tornado", "decision", "standing", "failing", "discovery", "convergence"}


def test_one_input_at_a_time_has_a_tornado_and_no_indices():
    points = np.array([[0.5, 0.5], [0.0, 0.5], [1.0, 0.5], [0.5, 0.0], [0.5, 1.0]])
    values = answers_at(points, slope, luck=0.05, seeds=4)
    answers = answers_of(StandInSweep(points, values, {"kind": "one-at-a-time"}, answers=PLAN, usual=0.5))
    assert not len(answers.tables["sensitivity"])
    assert answers.sentences["sensitivity"].startswith("One thing at a time gives a tornado")
    assert answers.tables["tornado"]["verdict"].tolist() == ["rises", "can't be told from luck"]


def test_other_measures_have_indices_too():
    points = drawn("sobol", 2, 16)
    values = {"jobs": answers_at(points, slope, seeds=5), "pay": answers_at(points, lambda x: x[:, 1], seeds=5)}
    table = answers_of(StandInSweep(points, values, {"kind": "sobol"}, answers=PLAN)).tables["sensitivity"]
    totals = table[table["index"] == "total"].set_index(["measure", "input"])["verdict"]
    assert totals["jobs", "x1"] == totals["pay", "x2"] == "matters"
    assert totals["jobs", "x2"] == totals["pay", "x1"] == "changes nothing"


def test_what_failed_is_left_out_and_said():
    points = drawn("sobol", 2, 16)
    values = answers_at(points, slope, luck=0.1, seeds=3)
    values[6, 0] = np.nan
    values[:, 2] = np.nan
    told = answers_of(StandInSweep(points, values, {"kind": "sobol"}, answers=PLAN)).sentences["lost"]
    assert told == (
        "Left out, since runs failed, are still to come, or have no such measure: 4 settings (whole blocks of the design) and 1 seed; "
        "60 settings with 2 seeds are left."
    )


def test_when_nothing_is_left_that_is_all_it_says():
    points = drawn("sobol", 2, 4)
    answers = answers_of(StandInSweep(points, np.full((16, 2), np.nan), {"kind": "sobol"}))
    assert answers.tables == {}
    assert answers.sentences["headline"].startswith("No setting has an answer with any seed")


def test_no_visible_change_is_an_answer():
    points = drawn("sobol", 2, 16)
    told = answers_of(StandInSweep(points, np.zeros((len(points), 5)), {"kind": "sobol"}, answers=PLAN)).sentences
    assert told["headline"].endswith(" at every setting.")
    assert told["luck"] == "No visible change: the answer is the same at every setting."
    assert told["sensitivity"] == "No visible change: nothing that varies moves the answer."
    assert told["tornado"].startswith("No visible change")
    assert "stands at 0 of 64 settings (0%) and does not at 64." in told["decision"]
    assert told["discovery"] == "The policy fails nowhere: at none of 64 settings does the mean over seeds lie below -0.5."
    assert "no luck can be seen in it" in told["convergence"]


def test_one_seed_says_that_luck_is_not_known():
    points = drawn("sobol", 2, 16)
    told = answers_of(StandInSweep(points, answers_at(points, slope), {"kind": "sobol"}, answers=PLAN)).sentences
    for name in ("luck", "sensitivity", "decision"):
        assert "one seed" in told[name]
    assert told["convergence"].startswith("One seed says nothing about luck")


def test_without_a_plan_a_difference_is_asked_whether_it_lies_above_nought():
    points = drawn("sobol", 2, 16)
    sweep = StandInSweep(points, answers_at(points, slope, luck=0.1, seeds=3), {"kind": "sobol"})
    assert answers_of(sweep).sentences["decision"].startswith("The decision (the answer lies above 0) stands at ")


def test_a_level_without_a_decision_has_none():
    points = drawn("sobol", 2, 16)
    plan = {"measure": "jobs", "scenario": "policy", "of": "level"}
    answers = answers_of(StandInSweep(points, answers_at(points, slope, luck=0.1, seeds=3), {"kind": "sobol"}, answers=plan))
    assert answers.sentences["decision"].startswith("No decision is named")
    assert answers.sentences["discovery"].startswith("No failure is named")
    assert not {"decision", "standing", "discovery"} & set(answers.tables)


def test_half_of_the_interval_by_number_of_seeds_by_hand():
    """1, 2, 3, 6: of the first two mean 1.5 and half 12.706 / 2; of all mean 3, spread 2.160, half 3.182 * 1.080."""
    table = seeds_table(sample_of(["x"], np.zeros((1, 1)), np.array([[1.0, 2.0, 3.0, 6.0]])))
    of_mean = table[table["what"] == "seeds"].set_index("number")
    assert of_mean.loc[[2, 4], "answer"].tolist() == [1.5, 3.0]
    assert of_mean.loc[[2, 4], "half_width"].tolist() == pytest.approx([6.353, 3.437], abs=1e-3)


def test_seeds_shared_by_points_do_not_count_as_luck_of_their_mean_twice():
    values = np.array([[1.0, 3.0], [3.0, 1.0]])
    table = seeds_table(sample_of(["x"], np.zeros((2, 1)), values)).set_index("what")
    assert table.loc["seeds", "half_width"] == 0.0
    assert table.loc["seeds at one point", "half_width"] == pytest.approx(12.706, abs=1e-3)


def test_seeds_needed_are_the_fewest():
    for wanted, spread in ((0.5, 1.0), (0.1, 2.0), (3.0, 1.0)):
        number = seeds_for_half_width(wanted, spread)
        table = seeds_table(sample_of(["x"], np.zeros((1, 1)), np.resize([-1.0, 1.0], (1, number)) * spread))
        assert table["half_width"].iloc[-1] <= wanted * 1.5
        from scipy.stats import t

        assert t.ppf(0.975, number - 1) * spread / number**0.5 <= wanted
        assert number == 2 or t.ppf(0.975, number - 2) * spread / (number - 1) ** 0.5 > wanted
    assert seeds_needed(sample_of(["x"], np.zeros((1, 1)), np.array([[-1.0, 1.0]])))["tenth"] is None


def test_more_points_narrow_the_indices():
    points = drawn("sobol", 2, 256)
    table = points_table(sample_of(["x1", "x2"], points, answers_at(points, lambda x: x[:, 0] + x[:, 1] ** 2, seeds=2), "sobol"))
    widths = table[table["input"] == "x1"].set_index("number")["half_width"]
    assert widths.index.tolist() == [128, 256, 512, 1024]
    assert widths.iloc[-1] < 0.6 * widths.iloc[0]
