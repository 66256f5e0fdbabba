"""A credit union for residents."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_money import UnionTerms
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy


@policy
class LocalCreditUnion(Policy):
    """Residents save together and borrow from one another in a bad month."""

    name = "credit_union"
    title = "Credit union"
    question = "What if residents save together and lend to each other?"
    main = "member_share"
    sentence = "a credit union will open with {capital} from {anchor}, and {member_share} of residents will join"
    pillar = "money"
    meaning = (
        "Some residents become members. They save a share of their income with the union until they hold some months of it. A member who "
        "owes rent or whose income falls below what they are used to, and who has no money over, takes out savings and then borrows. They "
        "repay a share of income once it is back. Who is too long without work does not repay: the loss is the union's."
    )
    where_tried = (
        "About 400 credit unions in the UK had nearly a million members in 2012 (HM Treasury). Lewisham Plus lent to tenants in arrears, "
        "free of interest, with 85,000 pounds of the council's (Co-operative News)."
    )
    evidence = (
        "Lewisham: 300 families kept from eviction by the lender's own account. The evaluation of the Growth Fund of the Department for "
        "Work and Pensions (2010) compared borrowers with others. Neither gives a size for a whole place, so none is built in. The legal "
        "cap on interest is 3% a month since April 2014 (Credit Unions Act 1979; Order of 2013), 2% before."
    )
    mark = "assumption"
    costs = "Capital from the anchor; interest from members who borrow; staff and losses out of the union's income."
    limits = (
        "The model has no dear credit, such as payday loans, that a union could displace, which is a large part of its use. Homes are "
        "not lost for arrears. Savings bear no dividend. Few residents of the model owe rent in ordinary months, so the effect shows in "
        "a bad year, for people whose trouble passes: a loan does not help where the rent is too high for good."
    )
    one_for_the_place = True
    options = (
        ANCHOR_OPTION,
        Option(
            "member_share", "share", "Share of residents who join, reached with the ramp.", unit="share of residents", low=0.0, high=1.0
        ),
        Option("common_bond", "text", "Who may join.", choices=("everyone", "tenants"), default="everyone"),
        Option("capital", "money", "Capital the anchor pays in at the start.", unit="pounds", low=0.0, high=1e8),
        Option("savings_share", "share", "Share of income that members save.", unit="share of income", low=0.0, high=0.5, default=0.02),
        Option("savings_months", "number", "Savings at which members stop.", unit="months of income", low=0.0, high=60.0, default=0.5),
        Option(
            "loan_rate", "share", "Interest on loans; the law allows 3% a month.", unit="share a month", low=0.0, high=0.03, default=0.02
        ),
        Option("largest_loan", "money", "Most that a member may owe.", unit="pounds", low=0.0, high=100000.0, default=2000.0),
        Option("repayment_share", "share", "Share of income that is repaid.", unit="share of income", low=0.0, high=1.0, default=0.1),
        Option("reserve_ratio", "share", "Cash kept on savings.", unit="share of savings", low=0.0, high=1.0, default=0.1),
        Option("default_months", "months", "Months without work after which a debt is lost.", unit="months", low=1, high=120, default=12),
        Option("running_cost", "share", "Staff and premises.", unit="share of assets a year", low=0.0, high=0.3, default=0.02),
    )
    off = MappingProxyType({"member_share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the terms of the month."""
        members = self.number("member_share") * strength
        if members <= 0.0:
            return
        rules.money.union = UnionTerms(
            anchor=self.anchor_row(town),
            capital=self.pence(town, "capital"),
            members=members,
            tenants_only=self.given["common_bond"] == "tenants",
            savings_share=self.number("savings_share"),
            savings_months=self.number("savings_months"),
            loan_rate=self.number("loan_rate"),
            largest_loan=self.pence(town, "largest_loan"),
            repayment_share=self.number("repayment_share"),
            reserve_ratio=self.number("reserve_ratio"),
            default_months=int(self.given["default_months"]),
            running_cost=self.number("running_cost"),
        )
