"""A community land trust builds homes and sells them below the market, for good."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.dwellings import TRUST_SALE
from sim.kinds.rules import Rules
from sim.kinds.rules_land import HomeProgramme
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class CommunityLandTrust(Policy):
    """The trust keeps the land, the buyer owns the home at a locked price."""

    name = "community_land_trust"
    title = "Community land trust"
    question = "What if homes are built and kept affordable for every later buyer?"
    main = "homes_a_year"
    sentence = "a land trust will build {homes_a_year:home|homes} a year and sell them at {price_share} of the market price"
    pillar = "land"
    meaning = (
        "An anchor pays for homes that a trust of the place builds. The trust keeps the land and sells the homes at a share of the "
        "market price, locked for every later sale, to private tenants in work who have the deposit and could not buy in the market. "
        "Sale prices go back to the anchor; the rest of the cost stays in the trust for good."
    )
    where_tried = "Burlington, Vermont since 1984 (Champlain Housing Trust); St Clements in East London, 23 homes from 2017."
    evidence = (
        "St Clements: prices linked to local incomes, about a third of market value (communityledhomes.org.uk). Burlington: a home of"
        " 216,000 dollars sold for 140,000 dollars, and a seller keeps a quarter of the appreciation (Burlington Free Press, 22 January "
        "2020); 205 resales to 2008, all buyers below the area's median income, nine foreclosures in 25 years (Davis and Stokes 2010). "
        "Both are descriptions of one trust each."
    )
    mark = "B"
    costs = "The anchor advances the cost of building and gets back the price alone: the difference is its subsidy."
    limits = (
        "Two adults share a home. Homes that buyers leave stand empty. House prices do not move in the model, so nothing is resold "
        "and a locked price gives up no gain that can be seen. Buyers pay interest alone, as all owners with a mortgage do. Homes "
        "without a buyer wait. Where the anchor is short, homes begun first are built first, the others wait, and the run says so."
    )
    off = MappingProxyType({"homes_a_year": 0.0})
    options = (
        Option("anchor", "anchor", "Anchor that advances the money."),
        Option("homes_a_year", "number", "Homes begun.", unit="homes a year", low=0.0, high=20000.0),
        Option("cost_per_home", "money", "Cost of a home with its land.", unit="pounds a home", low=0.0, high=2e6),
        Option("price_share", "share", "Price to the buyer.", unit="share of market price", low=0.05, high=1.0),
        Option("deposit_share", "share", "What a buyer must have saved.", unit="share of price", low=0.0, high=1.0),
        Option("ground_rent", "money", "Ground rent to the trust.", unit="pounds a home a month", low=0.0, high=1e4),
        Option("build_months", "months", "Months from the beginning to the key.", unit="months", low=1, high=120),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the homes of this month; their number grows with the ramp."""
        homes = self.number("homes_a_year") * strength
        if homes > 0.0:
            programme = HomeProgramme(
                anchor=self.anchor_row(town),
                use=TRUST_SALE,
                homes_a_year=homes,
                cost=self.pence(town, "cost_per_home"),
                build_months=int(self.given["build_months"]),
                price_share=self.number("price_share"),
                deposit_share=self.number("deposit_share"),
                ground_rent=self.pence(town, "ground_rent"),
            )
            rules.land.homes.append(programme)
