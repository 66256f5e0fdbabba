"""Allocation: who moves into homes that anchors let and trusts sell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT
from sim.kinds.dwellings import SOCIAL, TRUST_SALE
from sim.kinds.residents import EMPLOYED, MORTGAGE, PRIVATE_RENT, SOCIAL_RENT
from sim.kinds.town import Town
from sim.month.property.benefits import rent_met

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def by_need(arrears: Integers, own_rent: Integers, own_income: Floats, draws: Floats) -> NDArray[np.int64]:
    """Order in which tenants are offered a home (n,): those behind with their rent first, then by the share of income that rent takes.

    `own_rent` and `own_income` leave out rent that benefits meet. Luck decides between equals.

    Examples
    --------
    >>> rent, income = np.array([300, 300, 300]), np.array([900.0, 600.0, 3000.0])
    >>> by_need(np.array([0, 0, 50]), rent, income, np.zeros(3)).tolist()
    [2, 1, 0]
    """
    share = own_rent / np.maximum(own_income, 1.0)
    result: NDArray[np.int64] = np.lexsort((draws, -share, arrears <= 0))
    return result


def may_buy(savings: Integers, income: Floats, price: int, deposit: int, market: int, multiple: float) -> Flags:
    """Who can buy at the trust's price and not at the market's (n,): savings for the deposit, and a mortgage within a multiple of income.

    Examples
    --------
    >>> savings, income = np.array([5000, 5000, 90000, 0]), np.array([800.0, 1500.0, 2000.0, 1500.0])
    >>> may_buy(savings, income, price=45000, deposit=4500, market=90000, multiple=4.0).tolist()
    [False, True, False, False]
    """
    yearly = income * 12.0 * multiple
    able = (savings >= deposit) & (yearly >= price - deposit)
    share = deposit / max(price, 1)
    could_anyway = (savings >= market * share) & (yearly >= market * (1.0 - share))
    result: Flags = able & ~could_anyway
    return result


def allocate_homes(town: Town) -> None:
    """Finished homes that stand empty go to private tenants."""
    dwellings = town.dwellings
    if not len(dwellings):
        return
    empty = (dwellings["finished"] >= 0) & (dwellings["resident"] < 0)
    if not empty.any():
        return
    draws = town.streams.uniform("home allocation", town.month, town.residents.slots)
    let_homes(town, np.flatnonzero(empty & (dwellings["use"] == SOCIAL)), draws)
    sell_homes(town, np.flatnonzero(empty & (dwellings["use"] == TRUST_SALE)), draws)


def let_homes(town: Town, places: NDArray[np.int64], draws: Floats) -> None:
    """Let places, in the order built, to private tenants whose rent would fall, by need."""
    residents, dwellings = town.residents, town.dwellings
    if not places.size:
        return
    rent = int(dwellings["rent"][places[0]])
    among = np.flatnonzero((residents["tenure"] == PRIVATE_RENT) & (residents["rent"] > rent))
    tenure, status, due = residents["tenure"][among], residents["status"][among], residents["rent"][among]
    met = rent_met(status, tenure, due)
    order = by_need(residents["rent_arrears"][among], due - met, residents["usual_income"][among] - met, draws[among])
    rows = among[order[: len(places)]]
    places = places[: len(rows)]
    _leave_landlord(town, rows)
    residents["tenure"][rows] = SOCIAL_RENT
    residents["landlord"][rows] = dwellings["owner"][places]
    residents["rent"][rows] = dwellings["rent"][places]
    dwellings["resident"][places] = residents["account"][rows]


def sell_homes(town: Town, places: NDArray[np.int64], draws: Floats) -> None:
    """Sell places, price by price, by lot among private tenants in work who can pay the trust's price and not the market's."""
    for price in np.unique(town.dwellings["price"][places]).tolist():
        _sell(town, places[town.dwellings["price"][places] == price], draws)


def _sell(town: Town, places: NDArray[np.int64], draws: Floats) -> None:
    """Deposit and mortgage to the trust, which gives the anchor back what it advanced; the buyer owns the home at its locked price."""
    residents, dwellings, ledger = town.residents, town.dwellings, town.ledger
    first = {name: int(dwellings[name][places[0]]) for name in ("price", "deposit", "market")}
    among = np.flatnonzero((residents["tenure"] == PRIVATE_RENT) & (residents["status"] == EMPLOYED) & (residents["rent_arrears"] == 0))
    savings = ledger.balance[residents["account"][among]]
    fits = may_buy(savings, residents["usual_income"][among], **first, multiple=town.rules.parameters["land.loan_to_income"])
    among = among[fits]
    rows = among[np.argsort(draws[among], kind="stable")[: len(places)]]
    places = places[: len(rows)]
    account, price = residents["account"][rows], dwellings["price"][places]
    mortgage = price - dwellings["deposit"][places]
    ledger.book("new mortgages", BANK_ACCOUNT, account, mortgage)
    ledger.book("home sales", account, dwellings["owner"][places], price)
    _give_back(town, dwellings["owner"][places], dwellings["anchor"][places].astype(np.int64), price)
    ground_rent = dwellings["rent"][places]
    residents["tenure"][rows] = MORTGAGE
    residents["landlord"][rows] = np.where(ground_rent > 0, dwellings["owner"][places], -1)
    residents["rent"][rows] = ground_rent
    residents["mortgage"][rows] += mortgage
    residents["property_value"][rows] += price
    dwellings["resident"][places] = account


def _give_back(town: Town, trust: NDArray[np.int32], anchor: NDArray[np.int64], pence: Integers) -> None:
    """Sale prices from the trust to the anchor that paid for the building, never more than it paid in."""
    funds = town.funds
    for account in np.unique(trust).tolist():
        mine = trust == account
        row = int(np.flatnonzero(funds["account"] == account)[0])
        back = min(int(pence[mine].sum()), int(funds["capital"][row]))
        town.ledger.book("fund capital", account, int(town.anchors["account"][anchor[mine][0]]), np.array([back]))
        funds["capital"][row] -= back


def _leave_landlord(town: Town, rows: NDArray[np.int64]) -> None:
    """What a tenant still owes the old landlord is given up."""
    residents = town.residents
    town.notes.rent_given_up += int(residents["rent_arrears"][rows].sum())
    residents["rent_arrears"][rows] = 0
