"""Inward investment: a subsidy brings a branch."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_enterprise import BranchOffer
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy
from sim.settings.sectors import SECTORS


@policy
class InwardInvestment(Policy):
    """An outside firm opens a branch for a subsidy, sells mostly outside, and may leave again."""

    name = "inward_investment"
    title = "Inward investment"
    question = "What if the council pays a big outside firm to come?"
    main = "jobs"
    sentence = "{anchor} will pay an outside firm {subsidy_per_job} a job for a branch of {jobs:job|jobs} in {sector}"
    pillar = "alternative"
    meaning = (
        "An anchor pays an outside firm for each job it plans in a branch here. The branch brings customers from outside, buys through the "
        "local web, pays usual wages and sends its surplus away; after a time it may leave, and its customers go with it."
    )
    where_tried = "Regional Selective Assistance in Great Britain from 1972, the Regional Growth Fund from 2011, enterprise zones."
    evidence = (
        "Regional Selective Assistance cost 8,000 to 21,000 pounds for a job at 1995 prices (Wren 2005, cited by the Spatial Economics "
        "Research Centre); the Regional Growth Fund just under 15,000 pounds for a year of additional employment (Belmana 2022). Part of "
        "such jobs would have come anyway or replaces others: compare net of that."
    )
    mark = "B"
    costs = "The subsidy, from the anchor's account, at the opening."
    limits = (
        "No more subsidy than the anchor has. It hires after all other employers; its plant is bought outside. Its customers outside "
        "are new to the place and to nobody else here. Repayment ends with what the branch holds when it closes."
    )
    repeatable = True
    off = MappingProxyType({"jobs": 0.0})
    options = (
        ANCHOR_OPTION,
        Option("sector", "sector", "Sector of the branch."),
        Option("jobs", "number", "Jobs the branch plans.", unit="jobs", low=0.0, high=10000.0),
        Option("subsidy_per_job", "money", "Subsidy for each job planned.", unit="pounds a job", low=0.0, high=1e6),
        Option(
            "share_exported",
            "share",
            "Share of its planned sales that goes to customers outside who come with it; the rest it must win here.",
            unit="share of sales",
            low=0.0,
            high=1.0,
            default=0.9,
        ),
        Option("stays_months", "months", "Months after which it leaves; 0 for good.", unit="months", low=0, high=600, default=0),
        Option(
            "clawback",
            "share",
            "Share of the subsidy it repays when it ends within the term.",
            unit="share of subsidy",
            low=0.0,
            high=1.0,
            default=0.0,
        ),
        Option(
            "clawback_months",
            "months",
            "The term; European rules asked for five years (Regulation 651/2014, article 14).",
            unit="months",
            low=0,
            high=600,
            default=60,
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Make the offer in the first month in force."""
        if first and self.number("jobs") > 0.0:
            rules.enterprise.branches.append(
                BranchOffer(
                    sector=SECTORS.index(str(self.given["sector"])),
                    jobs=self.number("jobs"),
                    subsidy_per_job=float(self.pence(town, "subsidy_per_job")),
                    anchor=self.anchor_row(town),
                    exported=self.number("share_exported"),
                    stays=int(self.given["stays_months"]),
                    clawback=self.number("clawback"),
                    term=int(self.given["clawback_months"]),
                )
            )
