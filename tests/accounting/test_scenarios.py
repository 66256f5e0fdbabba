"""The books of shipped scenarios and of all their levers at once, every month, every account, with ``==``."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.books import Auditor
from support.levers import names, sensible, with_uses
from support.places import ANYTOWN, PRESTON, shipped, with_parameters

from sim.core.channels import CHANNEL_NAMES
from sim.economy import Economy
from sim.runs.opening.opened import opened
from sim.settings.load import shipped as shipped_names

#: Until the later levers of the full package have begun; fewer months for the scenarios that begin at once.
MONTHS, FEWER = 30, 13
OTHERS = (
    "anytown/buy-local-everywhere",
    "anytown/buy-local-region",
    "anytown/export-recession",
    "anytown/full-package-export-recession",
    "anytown/living-wage",
    "anytown/living-wage-and-buy-local",
    "preston/buy-local-everywhere",
)


@pytest.fixture(scope="module")
def anytown() -> Economy:
    """The invented town at its opening."""
    return opened(shipped(ANYTOWN[0]), seed=7)


def test_all_shipped_scenarios_of_the_two_towns_are_audited_here():
    # Those of one lever each are audited with all the other levers, in the same town; replays, with parameters of their own, need
    # an opening of their own, and larger places take minutes to open: their books are checked in each of their runs, as everywhere.
    towns = {name for name in shipped_names("scenario") if name.startswith(("anytown/", "preston/"))}
    shipped_here = {name for name in towns if "replay" not in name}
    assert {*ANYTOWN, *PRESTON, *OTHERS} == shipped_here


def test_books_of_all_levers_at_once(anytown):
    audit = Auditor(anytown.with_scenario(with_uses(anytown.scenario, [sensible(name) for name in names()])))
    for _ in range(MONTHS):
        audit.step()
    # Nobody with a stake need leave a co-operative in this time.
    assert set(CHANNEL_NAMES) - audit.channels <= {"stakes returned"}


@pytest.mark.parametrize("name", [*ANYTOWN, *(name for name in OTHERS if name.startswith("anytown"))])
def test_books_of_anytown(anytown, name):
    audit = Auditor(anytown.with_scenario(shipped(name)))
    months = FEWER if name in OTHERS else MONTHS
    for _ in range(months):
        audit.step()
    assert audit.payments > 50_000 * months
    always = {"grants", "benefits", "pensions", "council tax", "contracts", "inputs", "business taxes", "exports", "wages", "work taxes"}
    always |= {"shopping", "spending taxes", "rents", "mortgage interest", "loan interest", "new loans", "repayments", "profit taxes"}
    always |= {"investment", "payouts", "owner capital", "estates"}
    assert always <= audit.channels
    if name == "anytown/full-package":
        assert {"seed capital", "policy costs"} <= audit.channels


@pytest.fixture(scope="module")
def preston() -> Economy:
    """Preston after a few months, for books close whether or not a town has come to rest; the arms of one seed share it."""
    return opened(with_parameters(shipped(PRESTON[0]), behaviour__burn_in_months=6), seed=1)


@pytest.mark.parametrize("name", [PRESTON[0], PRESTON[2]])
def test_books_of_preston(preston, name):
    audit = Auditor(preston.with_scenario(replace(shipped(name), parameters=preston.scenario.parameters)))
    for _ in range(2):
        audit.step()
    assert audit.payments > 2_000_000


@pytest.mark.long
@pytest.mark.parametrize("name", [*PRESTON, *(name for name in OTHERS if name.startswith("preston"))])
def test_books_of_preston_at_rest(name):
    audit = Auditor(opened(shipped(PRESTON[0]), seed=1).with_scenario(shipped(name)))
    for _ in range(2):
        audit.step()
    assert audit.payments > 2_000_000
