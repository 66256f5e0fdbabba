"""Social tenants buy their homes at a discount."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_land import RightToBuyTerms
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class RightToBuy(Policy):
    """The sale of social homes to their tenants, below market value."""

    name = "right_to_buy"
    title = "Right to buy"
    question = "What if social tenants may buy their homes at a discount?"
    main = "take_up"
    sentence = "{take_up} of the social tenants who can will buy their home each year, at {discount} below its value"
    pillar = "alternative"
    meaning = (
        "Social tenants in work who have the deposit and can carry the mortgage may buy the home they rent at a discount on its "
        "market value. Part of them do so each year. The price goes to their landlord, who loses the rent for good."
    )
    where_tried = "Great Britain since October 1980; ended in Scotland in 2016 and in Wales in 2019."
    evidence = (
        "2,029,311 social homes were sold so in England from April 1980 to March 2024, 8,656 of them in the last year (official "
        "statistics, 6 February 2025); the mean discount was 44% of market value (Common Wealth, Wrong to Sell, 3 August 2025). The "
        "share of able tenants who buy in a year was not found."
    )
    mark = "B"
    costs = "The landlord gives up the discount and all later rent; the buyer carries a mortgage."
    limits = (
        "Two adults share a home. Homes built under a policy of the scenario are left out, as new homes were by the cost floor. "
        "Nobody sells on or lets what they bought. Receipts stay with the landlord and enter its budget as reserves do; all of the "
        "discount is the buyer's gain. What landlords own at the opening stands in no balance sheet, so the homes that they lose show only "
        "as wealth that buyers gain."
    )
    off = MappingProxyType({"take_up": 0.0})
    options = (
        Option("take_up", "share", "Share of the tenants who can buy that do so in a year.", unit="share a year", low=0.0, high=1.0),
        Option("discount", "share", "How far the price lies below the market's.", unit="share of market value", low=0.0, high=0.95),
        Option("deposit_share", "share", "What a buyer must have saved.", unit="share of price", low=0.0, high=1.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the terms; the take-up grows with the ramp."""
        take_up = self.number("take_up") * strength
        if take_up > 0.0:
            rules.land.right_to_buy = RightToBuyTerms(take_up, self.number("discount"), self.number("deposit_share"))
