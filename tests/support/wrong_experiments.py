"""A good experiment file, pieces of it that tests put others in place of, and what is said of each change.

The wrong line ends with ``# HERE``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.errors import InputError, Problem
from sim.settings.experiment import Experiment
from sim.settings.reading.problems import Kind

Read = Callable[[str], Experiment]

TINY = Path(__file__).parents[1] / "unit" / "settings" / "files" / "tiny-place.yaml"
SCENARIOS = {
    "reference": f"title: Reference\nplace: {TINY}\nstart: 2020-01\nmonths: 24\n",
    "buying": "title: Buying\nbased_on: ./reference.yaml\npolicies:\n  - {use: buy_here, share: 0.2}\n"
    "  - {use: found_cooperative, anchor: council, sector: finance, start: 2021-06}\n",
    "longer": "title: Longer\nbased_on: ./reference.yaml\nmonths: 36\n",
    "later": "title: Later\nbased_on: ./reference.yaml\nstart: 2020-02\n",
    "elsewhere": "title: Elsewhere\nplace: anytown\nstart: 2020-01\nmonths: 24\n",
    "broken": "title: Broken\nbased_on: ./reference.yaml\nmonths: 0\n",
    "other/buying": "title: Another\nbased_on: ../reference.yaml\n",
}
GOOD = """\
title: Good
scenarios:
  - ./reference.yaml
  - ./buying.yaml
seeds: 3
design: {kind: grid, levels: 3}
vary:
  - parameter: households.local_shopping
    low: 0.2
    high: 0.6
  - policy: buy_here
    option: share
    values: [0.1, 0.3]
measures: [jobs]
keep: {months: [12, 24]}
answers:
  measure: jobs
  decision: {above: 0}
"""
SEEDS, DESIGN, MEASURES, KEEP = "seeds: 3", "design: {kind: grid, levels: 3}", "measures: [jobs]", "keep: {months: [12, 24]}"
ARMS = "  - ./reference.yaml\n  - ./buying.yaml"
SHOPPING = "  - parameter: households.local_shopping\n    low: 0.2\n    high: 0.6"
SHARE = "  - policy: buy_here\n    option: share\n    values: [0.1, 0.3]"
ANSWERS = "answers:\n  measure: jobs\n  decision: {above: 0}"


@dataclass(frozen=True)
class Case:
    """A piece of the good file, what stands there instead, and what is said about it."""

    name: str
    old: str
    new: str
    kind: Kind
    key: str
    given: str = ""
    allowed: str = ""
    remedy: str = ""
    message: str = ""
    nearest: str | None = None


def problems(read: Read, text: str) -> tuple[Problem, ...]:
    """What is said of an experiment file that is refused."""
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.problems


def told_as_it_should_be(case: Case, read: Read) -> None:
    """The changed file is refused for one reason, with its line, key and words."""
    assert GOOD.count(case.old) == 1
    text = GOOD.replace(case.old, case.new)
    if case.name == "too many values":
        text = text.replace(f"\n{KEEP}", "")
    if case.name == "policy that begins too late":
        text = text.replace(SHARE, "  - policy: found_cooperative  # HERE\n    option: jobs\n    values: [1, 2]").replace(f"\n{KEEP}", "")
    (problem,) = problems(read, text)
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith("# HERE")]
    assert problem.kind == case.kind
    assert problem.line == (lines[0] if lines else 1)
    assert problem.key == case.key
    for wanted, told in ((case.given, problem.given), (case.allowed, problem.allowed), (case.remedy, problem.remedy)):
        assert wanted in told
    assert case.message in problem.message
    assert problem.nearest == case.nearest
