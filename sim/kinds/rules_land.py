"""The month's rules on land: what policies change in land, premises and homes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PremisesOffer:
    """Units that an anchor lets to firms while the policy is in force.

    `use` is a code of `sim.kinds.premises`; `months` is how long a tenant may stay, 0 for as long as the policy lasts.
    """

    anchor: int
    use: int
    units: int
    rent_share: float
    cooperatives_first: bool = False
    months: int = 0


@dataclass(frozen=True)
class AssetTransfer:
    """Buildings that an anchor gives to the land trust this month, money in pence a building, upkeep in pence a building a month."""

    anchor: int
    buildings: int
    units: int
    value: int
    grant: int
    upkeep: int
    rent_share: float


@dataclass(frozen=True)
class HomeProgramme:
    """Homes begun this month at a yearly rate, money in pence a home, upkeep in pence a home a year, ground rent a month.

    `use` is a code of `sim.kinds.dwellings`. What a grant does not pay an anchor borrows for homes it lets, and pays for homes of a trust.
    """

    anchor: int
    use: int
    homes_a_year: float
    cost: int
    build_months: int
    grant_share: float = 0.0
    loan_months: int = 1
    upkeep: int = 0
    price_share: float = 1.0
    deposit_share: float = 0.0
    ground_rent: int = 0


@dataclass(frozen=True)
class RightToBuyTerms:
    """Terms on which social tenants may buy their homes: share of the able who do in a year, discount on value, deposit on price."""

    take_up: float
    discount: float
    deposit_share: float


@dataclass
class LandRules:
    """What policies change in land, premises and homes; every default leaves the month as it is without policies.

    Attributes
    ----------
    offers : premises that anchors let this month
    transfers : buildings given to a trust this month
    homes : programmes under which homes are begun this month
    right_to_buy : terms on which social tenants may buy, None for no such right
    extra_births : float, how much likelier a firm is founded while a unit for new firms is free
    """

    offers: list[PremisesOffer] = field(default_factory=list)
    transfers: list[AssetTransfer] = field(default_factory=list)
    homes: list[HomeProgramme] = field(default_factory=list)
    right_to_buy: RightToBuyTerms | None = None
    extra_births: float = 0.0
