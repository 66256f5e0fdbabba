"""Ownership: who owns the equity of local business."""

from __future__ import annotations

import numpy as np

from sim.core.registry import measure
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.town import Town
from sim.measures.equity import firm_equity

OWNERS = {"local owners": LocalSME, "workers": Cooperative, "community and council": CommunityFirm, "outside owners": Branch}


@measure(
    name="equity_share",
    title="Who owns local business",
    unit="share of firms' book equity",
    kind="share",
    meaning="Deposits and capital less loans of firms in the place, by kind of owner.",
    source="The balance-sheet matrix; firms whose debts are larger count as nought.",
    summary="last",
    keys="owner",
)
def equity_share(town: Town) -> dict[str, float]:
    """Shares of owners in positive equity."""
    equity = np.maximum(firm_equity(town), 0).astype(np.float64)
    kind, total = town.firms["kind"], float(equity.sum())
    return {name: float(equity[kind == cls.code].sum()) / total if total > 0 else 0.0 for name, cls in OWNERS.items()}


@measure(
    name="cooperative_jobs",
    title="Jobs in co-operatives",
    unit="jobs",
    kind="count",
    meaning="Jobs of co-operatives in the place.",
    source="Head counts of firms.",
)
def cooperative_jobs(town: Town) -> float:
    """Workers and commuters of co-operatives."""
    mine = town.firms["kind"] == Cooperative.code
    return float((town.firms["workers"] + town.firms["commuters"])[mine].sum())


@measure(
    name="cooperatives",
    title="Co-operatives",
    unit="firms",
    kind="count",
    meaning="Co-operatives in the place.",
    source="Count of firms.",
)
def cooperatives(town: Town) -> float:
    """Number of co-operatives."""
    return float((town.firms["kind"] == Cooperative.code).sum())
