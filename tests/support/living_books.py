"""The books of a living town checked between any two things that happen to it, within a month or at its end, with ``==``."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from support.books import Auditor, Before, check_balance_sheet, check_people, living_accounts, replay

from sim.core.channels import RESIDENTS
from sim.economy import Economy

Integers = NDArray[np.int64]
TABLES = ("residents", "firms", "anchors", "funds", "contracts", "premises", "dwellings")
#: Accounts of government, region, world and banks.
OUTSIDE = 4


class LivingBooks:
    """Knows what was on each account at the last look, and which slots were ever used."""

    def __init__(self, town: Economy) -> None:
        self.town = town
        self.audit = Auditor(town)
        self.held = town.ledger.balance.copy()
        self.read = len(town.ledger.journal)
        self.payments = 0
        self.ever: dict[str, set[int]] = {name: set(getattr(town, name).slots.tolist()) for name in TABLES}
        self.living: dict[str, set[int]] = {name: set(found) for name, found in self.ever.items()}
        self.before: Before | None = None

    def month_begins(self) -> None:
        """Note what the audit of the whole month needs."""
        self.before = self.audit.note()
        self.held, self.read = self.town.ledger.balance.copy(), 0

    def month_ends(self) -> None:
        """The audit of the whole month: journal, flow matrix, stocks."""
        assert self.before is not None
        self.audit.check(self.before)
        self.before = None

    def look(self) -> None:
        """Everything that holds at any moment."""
        self._accounts()
        if self.before is not None:
            # Whoever comes and goes within one month was there to be paid.
            self.before.living |= living_accounts(self.town)
            self.before.stood |= set(enumerate(self.town.ledger.sector.tolist()))
            for account in self.town.firms["account"].tolist():
                self.before.loans.setdefault(account, 0)
        self.town.ledger.check()
        self._slots()
        check_people(self.town)
        check_balance_sheet(self.town)
        check_limits(self.town)
        check_claims(self.town)

    def _accounts(self) -> None:
        """What was booked since the last look, and nothing else, changed what accounts hold."""
        ledger = self.town.ledger
        new = ledger.journal[self.read :]
        payments = [
            (one.channel, np.broadcast_to(one.payer, one.pence.shape), np.broadcast_to(one.payee, one.pence.shape), one.pence)
            for one in new
        ]
        expected = replay(len(ledger), self.held, payments)
        wrong = np.flatnonzero(expected != ledger.balance)
        assert not wrong.size, f"account {wrong[0]} holds {ledger.balance[wrong[0]]}, what was booked says {expected[wrong[0]]}"
        self.payments += sum(len(pence) for *_, pence in payments)
        self.held, self.read = ledger.balance.copy(), len(ledger.journal)

    def _slots(self) -> None:
        """A slot is one row's, and never again another's after it went."""
        for name in TABLES:
            slots = getattr(self.town, name).slots.tolist()
            now = set(slots)
            assert len(now) == len(slots), f"{name}: a slot stands twice"
            again = (now - self.living[name]) & self.ever[name]
            assert not again, f"{name}: slot {min(again, default=0)} is used again"
            self.ever[name] |= now
            self.living[name] = now


def check_limits(town: Economy) -> None:
    """No resident owes through an account; accounts of firms that ended are empty and without a credit line."""
    ledger = town.ledger
    assert (ledger.balance[ledger.sector == RESIDENTS] >= 0).all(), "a resident is overdrawn"
    ended = np.ones(len(ledger), bool)
    ended[sorted(living_accounts(town))] = False
    assert not ledger.balance[ended].any(), "money lies on the account of a firm that ended"
    assert not ledger.credit[ended].any(), "a firm that ended has a credit line"


def check_claims(town: Economy) -> None:
    """Claims point to parties that live, and both sides of a claim are one sum."""
    residents, firms, anchors, contracts = town.residents, town.firms, town.anchors, town.contracts
    everybody = np.zeros(len(town.ledger), bool)
    everybody[:OUTSIDE] = True
    for table in (firms, anchors, residents, town.funds):
        everybody[table["account"]] = True
    assert (town.firm_row[firms["account"]] == np.arange(len(firms))).all(), "rows of firms are looked up wrongly"
    _points(town, "a contract's supplier", contracts["supplier"], everybody)
    assert ((contracts["anchor"] >= 0) & (contracts["anchor"] < len(anchors))).all(), "a contract of no anchor"
    for name in ("value", "base_value", "owing"):
        assert (contracts[name] >= 0).all(), f"a contract's {name} is below nought"
    _points(town, "a firm's owner", firms["owner"], everybody)
    _points(town, "a landlord", residents["landlord"], everybody)
    _points(town, "whoever owes a stake", residents["stake_in"], everybody)
    _points(town, "a dwelling's resident", town.dwellings["resident"], everybody)
    _points(town, "an owner of premises", town.premises["owner"], everybody)
    assert ((residents["stake"] > 0) == (residents["stake_in"] >= 0)).all(), "a stake without the co-operative that owes it"
    owed = np.bincount(np.maximum(residents["stake_in"], 0), weights=residents["stake"], minlength=len(town.ledger)).astype(np.int64)
    assert (owed[firms["account"]] == firms["stakes"]).all(), "stakes of members and of their co-operative differ"
    assert int(owed.sum()) == int(firms["stakes"].sum()), "a stake is owed by whoever is no firm"
    debts: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (firms, ("loan", "bank_debt", "fund_debt", "stakes", "reserve", "sales", "costs")),
        (residents, ("mortgage", "rent_arrears", "stake", "bank_deposits", "union_savings", "union_debt", "wage")),
        (anchors, ("bank_deposits", "fund_units", "policy_costs")),
    )
    for table, names in debts:
        for name in names:
            assert (table[name] >= 0).all(), f"{name} is below nought"


def _points(town: Economy, what: str, accounts: NDArray[np.integer], everybody: NDArray[np.bool_]) -> None:
    """Accounts named are those of parties that live; -1 is nobody."""
    named = accounts[accounts >= 0]
    lost = named[~everybody[named]]
    assert not lost.size, f"{what} is account {lost[0] if lost.size else 0}, which is nobody's"
