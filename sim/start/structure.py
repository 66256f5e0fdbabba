"""Constants of one place, from its regional accounts and its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from sim.kinds.categories import category_matrix
from sim.kinds.structure import Structure
from sim.settings.parameters import Parameters
from sim.settings.place import Place
from sim.settings.sectors import SECTORS
from sim.start.national import national_accounts
from sim.start.regional_accounts import RegionalAccounts

Floats = NDArray[np.float64]

#: Sectors whose outside buyers are government bodies: public administration, education, health and care.
PUBLIC_SECTORS = (14, 15, 16)


class _Shopping(TypedDict):
    """The part of a structure that says where residents spend."""

    spending_shares: Floats
    spending_tax: Floats
    category_local: Floats
    category_region: Floats
    category_sector: Floats


def build_structure(place: Place, accounts: RegionalAccounts, parameters: Parameters) -> Structure:
    """The constants known before any firm or resident is drawn; pools, templates and invitations come later."""
    minor = float(place.currency.minor_units)
    monthly_output = accounts.firm_output * minor / 12.0
    firm_jobs = np.maximum(accounts.jobs - accounts.anchor_jobs, 0.0)
    shape = np.divide(firm_jobs, monthly_output, out=np.zeros(18), where=monthly_output > 0)
    if not (shape > 0).any():
        # Where nobody but anchors employs, a firm that comes works as anchors' sectors do.
        shape = np.divide(accounts.jobs, accounts.output * minor / 12.0, out=np.zeros(18), where=accounts.output > 0)
    taxes = np.maximum(accounts.product_tax + accounts.production_tax, 0.0)
    investment_local = accounts.investment * accounts.investment_local
    return Structure(
        local=accounts.local,
        region=accounts.region,
        world=accounts.world,
        taxes=taxes,
        energy=energy_bought(),
        premises=rent_of_premises(),
        jobs_per_output=np.where(shape > 0, shape, np.median(shape[shape > 0])),
        sector_pay=accounts.pay_per_job * minor / 12.0,
        export_payers=_export_payers(accounts),
        **_shopping(accounts),
        investment_local=investment_local,
        investment_region=float((accounts.investment * accounts.investment_region).sum()),
        investment_world=float((accounts.investment * accounts.investment_world).sum()),
        investment_taxes=float((accounts.investment * accounts.investment_tax).sum()),
        mean_hours=mean_hours(place),
        outside_pay=float(np.average(accounts.pay_per_job, weights=accounts.jobs)) * minor / 12.0,
        commuter_share=float(place.labour.commuter_share),
        legal_minimum=float(place.pay.legal_minimum_hourly) * minor,
        living_wage=float(place.pay.living_wage_hourly) * minor,
        closure_hazard=closure_hazards(place, parameters),
        unemployment_benefit=round(float(place.transfers.unemployment_benefit_monthly) * minor),
        inactive_benefit=round(float(place.transfers.inactive_benefit_monthly) * minor),
        council_tax=round(float(place.transfers.council_tax_monthly) * minor),
        minor_units=int(minor),
    )


def energy_bought() -> Floats:
    """What each sector pays for energy, water and waste services for one of its output, by national purchases (18,)."""
    nation = national_accounts()
    energy: Floats = nation.domestic[SECTORS.index("energy-water-waste")] / nation.output
    return energy


def rent_of_premises() -> Floats:
    """What each sector pays for the use of premises for one of its output, by national purchases from real estate (18,).

    Location quotients tell how much of it goes to owners in the place (`Structure.local`). The rest goes elsewhere.
    """
    nation = national_accounts()
    rent: Floats = nation.domestic[SECTORS.index("real-estate")] / nation.output
    return rent


def mean_hours(place: Place) -> float:
    """Mean paid hours a week over full-time and part-time jobs."""
    part = float(place.pay.part_time_share)
    return (1.0 - part) * float(place.pay.weekly_hours) + part * float(place.pay.part_time_hours)


def _export_payers(accounts: RegionalAccounts) -> Floats:
    """Who buys outside the place, by sector: government for its part, then region and world as firms buy there."""
    sales = accounts.government + accounts.exports
    government = np.divide(accounts.government, sales, out=np.zeros(18), where=sales > 0)
    government[list(PUBLIC_SECTORS)] = np.where(sales[list(PUBLIC_SECTORS)] > 0, government[list(PUBLIC_SECTORS)], 1.0)
    # No table of a place's sales by destination exists: outside sales divide as outside purchases do.
    region = accounts.region.sum() / (accounts.region.sum() + accounts.world.sum())
    return np.column_stack([government, (1.0 - government) * region, (1.0 - government) * (1.0 - region)])


def _shopping(accounts: RegionalAccounts) -> _Shopping:
    """Categories of spending from consumption by sector: shares, tax, and where sellers are."""
    member = category_matrix()
    spending = accounts.consumption.copy()
    spending[:, 11] = 0.0
    spending /= spending.sum(axis=1, keepdims=True)
    tax = (spending * accounts.household_tax).sum(axis=1)
    net = spending * (1.0 - accounts.household_tax)
    shares = net @ member
    mean = net.mean(axis=0)
    gross = np.maximum(1.0 - accounts.household_tax, 1e-12)
    by_category = np.maximum(mean @ member, 1e-300)
    local = mean * accounts.household_local / gross
    region = mean * accounts.household_region / gross
    sellers = (local[:, None] * member).T
    sellers = np.where(sellers.sum(axis=1, keepdims=True) > 0, sellers, member.T)
    return {
        "spending_shares": shares / shares.sum(axis=1, keepdims=True),
        "spending_tax": tax,
        "category_local": (local @ member) / by_category,
        "category_region": (region @ member) / by_category,
        "category_sector": np.cumsum(sellers / sellers.sum(axis=1, keepdims=True), axis=1),
    }


def closure_hazards(place: Place, parameters: Parameters) -> Floats:
    """Monthly chance of closing in the first to fifth year of life, and after (6,).

    The first five follow the published survival of a cohort. The last is what keeps the stock of firms
    at rest under the place's births: with b births for each firm a year, b times the mean survival of the
    first five years stand in young firms, the rest are older, and b times five-year survival reach that
    age each year.
    """
    # Nobody rises from the dead: a survival given as higher than the year before counts as no closures in that year.
    survival = np.minimum.accumulate([1.0, *(parameters[f"firms.survival_{year}"] for year in range(1, 6))])
    yearly = 1.0 - survival[1:] / survival[:-1]
    births = float(place.business.birth_rate)
    young = births * float(((survival[1:] + survival[:-1]) / 2.0).sum())
    older = births * survival[-1] / max(1.0 - young, 0.05)
    return 1.0 - (1.0 - np.append(yearly, min(older, 0.5))) ** (1.0 / 12.0)


@dataclass(frozen=True)
class FirmPattern:
    """Opening firms as patterns of new ones: columns of the firm table (firms,)."""

    sector: NDArray[np.int8]
    kind: NDArray[np.int8]
    appeal: Floats
    capacity: Floats
    export_weight: Floats
    jobs: NDArray[np.int64]
    age: NDArray[np.int64]


def with_turnover(structure: Structure, pattern: FirmPattern, place: Place, parameters: Parameters, branch: int, local: int) -> Structure:
    """Births and closures in balance: the scale of closing, the patterns of new firms, and branches' part in them."""
    size = 1.0 / (1.0 + pattern.jobs / parameters["firms.closure_size_scale"])
    year = np.minimum(pattern.age // 12, len(structure.closure_hazard) - 1)
    hazard = structure.closure_hazard[year] * size
    births = float(place.business.birth_rate) / 12.0 * len(pattern.sector)
    scale = births / max(float(hazard.sum()), 1e-12)
    sales = parameters["firms.sale_rate"] / 12.0 * np.count_nonzero((pattern.kind == local) & (pattern.jobs >= 5))
    ending_branches = float((hazard * scale)[pattern.kind == branch].sum())
    return replace(
        structure,
        closure_scale=scale,
        births_a_month=births,
        opening_firms=len(pattern.sector),
        branch_births_local=sales / ending_branches if sales < ending_branches else float(ending_branches > 0),
        template_chance=np.cumsum(hazard),
        template_sector=pattern.sector.copy(),
        template_kind=pattern.kind.copy(),
        template_appeal=pattern.appeal.copy(),
        template_capacity=pattern.capacity.copy(),
        template_export=pattern.export_weight.copy(),
    )
