"""Opening firms and anchors: how many, how large, in which sector, owned by whom."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS, BRANCHES, COMMUNITY_FIRMS, COOPERATIVES, LOCAL_FIRMS
from sim.kinds.anchors import KIND_OF, PAY_SECTOR
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import NO_FORM, WORKER
from sim.kinds.town import Town
from sim.settings.places.keyed import SIZES
from sim.settings.sectors import SECTORS
from sim.start.regional_accounts import RegionalAccounts

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Smallest and largest number of jobs in each published size band; the last is open and closed here by assumption.
BAND_LIMITS: Final = MappingProxyType(
    {
        "0-4": (1, 4),
        "5-9": (5, 9),
        "10-19": (10, 19),
        "20-49": (20, 49),
        "50-99": (50, 99),
        "100-249": (100, 249),
        "250+": (250, 900),
    }
)


def raw_sizes(counts: Floats, draws: Floats) -> Floats:
    """Jobs of each site before they are fitted to the sector's total: band by published counts, then even in the logarithm.

    Parameters
    ----------
    counts : (7,) sites by size band; where none is published, all are taken to be of the smallest
    draws : (sites, 2) uniforms

    Examples
    --------
    >>> raw_sizes(np.array([1.0, 0, 0, 0, 0, 0, 0]), np.array([[0.5, 0.5]])).round(2).tolist()
    [2.0]
    """
    cumulative = np.cumsum(counts) / counts.sum() if counts.sum() > 0 else np.ones(len(counts))
    band = np.minimum(np.searchsorted(cumulative, draws[:, 0], side="right"), len(counts) - 1)
    low, high = np.array([BAND_LIMITS[size] for size in SIZES], float)[band].T
    result: Floats = low * (high / low) ** draws[:, 1]
    return result


def fitted_sizes(raw: Floats, jobs: int) -> Integers:
    """Whole jobs of each site, at least one, that add up to the sector's jobs.

    Sizes above one are stretched until the total fits; whole jobs are given by largest remainders.

    Examples
    --------
    >>> fitted_sizes(np.array([1.0, 2.0, 7.0]), 20).tolist()
    [2, 4, 14]
    >>> fitted_sizes(np.array([5.0, 5.0]), 2).tolist()
    [1, 1]
    """
    if len(raw) == 0:
        return np.zeros(0, np.int64)
    wanted = np.full(len(raw), 1.0)
    low, high = 0.0, max(jobs / raw.sum(), 1e-9) * len(raw) * 4 + 10.0
    for _ in range(200):
        factor = (low + high) / 2.0
        wanted = np.maximum(raw * factor, 1.0)
        low, high = (factor, high) if wanted.sum() < jobs else (low, factor)
    whole = np.floor(wanted + 1e-9).astype(np.int64)
    missing = jobs - int(whole.sum())
    order = np.argsort(-(wanted - whole), kind="stable")
    whole[order[: max(missing, 0)]] += 1
    return whole


def sites_of_sectors(place_sites: Floats, jobs: Integers) -> Integers:
    """Sites of each sector: as published, but never more than jobs, and at least one where there are jobs.

    Examples
    --------
    >>> sites_of_sectors(np.array([5.0, 0.0, 3.0]), np.array([100, 4, 2])).tolist()
    [5, 1, 2]
    """
    sites = np.rint(place_sites).astype(np.int64)
    result: Integers = np.where(jobs > 0, np.clip(sites, 1, jobs), 0)
    return result


def whole_jobs(jobs: Floats) -> Integers:
    """Jobs by sector in whole numbers with the same total (largest remainders).

    Examples
    --------
    >>> whole_jobs(np.array([1.5, 1.5])).tolist()
    [2, 1]
    """
    whole = np.floor(jobs).astype(np.int64)
    missing = round(float(jobs.sum())) - int(whole.sum())
    whole[np.argsort(-(jobs - whole), kind="stable")[: max(missing, 0)]] += 1
    return whole


def build_anchors(town: Town) -> None:
    """One row for each anchor of the place, with its posts; money comes with the balance sheets."""
    place, anchors = town.place, town.anchors
    kinds = [KIND_OF[item.kind].code for item in place.anchors]
    number = len(place.anchors)
    anchors.add(
        number,
        kind=np.array(kinds, np.int8),
        account=town.ledger.open(number, ANCHORS),
        sector=np.array([PAY_SECTOR[item.kind] for item in place.anchors], np.int8),
        jobs=np.array([float(round(float(item.jobs))) for item in place.anchors]),
        council_tax_share=np.array([float(item.council_tax_share or 0.0) for item in place.anchors]),
    )


def build_firms(town: Town, accounts: RegionalAccounts) -> None:
    """Firms of every sector with size, age, kind of owner, capacity and appeal."""
    structure, parameters = town.structure, town.rules.parameters
    jobs = whole_jobs(np.maximum(accounts.jobs - accounts.anchor_jobs, 0.0))
    published = np.array([float(town.place.business.local_units_by_sector[sector]) for sector in SECTORS])
    sites = sites_of_sectors(published, jobs)
    sector = np.repeat(np.arange(18), sites).astype(np.int8)
    number = len(sector)
    draws = town.streams.uniform("opening firms", 0, number, width=5)
    counts = np.array([float(town.place.business.local_units_by_size[size]) for size in SIZES])
    raw = raw_sizes(counts, draws[:, :2])
    size = np.concatenate([fitted_sizes(raw[sector == s], int(jobs[s])) for s in range(18)]).astype(np.int64)
    kind = owner_kinds(town, size, draws[:, 2])
    institution = np.select(
        [kind == Cooperative.code, kind == CommunityFirm.code, kind == Branch.code], [COOPERATIVES, COMMUNITY_FIRMS, BRANCHES], LOCAL_FIRMS
    )
    output = np.divide(size, structure.jobs_per_output[sector])
    usual = output
    commuters = np.floor(size * structure.commuter_share + draws[:, 3]).astype(np.int64)
    commuters = np.minimum(commuters, size)
    town.firms.add(
        number,
        kind=kind,
        account=town.ledger.open(number, institution),
        form=np.where(kind == Cooperative.code, WORKER, NO_FORM).astype(np.int8),
        sector=sector,
        appeal=output,
        capacity=output / parameters["firms.target_use"],
        usual_demand=usual,
        usual_sales=usual,
        last_output=usual,
        workers=size - commuters,
        commuters=commuters,
        born=town.month - opening_ages(town, draws[:, 4]),
    )
    town.refresh_rows()


def owner_kinds(town: Town, size: Integers, draws: Floats) -> NDArray[np.int8]:
    """Kind of each site: a branch as often as sites outnumber enterprises of its size, the rest by published shares."""
    business = town.place.business
    sites = np.array([float(business.local_units_by_size[s]) for s in SIZES])
    firms = np.array([float(business.enterprises_by_size[s]) for s in SIZES])
    branch = np.clip(1.0 - np.divide(firms, sites, out=np.ones(7), where=sites > 0), 0.0, 1.0)
    lower = np.array([BAND_LIMITS[s][0] for s in SIZES])
    band = np.searchsorted(lower, size, side="right") - 1
    chance = branch[np.maximum(band, 0)]
    within = np.divide(draws - chance, 1.0 - chance, out=np.zeros(len(draws)), where=chance < 1.0)
    cooperative, community = float(business.cooperative_share), float(business.community_share)
    kind = np.full(len(size), LocalSME.code, np.int8)
    kind[within < cooperative + community] = CommunityFirm.code
    # A co-operative needs two members.
    kind[(within < cooperative) & (size >= 2)] = Cooperative.code
    kind[draws < chance] = Branch.code
    return kind


def opening_ages(town: Town, draws: Floats) -> Integers:
    """Ages in months under constant births and the hazards of closing: the age of a firm picked at random (firms,)."""
    hazard = town.structure.closure_hazard
    months = np.arange(600)
    alive = np.cumprod(np.append(1.0, 1.0 - hazard[np.minimum(months // 12, len(hazard) - 1)]))[:-1]
    cumulative = np.cumsum(alive) / alive.sum()
    result: Integers = np.searchsorted(cumulative, draws, side="right").astype(np.int64)
    return result
