"""The co-operatives' common fund."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class SolidarityFund(Policy):
    """Co-operatives pay part of their surplus into a fund that founds others and bridges bad months."""

    name = "solidarity_fund"
    title = "Solidarity fund of co-operatives"
    question = "What if worker-owned firms share profits to help each other?"
    main = "share"
    sentence = "co-operatives will pay {share} of their surplus into a fund of their own"
    pillar = "ownership"
    meaning = (
        "Co-operatives pay a share of the surplus they might pay out into a fund of their own. It adds capital to co-operatives that "
        "policies found, and puts in part of the wages that co-operatives could not pay, never more than it holds."
    )
    where_tried = "Italy since law 59 of 1992 (Coopfond and others); Mondragon; Evergreen in Cleveland."
    evidence = (
        "Italy: 3% of each year's profit by law (coopfond.it). Mondragon: 10% of surplus to the community (Maussen 2015). Evergreen: 10% "
        "of earnings for sister firms (SJF Institute). What such funds do to founding and survival was not found; only the money is built "
        "in."
    )
    mark = "B"
    costs = "Members: what goes to the fund is not paid to them."
    limits = (
        "A fund can lose what it puts in: 300 million euros of other co-operatives had gone into Fagor before it failed in 2013, and "
        "Ulma and Orona left Mondragon in 2022 over autonomy and its fund. Few co-operatives make a small fund. Where a policy founds "
        "none, capital is not called for. Money left when the policy ends stays in the fund."
    )
    options = (
        Option("share", "share", "Share of surplus that goes to the fund.", unit="share of surplus", low=0.0, high=0.5),
        Option(
            "capital_per_founding",
            "money",
            "Capital for each co-operative that a policy founds.",
            unit="pounds",
            low=0.0,
            high=1e6,
            default=0.0,
        ),
        Option(
            "bridging",
            "share",
            "Share of wages a co-operative could not pay that the fund puts in.",
            unit="share of wages short",
            low=0.0,
            high=1.0,
            default=1.0,
        ),
    )
    off = MappingProxyType({"share": 0.0, "capital_per_founding": 0.0, "bridging": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share, which grows with the ramp, and what the fund pays for."""
        ownership = rules.ownership
        ownership.solidarity_share = max(ownership.solidarity_share, self.number("share") * strength)
        ownership.solidarity_capital = max(ownership.solidarity_capital, self.pence(town, "capital_per_founding"))
        ownership.solidarity_bridging = max(ownership.solidarity_bridging, self.number("bridging"))
