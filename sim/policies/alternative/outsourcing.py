"""Outsourcing: anchors put work of their own staff out to contract."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy
from sim.settings.sectors import SECTORS


@policy
class Outsourcing(Policy):
    """Part of an anchor's posts becomes contracts, let by tender like any other."""

    name = "outsourcing"
    title = "Outsourcing"
    question = "What if public bodies hand their staff's work to private firms?"
    main = "share"
    sentence = "{anchors} will turn {share} of their posts into contracts in {sector}"
    pillar = "alternative"
    meaning = (
        "Anchors turn a share of their posts into contracts in a sector, which are tendered at once. Staff go with the work at their pay "
        "where a local firm wins it and has use for them; those no longer needed are laid off. New staff get the supplier's pay."
    )
    where_tried = "Compulsory competitive tendering in the United Kingdom in the 1980s; Barnet's contracts with Capita, 2012 to 2023."
    evidence = (
        "Bel, Fageda and Warner (2010): no systematic effect of private production on cost over all econometric studies of waste and "
        "water; recent ones find savings less often. So the saving is the scenario's, from none up; where it is none only owners change."
    )
    mark = "B"
    costs = "The cost of letting each post out, from the anchor's account; staff whose work goes outside lose their jobs."
    limits = (
        "The contract is worth what the posts cost less the saving and counts as the same service; the saving buys more elsewhere. "
        "The quality of the work is that of any contract. Posts do not come back when the policy ends: insourcing brings them back."
    )
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share of posts to be put out.", unit="share of posts", low=0.0, high=0.95),
        Option("sector", "sector", "Sector in which the work is let.", default="administrative"),
        Option(
            "saving",
            "share",
            "How much less the contract costs than the posts did.",
            unit="share of cost",
            low=0.0,
            high=0.5,
            default=0.0,
        ),
        Option("cost_per_post", "money", "One-off cost of putting a post out.", unit="pounds a post", low=0.0, high=1e5),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share of posts that the ramp has come to, the saving and the cost."""
        share = self.number("share") * strength
        if share <= 0.0:
            return
        rule, anchors = rules.enterprise, len(town.anchors)
        ours = np.outer(self.concerned(town), np.array(SECTORS) == str(self.given["sector"]))
        before = np.zeros((anchors, len(SECTORS))) if rule.outsourcing is None else rule.outsourcing
        rule.outsourcing = np.where(ours, share, before)
        savings = np.zeros((anchors, len(SECTORS))) if rule.outsourcing_saving is None else rule.outsourcing_saving
        costs = np.zeros((anchors, len(SECTORS))) if rule.outsourcing_cost is None else rule.outsourcing_cost
        rule.outsourcing_saving = np.where(ours, self.number("saving"), savings)
        rule.outsourcing_cost = np.where(ours, self.pence(town, "cost_per_post"), costs)
