"""Building homes: what is begun, built and paid for each month, and what the debt and the upkeep of homes cost their owners."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT, GOVERNMENT_ACCOUNT
from sim.kinds.dwellings import ADULTS_A_HOME, TRUST_SALE
from sim.kinds.rules_land import HomeProgramme
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, rationed
from sim.month.finance.paying import within_means
from sim.month.property.home_costs import interest_on_homes, repayment_on_homes, upkeep_of_homes
from sim.month.property.land_trust import endow_trust, trust_account
from sim.month.trade.builders import pay_builders

Integers = NDArray[np.int64]
#: Told once in a run: later months would say the same.
WAITING: Final = "homes that a land trust has begun wait: the anchor can't pay for all that is being built"


def places_begun(month: int, places_a_year: float) -> int:
    """Places begun in a month so that a steady programme begins as many as it says in a year.

    Examples
    --------
    >>> [places_begun(month, 30.0) for month in range(1, 7)]
    [2, 3, 2, 3, 2, 3]
    """
    monthly = places_a_year / 12.0
    return int(np.floor(month * monthly)) - int(np.floor((month - 1) * monthly))


def build_homes(town: Town) -> None:
    """Begin homes, build what is begun, serve the debt."""
    programmes = town.rules.land.homes
    for programme in programmes:
        _begin(town, programme)
    if len(town.dwellings):
        _build(town)
        _serve_debt(town)
        _keep_up(town)


def _begin(town: Town, programme: HomeProgramme) -> None:
    """Rows for the places begun this month, money for one adult's part of a home."""
    number = places_begun(town.month, programme.homes_a_year * ADULTS_A_HOME)
    if not number:
        return
    cost = programme.cost // ADULTS_A_HOME
    market = round(float(town.place.housing.house_price) * town.structure.minor_units) // ADULTS_A_HOME
    price = round(market * programme.price_share)
    social = round(float(town.place.housing.social_rent_monthly) * town.structure.minor_units)
    sale = programme.use == TRUST_SALE
    town.dwellings.add(
        number,
        owner=trust_account(town, programme.anchor) if sale else int(town.anchors["account"][programme.anchor]),
        anchor=programme.anchor,
        use=programme.use,
        cost=cost,
        stage=-(-cost // programme.build_months),
        grant_share=programme.grant_share,
        loan_months=programme.loan_months,
        upkeep=programme.upkeep // ADULTS_A_HOME // 12,
        rent=programme.ground_rent // ADULTS_A_HOME if sale else social,
        market=market,
        price=price if sale else 0,
        deposit=round(price * programme.deposit_share) if sale else 0,
    )


def _build(town: Town) -> None:
    """A month's building on every unfinished place: grant and loan come in, builders are paid, what is paid for in full is finished."""
    dwellings, anchors, ledger = town.dwellings, town.anchors, town.ledger
    rows = np.flatnonzero(dwellings["finished"] < 0)
    if not rows.size:
        return
    anchor = dwellings["anchor"][rows].astype(np.int64)
    pence = np.minimum(dwellings["stage"][rows], dwellings["cost"][rows] - dwellings["paid"][rows])
    sale = dwellings["use"][rows] == TRUST_SALE
    pence = np.where(sale, _oldest_first(town, anchor, np.where(sale, pence, 0)), pence)
    granted = np.where(sale, 0, np.floor(pence * dwellings["grant_share"][rows])).astype(np.int64)
    borrowed = np.where(sale, 0, pence - granted)
    ledger.book("grants", GOVERNMENT_ACCOUNT, anchors["account"][anchor], granted)
    ledger.book("land loans", BANK_ACCOUNT, anchors["account"][anchor], borrowed)
    dwellings["loan"][rows] += borrowed
    # The part of the cost that a sale will bring back is an advance, the rest the anchor's subsidy.
    advance = np.floor(pence * np.minimum(dwellings["price"][rows] / np.maximum(dwellings["cost"][rows], 1), 1.0)).astype(np.int64)
    for row in np.unique(anchor[sale]).tolist():
        mine = sale & (anchor == row)
        endow_trust(town, row, int((pence - advance)[mine].sum()), int(advance[mine].sum()))
    draws = town.streams.uniform("home building", town.month, dwellings.slots[rows])
    pay_builders(town, dwellings["owner"][rows], pence, draws)
    dwellings["paid"][rows] += pence
    done = rows[dwellings["paid"][rows] >= dwellings["cost"][rows]]
    dwellings["finished"][done] = town.month


def _oldest_first(town: Town, anchor: NDArray[np.int64], wanted: Integers) -> Integers:
    """What each place of a trust (n,), the oldest first, gets of what its anchor holds: so some are finished where not all can be."""
    pence = within_means(anchor, wanted, np.maximum(town.ledger.available(town.anchors["account"]), 0))
    if (pence < wanted).any() and not any(said.endswith(WAITING) for said in town.warnings):
        town.warn(f"month {town.month}: {WAITING}")
    return pence


def _within_means(town: Town, anchor: NDArray[np.int64], pence: Integers) -> Integers:
    """Amounts (n,) cut alike to what each anchor holds."""
    number = len(town.anchors)
    due = np.bincount(anchor, weights=pence, minlength=number).astype(np.float64)
    fill = fill_rate(due, town.ledger.available(town.anchors["account"]).astype(np.float64))
    return rationed(pence, fill[anchor])


def _serve_debt(town: Town) -> None:
    """Interest and repayment out of the anchor's account; interest that can't be paid is added to the debt."""
    dwellings, anchors, ledger = town.dwellings, town.anchors, town.ledger
    if not dwellings["loan"].any():
        return
    anchor = dwellings["anchor"].astype(np.int64)
    account = anchors["account"][anchor]
    interest = interest_on_homes(town)
    paid = _within_means(town, anchor, interest)
    ledger.book("loan interest", account, BANK_ACCOUNT, paid)
    repaid = _within_means(town, anchor, repayment_on_homes(town))
    ledger.book("land loans", account, BANK_ACCOUNT, repaid)
    dwellings["loan"][:] += interest - paid - repaid
    _less_received(town, anchor, paid + repaid)


def _keep_up(town: Town) -> None:
    """Repairs and management of homes let, by builders."""
    dwellings = town.dwellings
    due = upkeep_of_homes(town)
    rows = np.flatnonzero(due)
    if not rows.size:
        return
    anchor = dwellings["anchor"][rows].astype(np.int64)
    pence = _within_means(town, anchor, due[rows])
    pay_builders(
        town, dwellings["owner"][rows], pence, town.streams.uniform("home repairs", town.month, dwellings.slots[rows]), "policy costs"
    )
    _less_received(town, anchor, pence)


def _less_received(town: Town, anchor: NDArray[np.int64], pence: Integers) -> None:
    """What homes cost an anchor comes off the income that its budget is planned on."""
    anchors = town.anchors
    cost = np.bincount(anchor, weights=pence, minlength=len(anchors)).astype(np.int64)
    anchors["received"][:] = np.maximum(anchors["received"] - cost, 0)
