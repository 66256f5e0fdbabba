"""Insourcing: anchors take work in-house as contracts end."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy
from sim.settings.sectors import SECTORS

#: Sectors whose work is done by people on an anchor's premises or in its name: what is meant when no sector is named.
SERVICES = (
    "transport",
    "accommodation-food",
    "information",
    "professional",
    "administrative",
    "public-administration",
    "education",
    "health-care",
    "arts-other",
)


@policy
class Insourcing(Policy):
    """Part of the contracts that end is not let again: the anchor does the work itself."""

    name = "insourcing"
    title = "Insourcing"
    question = "What if public bodies do work themselves instead of buying it?"
    main = "share"
    sentence = "{anchors} will take in-house {share} of the contracts that end[, in {sector}]"
    pillar = "ownership"
    meaning = (
        "When contracts end, anchors take a share of them in-house: what the supplier paid for work, with its margin, becomes posts on the "
        "anchor's payroll; materials and equipment are let as a smaller contract. Staff of a local holder come along with their pay."
    )
    where_tried = (
        "Islington: services worth 380 million pounds brought in-house and the London Living Wage for 1,200 staff; at least 220 contracts "
        "of councils in the United Kingdom from 2016 to 2018."
    )
    evidence = (
        "Islington: Centre for Local Economic Strategies. 220 contracts: Association for Public Service Excellence, in the Guardian of 29 "
        "May 2019. On cost no systematic difference of public and private "
        "production was found (Bel, Fageda and Warner 2010, meta-regression on waste and water), so none is put in beyond margin and pay."
    )
    mark = "B"
    costs = (
        "A transition cost for each post, from the anchor's account; the living wage, where it is paid, means fewer posts for the money."
    )
    limits = (
        "Only contracts that end and that the anchor can influence. Outside holders keep their staff: posts are filled here, commuters "
        "in their share. The work counts as service at its cost while posts are filled. Pensions of public staff cost no more than others. "
        "Wages are paid at once and suppliers later, so reserves bear the difference once."
    )
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share of contracts that end to be taken in-house.", unit="share of contracts", low=0.0, high=1.0),
        Option("sector", "sector", "Sector of the work; all services when left out.", default=None),
        Option("transition_cost_per_post", "money", "One-off cost of taking a post in.", unit="pounds a post", low=0.0, high=1e5),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share of each anchor and sector that the ramp has come to."""
        share = self.number("share") * strength
        if share <= 0.0:
            return
        wanted = SERVICES if self.given.get("sector") is None else (str(self.given["sector"]),)
        ours = np.outer(self.concerned(town), np.isin(SECTORS, wanted))
        rule, anchors = rules.enterprise, len(town.anchors)
        before = np.zeros((anchors, len(SECTORS))) if rule.insourcing is None else rule.insourcing
        rule.insourcing = np.where(ours, np.maximum(before, share), before)
        costs = np.zeros((anchors, len(SECTORS))) if rule.insourcing_cost is None else rule.insourcing_cost
        rule.insourcing_cost = np.where(ours, np.maximum(costs, self.pence(town, "transition_cost_per_post")), costs)
