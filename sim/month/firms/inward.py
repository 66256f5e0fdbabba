"""Inward investment: branches that a subsidy brings, with the outside customers they bring and take away again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BRANCHES, WORLD_ACCOUNT
from sim.core.streams import RESERVED
from sim.kinds.firms import Branch
from sim.kinds.rules_enterprise import BranchOffer, SupportedBranch
from sim.kinds.town import Town
from sim.month.firms.founding import FIRST_DEMAND


def to_be_repaid(support: SupportedBranch, month: int, held: int) -> int:
    """What a branch that ends this month pays back of its subsidy, within what it holds, pence.

    Examples
    --------
    >>> branch = SupportedBranch(account=9, anchor=0, leaves=0, clawback=500, until=60)
    >>> [to_be_repaid(branch, month, held) for month, held in [(12, 800), (12, 200), (60, 800)]]
    [500, 200, 0]
    """
    return min(support.clawback, max(held, 0)) if month < support.until else 0


def part_with_branches(town: Town, ending: NDArray[np.bool_]) -> None:
    """Mark the supported branches whose time is up; any that ends before its term repays what was agreed."""
    if not town.supported:
        return
    ledger, staying = town.ledger, []
    for support in town.supported:
        row = int(town.firm_row[support.account])
        if row < 0:
            continue
        ending[row] |= 0 < support.leaves <= town.month
        if not ending[row]:
            staying.append(support)
            continue
        pence = to_be_repaid(support, town.month, int(ledger.balance[support.account]))
        ledger.book("business support", support.account, int(town.anchors["account"][support.anchor]), np.array([pence]))
        town.anchors["received"][support.anchor] += pence
    town.supported = staying


def open_branches(town: Town) -> None:
    """The branches whose offers were taken up this month."""
    for offer in town.rules.enterprise.branches:
        _open(town, offer)


def _open(town: Town, offer: BranchOffer) -> None:
    """One branch: its owner pays for plant and first cash, the anchor a subsidy for each job it plans."""
    firms, structure, ledger, parameters = town.firms, town.structure, town.ledger, town.rules.parameters
    output = offer.jobs / structure.jobs_per_output[offer.sector]
    outside = offer.exported * output
    expected = outside + FIRST_DEMAND * (output - outside)
    capacity = output / parameters["firms.target_use"]
    account = int(ledger.open(1, BRANCHES)[0])
    firms.add(
        1,
        slots=np.array([RESERVED + town.founded]),
        kind=Branch.code,
        account=account,
        sector=offer.sector,
        appeal=output - outside,
        capacity=capacity,
        usual_demand=expected,
        usual_sales=expected,
        usual_costs=expected,
        outside_orders=outside,
        born=town.month,
        founded_by_policy=True,
    )
    town.founded += 1
    town.refresh_rows()
    plant = np.array([round(capacity * 12.0 * parameters["firms.capital_to_output"])])
    cash = np.array([int(expected * parameters["firms.cash_buffer"])])
    ledger.book("owner capital", WORLD_ACCOUNT, account, plant + cash)
    ledger.book("investment", account, WORLD_ACCOUNT, plant)
    payer = int(town.anchors["account"][offer.anchor])
    subsidy = min(round(offer.jobs * offer.subsidy_per_job), int(ledger.available(payer)))
    ledger.book("business support", payer, account, np.array([subsidy]))
    leaves = town.month + offer.stays if offer.stays else 0
    town.supported.append(SupportedBranch(account, offer.anchor, leaves, int(subsidy * offer.clawback), town.month + offer.term))
    town.notes.founded_by_policy += 1
