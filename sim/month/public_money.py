"""Public money: grants to anchors, benefits and pensions to residents, council tax."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import GOVERNMENT_ACCOUNT
from sim.kinds.claims import reserves_placed
from sim.kinds.residents import INACTIVE, RETIRED, UNEMPLOYED
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import split_by_shares
from sim.month.property.benefits import rent_met

Integers = NDArray[np.int64]


def benefits_due(status: NDArray[np.int8], tenure: NDArray[np.int8], rent: Integers, unemployed: int, inactive: int) -> Integers:
    """Benefits of each resident this month: a fixed sum out of work, and the rent of tenants out of work.

    Parameters
    ----------
    status, tenure : (n,) int8 codes
    rent : (n,) int64 pence a month
    unemployed, inactive : int pence a month

    Returns
    -------
    (n,) int64 pence

    Examples
    --------
    >>> benefits_due(np.array([0, 1, 2]), np.array([2, 2, 0]), np.array([400, 400, 0]), 300, 350).tolist()
    [0, 700, 350]
    """
    due = np.where(status == UNEMPLOYED, unemployed, 0) + np.where(status == INACTIVE, inactive, 0)
    result: Integers = (due + rent_met(status, tenure, rent)).astype(np.int64)
    return result


def phase(town: Town) -> None:
    """Grants, benefits and pensions in; council tax from residents to councils."""
    residents, anchors, structure, ledger = town.residents, town.anchors, town.structure, town.ledger
    anchors["reserves"][:] = ledger.balance[anchors["account"]] + reserves_placed(town)
    grants = np.floor(anchors["grant"] * town.rules.grant_factor).astype(np.int64)
    ledger.book("grants", GOVERNMENT_ACCOUNT, anchors["account"], grants)
    anchors["received"][:] = grants
    account = residents["account"]
    benefits = benefits_due(
        residents["status"], residents["tenure"], residents["rent"], structure.unemployment_benefit, structure.inactive_benefit
    )
    if town.rules.enterprise.benefit_factor != 1.0:
        benefits = np.floor(benefits * town.rules.enterprise.benefit_factor).astype(np.int64)
    pensions = np.where(residents["status"] == RETIRED, residents["pension"], 0)
    ledger.book("benefits", GOVERNMENT_ACCOUNT, account, benefits)
    ledger.book("pensions", GOVERNMENT_ACCOUNT, account, pensions)
    bill = round(structure.council_tax * town.rules.enterprise.council_tax_factor)
    tax = np.minimum(bill, ledger.available(account))
    _book_council_tax(town, tax)
    # Rents and payouts of last month are this month's income: a pound moves one hop a month.
    residents["income"][:] = benefits + pensions - tax + residents["other_income"]
    residents["other_income"][:] = 0
    residents["gross"][:] = 0


def _book_council_tax(town: Town, tax: Integers) -> None:
    """Each resident's council tax to the government, which passes councils their shares of the whole."""
    anchors, ledger = town.anchors, town.ledger
    total = ledger.book("council tax", town.residents["account"], GOVERNMENT_ACCOUNT, tax)
    shares = np.append(anchors["council_tax_share"], max(1.0 - anchors["council_tax_share"].sum(), 0.0))
    parts = split_by_shares(np.array([total]), np.cumsum(shares / shares.sum())[None, :])[0, :-1]
    ledger.book("council tax", GOVERNMENT_ACCOUNT, anchors["account"], parts)
    anchors["received"] += parts
