"""The audit itself: it finds what is wrong, so that its silence means something."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from support.books import Auditor
from support.places import scaled, shipped, with_parameters, with_place

from sim.core.channels import COOPERATIVES, LOCAL_FIRMS
from sim.economy import Economy

Sabotage = Callable[[Economy], None]


def a_penny_between_residents(town: Economy) -> None:
    first, second = town.residents["account"][np.argsort(-town.ledger.balance[town.residents["account"]])[:2]]
    town.ledger._balance[first] -= 1
    town.ledger._balance[second] += 1


def a_forgotten_booking(town: Economy) -> None:
    del town.ledger.journal[3]


def a_loan_forgiven_in_silence(town: Economy) -> None:
    town.firms["loan"][np.argmax(town.firms["loan"])] -= 1


def a_mortgage_grown(town: Economy) -> None:
    town.residents["mortgage"][0] += 1


def a_worker_lost(town: Economy) -> None:
    town.firms["workers"][np.argmax(town.firms["workers"])] -= 1


def arrears_forgotten(town: Economy) -> None:
    town.residents["rent_arrears"][0] += 1


def a_cell_of_the_matrix(town: Economy) -> None:
    town.ledger.flows[0, 5] += 1
    town.ledger.flows[0, 6] -= 1


def a_firm_in_the_wrong_sector(town: Economy) -> None:
    firm = town.firms["account"][np.flatnonzero(town.ledger.sector[town.firms["account"]] == LOCAL_FIRMS)[0]]
    town.ledger._sector[firm] = COOPERATIVES


def a_price_below_nought(town: Economy) -> None:
    town.firms["price"][0] = -0.5


@pytest.fixture(scope="module")
def town() -> Economy:
    """A tiny town."""
    usual = shipped("anytown/business-as-usual")
    scenario = with_parameters(with_place(usual, scaled(usual.place, 1 / 25)), behaviour__burn_in_months=2)
    return Economy(scenario, seed=3)


@pytest.mark.parametrize(
    ("sabotage", "words"),
    [
        (a_penny_between_residents, "the journal says"),
        (a_forgotten_booking, "the journal says"),
        (a_loan_forgiven_in_silence, "its flows say"),
        (a_mortgage_grown, "a mortgage changed"),
        (a_worker_lost, "workers are miscounted"),
        (arrears_forgotten, "rent arrears do not add up"),
        (a_cell_of_the_matrix, "the flow matrix differs from the journal"),
        (a_price_below_nought, "price: 1 values outside 0"),
        (a_firm_in_the_wrong_sector, "firms stand in the wrong sector|the flow matrix"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_audit_finds(town, sabotage: Sabotage, words: str):
    audit = Auditor(town.with_scenario(town.scenario))
    audit.step()
    before = audit.note()
    audit.economy.step()
    sabotage(audit.economy)
    with pytest.raises(AssertionError, match=words):
        audit.check(before)


def test_the_audit_is_silent_where_nothing_is_wrong(town):
    audit = Auditor(town.with_scenario(town.scenario))
    audit.step()
    before = audit.note()
    audit.economy.step()
    audit.check(before)
