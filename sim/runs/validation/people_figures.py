"""Residents, their work, pay and homes, as labour and household statistics count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.kinds.categories import CATEGORIES
from sim.kinds.residents import EMPLOYED, RETIRED, UNEMPLOYED, WEEKS_A_MONTH
from sim.measures.wealth import ordered_wealth
from sim.measures.work import paid_below_living_wage
from sim.runs.validation.figure import Asked, Counted, figure

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["FIFTHS", "hourly_pay", "share_in_categories"]

MONTHS = 12.0
FULL_TIME = 30.0
"""Hours a week from which statistics of earnings count a job as full-time."""
FIFTHS = ("poorest fifth", "second fifth", "third fifth", "fourth fifth", "richest fifth")
FAMILY_SPENDING = "Office for National Statistics, Family Spending; there by households, here by adults."
ASHE = "Office for National Statistics, Annual Survey of Hours and Earnings; here residents in work, wherever they work."


def hourly_pay(wage: NDArray[np.int64], hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pence an hour of pay a month at hours a week (n,).

    Examples
    --------
    >>> hourly_pay(np.array([17333]), np.array([20.0])).round(1).tolist()
    [200.0]
    """
    result: NDArray[np.float64] = wage / (np.maximum(hours, 1e-9) * WEEKS_A_MONTH)
    return result


def share_in_categories(spent: NDArray[np.float64], shares: NDArray[np.float64], fifth: int) -> NDArray[np.float64]:
    """Money of a fifth in each category, from what its two tenths spend (10,) and their shares of categories (10, categories).

    Examples
    --------
    >>> share_in_categories(np.arange(10.0), np.tile([0.25, 0.75], (10, 1)), 1).tolist()
    [1.25, 3.75]
    """
    tenths = slice(2 * fifth, 2 * fifth + 2)
    result: NDArray[np.float64] = spent[tenths] @ shares[tenths]
    return result


def _working(town: Economy) -> NDArray[np.bool_]:
    """Residents in work."""
    result: NDArray[np.bool_] = town.residents["status"] == EMPLOYED
    return result


def _pay_of_workers(town: Economy) -> NDArray[np.float64]:
    """Hourly pay of the residents in work."""
    working = _working(town)
    return hourly_pay(town.residents["wage"][working], town.residents["hours"][working])


@figure(
    name="residents",
    title="Residents",
    unit="persons",
    kind="count",
    meaning="Residents of every age in the place file; the model itself has its adults.",
    source="Censuses and mid-year estimates.",
    grows=True,
)
def residents(town: Economy, asked: Asked) -> float:
    """Residents of the place file."""
    del asked
    return float(town.place.population.residents)


@figure(
    name="employment_rate",
    title="Employment rate, ages 16 to 64",
    unit="share of residents aged 16 to 64",
    kind="share",
    meaning="Residents below 65 who have a job, of all residents from 16 to 64.",
    source="Labour Force Survey definition.",
)
def employment_rate(town: Economy, asked: Asked) -> Counted:
    """In work, and below 65."""
    del asked
    return float(_working(town).sum()), float((town.residents["status"] != RETIRED).sum())


@figure(
    name="claimant_share",
    title="Unemployed, share of working age",
    unit="share of residents aged 16 to 64",
    kind="share",
    meaning="Residents who look for work, of all residents from 16 to 64; nearly all of them claim in the model, not so in life.",
    source="Office for National Statistics, claimant count over residents aged 16 to 64.",
)
def claimant_share(town: Economy, asked: Asked) -> Counted:
    """Unemployed, and below 65."""
    del asked
    status = town.residents["status"]
    return float((status == UNEMPLOYED).sum()), float((status != RETIRED).sum())


@figure(
    name="median_weekly_pay",
    title="Median gross weekly pay of residents",
    unit="pounds a week",
    kind="money",
    meaning="Median of gross pay a week of residents in work, part-timers among them, prices of the place file.",
    source=ASHE,
)
def median_weekly_pay(town: Economy, asked: Asked) -> float:
    """Median pay a month over the weeks of a month."""
    del asked
    wages = town.residents["wage"][_working(town)]
    return float(np.median(wages)) / WEEKS_A_MONTH / town.structure.minor_units if len(wages) else 0.0


@figure(
    name="hourly_p90_to_p10",
    title="Ninth decile of hourly pay over the first",
    unit="ratio",
    kind="ratio",
    meaning="Hourly pay of residents in work: the value that nine tenths stay below, over the one that a tenth stays below.",
    source=ASHE,
)
def hourly_p90_to_p10(town: Economy, asked: Asked) -> float:
    """Ratio of two percentiles of hourly pay."""
    del asked
    pay = _pay_of_workers(town)
    if not len(pay):
        return 1.0
    low, high = np.percentile(pay, (10, 90))
    return float(high / low) if low > 0.0 else 1.0


@figure(
    name="hourly_mean_to_median",
    title="Mean hourly pay over the median",
    unit="ratio",
    kind="ratio",
    meaning="Mean of the hourly pay of residents in work, over its median.",
    source=ASHE,
)
def hourly_mean_to_median(town: Economy, asked: Asked) -> float:
    """Mean over median of hourly pay; 1 where nobody works."""
    del asked
    pay = _pay_of_workers(town)
    return float(pay.mean() / np.median(pay)) if len(pay) and np.median(pay) > 0.0 else 1.0


@figure(
    name="living_wage_gainers",
    title="Residents newly paid the living wage",
    unit="persons",
    kind="count",
    meaning="Residents in work paid the real living wage of the opening year or more, less those of the opening.",
    source="Preston City Council counts employees newly paid the real living wage since the start.",
    grows=True,
    since=True,
)
def living_wage_gainers(town: Economy, asked: Asked) -> float:
    """Residents in work at or above the living wage."""
    del asked
    return float((_working(town) & ~paid_below_living_wage(town)).sum())


@figure(
    name="household_income_per_head",
    title="Disposable income per head",
    unit="pounds a year",
    kind="money",
    meaning="Twelve times the month's income after tax of all adults, over residents of every age; the rent that owners would pay "
    "themselves, which the published figure holds, is not in it.",
    source="Office for National Statistics, regional gross disposable household income.",
)
def household_income_per_head(town: Economy, asked: Asked) -> float:
    """Yearly income of all adults over all residents."""
    del asked
    return MONTHS * float(town.residents["income"].sum()) / town.structure.minor_units / float(town.place.population.residents)


@figure(
    name="saving_ratio",
    title="Saved of income after tax",
    unit="share of income after tax",
    kind="ratio",
    meaning="What residents neither spend at sellers nor pay in rents and mortgage interest, of their income after tax.",
    source="Office for National Statistics, household saving ratio; that one counts pension saving as well.",
)
def saving_ratio(town: Economy, asked: Asked) -> Counted:
    """What is left of the month's income, and the income."""
    del asked
    income, paid = float(town.residents["income"].sum()), float(town.residents["spending"].sum())
    living = np.zeros(len(town.ledger), bool)
    living[town.residents["account"]] = True
    for booking in town.ledger.journal:
        if booking.channel in ("rents", "mortgage interest"):
            payer, pence = np.broadcast_arrays(booking.payer, booking.pence)
            paid += float(pence[living[payer]].sum())
    return income - paid, income


@figure(
    name="wealth_bottom_half",
    title="Share of net wealth held by the poorer half",
    unit="share of net wealth",
    kind="share",
    meaning="Part of residents' net wealth that the half with the least holds; there households, here adults.",
    source="Office for National Statistics, Wealth and Assets Survey.",
)
def wealth_bottom_half(town: Economy, asked: Asked) -> Counted:
    """Wealth of the poorer half, and of all; debts beyond assets count as nought."""
    del asked
    wealth = np.maximum(ordered_wealth(town), 0).astype(np.float64)
    return float(wealth[: len(wealth) // 2].sum()), float(wealth.sum())


@figure(
    name="commuter_share",
    title="Jobs held by people who live elsewhere",
    unit="share of jobs in the place",
    kind="share",
    meaning="People from next door, of all who work at firms and anchors in the place.",
    source="Census tables of home and work place.",
)
def commuter_share(town: Economy, asked: Asked) -> Counted:
    """Commuters, and all jobs."""
    del asked
    from_outside = float(town.firms["commuters"].sum() + town.anchors["commuters"].sum())
    return from_outside, from_outside + float(town.firms["workers"].sum() + town.anchors["workers"].sum())


@figure(
    name="house_price_to_earnings",
    title="House price over full-time yearly earnings",
    unit="ratio",
    kind="ratio",
    meaning="House price of the place file over the median yearly pay of residents who work thirty hours or more.",
    source="Office for National Statistics, housing affordability ratio.",
)
def house_price_to_earnings(town: Economy, asked: Asked) -> float:
    """Price of a home over median yearly full-time pay; nought where nobody works full-time."""
    del asked
    mine = town.residents["wage"][_working(town) & (town.residents["hours"] >= FULL_TIME)]
    yearly = MONTHS * float(np.median(mine)) / town.structure.minor_units if len(mine) else 0.0
    return float(town.place.housing.house_price) / yearly if yearly > 0.0 else 0.0


def _spent_by_tenth(town: Economy) -> NDArray[np.float64]:
    """What residents of each tenth spend at sellers this month, taxes included (10,) pence."""
    spending = town.residents["spending"].astype(np.float64)
    return np.bincount(town.residents["income_tenth"], weights=spending, minlength=10).astype(np.float64)


@figure(
    name="spending_share_fifth",
    title="What a fifth of residents spends on a category",
    unit="share of its spending at sellers after tax",
    kind="share",
    meaning="Part of what a fifth by income spends at sellers that goes to a category, housing and taxes left out.",
    source=FAMILY_SPENDING,
    keys=tuple(f"{fifth}:{category}" for fifth in FIFTHS for category, _ in CATEGORIES),
)
def spending_share_fifth(town: Economy, asked: Asked) -> Counted:
    """Money of a fifth in a category, and in all."""
    fifth, _, category = asked.key.partition(":")
    structure = town.structure
    spent = _spent_by_tenth(town) * (1.0 - structure.spending_tax)
    money = share_in_categories(spent, structure.spending_shares, FIFTHS.index(fifth))
    return float(money[[name for name, _ in CATEGORIES].index(category)]), float(money.sum())


@figure(
    name="spending_of_fifth",
    title="Share of all spending by a fifth of residents",
    unit="share of residents' spending at sellers",
    kind="share",
    meaning="Part of what residents spend at sellers that a fifth by income spends, taxes included, housing left out.",
    source=FAMILY_SPENDING,
    keys=FIFTHS,
)
def spending_of_fifth(town: Economy, asked: Asked) -> Counted:
    """Spending of two tenths, and of all."""
    spent = _spent_by_tenth(town)
    fifth = FIFTHS.index(asked.key)
    return float(spent[2 * fifth : 2 * fifth + 2].sum()), float(spent.sum())
