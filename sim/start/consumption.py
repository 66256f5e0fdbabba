"""What households of each income tenth buy from sellers of each sector, without rents.

Family Spending says what each tenth spends by purpose; the Supply and Use Tables say which products serve a purpose; the input-output
table says what households buy of each industry. Shops are sellers in their own right: the margin on goods goes to wholesale and retail,
and the rest of the price to the makers, most of whom are abroad.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError
from sim.settings.sectors import CODES
from sim.start.input_output import balance
from sim.start.national import NationalAccounts, Rows, read_table

__all__ = ["HouseholdPurchases", "consumption_shares", "household_purchases"]

Floats = NDArray[np.float64]

TENTHS: Final = 10
#: Rents, actual and imputed.
RENTS: Final = ("04.1", "04.2")
#: Sectors whose products reach households through shops.
GOODS: Final = slice(CODES.index("S1"), CODES.index("S4") + 1)
SHOPS: Final = CODES.index("S7")
#: Family Spending's item to the purposes of the national table, where the two numberings differ.
OTHER_NUMBERS: Final = {"2.2": ("02.2", "02.3"), "4.2": ("04.3",), "4.4": ("04.5",), "8.4": ("08.3",), "9.6": ("07.3", "11")}
#: Divisions whose remainder, after the items listed, goes to the purposes not listed.
SPLIT_DIVISIONS: Final = ("1", "2", "3", "5", "6", "7", "8", "9")
WHOLE_DIVISIONS: Final = ("10", "11", "12")
#: Water is not shown by tenth (rents in the division are net of benefit): it follows energy, in the national proportion.
WATER: Final = "04.4"
ENERGY: Final = "04.5"


@dataclass(frozen=True)
class HouseholdPurchases:
    """What all households buy, by sector of the seller, without rents; GBP million a year, 2019, arrays (18,).

    Attributes
    ----------
    total : ndarray (18,)
        Price paid by households, at sellers' margins.
    domestic : ndarray (18,)
        Part received by the country's industries.
    imports, taxes : ndarray (18,)
        Parts paid to industries abroad, and in taxes on products.
    """

    total: Floats
    domestic: Floats
    imports: Floats
    taxes: Floats


def _purposes() -> dict[str, Floats]:
    """Purpose to national purchases by product group (18,), rents left out."""
    rows = read_table("household_consumption_coicop_2019.csv")
    return {row["coicop_code"]: np.array([float(row[code]) for code in CODES]) for row in rows if row["coicop_code"] not in RENTS}


def _margin_to_shops(products: Floats, rate: float) -> Floats:
    """Move the shops' margin on goods from the makers to the shops: (..., 18) to (..., 18)."""
    moved = products.copy()
    margin = rate * products[..., GOODS]
    moved[..., GOODS] -= margin
    moved[..., SHOPS] += margin.sum(axis=-1)
    return moved


def _margin_rate(products: Floats, nation: NationalAccounts) -> float:
    """Share of the price of goods that shops keep: what shops receive from households beyond their own services."""
    return float((nation.households[SHOPS] - products[SHOPS]) / products[GOODS].sum())


def household_purchases(nation: NationalAccounts) -> HouseholdPurchases:
    """Household purchases of the nation by sector of the seller, split into domestic, imports and taxes.

    Parameters
    ----------
    nation : NationalAccounts
        The national table.

    Returns
    -------
    HouseholdPurchases
        ``domestic + imports + taxes == total`` for each sector.

    Notes
    -----
    What households pay beyond what the country's industries receive is divided between taxes and imports as in the national total: the
    table gives both only as totals. Sources: Office for National Statistics, Supply and Use Tables and Input-Output Analytical Tables
    2019, Blue Book 2022.

    Examples
    --------
    >>> from sim.start.national import national_accounts
    >>> purchases = household_purchases(national_accounts())
    >>> bool(np.allclose(purchases.domestic + purchases.imports + purchases.taxes, purchases.total))
    True
    """
    products = np.sum(list(_purposes().values()), axis=0)
    sold = _margin_to_shops(products, _margin_rate(products, nation))
    total = np.maximum(sold, nation.households)
    beyond = total - nation.households
    tax_share = nation.household_taxes / (nation.household_taxes + nation.household_imports)
    return HouseholdPurchases(total=total, domestic=nation.households, imports=beyond * (1 - tax_share), taxes=beyond * tax_share)


def _division_spending(division: str, items: Rows, whole: Floats, purposes: dict[str, Floats]) -> Floats:
    """Spending of each tenth on one division, by product group (10, 18)."""
    own = [code for code in purposes if code.startswith(f"{int(division):02d}")]
    spending = np.zeros((TENTHS, len(CODES)))
    for tenth in range(TENTHS):
        listed: set[str] = set()
        left = whole[tenth]
        for item in items:
            if amount := float(item[f"d{tenth + 1}"] or 0.0):
                number = item["coicop_code"]
                codes = OTHER_NUMBERS.get(number, (f"{int(division):02d}.{number.partition('.')[2]}",))
                spending[tenth] += amount * _mix(codes, purposes)
                listed.update(codes)
                left -= amount
        unlisted = tuple(code for code in own if code not in listed) or tuple(own)
        spending[tenth] += max(0.0, left) * _mix(unlisted, purposes)
    return spending


def _mix(codes: tuple[str, ...], purposes: dict[str, Floats]) -> Floats:
    """Shares of the product groups in national spending on some purposes, (18,)."""
    products = np.sum([purposes[code] for code in codes], axis=0)
    return np.asarray(products / products.sum() if products.sum() > 0 else products, dtype=np.float64)


def _spending_by_product(rows: Rows, purposes: dict[str, Floats]) -> Floats:
    """Weekly spending of a household of each tenth by product group (10, 18), rents left out."""
    by_tenth = [f"d{tenth}" for tenth in range(1, TENTHS + 1)]
    division = {row["coicop_code"]: np.array([float(row[d] or 0) for d in by_tenth]) for row in rows if row["level"] == "division"}
    groups = [row for row in rows if row["level"] == "group"]
    spending = np.zeros((TENTHS, len(CODES)))
    for number in SPLIT_DIVISIONS:
        items = [row for row in groups if row["coicop_code"].partition(".")[0] == number]
        spending += _division_spending(number, items, division[number], purposes)
    for number in WHOLE_DIVISIONS:
        spending += np.outer(division[number], _mix((number,), purposes))
    for number in ("4.2", "4.4"):
        item = next(row for row in groups if row["coicop_code"] == number)
        amounts = np.array([float(item[d] or 0) for d in by_tenth])
        spending += np.outer(amounts, _mix(OTHER_NUMBERS[number], purposes))
        if number == "4.4":
            water_to_energy = purposes[WATER].sum() / purposes[ENERGY].sum()
            spending += np.outer(amounts * water_to_energy, _mix((WATER,), purposes))
    return spending


def consumption_shares(nation: NationalAccounts) -> Floats:
    """Shares of the sellers' sectors in what each income tenth spends, rents left out: (10, 18), each row adds to 1.

    Parameters
    ----------
    nation : NationalAccounts
        The national table.

    Returns
    -------
    ndarray (10, 18)
        Row 0 is the poorest tenth. Weighted by what the tenths spend, the rows give the nation's purchases by sector.

    Raises
    ------
    sim.errors.RunError
        When the survey and the accounts can't be reconciled.

    Notes
    -----
    The survey gives the differences between tenths and the national accounts the mean, reconciled by `balance` (RAS), since surveys
    under-report some purposes, such as alcohol. Left out: rents; division 13 of the survey (mortgage interest, council tax, gifts, money
    spent on holiday abroad), which is not consumption or is paid through other channels. Tenths are of equivalised disposable income of
    households. Source: Office for National Statistics, Family Spending, year to March 2018, table 3.1E.

    Examples
    --------
    >>> from sim.start.national import national_accounts
    >>> consumption_shares(national_accounts()).shape
    (10, 18)
    """
    purposes = _purposes()
    rows = read_table("household_spending_decile_2018.csv")
    households = next(row for row in rows if row["name"] == "households_thousands")
    weights = np.array([float(households[f"d{tenth}"]) for tenth in range(1, TENTHS + 1)])
    products = np.sum(list(purposes.values()), axis=0)
    by_product = _spending_by_product(rows, purposes) * weights[:, np.newaxis]
    survey = _margin_to_shops(by_product, _margin_rate(products, nation))
    wanted = household_purchases(nation).total
    if ((survey.sum(axis=0) == 0) & (wanted > 0)).any():
        raise RunError("a sector sells to households in the national accounts but in no income tenth of the survey")
    totals = survey.sum(axis=1)
    balanced = balance(survey, totals, wanted * totals.sum() / wanted.sum())
    shares: Floats = balanced.matrix / balanced.matrix.sum(axis=1, keepdims=True)
    return shares
