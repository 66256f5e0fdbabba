"""Work: jobs, unemployment, pay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import measure
from sim.kinds.residents import EMPLOYED, RETIRED, UNEMPLOYED, WEEKS_A_MONTH
from sim.kinds.town import Town


def paid_below_living_wage(town: Town) -> NDArray[np.bool_]:
    """Who is in work and paid below the living wage, half a penny an hour of tolerance (residents,)."""
    residents = town.residents
    bound = (town.structure.living_wage - 0.5) * WEEKS_A_MONTH
    result: NDArray[np.bool_] = (residents["status"] == EMPLOYED) & (residents["wage"] < residents["hours"] * bound)
    return result


@measure(
    name="jobs",
    title="Jobs in the place",
    unit="jobs",
    kind="count",
    meaning="Jobs at firms and anchors in the place, whoever holds them.",
    source="Head counts of employers.",
)
def jobs(town: Town) -> float:
    """Workers and commuters of firms and anchors."""
    return float(sum((table["workers"] + table["commuters"]).sum() for table in (town.firms, town.anchors)))


@measure(
    name="resident_jobs",
    title="Residents in work",
    unit="residents",
    kind="count",
    meaning="Adults of the place who have a job, in the place or outside.",
    source="Residents' status.",
)
def resident_jobs(town: Town) -> float:
    """Residents employed."""
    return float((town.residents["status"] == EMPLOYED).sum())


@measure(
    name="unemployment",
    title="Unemployment",
    unit="share of those in work or looking for it",
    kind="share",
    meaning="Residents who look for work, of those who work or look.",
    source="International Labour Organization definition, on residents' status.",
)
def unemployment(town: Town) -> float:
    """Unemployment rate."""
    status = town.residents["status"]
    seeking, working = float((status == UNEMPLOYED).sum()), float((status == EMPLOYED).sum())
    return seeking / (seeking + working) if seeking + working > 0 else 0.0


@measure(
    name="deprived_employment",
    title="In work in the most deprived neighbourhoods",
    unit="share of adults below 65",
    kind="share",
    meaning="Adults below 65 who have a job, of those who live in the most deprived neighbourhoods that hold a quarter of the people.",
    source="Residents' status; deprivation of the place file.",
)
def deprived_employment(town: Town) -> float:
    """Employment in the most deprived quarter."""
    residents, place = town.residents, town.place.neighbourhoods
    deprivation = np.array([float(item.deprivation) for item in place])
    people = np.array([float(item.population_share) for item in place])
    order = np.argsort(-deprivation, kind="stable")
    among = np.zeros(len(place), bool)
    among[order[np.cumsum(people[order]) - people[order] < 0.25 * people.sum() - 1e-9]] = True
    mine = residents["status"][among[residents["neighbourhood"]]]
    working_age = int((mine != RETIRED).sum())
    return float((mine == EMPLOYED).sum() / working_age) if working_age else 0.0


@measure(
    name="below_living_wage",
    title="Residents in work paid below the real living wage",
    unit="share of residents in work",
    kind="share",
    meaning="Residents whose hourly pay is below the real living wage of the opening year.",
    source="ONS counts employee jobs the same way: 12.7% of Preston's jobs in 2022. Preston's opening in the model has about twice that "
    "(24%), so the cost of a living-wage condition may be understated.",
)
def below_living_wage(town: Town) -> float:
    """Share below the living wage, half a penny an hour of tolerance."""
    working = int((town.residents["status"] == EMPLOYED).sum())
    return int(paid_below_living_wage(town).sum()) / working if working else 0.0


@measure(
    name="median_pay",
    title="Median gross pay of residents in work",
    unit="pounds a month",
    kind="money",
    meaning="Median gross pay of residents who have a job.",
    source="Residents' pay this month.",
)
def median_pay(town: Town) -> float:
    """Median gross pay."""
    paid = town.residents["gross"][town.residents["status"] == EMPLOYED]
    return float(np.median(paid)) / town.structure.minor_units if len(paid) else 0.0


@measure(
    name="job_moves",
    title="Residents who start a job",
    unit="residents a month",
    kind="count",
    meaning="Residents hired this month.",
    source="Hires of the month.",
    summary="mean",
)
def job_moves(town: Town) -> float:
    """Hires of residents."""
    return float(town.notes.hires)
