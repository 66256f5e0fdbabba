"""The accounts of one place: national accounts brought down to it by location quotients, with exports as what closes them.

The order of the work: pay by sector gives the level of output; Flegg's location quotients give what is bought inside the place and inside
the region around it; households, investors and anchors add their demand; no sector may sell more inside the place than it makes, less a
least share of exports; what local buyers do not take is sold to government or outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.settings.sectors import SECTORS
from sim.start.closing import close_accounts
from sim.start.consumption import consumption_shares
from sim.start.final_demand import Destinations, split_destinations
from sim.start.national import NationalAccounts, national_accounts
from sim.start.place_demand import ANCHOR_SECTORS, place_demand, place_levels, place_trade

if TYPE_CHECKING:
    from sim.settings.parameters import Parameters
    from sim.settings.place import Place

__all__ = ["ANCHOR_SECTORS", "RegionalAccounts", "regional_accounts"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RegionalAccounts:
    """One year of the place by eighteen sectors; money in major units of the currency, arrays (18,) unless said.

    Each column of a sector adds to 1: ``local.sum(0) + region + world + product_tax + production_tax + labour + surplus``.

    Attributes
    ----------
    jobs, anchor_jobs : ndarray
        All jobs of the sector in the place, and those among them that anchors hold.
    output, anchor_output : ndarray
        Yearly output, and the anchors' part of it, in proportion to jobs; anchors sell nothing: grants pay for what they make.
    pay_per_job : ndarray
        Mean gross pay of a job in a year.
    local : ndarray (18, 18)
        What firms of the column's sector buy from the row's sector in the place, for each unit of their output.
    region, world : ndarray
        What they buy in the rest of the region, and elsewhere, for each unit of output.
    product_tax, production_tax, labour, surplus : ndarray
        Taxes, pay with employers' contributions, and operating surplus with mixed income, for each unit of output.
    consumption : ndarray (10, 18)
        Shares of sellers' sectors in the spending of each income tenth, rents left out; rows add to 1.
    household_spending : float
        Estimate of what residents spend in a year, rents left out.
    household_local, household_region, household_world, household_tax : ndarray
        Where a unit spent by residents on each sector goes; they add to 1.
    investment : ndarray
        Shares of sellers' sectors in investment; adds to 1.
    investment_total : float
        Estimate of all investment in the place in a year.
    investment_local, investment_region, investment_world, investment_tax : ndarray
        Where a unit invested in each sector's products goes; they add to 1.
    anchor_local : ndarray
        What anchors buy in the place, by sector of the seller.
    government : ndarray
        Yearly sales of firms to government and bodies that it pays for, other than the anchors.
    exports : ndarray
        Yearly sales of firms to all other buyers outside the place: what closes the accounts.
    limited : tuple of str
        Sectors whose local sales were held back to what the sector makes.
    balance_error : float
        Largest relative miss of the balanced table.
    housing_value_added : float
        Estimate of the value added of housing that households own or rent, left out of all else here: in proportion to the nation's.
    """

    jobs: Floats
    anchor_jobs: Floats
    output: Floats
    anchor_output: Floats
    pay_per_job: Floats
    local: Floats
    region: Floats
    world: Floats
    product_tax: Floats
    production_tax: Floats
    labour: Floats
    surplus: Floats
    consumption: Floats
    household_spending: float
    household_local: Floats
    household_region: Floats
    household_world: Floats
    household_tax: Floats
    investment: Floats
    investment_total: float
    investment_local: Floats
    investment_region: Floats
    investment_world: Floats
    investment_tax: Floats
    anchor_local: Floats
    government: Floats
    exports: Floats
    limited: tuple[str, ...]
    balance_error: float
    housing_value_added: float

    @property
    def firm_output(self) -> Floats:
        """Output of the sector without the anchors' own, (18,)."""
        return self.output - self.anchor_output

    @property
    def inputs_local(self) -> Floats:
        """What firms in the place sell to firms in the place as inputs, (18,)."""
        return self.local @ self.firm_output

    @property
    def final_local(self) -> Floats:
        """What firms sell in the place to residents, investors and anchors, (18,)."""
        return self.firm_output - self.inputs_local - self.government - self.exports

    @property
    def value_added(self) -> float:
        """Gross value added of the place in a year, at basic prices, without the housing of households.

        Add `housing_value_added` before comparing it with a published figure.
        """
        return float(self.output @ (self.labour + self.surplus + self.production_tax))


def regional_accounts(place: Place, parameters: Parameters) -> RegionalAccounts:
    """The accounts of a place by sector.

    Parameters
    ----------
    place : Place
        Published facts: jobs by sector in the place and in its region, pay, employment, anchors and what they buy.
    parameters : Parameters
        The group ``accounts``, ``households.local_shopping`` and ``work.employer_contribution_rate``.

    Returns
    -------
    RegionalAccounts
        Every column adds to 1, exports are at or above their least share.

    Raises
    ------
    sim.errors.RunError
        When the place has no jobs or the table can't be balanced.

    Notes
    -----
    Level: output is jobs times pay and contributions, over the national share of compensation in output. Structure: Flegg and Webber,
    1997, with jobs as the measure of size. National tables are of 2019; only their proportions are used. The surplus is what the other
    costs leave, so that columns add to 1 (the published table is rounded: the difference is below 1e-9).
    """
    nation = national_accounts()
    levels = place_levels(place, nation, parameters)
    trade = place_trade(place, levels.jobs, nation, parameters)
    demand = place_demand(place, levels, trade, nation, parameters)
    closed = close_accounts(levels, trade, demand, parameters["accounts.minimum_export_share"])
    government = np.minimum(closed.outside, levels.firm_output * nation.government / nation.output)
    household = split_destinations(closed.household_local, demand.household_domestic, demand.household_tax, trade.region_final)
    investment = split_destinations(closed.investment_local, demand.investment_domestic, demand.investment_tax, trade.region_final)
    value_added_rates = (nation.compensation + nation.surplus + nation.production_taxes) / nation.output
    housing_rate = nation.housing_value_added / float(value_added_rates @ nation.output)
    costs = closed.local.sum(axis=0) + closed.region + closed.world
    costs += (nation.product_taxes + nation.production_taxes + nation.compensation) / nation.output
    return RegionalAccounts(
        jobs=levels.jobs,
        anchor_jobs=levels.anchor_jobs,
        output=levels.output,
        anchor_output=levels.output - levels.firm_output,
        pay_per_job=levels.pay_per_job,
        local=closed.local,
        region=closed.region,
        world=closed.world,
        **_shares_of_output(nation),
        surplus=1.0 - costs,
        consumption=consumption_shares(nation),
        household_spending=float(demand.household_total.sum()),
        investment=demand.investment_total / demand.investment_total.sum(),
        investment_total=float(demand.investment_total.sum()),
        **_parts("household", household),
        **_parts("investment", investment),
        anchor_local=closed.anchors,
        government=government,
        exports=closed.outside - government,
        limited=tuple(SECTORS[index] for index in closed.limited),
        balance_error=closed.error,
        housing_value_added=housing_rate * float(value_added_rates @ levels.output),
    )


def _parts(who: str, split: Destinations) -> dict[str, Any]:
    """The fields that say where a unit spent by households or investors goes."""
    return {f"{who}_local": split.local, f"{who}_region": split.region, f"{who}_world": split.world, f"{who}_tax": split.tax}


def _shares_of_output(nation: NationalAccounts) -> dict[str, Any]:
    """Taxes and pay for each unit of output, as in the nation."""
    return {
        "product_tax": nation.product_taxes / nation.output,
        "production_tax": nation.production_taxes / nation.output,
        "labour": nation.compensation / nation.output,
    }
