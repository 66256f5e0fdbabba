"""A local currency backed by pounds."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_money import CurrencyTerms
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy


@policy
class LocalCurrency(Policy):
    """An anchor issues a currency against pounds that only firms owned here accept."""

    name = "local_currency"
    title = "Local currency"
    question = "What if the place has its own money, spent only here?"
    main = "member_share"
    sentence = "a local currency will begin, in which {member_share} of residents do {budget_share} of their spending"
    pillar = "money"
    meaning = (
        "An anchor issues a currency against pounds, one for one. Some residents change a share of their spending into it every month "
        "and pay with it where it is accepted: by some firms owned here. Those pay suppliers who accept it, and wages up to a share, and "
        "change a share of the rest back. Members with money left over in the purse keep a seller they come upon who accepts it."
    )
    where_tried = (
        "REC in Barcelona's Besos district from 2018 (a quarter of an income support paid in it), WIR in Switzerland, RES in Belgium, the "
        "Bristol Pound."
    )
    evidence = (
        "WIR turned over 2.6 times and RES 1.9 times a year (de la Rosa and Stodder 2015). Community currencies are useful only where "
        "ready money is short (Zeller 2020). The makers of the REC report a local multiplier 54% above that of euros after 13 months. "
        "No leaning to local sellers is built in: only that money in a purse is spent where it is accepted."
    )
    mark = "B"
    costs = "Running it costs the anchor a sum a month; members can't spend the purse elsewhere; firms pay a fee to change back."
    limits = (
        "Branches, sellers outside, landlords and the government refuse it: rents and taxes, council tax too, are paid in pounds. It "
        "adds no purchasing power, since each unit is bought with a pound that lies still with the issuer; much of it replaces pounds "
        "that would have been spent in the same shop. Residents do not change back while it runs."
    )
    one_for_the_place = True
    options = (
        ANCHOR_OPTION,
        Option(
            "member_share", "share", "Share of residents who join, reached with the ramp.", unit="share of residents", low=0.0, high=1.0
        ),
        Option(
            "budget_share", "share", "Share of their spending that members hold ready in it.", unit="share of spending", low=0.0, high=1.0
        ),
        Option(
            "seller_share",
            "share",
            "Share of firms owned here that accept it, reached with the ramp.",
            unit="share of firms",
            low=0.0,
            high=1.0,
        ),
        Option(
            "wage_share", "share", "Most of a wage that is paid in it to members.", unit="share of wages", low=0.0, high=1.0, default=0.0
        ),
        Option(
            "redeem_share", "share", "Share of a firm's holding it changes back each month.", unit="share", low=0.0, high=1.0, default=0.5
        ),
        Option("redeem_fee", "share", "Fee for changing back.", unit="share of what is changed", low=0.0, high=0.5, default=0.0),
        Option("demurrage", "share", "Share of every purse taken each month.", unit="share a month", low=0.0, high=0.2, default=0.0),
        Option("monthly_cost", "money", "Cost of running it.", unit="pounds a month", low=0.0, high=1e7, default=0.0),
    )
    off = MappingProxyType({"budget_share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the terms of the month, and its running cost."""
        if self.number("budget_share") <= 0.0:
            return
        anchor = self.anchor_row(town)
        rules.monthly_cost[anchor] += self.pence(town, "monthly_cost")
        rules.money.currency = CurrencyTerms(
            anchor=anchor,
            members=self.number("member_share") * strength,
            budget=self.number("budget_share"),
            sellers=self.number("seller_share") * strength,
            wage_share=self.number("wage_share"),
            redeem_share=self.number("redeem_share"),
            redeem_fee=self.number("redeem_fee"),
            demurrage=self.number("demurrage"),
        )
