"""Retention of the invented town, month by month: what the parts say together, also when a holder of a contract ends."""

from __future__ import annotations

import numpy as np
import pytest
from support.places import shipped

from sim.core.channels import BRANCHES, COMMUNITY_FIRMS, LOCAL_FIRMS
from sim.measures.retention import payments, retention_place, retention_stays, spend_by_owner, spend_small_firms
from sim.runs.opening.opened import opened

MONTHS = 24
OWNERS_HERE = ("local firms", "co-operatives", "community firms", "branches")


@pytest.fixture(scope="module")
def months() -> list[dict[str, float]]:
    """The measures of each month, and pence of contracts paid to firms that ended in it."""
    town = opened(shipped("anytown/full-package"), seed=1)
    said = []
    for _ in range(MONTHS):
        town.advance()
        _, supplier, pence = payments(town)
        sector, ended = town.ledger.sector[supplier], town.firm_row[supplier] < 0
        small = (sector >= LOCAL_FIRMS) & (sector <= COMMUNITY_FIRMS)
        owners = spend_by_owner(town)
        said.append(
            {
                "ended": float(pence[ended & (sector >= LOCAL_FIRMS) & (sector <= BRANCHES)].sum()),
                "ended small": float(pence[ended & small].sum() / pence.sum()),
                "small": spend_small_firms(town),
                "place": retention_place(town)["all"],
                "stays": retention_stays(town)["all"],
                "owners": sum(owners[name] for name in OWNERS_HERE),
                "all owners": sum(owners.values()),
                "branches": owners["branches"],
            }
        )
    return said


def test_a_holder_of_a_contract_ends(months: list[dict[str, float]]) -> None:
    assert max(month["ended"] for month in months) > 0.0, "the run must show the case"


def test_owners_in_the_place_add_up_to_the_headline_share(months: list[dict[str, float]]) -> None:
    for month in months:
        assert month["owners"] == pytest.approx(month["place"], abs=1e-12)
        assert month["all owners"] == pytest.approx(1.0, abs=1e-12)


def test_what_stays_is_short_of_the_headline_by_no_more_than_the_branches(months: list[dict[str, float]]) -> None:
    for month in months:
        assert 0.0 < month["stays"] <= month["place"] + 1e-12


def test_a_firm_that_ended_counts_as_small(months: list[dict[str, float]]) -> None:
    for month in months:
        assert month["ended small"] <= month["small"] + 1e-12
        assert month["small"] <= month["owners"] - month["branches"] + 1e-12


def test_money_of_an_ended_branch_leaves_at_the_mean_rate_of_living_branches() -> None:
    town = opened(shipped("anytown/full-package"), seed=1)
    town.advance()
    _, supplier, pence = payments(town)
    here = np.flatnonzero((town.ledger.sector[supplier] == BRANCHES) & (pence > 0))
    firms, gone = town.firms, int(supplier[here[0]])
    before = spend_by_owner(town), retention_place(town)
    row = int(town.firm_row[gone])
    rates = np.clip(1.0 - firms["usual_costs"] / np.maximum(firms["usual_sales"], 1.0), 0.0, 1.0)
    others = (town.ledger.sector[firms["account"]] == BRANCHES) & (firms["account"] != gone)
    mean = float(rates[others].mean())
    town.notes.passed_outside = 0
    was = retention_stays(town)["all"]
    held, own = float(pence[supplier == gone].sum() / pence.sum()), float(rates[row])
    firms.drop(firms.slots[row : row + 1])
    town.refresh_rows()
    assert (spend_by_owner(town), retention_place(town)) == before
    assert retention_stays(town)["all"] == pytest.approx(was + held * (own - mean), abs=1e-12)
