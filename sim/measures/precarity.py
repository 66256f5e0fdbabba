"""Precarity: how long savings would last, and how much income swings from month to month."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.registry import measure
from sim.kinds.claims import liquid_savings
from sim.kinds.town import Town

Floats = NDArray[np.float64]

#: Names of the fifths of usual income, the poorest first.
FIFTHS: Final = ("poorest fifth", "second fifth", "third fifth", "fourth fifth", "richest fifth")
#: A month is a dip when income is more than this share below the usual.
DIP: Final = 0.25


def months_covered(savings: ArrayLike, outgo: ArrayLike) -> Floats:
    """Months that savings last at the usual outgo; who owes more than they hold has none, who spends nothing has them for ever.

    Examples
    --------
    >>> months_covered([3000, -50, 10, 0], [1500, 700, 0, 0]).tolist()
    [2.0, 0.0, inf, inf]
    """
    held, spent = np.maximum(np.asarray(savings, np.float64), 0.0), np.asarray(outgo, np.float64)
    result: Floats = np.divide(held, spent, out=np.full(len(held), np.inf), where=spent > 0)
    return result


def swings(income: ArrayLike, usual: ArrayLike) -> Floats:
    """Distance of each income from its usual level, as a share of the usual; nought where the usual is not above nought.

    Examples
    --------
    >>> swings([900, 1500, 10], [1000.0, 1000.0, 0.0]).tolist()
    [0.1, 0.5, 0.0]
    """
    now, level = np.asarray(income, np.float64), np.asarray(usual, np.float64)
    result: Floats = np.divide(np.abs(now - level), level, out=np.zeros(len(now)), where=level > 0)
    return result


def by_fifth(town: Town, values: NDArray[np.generic]) -> dict[str, float]:
    """Mean of some values in each fifth of usual income, and of all under ``all``."""
    fifth = town.residents["income_tenth"] // 2
    number = np.bincount(fifth, minlength=len(FIFTHS))
    sums = np.bincount(fifth, weights=np.asarray(values, np.float64), minlength=len(FIFTHS))
    result = dict(zip(FIFTHS, (sums / np.maximum(number, 1)).tolist(), strict=True))
    result["all"] = float(sums.sum() / max(int(number.sum()), 1))
    return result


def usual_outgo(town: Town) -> Floats:
    """What each resident pays in a month at the usual income: shopping at the usual share, rent or mortgage interest (residents,) pence.

    Council tax is taken from income before it is counted. Shopping is this month's with its taxes; housing is what is due.
    """
    residents = town.residents
    interest = residents["mortgage"] * (float(town.place.housing.mortgage_rate) / 12.0)
    result: Floats = residents["spending"] + residents["rent"] + interest
    return result


@measure(
    name="months_of_cover",
    title="Months that the savings of the middle resident last",
    unit="months of usual spending, housing included",
    kind="months",
    meaning="Median over residents of liquid savings over a month's shopping, rent and mortgage interest, if all income stopped.",
    source="How long living costs could be met if the main income stopped: as asked in the Financial Lives surveys (Financial Conduct "
    "Authority, 2017 to 2022), there by household and in bands; here adult by adult, exact.",
)
def months_of_cover(town: Town) -> float:
    """Median months of cover."""
    return float(np.median(months_covered(liquid_savings(town), usual_outgo(town))))


@measure(
    name="under_one_month",
    title="Residents whose savings last less than a month",
    unit="share of residents",
    kind="share",
    meaning="Residents with less liquid savings than a month's shopping, rent and mortgage interest, by fifth of usual income.",
    source="Financial Lives surveys (Financial Conduct Authority) count as low in resilience who could not live a week without the main "
    "income; the threshold of a month is ours.",
    keys="fifth",
)
def under_one_month(town: Town) -> dict[str, float]:
    """Share of each fifth with under a month of cover."""
    return by_fifth(town, liquid_savings(town) < usual_outgo(town))


@measure(
    name="income_swings",
    title="How far incomes are from their usual level in a month",
    unit="share of usual income",
    kind="share",
    meaning="Mean over residents of the distance of this month's income from the smoothed one, by fifth of usual income.",
    source="Spread of monthly income within a year as in Hannagan and Morduch 2015 (US Financial Diaries); theirs is a coefficient of "
    "variation around the year's mean, ours the mean distance from the smoothed income that residents spend by.",
    keys="fifth",
)
def income_swings(town: Town) -> dict[str, float]:
    """Mean swing of each fifth."""
    return by_fifth(town, swings(town.residents["income"], town.residents["usual_income"]))


@measure(
    name="income_dips",
    title="Residents with an income well below their usual one",
    unit="share of residents",
    kind="share",
    meaning="Residents whose income of the month is more than a quarter below the smoothed one.",
    source="A dip as in Hannagan and Morduch 2015 (US Financial Diaries): a month more than 25% below the household's mean of the year.",
)
def income_dips(town: Town) -> float:
    """Share with a dip this month."""
    residents = town.residents
    return float(np.mean(residents["income"] < (1.0 - DIP) * residents["usual_income"]))
