"""From an experiment through a stored sweep to its answers: a function of known indices, and the invented town."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.known_functions import HEIGHT, Ishigami, ishigami_experiment
from support.sweeps import ishigami_indices

import sim
from sim.runs.sweep.answers import Answers, answers_of
from sim.runs.sweep.runner import sweep
from sim.settings.experiment import AnswerPlan, Design, Experiment, Varied


def known(folder: Path, base: int, second_order: bool) -> Answers:
    experiment = ishigami_experiment(Design("sobol", points=base, second_order=second_order), seeds=(1,))
    return answers_of(sweep(experiment, folder, workers=1, factory=Ishigami, measures={"height": HEIGHT}))


def agrees(answers: Answers, index: str, at_most: float) -> bool:
    """Whether every analytic value lies in its interval, and no estimate is further off than said."""
    rows = answers.tables["sensitivity"]
    rows = rows[rows["index"] == index].reset_index(drop=True)
    truth = ishigami_indices()[index]
    inside = (rows["low"] <= truth) & (rows["high"] >= truth)
    return len(rows) == 3 and bool(inside.all()) and bool((abs(rows["value"] - truth) < at_most).all())


def test_ishigami_through_a_sweep(tmp_path):
    answers = known(tmp_path / "ishigami", 64, second_order=False)
    assert agrees(answers, "first", 0.1)
    assert agrees(answers, "total", 0.1)
    points = answers.tables["convergence"]
    assert points[points["what"] == "points"]["number"].unique().tolist() == [40, 80, 160, 320]
    assert "320 settings leave the widest interval of an index at" in answers.sentences["convergence"]


@pytest.mark.long
def test_ishigami_with_pairs_and_many_points(tmp_path):
    answers = known(tmp_path / "ishigami", 512, second_order=True)
    for index in ("first", "total", "second"):
        assert agrees(answers, index, 0.04)


def anytown(months: int, base: int, seeds: int) -> Experiment:
    """The invented town with its target for local buying and how long it takes to get there."""
    vary = (
        Varied("local_spend_target.share", "policy", ("local_spend_target", "share"), low=0.1, high=0.6),
        Varied("local_spend_target.ramp_months", "policy", ("local_spend_target", "ramp_months"), low=1.0, high=12.0, whole=True),
    )
    arm, measure, numbers = "anytown/buy-local", "retention_place/all", tuple(range(1, seeds + 1))
    plan, design = AnswerPlan(measure, arm, of="level", above=0.2), Design("sobol", points=base)
    return Experiment("target", "Target", "What matters?", {arm: sim.load(arm)}, months, numbers, design, vary, (measure,), answers=plan)


def check_anytown(answers: Answers, sizes: list[int]) -> None:
    table = answers.tables["sensitivity"]
    assert set(table["index"]) == {"first", "total"}
    assert len(table) == 4
    assert table[["value", "low", "high", "luck"]].notna().all(axis=None)
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    points = answers.tables["convergence"]
    assert points[points["what"] == "points"]["number"].unique().tolist() == sizes
    assert f"{sizes[-1]} settings" in answers.sentences["convergence"]
    assert "seeds" in answers.sentences["convergence"]


@pytest.mark.long
def test_anytown_has_intervals_and_a_line_on_convergence(tmp_path):
    check_anytown(answers_of(sweep(anytown(2, 4, 2), tmp_path / "anytown", workers=1)), [8, 16])
