"""Help for small firms to become suppliers of anchors."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_contracting import SupplierDevelopment as Help
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class SupplierDevelopment(Policy):
    """Anchors give small firms a grant for plant, and advice that helps them through the turnover test."""

    name = "supplier_development"
    title = "Supplier development"
    question = "How many small firms a year get help to grow?"
    main = "firms_a_year"
    sentence = "{anchors} will help {firms_a_year:small firm|small firms} a year to grow, with a grant of {grant_per_firm} each"
    pillar = "procurement"
    meaning = (
        "Anchors support some small firms of the place each year, co-operatives included, in the sectors they buy from. A grant buys "
        "plant, so the firm has room for more work; advice and references let its turnover count for more in the turnover test for a time."
    )
    where_tried = (
        "Business advice is widespread in rich countries (What Works Growth); Kirklees businesses said in 2013 that they could not win "
        "public work."
    )
    evidence = (
        "Of 23 sound evaluations of business advice 17 found a gain in at least one outcome, more often output than jobs (What Works "
        "Growth, https://whatworksgrowth.org/insights/how-effective-is-business-advice/). No gain in productivity is built in, and what "
        "advice does for eligibility is an assumption."
    )
    mark = "assumption"
    costs = "A grant and the cost of advice for each firm, paid by the anchors in turn."
    limits = (
        "It brings no work: a supported firm must hear of a tender and win it, and plant without orders wears out. Firms are drawn, not "
        "picked for promise; a grant is cut to the money there is beyond wages."
    )
    options = (
        ANCHORS_OPTION,
        Option(
            "firms_a_year", "number", "Firms taken on in a year, over all anchors concerned.", unit="firms a year", low=0.0, high=1000.0
        ),
        Option("grant_per_firm", "money", "Grant for plant.", unit="pounds a firm", low=0.0, high=1000000.0),
        Option("advice_cost_per_firm", "money", "Cost of advice for one firm.", unit="pounds a firm", low=0.0, high=100000.0),
        Option(
            "turnover_help",
            "share",
            "By how much more a supported firm's turnover counts in the turnover test.",
            unit="share of turnover",
            low=0.0,
            high=1.0,
            default=0.0,
        ),
        Option("support_months", "months", "For how long a firm is supported.", unit="months", low=1, high=120, default=24),
    )
    off = MappingProxyType({"firms_a_year": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Add the help to the month's; the number of firms grows with the ramp."""
        if self.number("firms_a_year") <= 0.0:
            return
        rules.contracting.supplier_development.append(
            Help(
                anchors=self.concerned(town),
                firms_a_year=self.number("firms_a_year") * strength,
                grant=self.pence(town, "grant_per_firm"),
                advice_cost=self.pence(town, "advice_cost_per_firm"),
                turnover_help=self.number("turnover_help"),
                support_months=int(self.given["support_months"]),
            )
        )
