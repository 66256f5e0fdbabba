"""The month's rules on money: what policies change in saving, lending and local currency."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class BankTerms:
    """Terms on which a community bank works this month; rates a year, money in pence.

    `capital` holds pairs of the row of an anchor and what it pays in when the bank is set up.
    """

    capital: tuple[tuple[int, int], ...]
    savers: float
    reserve_ratio: float
    capital_ratio: float
    loan_rate: float
    deposit_rate: float
    largest_loan: int
    interest_cover: float
    running_cost: float
    brought_over: float


@dataclass(frozen=True)
class UnionTerms:
    """Terms on which a credit union works this month; the loan rate a month, the running cost a year, money in pence."""

    anchor: int
    capital: int
    members: float
    tenants_only: bool
    savings_share: float
    savings_months: float
    loan_rate: float
    largest_loan: int
    repayment_share: float
    reserve_ratio: float
    default_months: int
    running_cost: float


@dataclass(frozen=True)
class PensionTerms:
    """What a pension fund outside puts into the place this month; money in pence, the return a year."""

    most_a_month: int
    required_return: float
    largest_loan: int
    interest_cover: float
    running_cost: float


@dataclass(frozen=True)
class CurrencyTerms:
    """Terms of a local currency this month; shares of budgets and holdings, fees as shares of what is changed."""

    anchor: int
    members: float
    budget: float
    sellers: float
    wage_share: float
    redeem_share: float
    redeem_fee: float
    demurrage: float


@dataclass
class MoneyRules:
    """What policies change in saving, lending and local currency; every default leaves the month as it is without policies.

    `reserves` maps the row of an anchor to the share of its reserves that it places in the place.
    """

    bank: BankTerms | None = None
    union: UnionTerms | None = None
    pension: PensionTerms | None = None
    currency: CurrencyTerms | None = None
    reserves: dict[int, float] = field(default_factory=dict)
