"""Experiment and place files where a value has another shape than it must: told once, and whatever hangs on it is not told as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.wrong_experiments import ANSWERS, ARMS, GOOD, MEASURES, SHARE, SHOPPING, Read, problems

from sim.errors import InputError
from sim.settings.experiment import Design, Varied
from sim.settings.experiments.design import check_fit
from sim.settings.load import load_place
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.values import Values

PLACE = Path(__file__).parents[1] / "settings" / "files" / "tiny-place.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        (f"\n{ARMS}", " ./reference.yaml", "scenarios", "a list of names of scenarios, or paths"),
        (f"\n{SHOPPING}\n{SHARE}", " firms.spare_capacity", "vary", "a list with one thing to vary in each entry"),
        (MEASURES, "measures: jobs", "measures", "a list of measures"),
        (MEASURES, "measures: [[jobs]]", "measures[0]", "text"),
        (ANSWERS, "answers: jobs", "answers", "'measure:', and what is to be decided"),
        ("decision: {above: 0}", "decision: {above: 0}\n  scenario: [buying]", "answers.scenario", "text"),
        ("option: share", "option: share\n    scenarios: [[buying]]", "vary[1].scenarios[0]", "text"),
    ],
)
def test_a_value_of_another_shape_in_an_experiment_is_told_once(old: str, new: str, key: str, allowed: str, read: Read) -> None:
    assert GOOD.count(old) == 1
    (problem,) = problems(read, GOOD.replace(old, new))
    assert (problem.kind, problem.key) == ("wrong-type", key), problem
    assert allowed in problem.allowed and problem.remedy


def test_an_empty_experiment_is_told(read: Read) -> None:
    (problem,) = problems(read, "")
    assert problem.kind == "empty-file" and "empty" in problem.message


def test_what_hangs_on_broken_scenarios_is_not_told_as_well(read: Read) -> None:
    text = GOOD.replace(ARMS, "  - ./broken.yaml").replace(SHOPPING, "  - place: labour.commuter_share\n    low: 0.1\n    high: 0.4")
    (problem,) = problems(read, text.replace("option: share", "option: share\n    scenarios: [buying]"))
    assert "broken.yaml" in problem.file and problem.key == "months"


def test_one_at_a_time_with_broken_scenarios_is_not_told_as_well(read: Read) -> None:
    text = GOOD.replace(ARMS, "  - ./broken.yaml").replace("{kind: grid, levels: 3}", "{kind: one-at-a-time}")
    (problem,) = problems(read, text.replace(f"{SHOPPING}\n", ""))
    assert "broken.yaml" in problem.file and problem.key == "months"


def test_one_at_a_time_needs_a_usual_value() -> None:
    findings = Findings()
    varied = Varied("loans.rate", "policy", ("loans", "rate"), ("lending",), low=0.0, high=1.0)
    check_fit(Design("one-at-a-time"), [varied], [7], 5, Values(SourceFile(PLACE, "own.yaml"), findings))
    (problem,) = findings.problems
    assert (problem.kind, problem.line, problem.given) == ("contradiction", 7, "0 to 1")
    assert problem.message == "one-at-a-time leaves the others as usual, and loans.rate has no usual value"
    assert problem.remedy == "set it in the scenario, or take kind: grid"


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed", "remedy"),
    [
        ("name: tinyton", f"name: {'a' * 81}", "name", "at most 80 characters", "write at most 80 characters"),
        ("\ntitle: Tinyton\n", '\ntitle: ""\n', "title", "at least 1 character", "write at least 1 character"),
        ("anchors:\n", "anchors: []\nnone:\n", "anchors", "at least 1 entry", "add at least 1 entry: large institutions"),
    ],
)
def test_too_little_or_too_much_in_a_place_is_told(old: str, new: str, key: str, allowed: str, remedy: str, tmp_path: Path) -> None:
    good = PLACE.read_text(encoding="utf-8")
    assert good.count(old) == 1
    (tmp_path / "place.yaml").write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_place(tmp_path / "place.yaml")
    (problem,) = [one for one in caught.value.problems if one.key != "none"]
    assert (problem.kind, problem.key, problem.allowed) == ("wrong-form", key, allowed)
    assert problem.message == "too little or too much stands here" and problem.remedy.startswith(remedy)
