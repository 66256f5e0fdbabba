"""Firms and jobs, as business demography and regional accounts count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.kinds.firms import Cooperative
from sim.measures.work import jobs
from sim.runs.validation.figure import Asked, Counted, figure
from sim.settings.places.keyed import SIZES
from sim.settings.sectors import SECTORS

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["SURVIVAL_YEARS", "firms_in_band", "value_added"]

MONTHS = 12.0
SURVIVAL_YEARS = ("1", "2", "3", "4", "5")
DEMOGRAPHY = "Office for National Statistics, Business demography; there enterprises, here sites of firms and branches."


def firms_in_band(size: NDArray[np.int64], band: str) -> int:
    """How many firms of these jobs (firms,) are in a size band.

    Examples
    --------
    >>> firms_in_band(np.array([1, 4, 5, 300]), "0-4"), firms_in_band(np.array([1, 300]), "250+")
    (2, 1)
    """
    low, _, high = band.removesuffix("+").partition("-")
    return int(((size >= int(low)) & (size <= (int(high) if high else np.iinfo(np.int64).max))).sum())


def _sizes(town: Economy) -> NDArray[np.int64]:
    """People at each firm (firms,)."""
    result: NDArray[np.int64] = (town.firms["workers"] + town.firms["commuters"]).astype(np.int64)
    return result


@figure(
    name="jobs_in_place",
    title="Jobs in the place",
    unit="jobs",
    kind="count",
    meaning="Jobs at firms and anchors in the place, whoever holds them.",
    source="Census workplace population and the Business Register and Employment Survey; the measure jobs.",
    grows=True,
)
def jobs_in_place(town: Economy, asked: Asked) -> float:
    """The measure of the same meaning."""
    del asked
    return jobs(town)


@figure(
    name="jobs_in_sector",
    title="Jobs in a sector",
    unit="jobs",
    kind="count",
    meaning="Jobs of firms of the sector, and of anchors that belong to it.",
    source="Census workplace population and the Business Register and Employment Survey by industry.",
    keys=SECTORS,
    grows=True,
)
def jobs_in_sector(town: Economy, asked: Asked) -> float:
    """Workers and commuters of one sector."""
    sector = SECTORS.index(asked.key)
    anchors = town.anchors
    at_anchors = (anchors["workers"] + anchors["commuters"])[anchors["sector"] == sector].sum()
    return float(_sizes(town)[town.firms["sector"] == sector].sum() + at_anchors)


@figure(
    name="firms_of_size",
    title="Firms of a size",
    unit="share of sites",
    kind="share",
    meaning="Sites of firms and branches with so many people, of all.",
    source="Office for National Statistics, UK business: activity, size and location; local units by size.",
    keys=SIZES,
)
def firms_of_size(town: Economy, asked: Asked) -> Counted:
    """Sites in a band, and all."""
    return float(firms_in_band(_sizes(town), asked.key)), float(len(town.firms))


@figure(
    name="firms_in_sector",
    title="Firms in a sector",
    unit="share of sites",
    kind="share",
    meaning="Sites of firms and branches of the sector, of all.",
    source="Office for National Statistics, UK business: activity, size and location; local units by industry.",
    keys=SECTORS,
)
def firms_in_sector(town: Economy, asked: Asked) -> Counted:
    """Sites of a sector, and all."""
    return float((town.firms["sector"] == SECTORS.index(asked.key)).sum()), float(len(town.firms))


@figure(
    name="survival",
    title="New firms still there after some years",
    unit="share of firms founded",
    kind="share",
    meaning="Of the firms founded by chance so many years before the month, those still there; the months of a window are added up.",
    source=DEMOGRAPHY,
    keys=SURVIVAL_YEARS,
)
def survival(town: Economy, asked: Asked) -> Counted:
    """Living firms of one month's births, and those births; nothing of nothing where none is known."""
    month = town.month - 12 * int(asked.key)
    born = town.births_by_month.get(month, 0)
    alive = (town.firms["born"] == month) & ~town.firms["founded_by_policy"]
    return (float(alive.sum()), float(born)) if born else (0.0, 0.0)


@figure(
    name="birth_rate",
    title="Firms founded in a year",
    unit="share of firms",
    kind="share",
    meaning="Twelve times the firms founded in a month, over the firms at its end.",
    source=DEMOGRAPHY,
)
def birth_rate(town: Economy, asked: Asked) -> Counted:
    """Foundings at a year's pace, and firms."""
    del asked
    return MONTHS * (town.notes.births + town.notes.founded_by_policy), float(len(town.firms))


@figure(
    name="death_rate",
    title="Firms ended in a year",
    unit="share of firms",
    kind="share",
    meaning="Twelve times the firms that end in a month, over the firms at its end.",
    source=DEMOGRAPHY,
)
def death_rate(town: Economy, asked: Asked) -> Counted:
    """Ends at a year's pace, and firms."""
    del asked
    return MONTHS * town.notes.deaths, float(len(town.firms))


@figure(
    name="founded_cooperative_jobs",
    title="Jobs in co-operatives that a policy founded",
    unit="jobs",
    kind="count",
    meaning="People at co-operatives that a policy of the scenario founded.",
    source="Counted so by the Evergreen Cooperatives of Cleveland.",
    grows=True,
)
def founded_cooperative_jobs(town: Economy, asked: Asked) -> float:
    """Jobs of founded co-operatives."""
    del asked
    mine = (town.firms["kind"] == Cooperative.code) & town.firms["founded_by_policy"]
    return float(_sizes(town)[mine].sum())


def value_added(sales: float, inputs: float, taxes: float, production_part: float, payroll: float, anchors_rate: float) -> float:
    """Gross value added at basic prices of firms and anchors.

    What firms sell less what they buy and the part of their taxes that lies on products, and the anchors' payroll raised by what
    national accounts add to pay where nothing is sold: capital used up, and taxes on production.

    Parameters
    ----------
    sales, inputs, taxes : float
        Of firms; inputs with work passed outside.
    production_part : float
        Part of firms' taxes that is on production, and so is value added.
    payroll : float
        Anchors' pay with contributions.
    anchors_rate : float
        Value added for each pound of that.

    Examples
    --------
    >>> value_added(100.0, 40.0, 10.0, 0.4, 50.0, 1.2)
    114.0
    """
    return sales - inputs - taxes * (1.0 - production_part) + payroll * anchors_rate


@figure(
    name="value_added_per_job",
    title="Gross value added per job",
    unit="pounds a year",
    kind="money",
    meaning="Twelve times the month's value added of firms and anchors, and the value added of housing in proportion to the nation's, "
    "over jobs in the place.",
    source="Office for National Statistics, regional gross value added over filled jobs (income and production approaches balanced).",
)
def value_added_per_job(town: Economy, asked: Asked) -> Counted:
    """Value added of a year, and jobs."""
    del asked
    accounts, firms, paid = town.regional_accounts, town.firms, {"inputs": 0, "subcontracts": 0, "business taxes": 0}
    for booking in town.ledger.journal:
        if booking.channel in paid:
            paid[booking.channel] += int(booking.pence.sum())
    on_products, on_production = (float(rate @ accounts.firm_output) for rate in (accounts.product_tax, accounts.production_tax))
    part = on_production / (on_products + on_production) if on_products + on_production > 0.0 else 0.0
    labour = float(accounts.anchor_output @ accounts.labour)
    beside = float(accounts.anchor_output @ (accounts.surplus + accounts.production_tax))
    rate = 1.0 + beside / labour if labour > 0.0 else 1.0
    inputs = paid["inputs"] + paid["subcontracts"]
    month = value_added(float(firms["sales"].sum()), inputs, paid["business taxes"], part, float(town.anchors["payroll"].sum()), rate)
    return MONTHS * month / town.structure.minor_units + accounts.housing_value_added, jobs(town)
