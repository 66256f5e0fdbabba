"""A local currency: issued against pounds one for one, spent from purse to purse, changed back for a fee.

A purse is an account of the same ledger, so every measure counts what is paid from it. The issuer holds the pounds on one
account and owes the currency on another; what it holds and what it owes are compared by ``==`` every month.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import FUNDS
from sim.core.columns import Table
from sim.core.ledger import NO_LIMIT
from sim.errors import MoneyError
from sim.kinds.categories import CATEGORIES
from sim.kinds.claims import fund_row, in_purse
from sim.kinds.firms import Branch
from sim.kinds.funds import CurrencyIssuer
from sim.kinds.rules_money import CurrencyTerms
from sim.kinds.town import Town
from sim.month.finance.funds import set_up
from sim.month.finance.paying import purses
from sim.month.trade.finding import find_sellers

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def to_change(spending: Integers, budget: float, held: Integers, balance: Integers, housing: Integers) -> Integers:
    """Pounds that members change (n,) pence: up to a share of last month's spending in the purse, what the rent needs left alone.

    Examples
    --------
    >>> to_change(np.array([1000, 1000]), 0.2, np.array([50, 0]), np.array([900, 600]), np.array([500, 500])).tolist()
    [150, 100]
    """
    wished = np.floor(spending * budget).astype(np.int64) - held
    result: Integers = np.maximum(np.minimum(wished, balance - housing), 0)
    return result


def run(town: Town) -> None:
    """Join; pay demurrage; change back; look for sellers who accept; change pounds for the month to come."""
    terms, row = town.rules.money.currency, fund_row(town, CurrencyIssuer)
    if row < 0 and terms is None:
        return
    if row < 0 and terms is not None:
        row = set_up(town, CurrencyIssuer, terms.anchor, int(town.ledger.open(1, FUNDS, credit=NO_LIMIT)[0]))
    if terms is None:
        for table in (town.residents, town.firms):
            change_back(town, table, np.flatnonzero(in_purse(town, table)))
        return
    _join(town, terms)
    for table in (town.residents, town.firms):
        _pay_demurrage(town, row, table, terms.demurrage)
    _firms_change_back(town, terms)
    _look_for_sellers(town)
    _change_pounds(town, row, terms)
    check_backing(town, row)


def check_backing(town: Town, row: int) -> None:
    """Raise `MoneyError` unless the issuer holds a pound for each unit in circulation."""
    backing, owed = town.ledger.balance[[town.funds["account"][row], town.funds["issue"][row]]].tolist()
    if backing + owed != 0:
        raise MoneyError(f"month {town.month}: the currency's issuer holds {backing} pence against {-owed} in circulation")


def _join(town: Town, terms: CurrencyTerms) -> None:
    """Residents and firms owned here open purses by their own draw; a firm that was sold outside leaves."""
    firms, residents = town.firms, town.residents
    sold = np.flatnonzero((firms["kind"] == Branch.code) & (firms["purse"] >= 0))
    change_back(town, firms, sold)
    firms["purse"][sold] = -1
    wants = town.streams.uniform("currency members", 0, residents.slots) < terms.members
    accepts = town.streams.uniform("currency sellers", 0, firms.slots) < terms.sellers
    _open_purses(town, residents, wants)
    _open_purses(town, firms, accepts & (firms["kind"] != Branch.code))
    held = firms["purse"] >= 0
    town.ledger.reclassify(firms["purse"][held], town.ledger.sector[firms["account"][held]])


def _open_purses(town: Town, table: Table, wants: Flags) -> None:
    """A purse in the sector of its holder for each who wants one and has none."""
    rows = np.flatnonzero(wants & (table["purse"] < 0))
    if rows.size:
        table["purse"][rows] = town.ledger.open(len(rows), town.ledger.sector[table["account"][rows]])
        town.refresh_rows()


def change_back(town: Town, table: Table, rows: NDArray[np.integer], share: float = 1.0, fee: float = 0.0) -> None:
    """Rows of a table change a share of what they hold into pounds; the fee goes to the anchor behind the currency."""
    if not len(rows):
        return
    ledger, funds, issuer = town.ledger, town.funds, fund_row(town, CurrencyIssuer)
    purse, account = table["purse"][rows], table["account"][rows]
    coins = np.floor(ledger.balance[purse] * share).astype(np.int64)
    kept = np.floor(coins * fee).astype(np.int64)
    backing = int(funds["account"][issuer])
    ledger.book("currency exchange", purse, int(funds["issue"][issuer]), coins)
    ledger.book("currency exchange", backing, account, coins - kept)
    _to_anchor(town, issuer, int(kept.sum()))


def _to_anchor(town: Town, issuer: int, pence: int) -> None:
    """Fees and demurrage, in pounds, to the anchor behind the currency."""
    anchor = int(town.funds["anchor"][issuer])
    backing = int(town.funds["account"][issuer])
    received = town.ledger.book("fund interest", backing, int(town.anchors["account"][anchor]), np.array([pence]))
    town.anchors["received"][anchor] += received


def _pay_demurrage(town: Town, row: int, table: Table, rate: float) -> None:
    """A share of what lies in purses is taken each month."""
    if rate <= 0.0:
        return
    rows = np.flatnonzero(table["purse"] >= 0)
    purse = table["purse"][rows]
    pence = np.floor(town.ledger.balance[purse] * rate).astype(np.int64)
    town.ledger.book("currency exchange", purse, int(town.funds["issue"][row]), pence)
    _to_anchor(town, row, int(pence.sum()))


def _firms_change_back(town: Town, terms: CurrencyTerms) -> None:
    """Firms change back a share of what they could not pay suppliers and workers with."""
    rows = np.flatnonzero(town.firms["purse"] >= 0)
    change_back(town, town.firms, rows, terms.redeem_share, terms.redeem_fee)


def _look_for_sellers(town: Town) -> None:
    """Members with money left in the purse look for a seller in one category; they stay with one found by chance who accepts it."""
    residents = town.residents
    draws = town.streams.uniform("currency habits", town.month, residents.slots, width=4)
    left = in_purse(town, residents) > 0
    rows = np.flatnonzero(left)
    category = np.minimum((draws[rows, 0] * len(CATEGORIES)).astype(np.int64), len(CATEGORIES) - 1)
    purse = purses(town)
    refuses = purse[residents["habits"][rows, category]] < 0
    rows, category = rows[refuses], category[refuses]
    found = find_sellers(town, category, draws[rows, 1:4])
    accepts = purse[found] >= 0
    residents["habits"][rows[accepts], category[accepts]] = found[accepts]
    town.notes.habit_changes += int(accepts.sum())


def _change_pounds(town: Town, row: int, terms: CurrencyTerms) -> None:
    """Members change pounds for what they mean to spend in the currency."""
    residents, ledger, funds = town.residents, town.ledger, town.funds
    rows = np.flatnonzero(residents["purse"] >= 0)
    account, purse = residents["account"][rows], residents["purse"][rows]
    pence = to_change(
        residents["spending"][rows],
        terms.budget,
        ledger.balance[purse],
        ledger.balance[account],
        residents["rent"][rows] + residents["rent_arrears"][rows],
    )
    ledger.book("currency exchange", account, int(funds["account"][row]), pence)
    ledger.book("currency exchange", int(funds["issue"][row]), purse, pence)
