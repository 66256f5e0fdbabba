"""Multipliers on the month's own flows: LM3, expected local hands, half-life."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.registry import measure
from sim.kinds.flows import OUTSIDE, GroupFlows
from sim.kinds.town import Town
from sim.measures.formulas.lm3 import lm3
from sim.measures.formulas.multiplier import half_life, hands_before_leaving, hands_distribution
from sim.measures.groups import payments_of_firms


def contract_entry(flows: GroupFlows) -> NDArray[np.float64]:
    """What contracts pay to each local group (local groups,) pence."""
    return flows.contracts[len(OUTSIDE) :].astype(np.float64)


@measure(
    name="lm3",
    title="LM3 of contract money",
    unit="pounds for each pound of contracts",
    kind="ratio",
    meaning=(
        "Contract money, what of it local suppliers receive, and what of that they spend again in the place, for each pound of contracts."
    ),
    source="New Economics Foundation, The Money Trail, 2002: (round 1 + round 2 + round 3) / round 1.",
)
def lm3_of_contracts(town: Town) -> float:
    """Three rounds: all contract money; what is paid to suppliers here; what those suppliers pay here."""
    flows = town.notes.flows
    total = float(flows.contracts.sum())
    entry = contract_entry(flows)
    if total <= 0.0:
        return 1.0
    again = entry @ flows.passed_on()
    return lm3(total, float(entry.sum()), float(again.sum()))


@measure(
    name="local_multiplier",
    title="Whole local multiplier of contract money",
    unit="pounds of local receipts for each pound of contracts",
    kind="ratio",
    meaning="All receipts in the place that a pound of contracts sets off, over every round, at this month's flows.",
    source="Absorbing Markov chain on the realised flows: e'(I - Q)^-1 1 (Kemeny and Snell 1960); firms, residents and anchors closed in.",
)
def local_multiplier(town: Town) -> float:
    """Share that enters the place times the hands it then passes."""
    flows = town.notes.flows
    total, entry = float(flows.contracts.sum()), contract_entry(flows)
    if total <= 0.0 or entry.sum() <= 0.0:
        return 0.0
    return float(entry.sum()) / total * hands_before_leaving(flows.passed_on(), entry)


@measure(
    name="hands_before_leaving",
    title="Local hands that hold a contract pound before it leaves",
    unit="hands",
    kind="ratio",
    meaning="Expected number of local payers that hold a pound paid to a supplier here before it leaves the place.",
    source="Absorbing Markov chain on the realised flows (Kemeny and Snell 1960).",
)
def hands(town: Town) -> float:
    """Hands of a pound that was paid to a supplier here."""
    flows = town.notes.flows
    entry = contract_entry(flows)
    return hands_before_leaving(flows.passed_on(), entry) if entry.sum() > 0 else 0.0


#: Hands that are told apart; the rest stays for more.
HANDS_SHOWN = 6


@measure(
    name="leaves_after",
    title="Contract money that leaves after so many local hands",
    unit="share of what suppliers here are paid",
    kind="share",
    meaning="Part of the money paid to suppliers here that leaves after exactly 1, 2, 3 and more local hands.",
    source="Distribution of the steps to absorption on the realised flows (Kemeny and Snell 1960).",
    keys="number of hands",
)
def leaves_after(town: Town) -> dict[str, float]:
    """Shares by number of hands; they add up to 1."""
    flows = town.notes.flows
    entry = contract_entry(flows)
    shares = hands_distribution(flows.passed_on(), entry, HANDS_SHOWN) if entry.sum() > 0 else np.zeros(HANDS_SHOWN)
    named = {str(hand): float(part) for hand, part in enumerate(shares, start=1)}
    return {**named, "more": max(1.0 - float(shares.sum()), 0.0) if entry.sum() > 0 else 0.0}


@measure(
    name="half_life",
    title="Half-life of a contract pound in the place",
    unit="hops; a pound can move one hop a month through firms",
    kind="months",
    meaning="Hops until half of the money paid to suppliers here has left the place.",
    source="Absorbing Markov chain on the realised flows, geometric between hops.",
)
def half_life_of_contracts(town: Town) -> float:
    """Hops until half has left."""
    flows = town.notes.flows
    entry = contract_entry(flows)
    return half_life(flows.passed_on(), entry).between if entry.sum() > 0 else 0.0


@measure(
    name="supplier_respend",
    title="What suppliers here spend again in the place",
    unit="share of what they receive",
    kind="share",
    meaning="Part of their payments that local suppliers of anchors make to payees in the place.",
    source="Supplier re-spend as surveyed for Manchester (25p to 43p); here from the bookings, weighted by contract money.",
)
def supplier_respend(town: Town) -> float:
    """Round 3 over round 2 of LM3, firm by firm."""
    paid, here = payments_of_firms(town)
    contracts, row = town.contracts, town.firm_row[town.contracts["supplier"]]
    local = row >= 0
    weight = np.bincount(row[local], weights=contracts["value"][local], minlength=len(paid))
    rate = np.divide(here, paid, out=np.zeros(len(paid)), where=paid > 0)
    return float((weight * rate).sum() / weight.sum()) if weight.sum() > 0 else 0.0
