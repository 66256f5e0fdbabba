"""Small competitions reserved to bidders from the place."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_contracting import Reserved
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class ReservedCompetitions(Policy):
    """Councils reserve competitions below the legal threshold to bidders from the place."""

    name = "reserved_competitions"
    title = "Reserved small competitions"
    question = "What if small council contracts are only for firms from here?"
    main = "threshold"
    sentence = "{anchors} will keep contracts below {threshold} for bidders from here, where one bids near the estimate"
    pillar = "procurement"
    meaning = (
        "Councils let contracts whose whole value, over all their years and with value added tax, is below a threshold only among bidders "
        "from the place, where one of them may bid at a price near the council's own estimate; else the competition is open."
    )
    where_tried = "English councils since 4 February 2026; before that section 17 of the Local Government Act 1988 forbade using location."
    evidence = (
        "Law and guidance (GOV.UK, Reserving competitions for below-threshold contracts). The government's estimate of spend that could be "
        "reserved is over 1 billion pounds a year, small against about 80 billion of councils' spend; no effect has been measured: "
        "the mark is that of the law."
    )
    mark = "A"
    costs = "Bidders from outside do not bid: the winner may be dearer, up to the premium over the council's estimate, or of lower quality."
    limits = (
        "Only councils. With a competition reserved nobody sees what outsiders would have asked, so bids are held against the base price. "
        "It brings no new bidder."
    )
    lawful_from = "2026-02"
    options = (
        Option("anchors", "anchors", "Councils that take part; all of them when left out.", default=None, anchor_kinds=("council",)),
        Option(
            "threshold",
            "money",
            "Whole value with tax below which a competition may be reserved; 207,720 pounds from 2026, 214,904 in 2025.",
            unit="pounds",
            low=0.0,
            high=6000000.0,
            default=207720.0,
        ),
        Option(
            "maximum_premium",
            "share",
            "How far above the council's estimate a reserved award may be.",
            unit="share of price",
            low=0.0,
            high=1.0,
            default=0.05,
        ),
    )
    off = MappingProxyType({"threshold": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Reserve a share of competitions that grows with the ramp."""
        councils = np.array([item.kind == "council" for item in town.place.anchors], bool)
        concerned, before, anchors = self.concerned(town) & councils, rules.contracting.reserved, len(town.anchors)
        threshold, share, premium = (
            (before.threshold, before.share, before.maximum_premium)
            if before
            else (np.zeros(anchors), np.zeros(anchors), np.zeros(anchors))
        )
        threshold[concerned] = self.pence(town, "threshold")
        share[concerned] = strength
        premium[concerned] = self.number("maximum_premium")
        rules.contracting.reserved = Reserved(threshold, share, premium)
