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


@dataclass
class LandRules:
    """What policies change in land, premises and homes; every default leaves the month as it is without policies."""

    offers: list[PremisesOffer] = field(default_factory=list)
