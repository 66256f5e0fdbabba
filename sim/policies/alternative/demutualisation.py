"""Demutualisation: what is owned together is sold."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import Policy


@policy
class Demutualisation(Policy):
    """Part of the co-operatives is sold to outside owners each year."""

    name = "demutualisation"
    title = "Demutualisation and sale"
    question = "What if firms owned by their members are sold to outsiders?"
    main = "share"
    sentence = "{share} of co-operatives will be sold to outside buyers each year"
    pillar = "alternative"
    meaning = (
        "Each year the members of a share of co-operatives vote to sell to an outside buyer and share the price as they share surplus; "
        "community firms may be privatised at the same rate. The firm becomes a branch, and its surplus leaves."
    )
    where_tried = "Building societies in the United Kingdom after the Building Societies Act 1986, mostly between 1989 and 2000."
    evidence = (
        "Every building society that became a bank then has since failed or been taken over; members were drawn by windfalls (Co-operative "
        "News, Big bang demutualisation). A rate for worker co-operatives was not found: it is the scenario's. No effect on how the firm "
        "is run is put in."
    )
    mark = "B"
    costs = "Members give up later surplus and their say, the council that of community firms; buyers outside pay the price."
    limits = (
        "Only firms of five jobs or more that make a surplus find a buyer, at the price of any firm. How a vote comes about is left out. "
        "With the asset lock an indivisible reserve goes to the council; without it members share that too."
    )
    off = MappingProxyType({"share": 0.0})
    options = (
        Option("share", "share", "Share of co-operatives sold each year.", unit="share a year", low=0.0, high=1.0),
        Option("privatise_community", "flag", "Whether community firms are sold at the same rate.", default=False),
        Option("asset_lock", "flag", "Whether the indivisible reserve goes to the council instead of to members.", default=True),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the rate reached and what becomes of reserves."""
        rules.enterprise.demutualisation = self.number("share") * strength
        rules.enterprise.privatise_community = bool(self.given["privatise_community"])
        rules.enterprise.asset_lock = bool(self.given["asset_lock"])
