"""No sentence claims more than the numbers hold."""

from __future__ import annotations

import numpy as np
import pytest
from support.sweeps import StandInSweep, answers_at, drawn

from sim.runs.sweep.answers import answers_of
from sim.runs.sweep.answers.convergence import points_table
from sim.runs.sweep.answers.decision import NO, OPEN, YES, Line, decision_table, points_beyond
from sim.runs.sweep.answers.discovery import discovery_of
from sim.runs.sweep.answers.index import Index
from sim.runs.sweep.answers.luck import Part
from sim.runs.sweep.answers.morris import morris_indices
from sim.runs.sweep.answers.sample import Sample, sample_of
from sim.runs.sweep.answers.sensitivity import indices_of, sensitivity_table
from sim.runs.sweep.answers.verdicts import ABOVE_ONE, FEW_BLOCKS, FEW_SEEDS, LUCK
from sim.runs.sweep.answers.words import luck_sentence, points_sentence, seeds_sentence, sensitivity_sentence

BELOW = Line(0.0, above=False)


def sample(points, values, kind="given") -> Sample:
    inputs = points.shape[1]
    return sample_of([f"x{place + 1}" for place in range(inputs)], points, values, kind, low=np.zeros(inputs), high=np.ones(inputs))


def told(points, values, kind: str) -> dict[str, str]:
    return answers_of(StandInSweep(points, values, {"kind": kind, "levels": 4})).sentences


def test_too_few_points_say_so_of_the_decision():
    points = drawn("morris", 4, 3)
    answers = answers_of(StandInSweep(points, answers_at(points, lambda x: x[:, 0], luck=0.1, seeds=5), {"kind": "morris", "levels": 4}))
    assert not len(answers.tables["decision"])
    assert answers.sentences["decision"].endswith("There are too few settings to say what would change it.")


def test_failures_are_counted_by_what_is_sure():
    values = np.array([[-1.0, -1.1, -0.9], [-5.0, 4.0, 0.0], [1.0, 1.1, 0.9], [0.5, -0.5, 0.0]])
    assert discovery_of(sample(np.zeros((4, 1)), values), BELOW).words.startswith(
        "The policy fails (the mean over seeds lies below 0) at 2 of 4 settings (50%): surely at 1, surely not at 1, and at 2 it can't be "
        "told from luck. At 1 the mean lies exactly on the line, which is no failure."
    )


@pytest.mark.parametrize(("shift", "start"), [(0.1, "At none of 2 settings does the"), (-0.1, "At all 2 settings the")])
def test_nowhere_and_everywhere_are_left_to_what_is_sure(shift, start):
    words = discovery_of(sample(np.zeros((2, 1)), np.array([[1.0, -1.0], [2.0, -2.0]]) + shift), BELOW).words
    assert words.startswith(start)
    assert words.endswith("surely at 0, surely not at 0, and at 2 it can't be told from luck.")


def test_one_seed_fails_without_sureness():
    words = discovery_of(sample(np.zeros((2, 1)), np.array([[1.0], [-2.0]])), BELOW).words
    assert "at 1 of 2 settings (50%); with one seed how far luck moves that is not known." in words


@pytest.mark.parametrize(("seeds", "counts"), [(2, (0, 0, 2)), (4, (0, 0, 2)), (5, (1, 1, 0))])
def test_seeds_that_agree_are_sure_from_five_on(seeds, counts):
    points = np.array([[0.0], [1.0]])
    equal = sample(points, np.array([[-1.0], [1.0]]).repeat(seeds, axis=1), "grid")
    table = points_beyond(equal, BELOW).set_index("stands")["points"]
    assert (table[YES], table[NO], table[OPEN]) == counts
    row = decision_table(equal, BELOW).iloc[0]
    assert (row["holds_at_low"], row["holds_at_high"]) == ((YES, NO) if seeds > 4 else (OPEN, OPEN))
    proof = "that is no proof that others would"
    assert (proof in seeds_sentence(equal)) == (proof in luck_sentence(equal)) == (seeds < 5)


def test_the_headline_has_the_mean_and_its_interval_over_seeds():
    """Seeds have means 10, 20 and 30 over the points: 20 with half an interval of 4.303 * 10 / sqrt(3), 24.8."""
    points, by_seed = drawn("latin-hypercube", 1, 4), np.array([[10.0, 20.0, 30.0]])
    few = told(points, by_seed + np.array([[-3.0], [-1.0], [1.0], [3.0]]), "latin-hypercube")["headline"]
    assert few.endswith(
        ": +20.0 (95% interval -4.8 to +44.8, 3 paired seeds) on average over 4 settings, of which the lowest has +17.0 and the highest "
        "+23.0."
    )
    many = told(drawn("latin-hypercube", 1, 21), by_seed + np.arange(-10.0, 11.0)[:, None], "latin-hypercube")["headline"]
    assert many.endswith(" on average over 21 settings, from +11.0 to +29.0 at nine in ten of them.")
    assert told(points, by_seed.repeat(4, axis=0), "latin-hypercube")["headline"].endswith(" at every setting.")


def test_sizes_have_no_interval_below_nought():
    points = drawn("morris", 2, 8)
    for one in morris_indices(sample(points, answers_at(points, lambda x: 0.0 * x[:, 0], luck=1.0, seeds=2), "morris")):
        assert (one.interval[0] >= 0.0) == (one.index != "mu")


def test_the_number_of_seeds_is_what_makes_it_likely():
    values = np.array([[0.1, -1.0, 1.2, 0.3, -0.2]])
    assert "to be likely (80 in 100) to tell its effect from nought takes about " in seeds_sentence(sample(np.zeros((1, 1)), values))


@pytest.mark.parametrize(("half", "words"), [(0.1, "about 16 times as many settings"), (1.0, "less than 0.05 far more settings")])
def test_far_more_points_are_not_counted(half, words):
    import pandas as pd

    table = pd.DataFrame({"number": [8], "input": ["x1"], "answer": [0.5], "half_width": [half]})
    assert words in points_sentence(table, sample(np.zeros((8, 1)), np.zeros((8, 2))), "total")


@pytest.mark.parametrize(("kind", "number", "freedom"), [("sobol", 8, 7), ("morris", 6, 5), ("latin-hypercube", 20, 19)])
def test_a_bootstrap_rests_on_its_blocks(kind, number, freedom):
    points = drawn(kind, 2, number)
    found = indices_of(sample(points, answers_at(points, lambda x: x[:, 0] * x[:, 1]), kind))
    assert {round(one.unsure.freedom, 6) for one in found} == {freedom}


@pytest.mark.parametrize(("blocks", "few"), [(4, True), (8, False)])
def test_few_blocks_have_no_verdict(blocks, few):
    points = drawn("sobol", 2, blocks)
    one = sample(points, answers_at(points, lambda x: x[:, 0], luck=0.01, seeds=5), "sobol")
    table = sensitivity_table(one, "jobs")
    assert (set(table["verdict"]) == {FEW_BLOCKS}) == few
    assert sensitivity_sentence(table, "jobs", one).startswith("4 blocks of the design are too few to say") == few


def test_a_share_wholly_above_one_has_no_interval(monkeypatch):
    points = drawn("sobol", 2, 8)
    one = sample(points, answers_at(points, lambda x: x[:, 0], luck=0.01, seeds=5), "sobol")
    found = [Index("x1", "total", 1.5, Part(0.01, 30.0), 0.0, 0.001), Index("x2", "total", 1.05, Part(0.01, 30.0), 0.0, 0.5)]
    monkeypatch.setattr("sim.runs.sweep.answers.sensitivity.indices_of", lambda _: found)
    table = sensitivity_table(one, "jobs")
    assert table["verdict"].tolist() == [ABOVE_ONE, LUCK]
    assert table["low"].isna().tolist() == [True, False]
    assert "Shares of variance can't exceed 1, yet the whole interval does for x1" in sensitivity_sentence(table, "jobs", one)
    monkeypatch.setattr("sim.runs.sweep.answers.convergence.indices_of", lambda _: found)
    assert points_sentence(points_table(one), one, "total").endswith("the whole interval of a share of variance lies above 1.")


def test_the_widest_of_many_swings_is_not_named_where_luck_would_do():
    points = drawn("latin-hypercube", 10, 64)
    words = told(points, answers_at(points, lambda x: 0.0 * x[:, 0], luck=1.0, seeds=5), "latin-hypercube")["tornado"]
    assert words.endswith("of 10 things varied, about 0.5 would seem to move the answer by luck alone.")


def test_no_sentence_names_a_share_above_one():
    """With eight blocks the estimate of the total index is 1.25."""
    points = drawn("sobol", 2, 8)
    one = sample(points, answers_at(points, lambda x: 3.0 * x[:, 0] - 1.0, luck=0.3, seeds=5), "sobol")
    table = sensitivity_table(one, "jobs")
    assert table["value"].max() > 1.2
    assert sensitivity_sentence(table, "jobs", one).startswith("The answer hangs most on x1 (1, 0.74 to 1): ")


@pytest.mark.parametrize("kind", ["sobol", "morris", "latin-hypercube", "grid", "one-at-a-time"])
@pytest.mark.parametrize("seeds", [2, 4, 5])
def test_seeds_that_agree_show_what_matters_from_five_on(kind, seeds):
    """Each seed has its own level, the same at all settings, so that seeds agree exactly in what differs between settings."""
    planned = np.array([[0.5, 0.5], [0.0, 0.5], [1.0, 0.5], [0.5, 0.0], [0.5, 1.0]])
    grid = np.stack(np.meshgrid(*[np.linspace(0.0, 1.0, 4)] * 2, indexing="ij")).reshape(2, -1).T
    points = {"one-at-a-time": planned, "grid": grid}[kind] if kind in ("one-at-a-time", "grid") else drawn(kind, 2, 32)
    values = answers_at(points, lambda x: 3.0 * x[:, 0] + 1.0, seeds=seeds) + 100.0 * np.arange(seeds)
    answers = answers_of(StandInSweep(points, values, {"kind": kind, "levels": 4}, usual=0.5))
    found, few = answers.sentences, f"The {seeds} seeds agree exactly, and so few can't tell what matters: run 5 or more."
    swing = answers.tables["tornado"].set_index("input")["verdict"]["x1"]
    assert swing == (FEW_SEEDS if seeds < 5 else "rises")
    assert (found["tornado"] == few) == (seeds < 5)
    if kind != "one-at-a-time":
        assert (found["sensitivity"] == few) == (seeds < 5)
        assert ("matters" in set(answers.tables["sensitivity"]["verdict"])) == (seeds >= 5)


def test_what_few_seeds_agree_in_is_kept_apart_from_what_they_do_not():
    """On a grid the second input stirs luck, the first moves every seed alike."""
    points = np.stack(np.meshgrid(*[np.linspace(0.0, 1.0, 3)] * 2, indexing="ij")).reshape(2, -1).T
    values = points[:, :1] + points[:, 1:] * np.array([[0.1, -0.1, 0.2]])
    table = sensitivity_table(sample(points, values, "grid"), "m")
    verdicts = table[table["index"] == "total"].set_index("input")["verdict"]
    assert verdicts.to_dict() == {"x1": FEW_SEEDS, "x2": LUCK}


def test_the_headline_of_seeds_that_agree_claims_no_interval():
    points = drawn("latin-hypercube", 1, 4)
    words = told(points, np.full((4, 2), 3.0), "latin-hypercube")["headline"]
    assert words.endswith(": +3.0 (2 seeds that agree, which is no proof that others would) at every setting.")
