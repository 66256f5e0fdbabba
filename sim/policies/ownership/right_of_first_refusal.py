"""A right of first refusal for the place when a firm is to be sold outside."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy


@policy
class RightOfFirstRefusal(Policy):
    """An anchor may buy, for the place and at the same price, a firm that is about to be sold outside."""

    name = "right_of_first_refusal"
    title = "Right of first refusal"
    question = "What if the place may buy local firms before outsiders do?"
    main = "share"
    sentence = "{anchor} will be offered {share} of the local firms for sale before outside buyers"
    pillar = "land"
    meaning = (
        "When a local firm with its premises, or a co-operative, is about to be sold outside, the place is asked first in a share of "
        "cases: the anchor buys it at the price the outside buyer would pay, if it has the money. It becomes a community firm."
    )
    where_tried = (
        "Scotland: community right to buy under the Land Reform (Scotland) Act 2003, in towns as well from 2015. England: only time to "
        "bid for listed assets, under the community right to bid of the Localism Act 2011."
    )
    evidence = (
        "The Scottish right is a first option and needs a willing seller (Scottish Government guidance, Part 2 right to buy). "
        "It covers land and buildings; extending it to the firm in them, and the share of sales it would reach, are assumptions."
    )
    mark = "assumption"
    costs = (
        "The price and the legal cost of each case, from the anchor's account: it has less for services. Surplus goes to the "
        "council, so it pays back no other anchor."
    )
    limits = (
        "Sales outside are few (firms.sale_rate). The anchor keeps back a month's pay and contracts. That "
        "a community firm may be run better or worse than before is not modelled."
    )
    one_for_the_place = True
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHOR_OPTION,
        Option("share", "share", "Share of firms for sale that the place is offered first.", unit="share of sales", low=0.0, high=1.0),
        Option("legal_cost", "money", "Legal and valuation cost of each case.", unit="pounds a case", low=0.0, high=1e6),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share reached, who buys, and the cost."""
        rules.enterprise.refusal_share = self.number("share") * strength
        rules.enterprise.refusal_anchor = self.anchor_row(town)
        rules.enterprise.refusal_cost = self.pence(town, "legal_cost")
