"""The books of a month checked from its journal alone, apart from the ledger's own check.

Every comparison is of whole pence and with ``==``. `Auditor.step` runs a month and raises AssertionError
where the books do not close.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import CHANNEL_NAMES, INSTITUTIONS, RESIDENTS
from sim.economy import Economy
from sim.kinds.firms import INSTITUTION
from sim.kinds.residents import EMPLOYED
from sim.measures.balance_sheet import CLAIMS, balance_sheet

Integers = NDArray[np.int64]

#: Rows of the balance sheet that are claims of one sector on another.
FINANCIAL_ROWS = len(CLAIMS)


@dataclass
class Before:
    """What is noted before a month."""

    balance: Integers
    sector: NDArray[np.int8]
    loans: dict[int, int]
    mortgages: Integers
    arrears: int
    living: set[int]
    #: Pairs (account, sector) in which accounts have stood since, as far as somebody looked within the month.
    stood: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Auditor:
    """Steps an economy and checks each month's books."""

    economy: Economy
    months: int = 0
    payments: int = 0
    channels: set[str] = field(default_factory=set)

    def step(self) -> None:
        """One month with its books checked."""
        before = self.note()
        self.economy.step()
        self.months += 1
        self.check(before)

    def note(self) -> Before:
        """Balances and stocks as they stand."""
        town = self.economy
        firms = town.firms
        return Before(
            balance=town.ledger.balance.copy(),
            sector=town.ledger.sector.copy(),
            loans=dict(zip(firms["account"].tolist(), firms["loan"].tolist(), strict=True)),
            mortgages=town.residents["mortgage"].copy(),
            arrears=int(town.residents["rent_arrears"].sum()),
            living=living_accounts(town),
        )

    def check(self, before: Before) -> None:
        """Everything that must hold at the end of a month."""
        town = self.economy
        payments = list(each_booking(town))
        self.payments += sum(len(pence) for *_, pence in payments)
        self.channels |= {channel for channel, *_, pence in payments if pence.any()}
        check_balances(town, before, payments)
        check_flow_matrix(town, before, payments)
        check_stocks(town, before, payments)
        check_people(town)
        check_balance_sheet(town)
        check_bounds(town)


def living_accounts(town: Economy) -> set[int]:
    """Accounts of the institutions outside and of every living agent."""
    accounts = [0, 1, 2, 3]
    for table in (town.residents, town.firms, town.anchors, town.funds):
        accounts += table["account"].tolist()
    for table, column in ((town.residents, "purse"), (town.firms, "purse"), (town.funds, "issue")):
        accounts += table[column][table[column] >= 0].tolist()
    assert len(accounts) == len(set(accounts)), "two agents share an account"
    return set(accounts)


def each_booking(town: Economy) -> Any:
    """(channel, payers, payees, pence) of each booking, all of one length."""
    for booking in town.ledger.journal:
        pence = booking.pence
        assert pence.dtype.kind in "iu", f"{booking.channel}: {pence.dtype}"
        assert (pence >= 0).all(), f"{booking.channel}: a payment below nought"
        yield booking.channel, np.broadcast_to(booking.payer, pence.shape), np.broadcast_to(booking.payee, pence.shape), pence


def replay(size: int, opening: Integers, payments: list[Any]) -> Integers:
    """Balances after the payments, one by one, from the opening balances (accounts,)."""
    balance = np.zeros(size, np.int64)
    balance[: len(opening)] = opening
    for _, payer, payee, pence in payments:
        np.subtract.at(balance, payer, pence)
        np.add.at(balance, payee, pence)
    return balance


def check_balances(town: Economy, before: Before, payments: list[Any]) -> None:
    """Each account holds what the journal says; the sum is nought; none is below its limit; ended firms hold and get nothing."""
    ledger, month = town.ledger, town.month
    expected = replay(len(ledger), before.balance, payments)
    wrong = np.flatnonzero(expected != ledger.balance)
    assert not wrong.size, f"month {month}: account {wrong[0]} holds {ledger.balance[wrong[0]]}, the journal says {expected[wrong[0]]}"
    assert int(ledger.balance.sum()) == 0, f"month {month}: the accounts sum to {int(ledger.balance.sum())}"
    assert not (ledger.balance < -ledger.credit).any(), f"month {month}: an account is below its limit"
    mine = ledger.sector == RESIDENTS
    assert (ledger.balance[mine] >= 0).all(), f"month {month}: a resident owes a bank"
    known = before.living | living_accounts(town)
    ended = np.setdiff1d(np.arange(len(ledger)), np.array(sorted(living_accounts(town))))
    assert not ledger.balance[ended].any(), f"month {month}: money lies on the account of a firm that ended"
    for channel, payer, payee, pence in payments:
        paid = pence > 0
        strangers = set(payer[paid].tolist()) | set(payee[paid].tolist())
        assert strangers <= known, f"month {month}, {channel}: accounts {sorted(strangers - known)[:3]} had ended long ago"


def check_flow_matrix(town: Economy, before: Before, payments: list[Any]) -> None:
    """The flow matrix is the journal summed by channel and sector; its rows sum to nought.

    Accounts that changed sector within the month may stand in either; for them only the sum over both is compared.
    """
    ledger, month = town.ledger, town.month
    matrix = ledger.flow_matrix().pence
    assert not matrix.sum(axis=1).any(), f"month {month}: a row of the flow matrix does not sum to nought"
    sector = ledger.sector
    stood = before.stood | set(enumerate(before.sector.tolist()))
    moved = np.zeros(len(ledger), bool)
    moved[[account for account, one in stood if one != sector[account]]] = True
    expected = np.zeros_like(matrix)
    of_moved = np.zeros(len(CHANNEL_NAMES), np.int64)
    for channel, payer, payee, pence in payments:
        row = CHANNEL_NAMES.index(channel)
        for account, sign in ((payer, -1), (payee, 1)):
            stays = ~moved[account]
            np.add.at(expected[row], sector[account[stays]], sign * pence[stays])
            of_moved[row] += sign * int(pence[~stays].sum())
    gap = matrix - expected
    may = np.zeros(len(INSTITUTIONS), bool)
    may[sector[moved]] = True
    may[[one for account, one in stood if moved[account]]] = True
    assert not gap[:, ~may].any(), f"month {month}: the flow matrix differs from the journal"
    assert (gap.sum(axis=1) == of_moved).all(), f"month {month}: the flow matrix loses what firms paid that changed hands"


def check_stocks(town: Economy, before: Before, payments: list[Any]) -> None:
    """Loans change by new loans, repayments and write-offs alone; arrears by rent due, paid and given up; mortgages by new ones."""
    firms, month = town.firms, town.month
    lent, repaid, mortgaged = np.zeros((3, len(town.ledger)), np.int64)
    rents, written = 0, 0
    for channel, payer, payee, pence in payments:
        if channel == "new loans":
            np.add.at(lent, payee, pence)
        elif channel == "repayments":
            np.add.at(repaid, payer, pence)
        elif channel == "new mortgages":
            np.add.at(mortgaged, payee, pence)
        elif channel == "rents":
            rents += int(pence.sum())
        elif channel == "write-offs":
            written += int(pence.sum())
    now = dict(zip(firms["account"].tolist(), firms["loan"].tolist(), strict=True))
    lost = 0
    for account in set(before.loans) | set(now):
        owed = before.loans.get(account, 0) + int(lent[account]) - int(repaid[account])
        if account in now:
            assert now[account] == owed, f"month {month}: the firm with account {account} owes {now[account]}, its flows say {owed}"
        else:
            assert owed >= 0, f"month {month}: account {account} repaid more than it owed"
            lost += owed
    assert town.notes.written_off == lost + written, f"month {month}: debts written off do not add up"
    strangers = set(np.flatnonzero(lent + repaid).tolist()) - set(before.loans) - set(now)
    assert not strangers, f"month {month}: others than firms borrow: {sorted(strangers)[:3]}"
    new = mortgaged[town.residents["account"]]
    assert int(new.sum()) == int(mortgaged.sum()), f"month {month}: others than residents take mortgages"
    assert (town.residents["mortgage"] == before.mortgages + new).all(), f"month {month}: a mortgage changed by other means than a new one"
    if not town.frozen:
        due = int(town.residents["rent"].sum())
        arrears = int(town.residents["rent_arrears"].sum())
        assert arrears == before.arrears + due - rents - town.notes.rent_given_up, f"month {month}: rent arrears do not add up"


def check_people(town: Economy) -> None:
    """Each employer counts as many workers as residents say they work there; nobody works for a firm that ended."""
    employed = town.residents["status"] == EMPLOYED
    employer = town.residents["employer"]
    counted = np.bincount(employer[employed], minlength=len(town.ledger))
    for table in (town.firms, town.anchors):
        assert (counted[table["account"]] == table["workers"]).all(), f"month {town.month}: workers are miscounted"
        assert (table["commuters"] >= 0).all()
        counted[table["account"]] = 0
    counted[1] = 0
    assert not counted.any(), f"month {town.month}: someone works for an employer that is not there"
    assert (employer[~employed] == -1).all()


def check_bounds(town: Economy) -> None:
    """Every column holds what its declaration allows."""
    tables = (town.residents, town.firms, town.anchors, town.funds, town.contracts, town.premises, town.dwellings)
    wrong = [sentence for table in tables for sentence in table.out_of_bounds()]
    assert not wrong, f"month {town.month}: {wrong}"


def check_balance_sheet(town: Economy) -> None:
    """Rows of claims sum to nought, deposits are those of the ledger, nobody owns less than no home or machine."""
    sheet = balance_sheet(town)
    sums = sheet.pence.sum(axis=1)
    assert not sums[:FINANCIAL_ROWS].any(), f"month {town.month}: {dict(zip(sheet.instruments, sums.tolist(), strict=True))}"
    assert (sheet.pence[FINANCIAL_ROWS:] >= 0).all()
    deposits = np.zeros(len(INSTITUTIONS), np.int64)
    np.add.at(deposits, town.ledger.sector, town.ledger.balance)
    assert (sheet.pence[0] == deposits).all()
    stands = np.array([INSTITUTION[code] for code in town.firms["kind"].tolist()], np.int8)
    assert (town.ledger.sector[town.firms["account"]] == stands).all(), f"month {town.month}: firms stand in the wrong sector"
    assert int(sheet.pence[1, INSTITUTIONS.index("banks")]) == int(town.firms["loan"].sum())
