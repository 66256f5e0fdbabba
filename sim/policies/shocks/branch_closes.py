"""Branches of a sector close."""

from __future__ import annotations

from types import MappingProxyType

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
    question = "What if an outside firm closes its site here?"
    main = "jobs"
    sentence = "outside firms in {sector} will close sites with about {jobs:job|jobs}"
    pillar = "shock"
    meaning = "One or more branches of outside firms in a sector close at once, until about the number of jobs given has gone."
    where_tried = "Any place with outside-owned plants."
    evidence = "No figure: the scenario says how large."
    mark = "assumption"
    costs = "None to anchors."
    limits = (
        "What they sold here goes to other sellers. Whoever loses the job here may find another here; nobody moves away or "
        "commutes further. Where the sector has no branch of that size the nearest smaller ones close."
    )
    repeatable = True
    off = MappingProxyType({"jobs": 0.0})
    options = (
        Option("sector", "sector", "Sector of the branches."),
        Option("jobs", "number", "Jobs that go.", unit="jobs", low=0.0, high=1e6),
        Option(
            "outside_sales_lost",
            "share",
            "Share of what they sold outside the place that leaves with them: all where the owner serves it from elsewhere, "
            "none where customers come to the place and turn to others here.",
            unit="share of sales outside the place",
            low=0.0,
            high=1.0,
            default=1.0,
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Ask for the closure in the first month."""
        if first and self.number("jobs") > 0.0:
            sector = SECTORS.index(str(self.given["sector"]))
            rules.closures.append(Closure(sector, self.number("jobs"), self.title, self.number("outside_sales_lost")))
