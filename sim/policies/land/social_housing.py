"""An anchor builds homes and lets them at social rent."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.dwellings import SOCIAL
from sim.kinds.rules import Rules
from sim.kinds.rules_land import HomeProgramme
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class SocialHousing(Policy):
    """Homes built by a council or a housing association, let by need."""

    name = "social_housing"
    title = "Social housing"
    question = "How many homes at low rents should be built each year?"
    main = "homes_a_year"
    sentence = "{anchor} will build {homes_a_year:home|homes} a year and let them at social rents"
    pillar = "land"
    meaning = (
        "An anchor builds homes with a government grant and a loan, and lets them at the place's social rent to private tenants: "
        "those behind with their rent first, then those whose rent takes most of their income. Builders of the place get the work as "
        "far as they have room."
    )
    where_tried = "English councils, more since their borrowing was freed in 2018, and housing associations; Vienna."
    evidence = (
        "A programme for England would need a grant of 44% of total costs on the homes that get one (National Housing Federation, "
        "June 2019); Homes England granted 57,600 pounds a home on average over all tenures in 2021, social rent considerably more (the "
        "same, December 2021). A home cost Network Homes 285,000 pounds in London and the South East in 2016-21, 200,000 pounds in 2008-11 "
        "(Network Homes, January 2019). What it does to a place's economy is not built in: it follows from rents and building work."
    )
    mark = "B"
    costs = (
        "The grant comes from the government; interest, repayment and upkeep out of the anchor's account, whose other spending "
        "shrinks where social rents do not cover them."
    )
    limits = (
        "Two adults share a home. Nobody moves in from outside, so the homes that tenants leave stand empty and their landlords lose "
        "the rent. Land is in the cost of a home. Tenants stay for good; none buys. Where a tenant's rent was met by benefits, the "
        "government gains and not the tenant."
    )
    off = MappingProxyType({"homes_a_year": 0.0})
    options = (
        Option("anchor", "anchor", "Council or housing association that builds and lets."),
        Option("homes_a_year", "number", "Homes begun.", unit="homes a year", low=0.0, high=20000.0),
        Option("cost_per_home", "money", "Cost of a home with its land.", unit="pounds a home", low=0.0, high=2e6),
        Option("grant_share", "share", "Part of the cost that a government grant pays.", unit="share of cost", low=0.0, high=1.0),
        Option("loan_years", "count", "Years over which the rest is paid back.", unit="years", low=1, high=60),
        Option("build_months", "months", "Months from the beginning to the key.", unit="months", low=1, high=120),
        Option("upkeep_per_home", "money", "Repairs and management of a home let.", unit="pounds a home a year", low=0.0, high=1e5),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the homes of this month; their number grows with the ramp."""
        homes = self.number("homes_a_year") * strength
        if homes > 0.0:
            programme = HomeProgramme(
                anchor=self.anchor_row(town),
                use=SOCIAL,
                homes_a_year=homes,
                cost=self.pence(town, "cost_per_home"),
                build_months=int(self.given["build_months"]),
                grant_share=self.number("grant_share"),
                loan_months=12 * int(self.given["loan_years"]),
                upkeep=self.pence(town, "upkeep_per_home"),
            )
            rules.land.homes.append(programme)
