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
    name="jobs_by_owner",
    title="Jobs of firms by who owns them",
    unit="share of firms' jobs",
    kind="share",
    meaning="Parts of the jobs of firms in the place, by kind of owner.",
    source="Head counts of firms; anchors left out.",
    keys="owner",
)
def jobs_by_owner(town: Town) -> dict[str, float]:
    """Shares of owners in firms' jobs."""
    firms = town.firms
    jobs = (firms["workers"] + firms["commuters"]).astype(np.float64)
    total = float(jobs.sum())
    return {name: float(jobs[firms["kind"] == cls.code].sum()) / total if total > 0 else 0.0 for name, cls in OWNERS.items()}


@measure(
    name="survival",
    title="Firms of a year ago that are still there, by who owned them",
    unit="share of firms of a year ago",
    kind="share",
    meaning="Of the firms and branches of twelve months ago, those still there, whoever owns them now. In the first year: since the "
    "opening, raised to a year.",
    source="Survival of the stock of enterprises over a year, one less the death rate as in business demography (Eurostat and OECD 2007).",
    keys="owner",
)
def survival(town: Town) -> dict[str, float]:
    """Survival of a year by kind of owner then, and of all; 1 where there was none."""
    before = town.notes.firms_before
    alive = np.isin(before.slots, town.firms.slots, assume_unique=True)
    groups = {"all": np.ones(len(alive), bool), **{name: before.kind == cls.code for name, cls in OWNERS.items()}}
    return {name: float(alive[mine].mean()) ** (12.0 / before.months) if mine.any() else 1.0 for name, mine in groups.items()}


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
