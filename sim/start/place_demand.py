"""Jobs, pay, output, trade shares and final demand of a place, before its capacity is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, SupportsFloat

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError
from sim.settings.places.sections import ANCHOR_SECTORS
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier_sums import spend_in_place
from sim.start.consumption import household_purchases
from sim.start.final_demand import investment_purchases, local_pull
from sim.start.input_output import (
    flegg_location_quotients,
    local_coefficients,
    region_size_weight,
    simple_location_quotients,
    technical_coefficients,
)
from sim.start.national import NationalAccounts

if TYPE_CHECKING:
    from sim.settings.parameters import Parameters
    from sim.settings.place import Place

__all__ = ["ANCHOR_SECTORS", "Demand", "Levels", "Trade", "place_demand", "place_levels", "place_trade"]

Floats = NDArray[np.float64]
WEEKS_IN_YEAR: Final = 52.0
#: Ages at which people are counted as of working age; the last band of the place file is older.
WORKING_AGES: Final = ("16-24", "25-34", "35-49", "50-64")


@dataclass(frozen=True)
class Levels:
    """Jobs, pay for a job in a year, and output of the place by sector, (18,); `firm_output` leaves the anchors' own out."""

    jobs: Floats
    anchor_jobs: Floats
    pay_per_job: Floats
    output: Floats
    firm_output: Floats


@dataclass(frozen=True)
class Trade:
    """Purchases for each unit of output: `local` (18, 18), `region` and `world` (18,); and shares of final demand, (18,).

    `local_final` is the share of the domestic part of investment that the place can meet; `region_final` the share of what is left that
    the region around it meets.
    """

    local: Floats
    region: Floats
    world: Floats
    quotients: Floats
    region_quotients: Floats
    local_final: Floats
    region_final: Floats


@dataclass(frozen=True)
class Demand:
    """Money of final buyers in a year by sector of the seller, and the parts of a unit of it that are domestic and tax, all (18,).

    `household_kept` is the money of residents wanted to stay in the place in all.
    """

    household_total: Floats
    household_domestic: Floats
    household_tax: Floats
    household_pull: Floats
    household_kept: float
    investment_total: Floats
    investment_domestic: Floats
    investment_tax: Floats
    anchors: Floats


def by_sector(figures: Mapping[str, SupportsFloat]) -> Floats:
    """Figures keyed by sector name as an array (18,); a sector without a figure is nought.

    Examples
    --------
    >>> by_sector({"mining": 3}).tolist()[:3]
    [0.0, 3.0, 0.0]
    """
    return np.array([float(figures.get(sector, 0.0)) for sector in SECTORS])


def place_levels(place: Place, nation: NationalAccounts, parameters: Parameters) -> Levels:
    """Jobs, pay and output by sector.

    Sectors' pay differs as compensation for each job does in the nation; the mean over jobs is the place's own mean pay.
    """
    jobs = by_sector(place.labour.jobs_by_sector)
    if jobs.sum() <= 0:
        raise RunError(f"the place {place.name} has no jobs in any sector; its accounts need them")
    national_pay = nation.compensation_per_job
    pay_per_job = national_pay * mean_pay(place) * jobs.sum() / float(jobs @ national_pay)
    labour = nation.compensation / nation.output
    output = jobs * pay_per_job * (1 + parameters["work.employer_contribution_rate"]) / labour
    anchor_jobs = _anchor_jobs(place, jobs)
    share = np.divide(anchor_jobs, jobs, out=np.zeros_like(jobs), where=jobs > 0)
    return Levels(jobs, anchor_jobs, pay_per_job, output, output * (1 - share))


def mean_pay(place: Place) -> float:
    """Mean gross pay of a job in a year, from the weekly median and the ratio of mean to median."""
    return float(place.pay.median_weekly) * WEEKS_IN_YEAR * float(place.pay.mean_to_median)


def _anchor_jobs(place: Place, jobs: Floats) -> Floats:
    """Jobs of anchors by their own sector, at most all the jobs there are."""
    found = np.zeros(len(SECTORS))
    for anchor in place.anchors:
        found[SECTORS.index(ANCHOR_SECTORS[anchor.kind])] += float(anchor.jobs)
    return np.minimum(found, jobs)


def place_trade(place: Place, jobs: Floats, nation: NationalAccounts, parameters: Parameters) -> Trade:
    """What is bought in the place, in the rest of the region and elsewhere, by Flegg's location quotients.

    The region's quotients count the place in; what the region meets and the place does not is the rest of the region's. A region with
    fewer jobs in a sector than the place has there (figures of different years) is given the place's.
    """
    delta = parameters["accounts.flq_delta"]
    region_jobs = np.maximum(by_sector(place.labour.region_jobs_by_sector), jobs)
    domestic = technical_coefficients(nation.domestic, nation.output)
    local = local_coefficients(domestic, flegg_location_quotients(jobs, nation.jobs, delta))
    both = np.maximum(local, local_coefficients(domestic, flegg_location_quotients(region_jobs, nation.jobs, delta)))
    quotients, region_quotients = (simple_location_quotients(area, nation.jobs) for area in (jobs, region_jobs))
    return Trade(
        local=local,
        region=(both - local).sum(axis=0),
        world=(domestic - both).sum(axis=0) + nation.imports / nation.output,
        quotients=quotients,
        region_quotients=region_quotients,
        local_final=np.minimum(1.0, quotients * region_size_weight(jobs, nation.jobs, delta)),
        region_final=np.minimum(1.0, region_quotients * region_size_weight(region_jobs, nation.jobs, delta)),
    )


def place_demand(place: Place, levels: Levels, trade: Trade, nation: NationalAccounts, parameters: Parameters) -> Demand:
    """Final demand of residents, investors and anchors.

    Residents spend, for each employed resident, what the nation's households spend for each job, in proportion to pay; investment is to
    value added as in the nation. Both are estimates to close the accounts with: the model's own residents and firms decide what they spend.
    """
    contribution = 1 + parameters["work.employer_contribution_rate"]
    households = household_purchases(nation)
    employed = float(place.labour.employment_rate) * sum(float(place.population.adults_by_age[band]) for band in WORKING_AGES)
    national_pay = float(nation.compensation_per_job @ nation.jobs) / 1e6
    spending = households.total * employed * mean_pay(place) * contribution / national_pay
    total, domestic, tax = investment_purchases(nation)
    value_added = levels.output @ (1 - (nation.domestic.sum(axis=0) + nation.imports + nation.product_taxes) / nation.output)
    national_value_added = float((nation.compensation + nation.surplus + nation.production_taxes).sum())
    household_tax = _share(households.taxes, households.total)
    return Demand(
        household_total=spending,
        household_domestic=_share(households.domestic, households.total),
        household_tax=household_tax,
        household_pull=local_pull(trade.quotients, parameters["accounts.remote_seller_weight"]),
        household_kept=parameters["households.local_shopping"] * float(spending @ (1 - household_tax)),
        investment_total=total * value_added / national_value_added,
        investment_domestic=domestic,
        investment_tax=tax,
        anchors=_anchor_purchases(place),
    )


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _anchor_purchases(place: Place) -> Floats:
    """What anchors buy in the place in a year by sector of the seller (18,)."""
    bought = np.zeros(len(SECTORS))
    for anchor in place.anchors:
        bought += np.array(spend_in_place(anchor))
    return bought
