"""A recorder of some measures in some months gives the values of the full recorder, to the last bit."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from support.places import shipped

from sim.core.records import RunRecord
from sim.core.registry import MEASURES
from sim.economy import Economy
from sim.errors import UnknownNameError
from sim.kinds.flows import no_flows
from sim.measures.recorder import Recorder
from sim.runs.opening.opened import opened

MONTHS = 14


@cache
def opening() -> Economy:
    """Anytown under the full package, at its opening."""
    return opened(shipped("anytown/full-package"), seed=2)


def town_now(scenario: str = "anytown/full-package") -> Economy:
    """A copy of it under a scenario."""
    return opening().with_scenario(shipped(scenario))


@cache
def full(scenario: str = "anytown/full-package") -> RunRecord:
    """What the full recorder leaves behind."""
    return town_now(scenario).run(MONTHS)


def same(found: np.ndarray, whole: np.ndarray, months: list[int]) -> bool:
    """Whether the months measured have the same bits, and the others no value."""
    rest = np.delete(found, np.array(months, int) - 1)
    chosen = np.array(months, int) - 1
    return len(found) == len(whole) and found[chosen].tobytes() == whole[chosen].tobytes() and bool(np.isnan(rest).all())


def test_every_measure_alone_has_the_values_of_the_full_recorder() -> None:
    town, months = town_now(), [2, MONTHS]
    singles = {item.name: Recorder(town, [item.name], months) for item in MEASURES}
    for _ in range(MONTHS):
        town.advance()
        for single in singles.values():
            # Each one alone: nothing that another recorder noted of the month is left.
            town.notes.flows, town.notes.ordered_income, town.notes.ordered_wealth = no_flows(), np.zeros(0), np.zeros(0, np.int64)
            single.record(town)
    whole = full().measures
    found = {name: values for single in singles.values() for name, values in single.finish(town).measures.items()}
    assert found.keys() == whole.keys()
    assert [name for name in whole if not same(found[name], whole[name], months)] == []


@pytest.mark.parametrize("draw", range(5))
def test_random_measures_in_random_months_have_the_values_of_the_full_recorder(draw: int) -> None:
    luck = np.random.default_rng(draw)
    scenario = ("anytown/full-package", "anytown/business-as-usual")[draw % 2]
    whole, town = full(scenario), town_now(scenario)
    names = luck.choice(sorted(whole.measures), size=luck.integers(1, 9), replace=False).tolist()
    months = sorted(luck.choice(np.arange(1, MONTHS + 1), size=luck.integers(1, 6), replace=False).tolist())
    record = town.run(MONTHS, record=Recorder(town, names, months if draw < 3 else lambda month: month in months))
    assert record.measures.keys() == set(names)
    assert [name for name in names if not same(record.measures[name], whole.measures[name], months)] == []
    assert record.channel_totals is not None
    assert whole.channel_totals is not None
    assert record.channel_totals.rows() == whole.channel_totals.rows()
    assert record.accounts == whole.accounts
    assert (record.flow_matrices, record.balance_sheets, record.pound_flows, record.distributions) == ({}, {}, {}, {})


def test_months_alone_measure_everything_in_them() -> None:
    town = town_now()
    found = town.run(MONTHS, record=Recorder(town, months=[MONTHS])).measures
    assert found.keys() == full().measures.keys()
    assert all(same(found[name], values, [MONTHS]) for name, values in full().measures.items())


def test_the_journal_is_kept_in_the_months_measured_alone() -> None:
    town = town_now()
    recorder, kept = Recorder(town, ["lm3"], [2]), []
    town.run(3, progress=lambda _: kept.append(len(town.ledger.journal) > 0), record=recorder)
    assert kept == [False, True, False]
    assert town.ledger.keep_journal


def test_a_recorder_that_comes_later_remembers_the_firms_of_a_year_ago() -> None:
    town = town_now()
    town.run(5)
    found = town.run(MONTHS - 5, record=Recorder(town, ["survival/all"])).measures["survival/all"]
    assert found.tobytes() == full().measures["survival/all"][5:].tobytes()
    assert len(np.unique(found)) > 1


def test_unknown_measures_and_keys_are_told() -> None:
    town = town_now()
    with pytest.raises(UnknownNameError, match=r"retention_plaice.*retention_place"):
        Recorder(town, ["retention_plaice"])
    with pytest.raises(UnknownNameError, match=r"key of the measure retention_place.*everyone"):
        town.run(1, record=Recorder(town, ["retention_place/everyone"]))
