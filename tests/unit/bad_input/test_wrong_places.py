"""Wrong place files: a good one with one change; line, key, what was given and allowed, nearest name, remedy.

The cases stand in ``place-changes.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sim.core.registry import Intervention, Registry
from sim.errors import InputError
from sim.settings.load import check_file, load_place
from sim.settings.reading.problems import Kind

GOOD = Path(__file__).parents[1] / "settings" / "files" / "tiny-place.yaml"
MISSPELT_MAKES_TWO = {"misspelt value"}
"""Cases where one slip is two problems: a key that is unknown, and one that is missing."""

Interventions = Registry[type[Intervention]]


@dataclass(frozen=True)
class Case:
    """One change to the good place, and what is said about it."""

    name: str
    kind: Kind
    key: str
    old: str
    new: str
    given: str
    allowed: str
    remedy: str
    nearest: str | None = None
    at: str = ""


def cases() -> tuple[Case, ...]:
    """The cases in the file beside this one."""
    entries = YAML(typ="safe", pure=True).load(Path(__file__).with_name("place-changes.yaml"))
    return tuple(Case(**{**entry, "kind": Kind(entry["kind"])}) for entry in entries)


CASES = cases()


def wrong_text(case: Case) -> tuple[str, int]:
    """The text of a case, and the line where the problem is expected."""
    good = GOOD.read_text(encoding="utf-8")
    begin = good.index(case.old)
    text = good[:begin] + case.new + good[begin + len(case.old) :]
    where = text.index(case.at) if case.at else begin
    return text, text[:where].count("\n") + 1


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_wrong_place(case: Case, tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    text, line = wrong_text(case)
    path = tmp_path / "place.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_place(path)
    problems = [problem for problem in caught.value.problems if problem.kind == case.kind]
    told = str(caught.value)
    assert len(problems) == 1, told
    problem = problems[0]
    assert (problem.file, problem.line, problem.key) == (str(path), line, case.key)
    assert case.given in problem.given
    assert case.allowed in problem.allowed
    assert problem.nearest == case.nearest
    assert case.remedy in problem.remedy
    assert all(part in told for part in (str(path), f"line {line}", case.key, problem.given, problem.remedy))
    assert check_file(path, dummy_policies, dummy_shocks) == list(caught.value.problems)
    assert len(caught.value.problems) == (2 if case.name in MISSPELT_MAKES_TWO else 1), told


def test_the_good_place_is_good(dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    assert load_place(GOOD).name == "tinyton"
    assert check_file(GOOD, dummy_policies, dummy_shocks) == []


def test_there_are_cases() -> None:
    assert len(CASES) >= 40
