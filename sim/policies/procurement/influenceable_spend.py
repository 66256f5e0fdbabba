"""Contracts brought out of frameworks, so that they can be let on the anchor's own terms."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_contracting import for_anchors
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class InfluenceableSpend(Policy):
    """As framework contracts fall due, anchors take some of them out and let them themselves."""

    name = "influenceable_spend"
    title = "Spend brought out of frameworks"
    question = "What if public bodies buy less through national deals?"
    main = "share"
    sentence = "{anchors} will bring contracts out of national frameworks, until {share} of contract value can move"
    pillar = "procurement"
    meaning = (
        "Part of what anchors buy is ordered under national framework agreements or fixed by law: no target, lot, social value or outreach "
        "touches it. Under this lever anchors take such contracts out of the frameworks as they fall due, until a set share of their "
        "contract value can be let on their own terms. It frees contracts, and does not say who wins them."
    )
    where_tried = (
        "Spend analyses of anchors ask which spend can be influenced first (Preston from 2013, with its adviser, the Centre for Local "
        "Economic Strategies)."
    )
    evidence = "No published share of spend that can be influenced was found, and no figure of what it costs to leave a framework."
    mark = "assumption"
    costs = "Staff time for each contract that is taken out, paid by the anchor; the price of its own tender may be above or below."
    limits = (
        "Only contracts that fall due can be freed; they stay free when the lever ends. Which contracts are bound at the opening is drawn, "
        "not known."
    )
    options = (
        ANCHORS_OPTION,
        Option(
            "share",
            "share",
            "Share of contract value that can move at the end of the ramp; nothing is bound again where more can move at the opening.",
            unit="share of contract value",
            low=0.0,
            high=1.0,
        ),
        Option(
            "cost_per_contract",
            "money",
            "Staff time for taking one contract out of its framework.",
            unit="pounds a contract",
            low=0.0,
            high=100000.0,
        ),
    )
    off = MappingProxyType({"share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share to be free; it rises with the ramp from the opening's."""
        concerned, ours, anchors = self.concerned(town), rules.contracting, len(town.anchors)
        opening = min(rules.parameters["procurement.influenceable_share"], self.number("share"))
        target = for_anchors(ours.influenceable_target, anchors)
        target[concerned] = opening + (self.number("share") - opening) * strength
        cost = for_anchors(ours.cost_per_freed, anchors)
        cost[concerned] = self.pence(town, "cost_per_contract")
        ours.influenceable_target, ours.cost_per_freed = target, cost
