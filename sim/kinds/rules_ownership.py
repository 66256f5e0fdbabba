"""The month's rules on ownership: what policies change in who owns firms and how co-operatives decide."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rescue:
    """On what terms workers take over firms that fail.

    Attributes
    ----------
    share : share of viable cases that are taken over
    stake : pence that each worker puts in, as far as savings reach
    matching : pence of capital from the anchor for each penny of stakes
    write_off : share of old bank debt given up
    pay_cut : share of pay that members give up
    support_cost : pence of advice for each worker
    anchor : row of the anchor that pays
    """

    share: float
    stake: int
    matching: float
    write_off: float
    pay_cut: float
    support_cost: int
    anchor: int


@dataclass(frozen=True)
class Development:
    """Co-operatives that an agency helps residents to found: how many a year, of which form, with what.

    `sector` -1 stands for any, in the proportion of firms that begin. Money is in pence.
    """

    rate: float
    form: str
    sector: int
    jobs: float
    capital: int
    entry_stake: int
    anchor: int


@dataclass
class OwnershipRules:
    """What policies change in who owns firms and how co-operatives decide; every default leaves the month as it is without policies.

    Attributes
    ----------
    rescues, developments : terms in force
    solidarity_share : float, share of surplus that co-operatives pay into their fund
    solidarity_capital : int, pence that the fund gives to each co-operative a policy founds
    solidarity_bridging : float, share of wages a co-operative could not pay that the fund puts in
    """

    rescues: list[Rescue] = field(default_factory=list)
    developments: list[Development] = field(default_factory=list)
    solidarity_share: float = 0.0
    solidarity_capital: int = 0
    solidarity_bridging: float = 0.0
