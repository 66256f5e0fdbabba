"""Branches of a sector close."""

from __future__ import annotations

from sim.core.registry import Option, shock
from sim.kinds.rules import Closure, Rules
from sim.kinds.town import Town
from sim.policies.base import Policy
from sim.settings.sectors import SECTORS


@shock
class BranchCloses(Policy):
    """Sites owned outside close until about a set number of jobs has gone."""

    name = "branch_closes"
    title = "A branch closes"
    pillar = "shock"
    meaning = "One or more branches of outside firms in a sector close at once, until about the number of jobs given has gone."
    where_tried = "Any place with outside-owned plants."
    evidence = "No figure: the scenario says how large."
    mark = "assumption"
    costs = "None to anchors."
    limits = (
        "What the branches sold outside the place is lost with them, as their owner serves it from elsewhere; what they sold here goes "
        "to other sellers. Where the sector has no branch of that size the nearest smaller ones close."
    )
    repeatable = True
    options = (
        Option("sector", "sector", "Sector of the branches."),
        Option("jobs", "number", "Jobs that go.", unit="jobs", low=1.0, high=1e6),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the closure in the first month."""
        if first:
            rules.closures.append(Closure(SECTORS.index(str(self.given["sector"])), self.number("jobs"), self.title))
