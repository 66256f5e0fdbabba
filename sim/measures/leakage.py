"""Leakage: what leaves the place, by channel and by destination."""

from __future__ import annotations

import numpy as np

from sim.core.channels import BANKS, CHANNEL_NAMES, GOVERNMENT, REGION, WORLD
from sim.core.registry import measure
from sim.kinds.town import Town
from sim.measures.groups import FINANCIAL


@measure(
    name="leakage",
    title="Money that leaves the place, by channel",
    unit="pounds a month",
    kind="money",
    meaning="Payments from accounts in the place to accounts outside it.",
    source="The month's transaction flow matrix.",
    keys="channel",
)
def leakage(town: Town) -> dict[str, float]:
    """Receipts of outside accounts by channel, purchases of debt and ownership left out."""
    outside = town.ledger.flows[:, [GOVERNMENT, REGION, WORLD, BANKS]]
    received = np.where(outside > 0, outside, 0).sum(axis=1) / town.structure.minor_units
    return {name: float(received[row]) for row, name in enumerate(CHANNEL_NAMES) if name not in FINANCIAL and name not in INWARD}


#: Channels in which outside accounts only pay.
INWARD = frozenset({"grants", "benefits", "pensions", "exports"})


@measure(
    name="region_receipts",
    title="What the neighbouring region earns from the place",
    unit="pounds a month",
    kind="money",
    meaning="Sales and pay next door that come from the place: less of it is displacement.",
    source="The month's transaction flow matrix.",
)
def region_receipts(town: Town) -> float:
    """Receipts of the region's account."""
    flows = town.ledger.flows[:, REGION]
    return float(np.where(flows > 0, flows, 0).sum()) / town.structure.minor_units


@measure(
    name="outside_supplier_receipts",
    title="Contract money of suppliers outside the place and region",
    unit="pounds a month",
    kind="money",
    meaning="What suppliers further away receive on anchors' contracts: who loses when spending moves.",
    source="The month's transaction flow matrix.",
)
def outside_supplier_receipts(town: Town) -> float:
    """Contract receipts of the rest of the world."""
    row = CHANNEL_NAMES.index("contracts")
    return float(max(town.ledger.flows[row, WORLD], 0)) / town.structure.minor_units
