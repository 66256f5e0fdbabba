"""The month's rules on enterprise and the alternative: what is bought or made in-house, who buys firms, who is lured, taxed and cut."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BranchOffer:
    """An outside firm opens a branch here this month for a subsidy.

    Attributes
    ----------
    sector : int
    jobs : float, jobs it plans
    subsidy_per_job : float, pence; anchor : int, row of the anchor that pays
    exported : float, share of its planned sales that it brings with it from outside the place
    stays : int, months after which it leaves; 0 for good
    clawback : float, share of the subsidy repaid if it ends within `term` months
    """

    sector: int
    jobs: float
    subsidy_per_job: float
    anchor: int
    exported: float
    stays: int
    clawback: float
    term: int


@dataclass(frozen=True)
class SupportedBranch:
    """A branch that came for a subsidy: its account, who paid, when it leaves (0 for never), pence it repays if it ends before `until`."""

    account: int
    anchor: int
    leaves: int
    clawback: int
    until: int


@dataclass
class EnterpriseRules:
    """What policies change in enterprise and public money; every default leaves the month as it is without policies.

    Attributes
    ----------
    benefit_factor : float, benefits against those of the place file
    council_tax_factor : float, council tax against that of the place file
    business_tax_factor : float, taxes on products and production that firms pay, against the usual
    rates_borne : float, share of what firms save in business taxes that an anchor bears; the government bears the rest
    rates_anchor : int, row of that anchor, -1 for none
    demutualisation : float, share of co-operatives that are sold each year
    privatise_community : bool, community firms are sold at that rate too
    asset_lock : bool, the indivisible reserve of a co-operative that is sold goes to the council, not to its members
    refusal_share : float, share of firms for sale that the place has first refusal of
    refusal_anchor : int, row of the anchor that buys them, -1 for none
    refusal_cost : int, pence of legal and other cost for each
    branches : list of BranchOffer, branches that open this month
    insourcing : (anchors, 18) float64, share of contracts that end whose work is taken in-house; None for no such policy
    insourcing_cost : (anchors, 18) float64, pence for each post taken in-house; None for no such policy
    outsourcing : (anchors, 18) float64, share of an anchor's posts to be put out to contract in each sector; None for no such policy
    outsourcing_saving : (anchors, 18) float64, share of the cost of posts put out that the contract is let for less
    outsourcing_cost : (anchors, 18) float64, pence for each post put out
    """

    benefit_factor: float = 1.0
    council_tax_factor: float = 1.0
    business_tax_factor: float = 1.0
    rates_borne: float = 0.0
    rates_anchor: int = -1
    demutualisation: float = 0.0
    privatise_community: bool = False
    asset_lock: bool = True
    refusal_share: float = 0.0
    refusal_anchor: int = -1
    refusal_cost: int = 0
    branches: list[BranchOffer] = field(default_factory=list)
    insourcing: Floats | None = None
    insourcing_cost: Floats | None = None
    outsourcing: Floats | None = None
    outsourcing_saving: Floats | None = None
    outsourcing_cost: Floats | None = None
