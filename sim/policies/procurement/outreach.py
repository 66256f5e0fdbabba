"""Outreach: who hears of tenders."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class Outreach(Policy):
    """Local firms that would have missed a tender are told of it."""

    name = "outreach"
    title = "Outreach to local firms"
    question = "What if more local firms hear of public contracts and bid?"
    main = "reach"
    sentence = "{anchors} will tell local firms of tenders, and reach {reach} of those that could be invited"
    pillar = "procurement"
    meaning = (
        "Anchors tell firms of the place of tenders they would have missed; up to a set number of them are invited to each "
        "tender and compete on the usual terms."
    )
    where_tried = "Preston (mapping and meet-the-buyer events), Kirklees, Birmingham."
    evidence = (
        "How many firms bid matters greatly for what a preference costs (Krasnokutskaya and Seim 2011, highway contracts). How many more "
        "bid when they are told was not found: the reach is the scenario's."
    )
    mark = "B"
    costs = "A monthly sum for staff and events, shared equally by the anchors concerned."
    limits = "A firm that hears must still pass the turnover test and have room."
    options = (
        ANCHORS_OPTION,
        Option("reach", "share", "Share of the possible invitations that reach a firm.", unit="share of invitations", low=0.0, high=1.0),
        Option("monthly_cost", "money", "Cost of outreach over all anchors concerned.", unit="pounds a month", low=0.0, high=1e8),
    )
    off = MappingProxyType({"reach": 0.0, "monthly_cost": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set reach, which grows with the ramp, and cost, which does not."""
        concerned = self.concerned(town)
        rules.reach[concerned] = self.number("reach") * strength
        rules.monthly_cost[concerned] += self.pence(town, "monthly_cost") // max(int(concerned.sum()), 1)
