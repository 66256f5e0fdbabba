"""Terms of payment: how long suppliers wait for their money."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_contracting import PromptPayment as Terms
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class PromptPayment(Policy):
    """Anchors pay suppliers sooner than usual, or later."""

    name = "prompt_payment"
    title = "Prompt payment"
    question = "How soon should public bodies pay their bills?"
    main = "days"
    sentence = (
        "{anchors} will pay {share_of_suppliers} of contracts after {days:day|days}[, those of small and medium firms here "
        "alone{small_firms_only}]"
    )
    pillar = "procurement"
    meaning = (
        "Anchors pay part of their suppliers after a set number of days instead of the usual terms. Work is a sale when invoiced; the "
        "money comes when it is paid. A supplier that waits longer lives on its cash and its overdraft, and one that is short cuts "
        "inputs, wages and investment. More days than usual show what late payment does."
    )
    where_tried = (
        "Public buyers must pay within 30 days (Public Contracts Regulations 2015, regulation 113; Procurement Act 2023, section 68); "
        "Hartlepool paid 93% to 95% of invoices within 30 days from 2017 to 2021."
    )
    evidence = (
        "The term of 30 days is law. No figure of the effect of earlier public payment on small firms' survival or jobs was found: "
        "what comes out is what cash does in the model."
    )
    mark = "assumption"
    costs = (
        "The anchor pays once what it owed for longer, out of its reserves, and lets smaller contracts until they are back at their target."
    )
    limits = (
        "An anchor without spare cash shortens its terms only as money is left over. Interest for late payment, early-payment "
        "discounts and the terms between firms are left out."
    )
    options = (
        ANCHORS_OPTION,
        Option("days", "number", "Days from invoice to payment.", unit="days", low=0.0, high=120.0),
        Option(
            "share_of_suppliers",
            "share",
            "Share of contracts paid on these terms, drawn once; it grows with the ramp.",
            unit="share of contracts",
            low=0.0,
            high=1.0,
            default=1.0,
        ),
        Option("small_firms_only", "flag", "Whether only small and medium firms of the place are paid on these terms.", default=False),
    )
    off = MappingProxyType({"share_of_suppliers": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Add the terms to the month's."""
        share = self.number("share_of_suppliers") * strength
        terms = Terms(self.number("days"), self.concerned(town), share, bool(self.given["small_firms_only"]))
        rules.contracting.prompt_payment.append(terms)
