"""One tender: who hears of it, who may bid, what they ask, who wins."""

from __future__ import annotations

import math
from dataclasses import dataclass

from oracle.plain.objects import Contract, Firm
from oracle.plain.pennies import lognormal, poisson
from oracle.plain.sellers import Sellers
from oracle.plain.town import AnchorRules, PlainTown

from sim.kinds.firms import Cooperative

PLACE, REGION, WORLD = "place", "region", "world"
OPEN, INVITED = 8, 4
#: Draws of one tender: twelve each for origin, firm, price and quality; then open bidders, invited bidders, order of tenders.
WIDTH = 52


@dataclass
class Tender:
    """A contract to be let anew with its draws."""

    contract: Contract
    value: int
    draws: list[float]
    rules: AnchorRules
    local_first: bool = False


@dataclass
class Bid:
    """A valid bid; `firm` is the bidder of the place, None for bidders from elsewhere."""

    origin: str
    firm: Firm | None
    price: float
    quality: float
    social: float


def bids_for(town: PlainTown, sellers: Sellers, tender: Tender) -> list[Bid]:
    """All valid bids in the order of their places."""
    found = []
    for place in (*range(_open_bidders(town, tender)), *range(OPEN, OPEN + _invited_bidders(town, tender))):
        bid = _bid(town, sellers, tender, place)
        if bid is not None:
            found.append(bid)
    return found


def _open_bidders(town: PlainTown, tender: Tender) -> int:
    """One, and a Poisson number more; eight at most."""
    return 1 + min(poisson(tender.draws[48], town.parameter("procurement.mean_bidders") - 1.0), OPEN - 1)


def _invited_bidders(town: PlainTown, tender: Tender) -> int:
    """The share of invitations that outreach reaches; a fraction invites one more by chance."""
    invited = town.parameter("procurement.invited_firms") * tender.rules.reach
    return min(math.floor(invited + tender.draws[49]), INVITED)


def _origin(town: PlainTown, tender: Tender, place: int) -> str:
    """Where the bidder comes from; whoever is invited is of the place."""
    anchor, category = tender.contract.anchor, tender.contract.category
    local = town.structure.local_invitation[anchor][category]
    region = town.structure.region_invitation[anchor][category]
    if place >= OPEN or tender.draws[place] < local:
        return PLACE
    return REGION if tender.draws[place] < local + region else WORLD


def _bid(town: PlainTown, sellers: Sellers, tender: Tender, place: int) -> Bid | None:
    """The bid made at one place, None where the firm of the place that heard may not bid."""
    origin = _origin(town, tender, place)
    firm = None
    if origin == PLACE:
        firm = sellers.found(tender.contract.category, tender.draws[12 + place])
        if firm is None or not _may_bid(town, tender, firm):
            return None
    return Bid(
        origin, firm, _price(town, tender, firm, tender.draws[24 + place]), tender.draws[36 + place], _social(town, tender, origin, firm)
    )


def _may_bid(town: PlainTown, tender: Tender, firm: Firm) -> bool:
    """The turnover test, and room for its own part: the holder's room is what it works in now and what is free."""
    room = firm.capacity * firm.price - firm.usual_sales
    if tender.contract.supplier == firm.account:
        room += tender.contract.value
    own_part = town.parameter("procurement.own_work_share") * tender.value
    return tender.value <= town.parameter("procurement.turnover_share") * firm.usual_sales and own_part <= room


def _price(town: PlainTown, tender: Tender, firm: Firm | None, draw: float) -> float:
    """Against base price: a local firm's own price and premium, the living wage where it is required, and luck."""
    structure, category = town.structure, tender.contract.category
    base = firm.price * (1.0 + town.parameter("procurement.local_price_premium")) if firm else 1.0
    pay = structure.jobs_per_output[category] * structure.sector_pay[category] * (1.0 + town.parameter("work.employer_contribution_rate"))
    rise = tender.rules.contract_living_wage * (town.parameter("procurement.living_wage_uplift") * pay)
    return base * (1.0 + rise) * lognormal(draw, town.parameter("procurement.bid_spread"))


def _social(town: PlainTown, tender: Tender, origin: str, firm: Firm | None) -> float:
    """Social value in 0 to 1: local, small firm, co-operative, living wage, weighted as the anchor composes it."""
    local, small, cooperative, wage = tender.rules.social_value_parts
    total = local * {PLACE: 1.0, REGION: 0.5, WORLD: 0.0}[origin]
    total += small * (firm is not None and firm.jobs < town.parameter("procurement.small_firm_jobs"))
    total += cooperative * (firm is not None and firm.kind == Cooperative.code)
    return total + wage * max(tender.rules.contract_living_wage, firm.living_wage if firm else 0.0)


def winner_of(town: PlainTown, tender: Tender, bids: list[Bid]) -> Bid | None:
    """The best score; under a target the best local bid, unless it is too dear against the best from outside."""
    if not bids:
        return None
    lowest = min(bid.price for bid in bids)
    weight, social = town.parameter("procurement.price_weight"), tender.rules.social_value_weight

    def score(bid: Bid) -> float:
        merit = weight * (lowest / bid.price) + (1.0 - weight) * bid.quality
        return (1.0 - social) * merit + social * bid.social

    best = max(bids, key=score)
    local = [bid for bid in bids if bid.origin == PLACE]
    if tender.local_first and local:
        best_local = max(local, key=score)
        rivals = [bid for bid in bids if bid.origin != PLACE]
        outside = max(rivals, key=score).price if rivals else math.inf
        if best_local.price <= outside * (1.0 + tender.rules.maximum_premium):
            return best_local
    return best
