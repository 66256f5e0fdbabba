"""What `run` and `compare` ask for, argument by argument, and what they say of scenarios that can't be compared; nothing is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from stand_in import MEASURES, StandIn, stand_in_scenario

from sim.errors import InputError
from sim.runs import paired
from sim.runs.execute import Plan


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is the answer."""
    monkeypatch.setattr(paired, "execute", lambda plan: plan)


def test_every_argument_of_a_run_has_its_place(reference: Any) -> None:
    executor: Any = object()
    given: dict[str, Any] = {"executor": executor, "factory": StandIn, "measures": MEASURES, "quiet": False}
    arms, names = {"town/as-usual": reference}, ("town/as-usual",)
    expected = Plan("run", arms, names, (4, 7), 5, 3, Path("results/first"), executor, StandIn, MEASURES, False)
    assert paired.run(reference, [4, 7], 3, "results/first", 5, **given) == expected


def test_every_argument_of_a_comparison_has_its_place(reference: Any, changed: Any) -> None:
    executor: Any = object()
    given: dict[str, Any] = {"executor": executor, "factory": StandIn, "measures": MEASURES, "quiet": False}
    arms, names = {"town/as-usual": reference, "town/changed": changed}, ("town/as-usual", "town/changed")
    expected = Plan("compare", arms, names, (4, 7), 5, 3, Path("results/first"), executor, StandIn, MEASURES, False)
    assert paired.compare([reference, changed], [4, 7], 3, "results/first", 5, **given) == expected


def test_what_is_left_out_is_as_the_documentation_says(reference: Any, changed: Any) -> None:
    """One seed of a run and thirty of a comparison, for the months of the scenarios, quietly, on all processors, written nowhere."""
    one: Any = paired.run(reference)
    assert one == Plan("run", {"town/as-usual": reference}, ("town/as-usual",), (1,), 14)
    both: Any = paired.compare([reference, changed])
    assert (both.seeds, both.months, both.quiet) == (tuple(range(1, 31)), 14, True)
    assert (both.workers, both.out, both.executor, both.factory, both.measures) == (None, None, None, None, None)


def test_one_scenario_or_a_name_alone_is_no_comparison(reference: Any) -> None:
    with pytest.raises(InputError) as caught:
        paired.compare("anytown/buy-local")
    assert str(caught.value).splitlines()[1:] == [
        "scenarios: one scenario can't be compared",
        "    given:   anytown/buy-local",
        "    allowed: two or more",
        "    remedy:  name a reference and what to compare with it",
    ]
    with pytest.raises(InputError, match="one scenario can't be compared"):
        paired.compare([reference])


def test_scenarios_of_different_length_are_told_with_the_months_that_all_have(reference: Any) -> None:
    with pytest.raises(InputError) as caught:
        paired.compare([stand_in_scenario("town/long", months=24), reference])
    assert str(caught.value).splitlines()[1:] == [
        "months: the scenarios are of different length",
        "    given:   town/long 24, town/as-usual 14",
        "    allowed: one number of months for all arms",
        "    remedy:  give months=14 (--months 14)",
    ]
