"""A target for the share of contract value held in the place."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class LocalSpendTarget(Policy):
    """While an anchor holds less than its target in the place, tenders are placed locally where a bid allows."""

    name = "local_spend_target"
    title = "Local-spend target"
    question = "How much of public buying should go to firms here?"
    main = "share"
    sentence = "{anchors} will aim to hold at least {share} of the value of their contracts here"
    pillar = "procurement"
    meaning = (
        "Anchors aim to hold a share of the value of their contracts in the place. While they hold less, enough of the "
        "tenders that fall due go to the best local bid that is not too dear against the best bid from outside. A target brings "
        "no new bidder: that is what outreach is for. It is a floor, not a ceiling."
    )
    where_tried = (
        "As an aim in North Ayrshire (26%). Preston (5% to 18.2%, 2012 to 2017) had no quota and let all in competition; no such rule is "
        "known of Manchester (51.5% to 69.2%, 2008 to 2020)."
    )
    evidence = (
        "Shares published by the councils' adviser, with no area to compare with; they rose through lots and social value, not through a "
        "formal preference (Wales Centre for Public Policy). No robust evaluation of growth (What Works Growth)."
    )
    mark = "B"
    costs = "A local bid may be dearer up to the maximum premium, and of lower quality: the same money then buys less, or worse, service."
    limits = (
        "Only contracts that end can move; a firm must pass the turnover test and have room; otherwise the work stays outside. A target is "
        "a floor, not a ceiling: with outreach, lots or social value the share can end above it. Until February 2026 section 17 of the "
        "Local Government Act 1988 forbade English councils to use location: before that the rule only stands for what other means brought "
        "about."
    )
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share of contract value to be held in the place.", unit="share of contract value", low=0.0, high=1.0),
        Option(
            "maximum_premium",
            "share",
            "How much dearer than the best outside bid a local bid may be.",
            unit="share of price",
            low=0.0,
            high=1.0,
            default=0.05,
        ),
    )
    off = MappingProxyType({"share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the target of the anchors concerned; it rises with the ramp from the share the place file gives them, if that is less."""
        concerned = self.concerned(town)
        opening = np.array([float(item.share_in_place) for item in town.place.anchors])
        beginning = np.minimum(opening, self.number("share"))
        target = beginning + (self.number("share") - beginning) * strength
        rules.local_target[concerned] = target[concerned]
        rules.maximum_premium[concerned] = self.number("maximum_premium")
