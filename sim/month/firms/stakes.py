"""Entry stakes: what members pay into their co-operative by deduction from pay, and get back when they leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.firms import Cooperative
from sim.kinds.forms import CONSUMER
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, rationed

Integers = NDArray[np.int64]


def instalment(due: Integers, paid: Integers, months: float, means: Integers) -> Integers:
    """What members (n,) pay of their stake this month: an equal part of it, no more than is missing or than they have.

    Examples
    --------
    >>> instalment(np.array([1000, 1000, 1000]), np.array([0, 900, 0]), 4.0, np.array([5000, 5000, 30])).tolist()
    [250, 100, 30]
    """
    part = np.ceil(due / months).astype(np.int64)
    result: Integers = np.maximum(np.minimum(np.minimum(part, due - paid), means), 0)
    return result


def settle_stakes(town: Town) -> None:
    """Members pay this month's part of their stake; those who left get theirs back as far as the co-operative has the money."""
    firms = town.firms
    if town.frozen:
        return
    asked = np.maximum(firms["entry_stake"], round(town.rules.parameters["firms.cooperative_entry_stake"] * town.structure.minor_units))
    asked = np.where((firms["kind"] == Cooperative.code) & (firms["form"] != CONSUMER), asked, 0)
    if asked.any():
        _collect(town, asked)
    if firms["stakes"].any():
        _give_back(town)


def _collect(town: Town, asked: Integers) -> None:
    """Instalments of members in work; who still has a stake elsewhere pays when that is settled."""
    residents, ledger = town.residents, town.ledger
    firm = town.firm_row[residents["employer"]]
    rows = np.flatnonzero((residents["status"] == EMPLOYED) & (firm >= 0))
    rows = rows[asked[firm[rows]] > 0]
    rows = rows[(residents["stake"][rows] == 0) | (residents["stake_in"][rows] == residents["employer"][rows])]
    firm = firm[rows]
    means = np.minimum(ledger.available(residents["account"][rows]), residents["gross"][rows])
    pence = instalment(asked[firm], residents["stake"][rows], town.rules.parameters["firms.cooperative_stake_months"], means)
    rows, firm, pence = rows[pence > 0], firm[pence > 0], pence[pence > 0]
    put_in(town, rows, firm, pence)


def put_in(town: Town, rows: NDArray[np.integer], firm: NDArray[np.integer], pence: Integers) -> None:
    """Residents (rows) pay pence (n,) into the stake they hold in a firm (rows of firms, n)."""
    residents, firms = town.residents, town.firms
    town.ledger.book("member stakes", residents["account"][rows], firms["account"][firm], pence)
    residents["stake"][rows] += pence
    residents["stake_in"][rows] = firms["account"][firm]
    np.add.at(firms["stakes"], firm, pence)


def _give_back(town: Town) -> None:
    """Stakes of those who no longer work where they hold one, each the same part of it; the rest waits."""
    residents, firms, ledger = town.residents, town.firms, town.ledger
    rows = np.flatnonzero(residents["stake"] > 0)
    firm = town.firm_row[residents["stake_in"][rows]]
    works = (residents["status"][rows] == EMPLOYED) & (residents["employer"][rows] == residents["stake_in"][rows])
    left = ~(works & (firms["kind"][firm] == Cooperative.code))
    rows, firm = rows[left], firm[left]
    owed = np.bincount(firm, weights=residents["stake"][rows], minlength=len(firms)).astype(np.float64)
    fill = fill_rate(owed, np.maximum(ledger.balance[firms["account"]] - 1, 0).astype(np.float64))
    _pay_back(town, rows, firm, rationed(residents["stake"][rows], fill[firm]))


def _pay_back(town: Town, rows: NDArray[np.integer], firm: NDArray[np.integer], pence: Integers) -> None:
    """Book what is returned and take it off what is owed."""
    residents, firms = town.residents, town.firms
    town.ledger.book("stakes returned", firms["account"][firm], residents["account"][rows], pence)
    residents["stake"][rows] -= pence
    np.subtract.at(firms["stakes"], firm, pence)
    residents["stake_in"][rows[residents["stake"][rows] == 0]] = -1


def wind_up_stakes(town: Town, ending: NDArray[np.integer]) -> None:
    """Of firms that end (rows): members get back what is left after the banks, each the same part; the rest is lost and noted."""
    residents, firms, ledger = town.residents, town.firms, town.ledger
    if not firms["stakes"][ending].any():
        return
    ends = np.zeros(len(firms), bool)
    ends[ending] = True
    rows = np.flatnonzero(residents["stake"] > 0)
    firm = town.firm_row[residents["stake_in"][rows]]
    rows, firm = rows[ends[firm]], firm[ends[firm]]
    owed = firms["stakes"].astype(np.float64)
    fill = fill_rate(owed, np.maximum(ledger.balance[firms["account"]] - 1, 0).astype(np.float64))
    _pay_back(town, rows, firm, rationed(residents["stake"][rows], fill[firm]))
    town.notes.stakes_lost += int(residents["stake"][rows].sum())
    residents["stake"][rows], residents["stake_in"][rows] = 0, -1
    firms["stakes"][ending] = 0
