"""Anchors train their lowest-paid staff for better-paid work."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy
from sim.policies.employment.per_anchor import for_concerned


@policy
class Progression(Policy):
    """Each year a share of the staff, the lowest paid first, is trained; their pay rises and goes with them."""

    name = "progression"
    title = "Progression of low-paid staff"
    question = "What if low-paid public staff are trained for better pay?"
    main = "share"
    sentence = "{anchors} will train {share} of their staff each year, the lowest paid first"
    pillar = "employment"
    meaning = (
        "The anchors concerned train a share of their staff each year, the lowest paid first. Their hourly pay rises, here and with any "
        "later employer; nobody is trained more than twice."
    )
    where_tried = "Sector programmes in the United States (WorkAdvance); retention and advancement pilots in the United Kingdom."
    evidence = (
        "Mixed. A trial of Per Scholas found earnings 16% higher over ten years, with little left in the last two; after ten years one of "
        "the four WorkAdvance sites still had an effect (MDRC, who ran the trial). What Works Growth finds that effects are rarely "
        "sustained. No effect for staff of British anchors was found, so the gain is a slider."
    )
    mark = "assumption"
    costs = "The anchor pays for training and cover, and then the higher pay with contributions."
    limits = (
        "The gain is an assumption and does not fade. Posts do not change with the training: a trained person who leaves is replaced by "
        "anybody. The makers of training are taken to be next door."
    )
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHORS_OPTION,
        Option(
            "share",
            "share",
            "Share of resident staff who are trained in a year.",
            unit="share of staff a year",
            low=0.0,
            high=1.0,
        ),
        Option("gain", "share", "Rise of hourly pay with training.", unit="share of hourly pay", low=0.0, high=0.3),
        Option(
            "cost_per_person",
            "money",
            "Training and cover for one person; no published cost for anchors was found.",
            unit="pounds a person",
            low=0.0,
            high=20000.0,
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share trained, the gain and the cost."""
        share = self.number("share") * strength
        if share <= 0.0:
            return
        ours, concerned = rules.employment, self.concerned(town)
        ours.training_share = for_concerned(ours.training_share, concerned, share)
        ours.training_cost = for_concerned(ours.training_cost, concerned, float(self.pence(town, "cost_per_person"))).astype(np.int64)
        ours.training_gain = for_concerned(ours.training_gain, concerned, self.number("gain"))
