"""Right to buy: social tenants who can buy the home they rent, and those who do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.calendar import monthly_chance
from sim.core.channels import BANK_ACCOUNT
from sim.kinds.dwellings import ADULTS_A_HOME
from sim.kinds.residents import EMPLOYED, MORTGAGE, SOCIAL_RENT
from sim.kinds.rules_land import RightToBuyTerms
from sim.kinds.town import Town

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def can_carry(savings: Integers, income: Floats, price: int, deposit: int, multiple: float) -> NDArray[np.bool_]:
    """Who has the deposit and may borrow the rest of the price (n,).

    Examples
    --------
    >>> can_carry(np.array([2000, 2000, 0]), np.array([800.0, 500.0, 800.0]), 40000, 2000, 4.0).tolist()
    [True, False, False]
    """
    result: NDArray[np.bool_] = (savings >= deposit) & (income * 12.0 * multiple >= price - deposit)
    return result


def buy_rented_homes(town: Town) -> None:
    """Some social tenants who can buy do so, on the terms in force."""
    terms = town.rules.land.right_to_buy
    if terms is None:
        return
    residents, ledger = town.residents, town.ledger
    market = round(float(town.place.housing.house_price) * town.structure.minor_units) // ADULTS_A_HOME
    price = round(market * (1.0 - terms.discount))
    rows = _buyers(town, terms, price)
    mortgage = price - round(price * terms.deposit_share)
    account, landlord = residents["account"][rows], residents["landlord"][rows]
    ledger.book("new mortgages", BANK_ACCOUNT, account, np.full(len(rows), mortgage))
    ledger.book("home sales", account, landlord, np.full(len(rows), price))
    residents["tenure"][rows] = MORTGAGE
    residents["landlord"][rows] = -1
    residents["rent"][rows] = 0
    residents["mortgage"][rows] += mortgage
    residents["property_value"][rows] += market


def _buyers(town: Town, terms: RightToBuyTerms, price: int) -> NDArray[np.int64]:
    """Rows of this month's buyers, each by luck of their own."""
    residents = town.residents
    may = (residents["tenure"] == SOCIAL_RENT) & (residents["status"] == EMPLOYED) & (residents["rent_arrears"] == 0)
    may &= ~np.isin(residents["account"], town.dwellings["resident"])
    rows = np.flatnonzero(may)
    savings, income = town.ledger.balance[residents["account"][rows]], residents["usual_income"][rows]
    multiple = town.rules.parameters["land.loan_to_income"]
    rows = rows[can_carry(savings, income, price, round(price * terms.deposit_share), multiple)]
    draws = town.streams.uniform("right to buy", town.month, residents.slots)[rows]
    return rows[draws < monthly_chance(terms.take_up)]
