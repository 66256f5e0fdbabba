"""Retention: where each anchor's contract money goes, in the headline sense and in the sense of what truly stays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.channels import BRANCHES, LOCAL_FIRMS, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.registry import measure
from sim.kinds.firms import INSTITUTION, Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.town import Town
from sim.settings.sectors import SECTORS

Floats = NDArray[np.float64]

CLES = "Spend analysis as published for Preston and Manchester (CLES): contract money by where the supplier is based or has a branch."


def share(part: ArrayLike, whole: ArrayLike) -> Floats:
    """Part of the whole, nought where the whole is nought.

    Examples
    --------
    >>> share(np.array([1.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [0.25, 0.0]
    """
    above, below = np.asarray(part, float), np.asarray(whole, float)
    result: Floats = np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below != 0)
    return result


def payments(town: Town) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """This month's contract payments: row of the anchor, supplier account, pence (payments,)."""
    row = np.full(len(town.ledger), -1, np.int64)
    row[town.anchors["account"]] = np.arange(len(town.anchors))
    anchor, supplier, pence = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for booking in town.ledger.journal:
        if booking.channel == "contracts":
            anchor.append(row[booking.payer])
            supplier.append(booking.payee.astype(np.int64))
            pence.append(booking.pence.astype(np.float64))
    return np.concatenate(anchor), np.concatenate(supplier), np.concatenate(pence)


def by_anchor(town: Town, anchor: NDArray[np.int64], part: Floats, pence: Floats) -> dict[str, float]:
    """Share of each anchor's payments, and of all together under ``all``."""
    names = [item.name for item in town.place.anchors]
    held = np.bincount(anchor, weights=part, minlength=len(names))
    total = np.bincount(anchor, weights=pence, minlength=len(names))
    result = dict(zip(names, share(held, total).tolist(), strict=True))
    result["all"] = float(share(float(held.sum()), float(total.sum())))
    return result


def _local(town: Town, supplier: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each supplier is a firm or branch of the place, or was one when it was paid and ended later in the month.

    Where a firm stands is read from its account, which keeps its institutional sector when the firm ends.
    """
    sector = town.ledger.sector[supplier]
    result: NDArray[np.bool_] = (sector >= LOCAL_FIRMS) & (sector <= BRANCHES)
    return result


def _surplus_rate(town: Town, supplier: NDArray[np.int64]) -> Floats:
    """Usual surplus as a share of sales of each supplier (payments,); that of living branches together for one that has ended."""
    row, firms = town.firm_row[supplier], town.firms
    over = firms["usual_sales"] - firms["usual_costs"]
    rates = np.clip(share(over, firms["usual_sales"]), 0.0, 1.0)
    branch = firms["kind"] == Branch.code
    usual = float(rates[branch].mean()) if branch.any() else 0.0
    # The row of a firm that has ended is -1: the last of what is read.
    result: Floats = np.append(rates, usual)[row]
    return result


@measure(
    name="retention_place",
    title="Share of contract money with suppliers in the place",
    unit="share of contract spend",
    kind="share",
    meaning="The headline share: suppliers based in the place or with a branch there.",
    source=CLES,
    keys="anchor",
)
def retention_place(town: Town) -> dict[str, float]:
    """Headline share of each anchor's contract money."""
    anchor, supplier, pence = payments(town)
    return by_anchor(town, anchor, pence * _local(town, supplier), pence)


@measure(
    name="retention_region",
    title="Share of contract money with suppliers elsewhere in the region",
    unit="share of contract spend",
    kind="share",
    meaning="Suppliers in the region outside the place.",
    source=CLES,
    keys="anchor",
)
def retention_region(town: Town) -> dict[str, float]:
    """Share next door."""
    anchor, supplier, pence = payments(town)
    return by_anchor(town, anchor, pence * (supplier == REGION_ACCOUNT), pence)


@measure(
    name="retention_elsewhere",
    title="Share of contract money with suppliers outside the region",
    unit="share of contract spend",
    kind="share",
    meaning="Suppliers neither in the place nor elsewhere in the region.",
    source=CLES,
    keys="anchor",
)
def retention_elsewhere(town: Town) -> dict[str, float]:
    """Share further away."""
    anchor, supplier, pence = payments(town)
    return by_anchor(town, anchor, pence * (supplier == WORLD_ACCOUNT), pence)


@measure(
    name="retention_stays",
    title="Share of contract money that truly stays for the first round",
    unit="share of contract spend",
    kind="share",
    meaning="The headline share less the surplus of branches, which leaves, and less work that full firms pass outside.",
    source="Headline share corrected as local-branch warnings in the spend analyses ask; surplus at each branch's usual rate.",
    keys="anchor",
)
def retention_stays(town: Town) -> dict[str, float]:
    """What stays once branches' surplus and work passed outside have left."""
    anchor, supplier, pence = payments(town)
    local = _local(town, supplier)
    leaving = np.where(town.ledger.sector[supplier] == BRANCHES, _surplus_rate(town, supplier), 0.0)
    stays = pence * local * (1.0 - leaving)
    passed = town.notes.passed_outside * share(float(stays.sum()), float((pence * local).sum()))
    scale = 1.0 - share(float(passed), float(stays.sum()))
    return by_anchor(town, anchor, stays * float(scale), pence)


@measure(
    name="spend_by_owner",
    title="Contract money by kind of supplier",
    unit="share of contract spend",
    kind="share",
    meaning="Parts of all anchors' contract money by who owns the supplier.",
    source=CLES,
    keys="owner",
)
def spend_by_owner(town: Town) -> dict[str, float]:
    """Shares of local firms, co-operatives, community firms, branches and outside suppliers."""
    _, supplier, pence = payments(town)
    sector = town.ledger.sector[supplier]
    total = float(pence.sum())
    names = {"local firms": LocalSME, "co-operatives": Cooperative, "community firms": CommunityFirm, "branches": Branch}
    result = {name: float(share(float(pence[sector == INSTITUTION[cls.code]].sum()), total)) for name, cls in names.items()}
    result["outside suppliers"] = float(share(float(pence[~_local(town, supplier)].sum()), total))
    return result


@measure(
    name="spend_small_firms",
    title="Share of contract money with small and medium firms of the place",
    unit="share of contract spend",
    kind="share",
    meaning="Suppliers in the place with fewer jobs than the small-and-medium limit, branches left out.",
    source=CLES,
)
def spend_small_firms(town: Town) -> float:
    """Share of small and medium local firms in contract money; one that has ended since it was paid counts as small."""
    _, supplier, pence = payments(town)
    row, firms = town.firm_row[supplier], town.firms
    small = firms["workers"] + firms["commuters"] < town.rules.parameters["procurement.small_firm_jobs"]
    counted = _local(town, supplier) & (town.ledger.sector[supplier] != BRANCHES) & np.append(small, True)[row]
    return float(share(float(pence[counted].sum()), float(pence.sum())))


@measure(
    name="retention_category",
    title="Share of contract money that goes to suppliers in the place, by what is bought",
    unit="share of contract spend in the category",
    kind="share",
    meaning="The headline share within each category of spend, by who holds the contracts at the end of the month; a holder that has "
    "ended this month counts as outside, where the contract goes.",
    source=CLES,
    keys="category",
)
def retention_category(town: Town) -> dict[str, float]:
    """Headline share by category, over the live contracts: their suppliers are accounts of firms here or accounts outside, never none."""
    contracts = town.contracts
    value = contracts["value"].astype(np.float64)
    local = town.firm_row[contracts["supplier"]] >= 0
    held = np.bincount(contracts["category"], weights=value * local, minlength=len(SECTORS))
    total = np.bincount(contracts["category"], weights=value, minlength=len(SECTORS))
    return dict(zip(SECTORS, share(held, total).tolist(), strict=True))
