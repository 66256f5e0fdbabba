"""Wealth and income of residents: how much, and how unequal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import measure
from sim.kinds.claims import liquid_savings
from sim.kinds.town import Town
from sim.measures.equity import net_wealth
from sim.measures.formulas.inequality import gini, palma, top_share


def ordered_wealth(town: Town) -> NDArray[np.int64]:
    """Residents' net wealth in rising order, pence (residents,); put in order once a month, when first asked for."""
    if not len(town.notes.ordered_wealth):
        town.notes.ordered_wealth = np.sort(net_wealth(town))
    return town.notes.ordered_wealth


@measure(
    name="income_gini",
    title="Gini of usual income",
    unit="index, 0 to 1",
    kind="index",
    meaning="Inequality of residents' usual disposable income, each adult for themselves.",
    source="Gini 1912; person by person, so above the published Gini of households (35.7% in 2021/22).",
)
def income_gini(town: Town) -> float:
    """Gini of usual income, negative incomes as nought."""
    return gini(np.maximum(town.notes.ordered_income, 0.0))


@measure(
    name="income_palma",
    title="Palma ratio of usual income",
    unit="ratio",
    kind="ratio",
    meaning="Income of the richest tenth over that of the poorest four tenths.",
    source="Palma 2011.",
)
def income_palma(town: Town) -> float:
    """Palma ratio of usual income."""
    return palma(np.maximum(town.notes.ordered_income, 0.0))


@measure(
    name="income_top_tenth",
    title="Share of usual income of the richest tenth",
    unit="share of usual income",
    kind="share",
    meaning="Part of residents' usual disposable income that goes to the tenth with the most.",
    source="Top shares as in Atkinson and Piketty 2007, on disposable income of adults.",
)
def income_top_tenth(town: Town) -> float:
    """Top tenth's share, negative incomes as nought."""
    return top_share(np.maximum(town.notes.ordered_income, 0.0), 0.1)


@measure(
    name="wealth_gini",
    title="Gini of net wealth",
    unit="index, 0 to 1",
    kind="index",
    meaning="Inequality of residents' net wealth: savings, homes, pensions and firms less debts.",
    source="Gini 1912; Great Britain 0.61 in 2010-12 for households.",
)
def wealth_gini(town: Town) -> float:
    """Gini of net wealth, debts beyond assets as nought."""
    return gini(np.maximum(ordered_wealth(town), 0).astype(np.float64))


@measure(
    name="wealth_top_tenth",
    title="Share of net wealth held by the richest tenth",
    unit="share of net wealth",
    kind="share",
    meaning="Part of residents' net wealth that the richest tenth holds.",
    source="Great Britain 43% in 2018-20 for households.",
)
def wealth_top_tenth(town: Town) -> float:
    """Top tenth's share."""
    return top_share(np.maximum(ordered_wealth(town), 0).astype(np.float64), 0.1)


@measure(
    name="mean_income",
    title="Mean disposable income of residents",
    unit="pounds a month",
    kind="money",
    meaning="Income after tax of adults: work, benefits, pensions, rents and payouts.",
    source="The month's bookings.",
)
def mean_income(town: Town) -> float:
    """Mean disposable income this month."""
    return float(np.mean(town.residents["income"])) / town.structure.minor_units


@measure(
    name="poorest_fifth_income",
    title="Mean usual income of the poorest fifth",
    unit="pounds a month",
    kind="money",
    meaning="Usual disposable income of the fifth of adults with the least.",
    source="Smoothed income of residents.",
)
def poorest_fifth_income(town: Town) -> float:
    """Mean usual income of the lowest fifth."""
    usual = town.notes.ordered_income
    return float(usual[: max(len(usual) // 5, 1)].mean()) / town.structure.minor_units


@measure(
    name="savings",
    title="Liquid savings of residents",
    unit="pounds",
    kind="money",
    meaning="Deposits of all residents, with banks, a community bank, a credit union or in local currency, at the end of the month.",
    source="The ledger.",
    summary="last",
)
def savings(town: Town) -> float:
    """Deposits of residents, wherever they lie."""
    return float(liquid_savings(town).sum()) / town.structure.minor_units


@measure(
    name="rent_arrears",
    title="Rent arrears",
    unit="pounds",
    kind="money",
    meaning="Rent that residents owe at the end of the month.",
    source="Residents' arrears.",
    summary="last",
)
def rent_arrears(town: Town) -> float:
    """Sum of arrears."""
    return float(town.residents["rent_arrears"].sum()) / town.structure.minor_units
