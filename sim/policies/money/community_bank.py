"""A community bank that lends local savings to local firms."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_money import BankTerms
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, INTEREST_COVER_OPTION, Policy


@policy
class LocalCommunityBank(Policy):
    """An anchor sets up a bank that takes savings of residents over and lends them to firms here."""

    name = "community_bank"
    title = "Community bank"
    question = "What if the place has its own bank for local firms?"
    main = "capital"
    sentence = "a community bank will open with {capital} from {anchor}, and {savers_share} of residents will bring their savings"
    pillar = "money"
    meaning = (
        "An anchor pays the capital of a bank for the place. Some residents bring it their savings above a month's income. It lends to "
        "firms owned here whose own cash does not reach for the investment they plan and half their cash buffer, as far as their usual "
        "surplus bears the debt, in an order drawn by chance, until the cash it keeps on savings or its capital sets a limit. Some firms "
        "bring their loans over from national banks. Once a year what it earns above its capital goes to the anchor."
    )
    where_tried = (
        "German savings banks and co-operative banks; planned in Preston since 2019 as North West Mutual, not open by 2025: one "
        "council paid in 250,000 pounds, about 20 million are sought (Lancashire Evening Post 2022; Co-operative News 2025)."
    )
    evidence = (
        "No measured effect of a new community bank on a UK place was found. Capital of at least 8% of loans: Basel framework, "
        "chapter RBC20. That some firms invest less than they plan for want of cash follows from the model's own rule on cash, not "
        "from a survey."
    )
    mark = "assumption"
    costs = (
        "Capital out of the anchor's reserves, which then buys less until it has made them good; staff and premises out of the bank's "
        "income; loans of firms that end are the bank's loss, then the anchor's."
    )
    limits = (
        "It creates no money: it lends what savers and anchors paid in. Cash it can't lend earns nothing, so it takes no more savings "
        "than its capital lets it lend, and none while as much as its capital lies idle. Savers can withdraw as far as it has cash; they "
        "do not run from fear. If it owes more than it has it closes: national banks take over its loans and pay savers in full, as "
        "deposit protection would (in truth up to a limit for each person). Nowhere else in the model do savings bear interest."
    )
    one_for_the_place = True
    options = (
        ANCHOR_OPTION,
        Option("capital", "money", "Capital the anchor pays in at the start.", unit="pounds", low=0.0, high=1e9),
        Option(
            "savers_share",
            "share",
            "Share of residents who bring their savings, reached with the ramp.",
            unit="share of residents",
            low=0.0,
            high=1.0,
        ),
        Option(
            "brought_over",
            "share",
            "Share of firms owned here that bring their loans over from national banks.",
            unit="share of firms",
            low=0.0,
            high=1.0,
            default=0.0,
        ),
        Option("reserve_ratio", "share", "Cash kept on savings.", unit="share of savings", low=0.0, high=1.0, default=0.1),
        Option("capital_ratio", "share", "Least capital on loans.", unit="share of loans", low=0.0, high=1.0, default=0.08),
        Option("loan_rate", "share", "Interest on its loans.", unit="share a year", low=0.0, high=0.5, default=0.09),
        Option("deposit_rate", "share", "Interest on savings.", unit="share a year", low=0.0, high=0.2, default=0.005),
        Option("largest_loan", "money", "Most that one firm may owe it.", unit="pounds", low=0.0, high=1e8, default=50000.0),
        INTEREST_COVER_OPTION,
        Option("running_cost", "share", "Staff and premises.", unit="share of assets a year", low=0.0, high=0.2, default=0.015),
    )
    off = MappingProxyType({"capital": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the terms of the month; the capital falls due in the first."""
        capital = self.pence(town, "capital")
        if capital <= 0:
            return
        before = rules.money.bank
        paying = before.capital if before is not None else ()
        rules.money.bank = BankTerms(
            capital=(*paying, (self.anchor_row(town), capital)) if first else paying,
            savers=max(self.number("savers_share") * strength, before.savers if before is not None else 0.0),
            reserve_ratio=self.number("reserve_ratio"),
            capital_ratio=self.number("capital_ratio"),
            loan_rate=self.number("loan_rate"),
            deposit_rate=self.number("deposit_rate"),
            largest_loan=self.pence(town, "largest_loan"),
            interest_cover=self.number("interest_cover"),
            running_cost=self.number("running_cost"),
            brought_over=self.number("brought_over") * strength,
        )
