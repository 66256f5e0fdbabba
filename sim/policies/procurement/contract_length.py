"""For how long contracts are let."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_contracting import for_anchors
from sim.kinds.town import Town
from sim.month.contracts.contract_budgets import own_months
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class ContractLength(Policy):
    """Contracts let from now on run for a set number of years on average."""

    name = "contract_length"
    title = "Contract length"
    question = "How many years should public contracts run before others may bid?"
    main = "years"
    sentence = "{anchors} will let contracts for {years:year|years} on average"
    pillar = "procurement"
    meaning = (
        "Anchors let their contracts for a set number of years on average, at least a year each. Shorter contracts bring more of the spend "
        "to tender each year, so that other procurement levers work sooner; longer ones give holders certainty and keep others out."
    )
    where_tried = (
        "Birmingham's highways deal of 2010 runs for 25 years; Salford reported 58 million pounds expiring in three to four years (2023)."
    )
    evidence = "No distribution of contract lengths and no effect of length on price was found; none is built in."
    mark = "assumption"
    costs = "Staff time for each letting that shorter contracts add, paid by the anchor; longer contracts are given no saving."
    limits = "Contracts that run are untouched, so the change takes years; firms do not invest more under long contracts."
    options = (
        ANCHORS_OPTION,
        Option("years", "number", "Mean length of contracts let; 0 for the anchor's own.", unit="years", low=0.0, high=25.0),
        Option(
            "cost_per_letting",
            "money",
            "Staff time for one letting more.",
            unit="pounds a letting",
            low=0.0,
            high=100000.0,
        ),
    )
    off = MappingProxyType({"years": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set length, which moves with the ramp from the anchor's own, and cost."""
        if self.number("years") <= 0.0:
            return
        concerned, ours, anchors = self.concerned(town), rules.contracting, len(town.anchors)
        own = own_months(town)
        months, cost = for_anchors(ours.contract_months, anchors, np.nan), for_anchors(ours.cost_per_letting, anchors)
        months[concerned] = (own + (12.0 * self.number("years") - own) * strength)[concerned]
        cost[concerned] = self.pence(town, "cost_per_letting")
        ours.contract_months, ours.cost_per_letting = months, cost
