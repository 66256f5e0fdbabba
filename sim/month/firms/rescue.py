"""Rescue: workers take over a firm that can't pay them, where its trade would carry it at lower pay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT, COOPERATIVES
from sim.kinds.firms import Cooperative
from sim.kinds.forms import WORKER
from sim.kinds.residents import EMPLOYED
from sim.kinds.rules_ownership import Rescue
from sim.kinds.town import Town
from sim.month.firms.stakes import put_in

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


def viable(usual_sales: float, usual_costs: float, payroll: float, pay_cut: float) -> bool:
    """Whether usual sales cover usual costs once members have given up a part of their pay.

    Examples
    --------
    >>> viable(95.0, 100.0, 60.0, 0.1), viable(90.0, 100.0, 60.0, 0.1)
    (True, False)
    """
    return usual_sales >= usual_costs - pay_cut * payroll


def take_over_failing(town: Town, failing: Flags) -> Integers:
    """Workers take over failing firms (flags, firms) on the terms in force; returns the rows."""
    rescues = town.rules.ownership.rescues
    taken: list[int] = []
    if rescues and failing.any():
        draws = town.streams.uniform("workers rescue", town.month, town.firms.slots)
        for terms in rescues:
            rows = np.flatnonzero(failing & (draws < terms.share))
            taken += [row for row in rows.tolist() if row not in taken and _take_over(town, row, terms)]
    return np.array(taken, np.int64)


def _take_over(town: Town, row: int, terms: Rescue) -> bool:
    """One firm, if its trade is viable and its workers have anything to put in."""
    firms, residents, ledger = town.firms, town.residents, town.ledger
    account = int(firms["account"][row])
    members = np.flatnonzero((residents["employer"] == account) & (residents["status"] == EMPLOYED))
    payroll = float(residents["wage"][members].sum()) * (1.0 + town.rules.parameters["work.employer_contribution_rate"])
    stakes = np.minimum(ledger.available(residents["account"][members]), terms.stake)
    # Who still has a stake elsewhere cannot hold a second one.
    stakes[residents["stake"][members] > 0] = 0
    if not (viable(firms["usual_sales"][row], firms["usual_costs"][row], payroll, terms.pay_cut) and stakes.any()):
        return False
    _write_off(town, row, terms.write_off)
    paying = stakes > 0
    put_in(town, members[paying], np.full(int(paying.sum()), row), stakes[paying])
    payer = int(town.anchors["account"][terms.anchor])
    match = min(int(terms.matching * int(stakes.sum())), int(ledger.available(payer)))
    firms["reserve"][row] += ledger.book("business support", payer, account, np.array([match]))
    town.anchors["policy_costs"][terms.anchor] += terms.support_cost * len(members)
    residents["wage"][members] = np.floor(residents["wage"][members] * (1.0 - terms.pay_cut)).astype(np.int64)
    _become_cooperative(town, row)
    return True


def _write_off(town: Town, row: int, share: float) -> None:
    """Banks give up a share of loan and overdraft; a loan given up is booked as money lost by the bank and repaid with it."""
    firms, ledger = town.firms, town.ledger
    account = int(firms["account"][row])
    overdraft = int(max(-int(ledger.balance[account]), 0) * share)
    loan = int(int(firms["loan"][row]) * share)
    ledger.book("write-offs", BANK_ACCOUNT, account, np.array([overdraft + loan]))
    ledger.book("repayments", account, BANK_ACCOUNT, np.array([loan]))
    firms["loan"][row] -= loan
    town.notes.written_off += overdraft + loan


def _become_cooperative(town: Town, row: int) -> None:
    """The firm begins again as a worker co-operative; its owner has lost it."""
    firms = town.firms
    firms["kind"][row], firms["form"][row], firms["owner"][row] = Cooperative.code, WORKER, -1
    firms["bought_out"][row] = True
    firms["distress"][row] = 0
    town.ledger.reclassify(firms["account"][[row]], COOPERATIVES)
    town.notes.bought_out += 1
    town.notes.failures -= 1
