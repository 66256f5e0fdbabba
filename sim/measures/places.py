"""Within the place: by neighbourhood, and by fifth of income."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import measure
from sim.kinds.flows import FIRST_FIRM, FIRST_RESIDENT, OUTSIDE
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.town import Town
from sim.measures.precarity import FIFTHS, by_fifth
from sim.measures.work import paid_below_living_wage

OF_RESIDENTS = "Residents' status and pay, counted where they live."


def by_neighbourhood(town: Town, part: NDArray[np.generic], whole: NDArray[np.generic]) -> dict[str, float]:
    """Sum of one thing over the sum of another among residents of each neighbourhood, nought where there is nothing."""
    where, names = town.residents["neighbourhood"], [item.name for item in town.place.neighbourhoods]
    above = np.bincount(where, weights=np.asarray(part, np.float64), minlength=len(names))
    below = np.bincount(where, weights=np.asarray(whole, np.float64), minlength=len(names))
    return dict(zip(names, np.divide(above, below, out=np.zeros(len(names)), where=below > 0).tolist(), strict=True))


@measure(
    name="neighbourhood_unemployment",
    title="Unemployment by neighbourhood",
    unit="share of those in work or looking for it",
    kind="share",
    meaning="Residents who look for work, of those who work or look, where they live.",
    source=OF_RESIDENTS,
    keys="neighbourhood",
)
def neighbourhood_unemployment(town: Town) -> dict[str, float]:
    """Unemployment rate of each neighbourhood."""
    status = town.residents["status"]
    seeking = status == UNEMPLOYED
    return by_neighbourhood(town, seeking, seeking | (status == EMPLOYED))


@measure(
    name="neighbourhood_income",
    title="Mean usual income by neighbourhood",
    unit="pounds a month",
    kind="money",
    meaning="Smoothed disposable income of adults, where they live.",
    source=OF_RESIDENTS,
    keys="neighbourhood",
)
def neighbourhood_income(town: Town) -> dict[str, float]:
    """Mean usual income of each neighbourhood."""
    usual = town.residents["usual_income"]
    return by_neighbourhood(town, usual / town.structure.minor_units, np.ones(len(usual)))


@measure(
    name="neighbourhood_below_living_wage",
    title="Residents in work paid below the real living wage, by neighbourhood",
    unit="share of residents in work",
    kind="share",
    meaning="Residents whose hourly pay is below the real living wage of the opening year, where they live.",
    source=OF_RESIDENTS,
    keys="neighbourhood",
)
def neighbourhood_below_living_wage(town: Town) -> dict[str, float]:
    """Share below the living wage in each neighbourhood."""
    return by_neighbourhood(town, paid_below_living_wage(town), town.residents["status"] == EMPLOYED)


@measure(
    name="fifth_income",
    title="Mean usual income by fifth of income",
    unit="pounds a month",
    kind="money",
    meaning="Smoothed disposable income of adults, by the fifth they were in when fifths were last set.",
    source="Smoothed income of residents; tenths are set once a year.",
    keys="fifth",
)
def fifth_income(town: Town) -> dict[str, float]:
    """Mean usual income of each fifth."""
    return by_fifth(town, town.residents["usual_income"] / town.structure.minor_units)


@measure(
    name="fifth_spending",
    title="Mean spending at sellers by fifth of income",
    unit="pounds a month",
    kind="money",
    meaning="What adults spend at sellers, taxes included, housing left out.",
    source="Residents' spending this month; tenths are set once a year.",
    keys="fifth",
)
def fifth_spending(town: Town) -> dict[str, float]:
    """Mean spending of each fifth."""
    return by_fifth(town, town.residents["spending"] / town.structure.minor_units)


@measure(
    name="fifth_retention",
    title="Share of residents' spending that stays in the place, by fifth of income",
    unit="share of spending, rents and taxes included",
    kind="share",
    meaning="Part of what the residents of each fifth pay that goes to accounts in the place.",
    source="This month's bookings, as for the share of all residents.",
    keys="fifth",
)
def fifth_retention(town: Town) -> dict[str, float]:
    """Local part of what each fifth pays."""
    rows = town.notes.flows.pence[FIRST_RESIDENT:FIRST_FIRM].astype(np.float64)
    total = rows.sum(axis=1)
    local = rows[:, len(OUTSIDE) :].sum(axis=1)
    return dict(zip(FIFTHS, np.divide(local, total, out=np.zeros(len(FIFTHS)), where=total > 0).tolist(), strict=True))
