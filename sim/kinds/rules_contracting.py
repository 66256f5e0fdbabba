"""The month's rules on contracting: what policies change in procurement beside the rules of an award."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PromptPayment:
    """Other terms of payment: after how many days, of which anchors (anchors,), for what share of suppliers, for small firms alone."""

    days: float
    anchors: NDArray[np.bool_]
    share: float
    small_firms_only: bool


@dataclass(frozen=True)
class Reserved:
    """Competitions reserved to bidders from the place, by anchor (anchors,).

    Attributes
    ----------
    threshold : pence, whole value with value added tax below which a competition may be reserved
    share : share of such competitions that are
    maximum_premium : how far above base price a winning bid may be
    """

    threshold: Floats
    share: Floats
    maximum_premium: Floats


@dataclass(frozen=True)
class SupplierDevelopment:
    """Help for small firms of the place.

    Attributes
    ----------
    anchors : (anchors,) bool, those that pay
    firms_a_year : firms taken on in a year
    grant, advice_cost : pence for each firm
    turnover_help : by how much more a supported firm's turnover counts in the turnover test
    support_months : for how long
    """

    anchors: NDArray[np.bool_]
    firms_a_year: float
    grant: int
    advice_cost: int
    turnover_help: float
    support_months: int


@dataclass
class ContractingRules:
    """What policies change in procurement beside the rules of an award; every default leaves the month as it is without policies.

    What is given for each anchor is None until a policy sets it.

    Attributes
    ----------
    influenceable_target : (anchors,) float64, share of contract value to be free of frameworks
    cost_per_freed : (anchors,) float64 pence for each contract freed
    contract_months : (anchors,) float64, mean length of contracts let now; NaN for the anchor's own
    cost_per_letting : (anchors,) float64 pence for each letting that shorter contracts add
    reserved : competitions reserved to the place; None for none
    prompt_payment : terms of payment that differ from the usual, a later one before an earlier one
    supplier_development : help for small firms of the place
    """

    influenceable_target: Floats | None = None
    cost_per_freed: Floats | None = None
    contract_months: Floats | None = None
    cost_per_letting: Floats | None = None
    reserved: Reserved | None = None
    prompt_payment: list[PromptPayment] = field(default_factory=list)
    supplier_development: list[SupplierDevelopment] = field(default_factory=list)


def for_anchors(given: Floats | None, anchors: int, usual: float = 0.0) -> Floats:
    """The numbers of anchors as another policy has set them, or the usual one for each (anchors,).

    Examples
    --------
    >>> for_anchors(None, 2, 1.0).tolist(), for_anchors(np.array([3.0]), 1).tolist()
    ([1.0, 1.0], [3.0])
    """
    return np.full(anchors, usual) if given is None else given
