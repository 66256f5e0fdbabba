"""Anchors offer part of their vacancies first in deprived neighbourhoods."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy
from sim.policies.employment.per_anchor import for_concerned


@policy
class TargetedRecruitment(Policy):
    """A share of vacancies goes to job seekers of the most deprived neighbourhoods before anybody else is asked."""

    name = "targeted_recruitment"
    title = "Targeted recruitment"
    question = "What if people from the poorest streets are offered jobs first?"
    main = "share"
    sentence = "{anchors} will offer {share} of their vacancies first in the poorest parts ({neighbourhoods:neighbourhood|neighbourhoods})"
    pillar = "employment"
    meaning = "A share of the vacancies of the anchors concerned is first offered to job seekers of the most deprived neighbourhoods."
    where_tried = "Birmingham (I Can, Hospitality to Health), Walsall (Work4Health), Leeds hospitals."
    evidence = (
        "I Can: over 550 unemployed residents had offers in about two years, 90% of them still there after six months; nobody "
        "measured who would have got the posts otherwise (Centre for Local Economic Strategies)."
    )
    mark = "B"
    costs = "The anchor pays for finding and preparing each person hired that way."
    limits = (
        "No post is added: who is hired through it takes the place of another job seeker. Those hired are taken to stay as long and "
        "to work as well as others."
    )
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share of vacancies offered there first.", unit="share of vacancies", low=0.0, high=1.0),
        Option(
            "neighbourhoods",
            "count",
            "How many neighbourhoods, counted from the most deprived in the place file.",
            unit="neighbourhoods",
            low=1,
            high=1000,
            default=1,
        ),
        Option(
            "cost_per_hire",
            "money",
            "Finding and preparing one person; no published cost was found.",
            unit="pounds a person",
            low=0.0,
            high=20000.0,
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share, the neighbourhoods and the cost."""
        share = self.number("share") * strength
        if share <= 0.0:
            return
        ours, concerned = rules.employment, self.concerned(town)
        ours.recruitment_share = for_concerned(ours.recruitment_share, concerned, share)
        ours.recruitment_cost = for_concerned(ours.recruitment_cost, concerned, float(self.pence(town, "cost_per_hire"))).astype(np.int64)
        deprivation = np.array([float(item.deprivation) for item in town.place.neighbourhoods])
        among = np.zeros(len(deprivation), bool)
        among[np.argsort(-deprivation, kind="stable")[: round(self.number("neighbourhoods"))]] = True
        before = ours.recruitment_neighbourhoods
        ours.recruitment_neighbourhoods = among if before is None else among | before
