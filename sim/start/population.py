"""Opening residents, one for one: age, pay they can earn, job or none, home, savings, wealth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.core.channels import REGION_ACCOUNT, RESIDENTS, WORLD_ACCOUNT
from sim.core.streams import lognormal
from sim.kinds.anchors import HousingAssociation
from sim.kinds.firms import LocalSME
from sim.kinds.residents import (
    AGE_BANDS,
    EMPLOYED,
    INACTIVE,
    MORTGAGE,
    OWNER,
    PRIVATE_RENT,
    RETIRED,
    SKILLS,
    SOCIAL_RENT,
    TENURES,
    UNEMPLOYED,
)
from sim.kinds.town import Town
from sim.month.labour.pay import wage_floor
from sim.month.labour.variable_hours import chance_of_variable_hours
from sim.settings.place import Place

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Standard normal deviation of the ninth decile.
NINTH_DECILE = float(ndtri(0.9))


def chosen(shares: Floats, draws: Floats) -> NDArray[np.int64]:
    """Index chosen by each draw under shares of any total.

    Examples
    --------
    >>> chosen(np.array([1.0, 3.0]), np.array([0.1, 0.5])).tolist()
    [0, 1]
    """
    cumulative = np.cumsum(shares) / np.sum(shares)
    return np.minimum(np.searchsorted(cumulative, draws, side="right"), len(cumulative) - 1)


def spread_of_pay(ninth_to_first: float) -> float:
    """Standard deviation of the logarithm of pay whose ninth decile is this many times the first.

    Examples
    --------
    >>> round(spread_of_pay(3.863), 3)
    0.527
    """
    return float(np.log(ninth_to_first)) / (2.0 * NINTH_DECILE)


def spread_from_gini(gini: float) -> float:
    """Standard deviation of the logarithm of a lognormal with this Gini coefficient: G = 2 F(s / sqrt 2) - 1.

    Aitchison and Brown, *The Lognormal Distribution*, 1957.

    Examples
    --------
    >>> round(spread_from_gini(0.5205), 2)
    1.0
    """
    return float(np.sqrt(2.0) * ndtri((gini + 1.0) / 2.0))


def adults(place: Place) -> int:
    """Residents of 16 and over."""
    return sum(round(float(place.population.adults_by_age[band])) for band in AGE_BANDS)


def build_residents(town: Town) -> None:
    """Every adult of the place, without a job yet."""
    place, number = town.place, adults(town.place)
    draws = town.streams.uniform("opening residents", 0, number, width=12)
    bands = np.array([float(place.population.adults_by_age[band]) for band in AGE_BANDS])
    age = chosen(bands, draws[:, 0])
    people = np.array([float(item.population_share) for item in place.neighbourhoods])
    neighbourhood = chosen(people, draws[:, 1])
    talent = _talent(place, neighbourhood, draws[:, 2])
    part_time = draws[:, 3] < float(place.pay.part_time_share)
    town.residents.add(
        number,
        account=town.ledger.open(number, RESIDENTS),
        neighbourhood=neighbourhood,
        age_band=age,
        talent=talent,
        skill=chosen(np.ones(len(SKILLS)), draws[:, 2]),
        hours=np.where(part_time, float(place.pay.part_time_hours), float(place.pay.weekly_hours)),
        variable_hours=_variable_hours(town, talent),
        status=_status(place, age, draws[:, 4]),
        pension=_pension(place, draws[:, 5]),
    )
    town.refresh_rows()


def _talent(place: Place, neighbourhood: NDArray[np.int64], draws: Floats) -> Floats:
    """Hourly pay against the sector's mean: lognormal with mean 1, lower where deprivation is higher.

    The slope (half the spread for the whole range of deprivation) is an assumption: pay by neighbourhood is
    not published for the places held. The mean is that of the distribution, not of those drawn, so that one
    more resident changes nobody else's.
    """
    sigma = spread_of_pay(float(place.pay.hourly_p90_to_p10))
    deprivation = np.array([float(item.deprivation) for item in place.neighbourhoods])
    share = np.array([float(item.population_share) for item in place.neighbourhoods])
    centred = deprivation - np.average(deprivation, weights=share)
    tilt = np.exp(-0.5 * sigma * centred)
    result: Floats = lognormal(draws, sigma) * (tilt / np.average(tilt, weights=share))[neighbourhood]
    return result


def _variable_hours(town: Town, talent: Floats) -> NDArray[np.bool_]:
    """Who takes jobs whose hours vary, the lower paid the likelier."""
    draws = town.streams.uniform("opening hours that vary", 0, len(talent))
    rank = np.searchsorted(np.sort(talent), talent, side="left") / len(talent)
    return draws < chance_of_variable_hours(rank, town.rules.parameters["work.variable_hours_share"])


def _status(place: Place, age: NDArray[np.int64], draws: Floats) -> NDArray[np.int8]:
    """Retired from 65; of the rest the published shares in work and inactive, the others unemployed."""
    working, inactive = float(place.labour.employment_rate), float(place.labour.inactivity_rate)
    status = np.select([draws < working, draws < working + inactive], [EMPLOYED, INACTIVE], UNEMPLOYED)
    return np.where(age == len(AGE_BANDS) - 1, RETIRED, status).astype(np.int8)


def _pension(place: Place, draws: Floats) -> Integers:
    """Pension from 65: the place's mean with the spread of pay halved, pence a month."""
    mean = float(place.transfers.pension_monthly) * place.currency.minor_units
    sigma = 0.5 * spread_of_pay(float(place.pay.hourly_p90_to_p10))
    result: Integers = np.rint(mean * lognormal(draws, sigma)).astype(np.int64)
    return result


def assign_jobs(town: Town) -> None:
    """Residents in work, in an order drawn, fill the posts of anchors and firms; the others work outside the place.

    Where more residents are needed than are in work, people from next door fill the rest.
    """
    residents, anchors, firms, structure = town.residents, town.anchors, town.firms, town.structure
    _anchor_posts(town)
    draws = town.streams.uniform("opening jobs", 0, len(residents))
    working = np.flatnonzero(residents["status"] == EMPLOYED)
    working = working[np.argsort(draws[working], kind="stable")]
    posts = np.concatenate([np.repeat(anchors["account"], anchors["workers"]), np.repeat(firms["account"], firms["workers"])])
    order = np.argsort(town.streams.uniform("opening posts", 0, len(posts)), kind="stable")
    posts = posts[order]
    filled = min(len(posts), len(working))
    residents["employer"][working[:filled]] = posts[:filled]
    residents["employer"][working[filled:]] = REGION_ACCOUNT
    _leave_to_commuters(town, posts[filled:])
    account = np.concatenate([anchors["account"], firms["account"], [REGION_ACCOUNT]])
    pay = np.concatenate([structure.sector_pay[anchors["sector"]], structure.sector_pay[firms["sector"]], [structure.outside_pay]])
    by_account = np.zeros(len(town.ledger))
    by_account[account] = pay
    wage = by_account[residents["employer"][working]] * residents["talent"][working] * residents["hours"][working] / structure.mean_hours
    floor = wage_floor(residents["hours"][working], np.zeros(len(working)), structure.legal_minimum, structure.living_wage)
    residents["wage"][working] = np.maximum(np.rint(wage).astype(np.int64), floor)


def _anchor_posts(town: Town) -> None:
    """Posts of anchors held by residents and by people from next door."""
    anchors = town.anchors
    commuters = np.rint(anchors["jobs"] * town.structure.commuter_share).astype(np.int64)
    anchors["commuters"][:] = commuters
    anchors["workers"][:] = anchors["jobs"].astype(np.int64) - commuters


def _leave_to_commuters(town: Town, posts: NDArray[np.int32]) -> None:
    """Posts that no resident is left to fill."""
    if not len(posts):
        return
    missing = np.bincount(posts, minlength=len(town.ledger))
    for table in (town.anchors, town.firms):
        table["workers"][:] -= missing[table["account"]]
        table["commuters"][:] += missing[table["account"]]


def choose_owners(town: Town) -> None:
    """Each local firm's owner: one of its own workers where it has one, else a resident drawn."""
    firms, residents = town.firms, town.residents
    employed = np.flatnonzero(residents["status"] == EMPLOYED)
    first = np.full(len(town.ledger), -1, np.int64)
    employer = residents["employer"][employed]
    first[employer[::-1]] = employed[::-1]
    worker = first[firms["account"]]
    draws = town.streams.uniform("opening owners", 0, firms.slots)
    drawn = np.minimum((draws * len(residents)).astype(np.int64), len(residents) - 1)
    owner = np.where(worker >= 0, worker, drawn)
    firms["owner"][:] = np.where(firms["kind"] == LocalSME.code, residents["account"][owner], -1)


def assign_homes(town: Town) -> None:
    """Tenure, rents and landlords, homes and mortgages, pension wealth."""
    residents, place = town.residents, town.place
    minor = place.currency.minor_units
    draws = town.streams.uniform("opening homes", 0, len(residents), width=6)
    tenure = chosen(np.array([float(place.housing.tenure[name]) for name in TENURES]), draws[:, 0])
    # Those with a mortgage have work; a retired or inactive resident drawn for one owns outright.
    tenure = np.where((tenure == MORTGAGE) & (residents["status"] != EMPLOYED), OWNER, tenure)
    rent = np.select(
        [tenure == PRIVATE_RENT, tenure == SOCIAL_RENT],
        [float(place.housing.private_rent_monthly), float(place.housing.social_rent_monthly)],
        0.0,
    )
    owns = (tenure == OWNER) | (tenure == MORTGAGE)
    value = np.where(owns, float(place.housing.house_price) * lognormal(draws[:, 1], 0.35) / HOME_SHARERS, 0.0)
    residents["tenure"][:] = tenure
    residents["rent"][:] = np.rint(rent * minor * lognormal(draws[:, 2], 0.2)).astype(np.int64)
    residents["property_value"][:] = np.rint(value * minor).astype(np.int64)
    owed = np.where(tenure == MORTGAGE, value * float(place.housing.mortgage_to_value), 0.0)
    residents["mortgage"][:] = np.rint(owed * minor).astype(np.int64)
    pension = value.mean() * float(place.wealth.pension_to_property) * lognormal(draws[:, 3], 1.0)
    residents["pension_wealth"][:] = np.rint(pension * minor).astype(np.int64)
    residents["landlord"][:] = _landlords(town, draws[:, 4:])


#: Adults who share a home, and so its value: two, near the mean of 2.4 persons a household less children (Family Spending).
HOME_SHARERS = 2.0


def _landlords(town: Town, draws: Floats) -> NDArray[np.int32]:
    """Whom each tenant pays: an outside landlord, a resident who owns a home, or the social landlord of the place."""
    residents, anchors, place = town.residents, town.anchors, town.place
    landlord = np.full(len(residents), -1, np.int32)
    owners = np.flatnonzero(residents["property_value"] > 0)
    private, social = residents["tenure"] == PRIVATE_RENT, residents["tenure"] == SOCIAL_RENT
    landlord[private] = WORLD_ACCOUNT
    if owners.size:
        # One owner in twenty lets homes: a few landlords with several tenants each.
        letting = owners[: max(len(owners) // 20, 1)]
        local = private & (draws[:, 0] >= float(place.housing.outside_landlord_share))
        index = np.minimum((draws[:, 1] * len(letting)).astype(np.int64), len(letting) - 1)
        landlord[local] = residents["account"][letting[index[local]]]
    association = np.flatnonzero(anchors["kind"] == HousingAssociation.code)
    landlord[social] = anchors["account"][association[0]] if association.size else WORLD_ACCOUNT
    return landlord
