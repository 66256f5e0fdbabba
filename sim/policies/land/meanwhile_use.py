"""Empty units lent to new firms for a while."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.premises import MEANWHILE
from sim.kinds.rules import Rules
from sim.kinds.rules_land import PremisesOffer
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class MeanwhileUse(Policy):
    """Rent-free units for firms founded last month, for a set number of months."""

    name = "meanwhile_use"
    title = "Meanwhile use of empty units"
    question = "What if new firms may use empty premises for a while?"
    main = "units"
    sentence = "{anchor} will open {units:empty unit|empty units} to new firms, free of rent for {months:month|months}"
    pillar = "land"
    meaning = (
        "An anchor opens empty units to firms owned here and co-operatives that have just been founded. They pay no rent for a set "
        "number of months; then they pay the market's, and the unit goes to the next new firm."
    )
    where_tried = (
        "London (51 sites counted by Centre for London in 2018), Waltham Forest's Central Parade for two years, the Meanwhile Project"
        " from 2009."
    )
    evidence = (
        "Some 13% of UK shops stood empty in 2010 and over 250 projects were under way (SQW, May 2010, as reported by "
        "adaptablefutures.com); at least 20,000 commercial units in London stood empty for six months (Centre for London 2018). A "
        "measured effect on births or survival was not found: extra births are a slider that starts at none."
    )
    mark = "B"
    costs = "Rates, insurance and repairs of every unit, let or empty, out of the anchor's account."
    limits = (
        "Units go by lot among the firms founded the month before. The old landlord finds no other tenant. What vacancy does to the "
        "street around is left out. Extra births come only while a unit is free."
    )
    off = MappingProxyType({"units": 0})
    options = (
        Option("anchor", "anchor", "Anchor that opens the units and pays for them."),
        Option("units", "count", "Units opened.", unit="units", low=0, high=100000),
        Option("months", "months", "How long a firm may stay.", unit="months", low=1, high=120),
        Option("cost", "money", "Cost of a unit to the anchor.", unit="pounds a unit a month", low=0.0, high=1e5),
        Option(
            "extra_births",
            "share",
            "How much likelier a firm is founded while a unit is free; no evidence was found, so none unless set.",
            unit="share of usual births",
            low=0.0,
            high=1.0,
            default=0.0,
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Offer the units, which grow with the ramp, and charge their cost."""
        units = round(int(self.given["units"]) * strength)
        if not units:
            return
        anchor = self.anchor_row(town)
        rules.land.offers.append(PremisesOffer(anchor, MEANWHILE, units, rent_share=0.0, months=int(self.given["months"])))
        rules.land.extra_births = max(rules.land.extra_births, self.number("extra_births"))
        rules.monthly_cost[anchor] += units * self.pence(town, "cost")
