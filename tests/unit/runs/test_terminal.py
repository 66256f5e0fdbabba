"""What a terminal says around the table: the cost of policies over all months, and which place is invented."""

from __future__ import annotations

import copy
import io
from dataclasses import replace
from typing import Any

import pytest
from stand_in import MEASURES, StandIn

from sim.core.records import RunRecord
from sim.runs import Result, compare
from sim.runs.outcome import MeasureFacts
from sim.runs.statistics.hints import HINT_NOTE
from sim.runs.words.terminal import UNEVEN_NOTE, print_result
from sim.runs.words.warnings import CountedWarning

COSTS = MeasureFacts("policy_costs", "Cost of running policies", "pounds a month", "money", "A cost.", "invented", "mean")


class Costly(StandIn):
    """Pays 1,000 pounds in its first month, and 100 more for each seed number above the first."""

    def run(self, months: int | None = None) -> RunRecord:
        record = super().run(months)
        costs = 0.0 * record.measures["level"]
        if self.scenario.policies:
            costs[0] = 900.0 + 100.0 * self.seed
        return replace(record, measures={**record.measures, "policy_costs": costs})


@pytest.fixture
def costly(reference: Any, changed: Any) -> Result:
    return compare([reference, changed], seeds=3, workers=1, factory=Costly, measures={**MEASURES, "policy_costs": COSTS})


def shown(result: Result) -> str:
    stream = io.StringIO()
    print_result(result, stream)
    return stream.getvalue()


def test_costs_of_all_months_stand_under_the_table(costly: Result) -> None:
    said = " ".join(shown(costly).split())
    assert "Policies cost £1,100 over the whole run, with the seed capital they gave (mean over seeds)." in said
    assert "The table has the last 12 months alone: seed capital given before is not in it." in said


def test_money_says_for_which_time_it_is(costly: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert "Cost of running policies, a month" in shown(costly)


@pytest.mark.parametrize("told", [True, False])
def test_a_hint_is_marked_and_explained_once(costly: Result, told: bool) -> None:
    summary = costly.tables["summary"].assign(decision="higher", told_after_holm=told)
    said = " ".join(shown(replace(costly, tables={**costly.tables, "summary": summary})).split())
    assert "higher" in said
    assert ("higher *" in said) is not told
    assert said.count(HINT_NOTE) == (0 if told else 1)


def test_nothing_is_said_of_costs_that_were_not_recorded(reference: Any, changed: Any) -> None:
    assert "Policies cost" not in shown(compare([reference, changed], seeds=2, workers=1, factory=StandIn, measures=MEASURES))


def test_an_invented_place_is_named_where_arms_have_different_places(costly: Result) -> None:
    assert "The place is invented.\n" in shown(costly)
    scenarios = copy.deepcopy(dict(costly.scenarios))
    scenarios["town/as-usual"]["place"]["values"].update(name="real", title="Real Town", invented=False)  # type: ignore[index]
    said = shown(replace(costly, scenarios=scenarios))
    assert "Anytown is an invented place.\n" in said
    assert "The place is invented." not in said


def test_intervals_that_two_methods_span_are_explained_once(costly: Result) -> None:
    uneven = costly.tables["summary"].assign(companion_low=0.5, companion_high=1.5)
    assert " ".join(shown(replace(costly, tables={**costly.tables, "summary": uneven})).split()).count(UNEVEN_NOTE) == 1
    assert UNEVEN_NOTE not in " ".join(shown(costly).split())


def test_warnings_without_a_month_say_in_how_many_runs() -> None:
    assert CountedWarning("it is hot", 3, 8, None, None).where == "in 3 of 8 runs"
    assert CountedWarning("it is hot", 1, 1, None, None).where == "in the one run"


def test_a_result_says_what_it_is(costly: Result) -> None:
    assert repr(costly) == "Result(town/as-usual against town/changed, 3 seeds, 14 months, complete)"
