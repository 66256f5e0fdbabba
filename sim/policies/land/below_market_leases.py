"""Anchors let premises to small firms of the place below market rent."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.premises import LEASE
from sim.kinds.rules import Rules
from sim.kinds.rules_land import PremisesOffer
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class BelowMarketLeases(Policy):
    """Units for small local firms and co-operatives at a share of market rent."""

    name = "below_market_leases"
    title = "Leases below market rent"
    question = "What if empty public buildings are let cheaply to small firms?"
    main = "units"
    sentence = "{anchor} will let {units:unit|units} to small firms and co-operatives, at {discount} below market rent"
    pillar = "land"
    meaning = (
        "An anchor lets units that it owns and does not use to small firms of the place and to co-operatives, one unit a firm, for "
        "less than they pay now. The market rent of a firm is what it buys from real estate for its output. The rent goes to the "
        "anchor instead of the old landlord."
    )
    where_tried = "Islington and other London boroughs (affordable workspace)."
    evidence = (
        "Affordable workspace is often thought of as 80% of market rent, and Islington aims below it (Islington Council, "
        "islington.gov.uk/business/support/affordable-workspace); an evaluation of jobs or survival of tenants was not found, so none"
        " is built in: lower rent acts through the tenant's cash alone."
    )
    mark = "B"
    costs = "Upkeep of every unit, let or empty, out of the anchor's account; the rent forgone is reported."
    limits = (
        "Units are as large as their tenant needs, and stand empty before. Units go by lot among firms that may have one. The old "
        "landlord finds no other tenant. A lease ends with the firm or with the policy. The first lower rent is paid in the month "
        "after letting."
    )
    off = MappingProxyType({"units": 0})
    options = (
        Option("anchor", "anchor", "Anchor that owns the units and pays their upkeep."),
        Option("units", "count", "Units let.", unit="units", low=0, high=100000),
        Option("discount", "share", "How far the rent lies below the market's.", unit="share of market rent", low=0.0, high=1.0),
        Option("upkeep", "money", "Upkeep of a unit.", unit="pounds a unit a month", low=0.0, high=1e5),
        Option("cooperatives_first", "flag", "Whether co-operatives come before other firms.", default=False),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Offer the units, which grow with the ramp, and charge their upkeep."""
        units = round(int(self.given["units"]) * strength)
        if not units:
            return
        anchor = self.anchor_row(town)
        rent_share, preferred = 1.0 - self.number("discount"), bool(self.given["cooperatives_first"])
        rules.land.offers.append(PremisesOffer(anchor, LEASE, units, rent_share, preferred))
        rules.monthly_cost[anchor] += units * self.pence(town, "upkeep")
