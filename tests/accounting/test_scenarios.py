"""The books of every shipped scenario, every month, every account, with ``==``."""

from __future__ import annotations

import pytest
from support.books import Auditor
from support.places import ANYTOWN, PRESTON, shipped

from sim.economy import Economy
from sim.settings.load import shipped as shipped_names

MONTHS = 30


def test_all_shipped_scenarios_are_audited_here():
    assert sorted(shipped_names("scenario")) == sorted(ANYTOWN + PRESTON)


@pytest.mark.parametrize("name", ANYTOWN)
def test_books_of_anytown(name):
    audit = Auditor(Economy(shipped(name), seed=7))
    for _ in range(MONTHS):
        audit.step()
    assert audit.payments > 50_000 * MONTHS
    always = {"grants", "benefits", "pensions", "council tax", "contracts", "inputs", "business taxes", "exports", "wages", "work taxes"}
    always |= {"shopping", "spending taxes", "rents", "mortgage interest", "loan interest", "new loans", "repayments", "profit taxes"}
    always |= {"investment", "payouts", "owner capital", "estates"}
    assert always <= audit.channels
    if name == "anytown/full-package":
        assert {"seed capital", "policy costs"} <= audit.channels


@pytest.fixture(scope="module")
def preston() -> Economy:
    """Preston at its opening; the arms of one seed share it."""
    return Economy(shipped(PRESTON[0]), seed=1)


@pytest.mark.parametrize("name", PRESTON)
def test_books_of_preston(preston, name):
    audit = Auditor(preston.with_scenario(shipped(name)))
    for _ in range(2):
        audit.step()
    assert audit.payments > 2_000_000
