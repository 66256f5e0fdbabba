"""Weight of social value in awards, and what it consists of."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import SOCIAL_VALUE_PARTS, Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class SocialValueWeight(Policy):
    """Part of every award score goes to social value."""

    name = "social_value_weight"
    title = "Social value weight"
    question = "How much should benefit to the place count when choosing suppliers?"
    main = "weight"
    sentence = "{anchors} will give {weight} of the score in every tender to social value"
    pillar = "procurement"
    meaning = (
        "A share of the score in every tender is given for social value: being in the place, being a small or medium firm, "
        "being a co-operative, paying the real living wage."
    )
    where_tried = "Central government 10% since 2021; Manchester and Islington 20%."
    evidence = (
        "Procurement Policy Note 002 for the weight. Effects on prices are studied for bid preferences only: 3.8% dearer under a 5% "
        "preference for small firms in road auctions in California (Marion 2007)."
    )
    mark = "B"
    costs = "A bid that wins on social value may be dearer or of lower quality."
    limits = (
        "It only tips awards between bidders who bid; it brings no new bidder. Points for the place are for being there, not for promises "
        "of jobs or training. Until February 2026 section 17 of the Local Government Act 1988 forbade English councils to use location: "
        "such points stand for what other criteria brought about."
    )
    options = (
        ANCHORS_OPTION,
        Option("weight", "share", "Share of the score given to social value.", unit="share of score", low=0.0, high=1.0),
        Option(
            "composition",
            "shares",
            "What social value consists of: local, small_firm, cooperative, living_wage.",
            unit="shares that sum to 1",
            default=None,
            choices=("local", "small_firm", "cooperative", "living_wage"),
        ),
    )
    off = MappingProxyType({"weight": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set weight and composition for the anchors concerned."""
        concerned = self.concerned(town)
        rules.social_value_weight[concerned] = self.number("weight") * strength
        composition = self.given.get("composition")
        if composition:
            rules.social_value_parts[concerned] = np.array([float(composition.get(part, 0.0)) for part in SOCIAL_VALUE_PARTS])
