"""Banks leave the place."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, shock
from sim.kinds.rules import Closure, Rules
from sim.kinds.town import Town
from sim.policies.base import Policy
from sim.settings.sectors import SECTORS


@shock
class BankRetreat(Policy):
    """Banks grant firms smaller overdrafts and smaller loans, and close branches."""

    name = "bank_retreat"
    title = "Banks retreat"
    question = "What if banks close branches and lend less?"
    main = "loan_fall"
    sentence = (
        "banks will cut overdrafts by {overdraft_fall} and loans by {loan_fall}[, and {branch_jobs} of the jobs in branches of "
        "finance will go]"
    )
    pillar = "shock"
    meaning = (
        "Banks cut the overdrafts they grant to firms and the part of an investment that they lend, with the ramp, while the shock lasts; "
        "in its first month branches of finance close until about a share of their jobs has gone."
    )
    where_tried = "The United Kingdom: by the end of 2021 banks had closed, or were to close, 4,735 branches, 48% of those of 2015."
    evidence = (
        "Which?, reported by the Press Association in December 2021, for branches. How far credit to local firms falls with them was not "
        "found."
    )
    mark = "B"
    costs = "None to anchors; firms short of cash pay their staff and suppliers less, or end."
    limits = (
        "Residents' accounts and mortgages stay as they are, and so do loans to firms that begin. What is owed already is not called in. "
        "Branches do not come back when the shock ends, and what they sold outside the place has gone with them."
    )
    off = MappingProxyType({"overdraft_fall": 0.0, "loan_fall": 0.0, "branch_jobs": 0.0})
    options = (
        Option("overdraft_fall", "share", "Fall of the overdrafts that banks grant.", unit="share of usual overdrafts", low=0.0, high=1.0),
        Option("loan_fall", "share", "Fall of the part of an investment that banks lend.", unit="share of usual loans", low=0.0, high=1.0),
        Option("branch_jobs", "share", "Jobs in branches of finance that go.", unit="share of those jobs", low=0.0, high=1.0, default=0.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Cut credit by what is reached; close branches in the first month."""
        events, firms = rules.events, town.firms
        events.credit_line *= 1.0 - self.number("overdraft_fall") * strength
        events.credit_loans *= 1.0 - self.number("loan_fall") * strength
        if first and self.number("branch_jobs") > 0.0:
            from sim.kinds.firms import Branch

            sector = SECTORS.index("finance")
            branches = (firms["kind"] == Branch.code) & (firms["sector"] == sector)
            jobs = float((firms["workers"] + firms["commuters"])[branches].sum()) * self.number("branch_jobs")
            if jobs > 0.0:
                rules.closures.append(Closure(sector, jobs, self.title))
