"""The rules in force in one month: what policies and shocks may change, and nothing else.

A fresh set is made from the scenario's parameters each month, then every policy in force changes it.
So a policy never has to undo what it did, and two of them never overwrite each other's results.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.kinds.rules_contracting import ContractingRules
from sim.kinds.rules_employment import EmploymentRules
from sim.kinds.rules_enterprise import EnterpriseRules
from sim.kinds.rules_events import EventRules
from sim.kinds.rules_land import LandRules
from sim.kinds.rules_money import MoneyRules
from sim.kinds.rules_neighbours import NeighbourRules
from sim.kinds.rules_ownership import OwnershipRules
from sim.settings.parameters import Parameters

Floats = NDArray[np.float64]

#: What social value consists of when a policy names no composition: equal parts.
SOCIAL_VALUE_PARTS = ("local", "small_firm", "cooperative", "living_wage")


@dataclass(frozen=True)
class Founding:
    """A firm that a policy founds this month."""

    name: str
    kind: str
    sector: int
    jobs: float
    seed_capital: int
    anchor: int
    contract_value: int
    contract_months: int
    form: str = "municipal"
    members: int = 0
    entry_stake: int = 0


@dataclass(frozen=True)
class Closure:
    """A shock: branches of a sector (or of any, -1) close until about this many jobs have gone.

    `outside_sales_lost` is the share of what they sold outside the place that leaves with them.
    """

    sector: int
    jobs: float
    name: str
    outside_sales_lost: float = 1.0


@dataclass
class Rules:
    """This month's rules.

    Attributes
    ----------
    grant_factor : (anchors,) float64, 1 leaves the grant as it is
    local_target : (anchors,) float64, share of contract value to be held in the place; NaN for none
    maximum_premium : (anchors,) float64, how much dearer a bid from the place may be under a target
    social_value_weight : (anchors,) float64, weight in the award score
    social_value_parts : (anchors, 4) float64, composition: local, small firm, co-operative, living wage
    largest_lot : (anchors,) float64 pence a year; infinity for no lots
    cost_per_lot : (anchors,) float64 pence
    reach : (anchors,) float64, share of the possible invitations sent to local firms
    monthly_cost : (anchors,) int64 pence a month, cost of running policies
    living_wage : (anchors,) float64, part of the way from the legal minimum to the real living wage that the anchor's floor goes
    contract_living_wage : (anchors,) float64, the same for the floor that its new contracts require
    buyout_share : float, share of closing, retiring and sold firms offered to their employees that they take
    buyout_cost_per_worker : int, pence; buyout_anchor : int row of the anchor that pays, -1 for none
    contracting, ownership, employment, money, land, events, enterprise, neighbours : the rules of each group, in a file of their own
    """

    parameters: Parameters
    grant_factor: Floats
    local_target: Floats
    maximum_premium: Floats
    social_value_weight: Floats
    social_value_parts: Floats
    largest_lot: Floats
    cost_per_lot: Floats
    reach: Floats
    monthly_cost: NDArray[np.int64]
    living_wage: Floats
    contract_living_wage: Floats
    buyout_share: float = 0.0
    buyout_cost_per_worker: int = 0
    buyout_anchor: int = -1
    foundings: list[Founding] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    contracting: ContractingRules = field(default_factory=ContractingRules)
    ownership: OwnershipRules = field(default_factory=OwnershipRules)
    employment: EmploymentRules = field(default_factory=EmploymentRules)
    money: MoneyRules = field(default_factory=MoneyRules)
    land: LandRules = field(default_factory=LandRules)
    events: EventRules = field(default_factory=EventRules)
    enterprise: EnterpriseRules = field(default_factory=EnterpriseRules)
    neighbours: NeighbourRules = field(default_factory=NeighbourRules)


def usual_rules(parameters: Parameters, anchors: int) -> Rules:
    """The rules before any policy."""
    return Rules(
        parameters=parameters,
        grant_factor=np.ones(anchors),
        local_target=np.full(anchors, np.nan),
        maximum_premium=np.zeros(anchors),
        social_value_weight=np.zeros(anchors),
        social_value_parts=np.full((anchors, len(SOCIAL_VALUE_PARTS)), 1.0 / len(SOCIAL_VALUE_PARTS)),
        largest_lot=np.full(anchors, np.inf),
        cost_per_lot=np.zeros(anchors),
        reach=np.zeros(anchors),
        monthly_cost=np.zeros(anchors, np.int64),
        living_wage=np.zeros(anchors),
        contract_living_wage=np.zeros(anchors),
    )
