"""Scenarios at a share of their size: places, and what policies spend and found in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.settings.frozen import FrozenMapping
from sim.settings.places.figures import scaled_place, with_figures

if TYPE_CHECKING:
    from sim.settings.place import Place
    from sim.settings.scenario import OptionValue, PolicyUse, Scenario

__all__ = [
    "FEWEST_FOR_FOUNDING",
    "GROWING_OPTIONS",
    "MOST_RESIDENTS",
    "copied_place",
    "copied_scenario",
    "full_residents",
    "scaled_scenario",
    "usual_share",
]

MOST_RESIDENTS: Final = 50_000.0
"""Places with more residents are run at the size at which they have so many, unless another size is asked for."""

FEWEST_FOR_FOUNDING: Final = 50_000.0
"""Places whose facts count what a policy founds are run with no fewer: a twentieth of a co-operative of twelve is none."""

GROWING_OPTIONS: Final = frozenset(
    {
        ("below_market_leases", "units"),
        ("branch_closes", "jobs"),
        ("community_asset_transfer", "buildings"),
        ("community_bank", "capital"),
        ("community_enterprise", "capital"),
        ("community_enterprise", "jobs"),
        ("community_land_trust", "homes_a_year"),
        ("cooperative_development", "cooperatives_a_year"),
        ("cooperative_development", "running_cost"),
        ("credit_union", "capital"),
        ("inward_investment", "jobs"),
        ("living_wage_accreditation", "monthly_cost"),
        ("local_currency", "monthly_cost"),
        ("meanwhile_use", "units"),
        ("municipal_cooperative", "contract_annual_value"),
        ("municipal_cooperative", "jobs"),
        ("municipal_cooperative", "seed_capital"),
        ("outreach", "monthly_cost"),
        ("pension_investment", "yearly_amount"),
        ("social_housing", "homes_a_year"),
        ("supplier_development", "firms_a_year"),
    }
)
"""Options of policies and shocks that are sums or counts of the whole place; all others are rates, prices or sizes of one thing."""


#: What the residents of a copy note, so that a stored copy still says of what.
_NOTE: Final = "residents of a copy; at full size"
_NOTED: Final = re.compile(rf"{_NOTE} ([0-9,]+)")


def usual_share(place: Place, most: float = MOST_RESIDENTS, *, counts_founding: bool = False) -> float:
    """The share of its size at which a place is run unless another is asked for.

    Parameters
    ----------
    place : Place
        The place.
    most : float
        Residents of the largest place.
    counts_founding : bool
        Whether its facts count what a policy founds.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> usual_share(load_place("anytown"))
    1.0
    """
    return min(1.0, max(most, FEWEST_FOR_FOUNDING if counts_founding else 0.0) / float(place.population.residents))


def scaled_scenario(scenario: Scenario, share: float) -> Scenario:
    """The scenario at a share of its size: the place, and the sums and counts that its policies and shocks name.

    Whole numbers stay whole and, above nought, at least one: in a place too small for one of something it is more than its share.
    """
    if share == 1.0:
        return scenario
    policies, shocks = (tuple(_scaled_use(use, share) for use in uses) for uses in (scenario.policies, scenario.shocks))
    return replace(scenario, place=scaled_place(scenario.place, share), policies=policies, shocks=shocks)


def copied_place(place: Place, residents: int) -> Place:
    """A copy of the place with so many residents: every count and sum in the same proportion, rates, prices and shares as they are.

    Parameters
    ----------
    place : Place
        The place at full size.
    residents : int
        Residents of the copy; the place itself when it has just so many.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> float(copied_place(load_place("anytown"), 1250).population.residents)
    1250.0
    """
    whole = float(place.population.residents)
    if residents == whole:
        return place
    # The product may miss the number by rounding.
    copy = with_figures(scaled_place(place, residents / whole), {("population", "residents"): float(residents)})
    told = copy.population.residents
    noted = told.model_copy(update={"note": "; ".join(filter(None, [told.note, f"{_NOTE} {full_residents(place):,}"]))})
    return copy.model_copy(update={"population": copy.population.model_copy(update={"residents": noted})})


def full_residents(place: Place) -> int:
    """Residents of a place at full size; of a copy, which notes them, those of the place that it is a copy of.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> full_residents(copied_place(load_place("anytown"), 1250))
    5000
    """
    found = _NOTED.search(place.population.residents.note)
    return round(float(place.population.residents)) if found is None else int(found[1].replace(",", ""))


def copied_scenario(scenario: Scenario, residents: int, place: Place | None = None) -> Scenario:
    """A scenario in a copy of its place: what its policies and shocks name in sums and counts of the whole place is scaled alike.

    Parameters
    ----------
    scenario : Scenario
        At full size.
    residents : int
        Residents of the copy.
    place : Place, optional
        The copy of the place where it is at hand; made when left out.

    Returns
    -------
    Scenario
        Its ``residents`` are those of the copy, its ``full_residents`` those of the place.
    """
    whole = float(scenario.place.population.residents)
    smaller = copied_place(scenario.place, residents) if place is None else place
    policies, shocks = (tuple(_scaled_use(use, residents / whole) for use in uses) for uses in (scenario.policies, scenario.shocks))
    full = full_residents(smaller)
    return replace(scenario, place=smaller, policies=policies, shocks=shocks, residents=residents, full_residents=full)


def _scaled_use(use: PolicyUse, share: float) -> PolicyUse:
    """One use with its sums and counts multiplied."""
    if share == 1.0:
        return use
    options = {name: _scaled(value, share) if (use.use, name) in GROWING_OPTIONS else value for name, value in use.options.items()}
    return replace(use, options=FrozenMapping(options))


def _scaled(value: OptionValue, share: float) -> OptionValue:
    """A number multiplied; a whole one stays whole and above nought."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return max(round(value * share), min(value, 1)) if isinstance(value, int) else value * share
