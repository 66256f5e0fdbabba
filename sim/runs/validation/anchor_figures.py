"""What anchors buy, as spend analyses count it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BRANCHES, LOCAL_FIRMS, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.errors import UnknownNameError
from sim.measures.multiplier import supplier_respend
from sim.measures.retention import payments
from sim.runs.validation.figure import Asked, Counted, figure

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["anchor_share", "anchor_spend", "went_to"]

CLES = "Spend analyses as published for Preston and Manchester (CLES): by where the supplier is based or has a branch."
MONTHS = 12.0


def went_to(sector: NDArray[np.integer], supplier: NDArray[np.int64], where: str) -> NDArray[np.bool_]:
    """Which payments went there (payments,), by institutional sector and account of the supplier; a branch here counts as here.

    Examples
    --------
    >>> went_to(np.array([LOCAL_FIRMS, BRANCHES, 8], np.int8), np.array([70, 71, REGION_ACCOUNT]), "place").tolist()
    [True, True, False]
    """
    here: NDArray[np.bool_] = (sector >= LOCAL_FIRMS) & (sector <= BRANCHES)
    near: NDArray[np.bool_] = supplier == REGION_ACCOUNT
    far: NDArray[np.bool_] = supplier == WORLD_ACCOUNT
    return {"place": here, "region": near, "place-and-region": here | near, "outside": far, "all": np.ones(len(supplier), bool)}[where]


def _paid(town: Economy, asked: Asked, where: str) -> Counted:
    """Pence that the anchors asked for paid there this month, and in all."""
    names = [item.name for item in town.place.anchors]
    unknown = [name for name in asked.anchors if name not in names]
    if unknown:
        raise UnknownNameError("anchor", unknown[0], names)
    anchor, supplier, pence = payments(town)
    chosen = np.isin(anchor, [names.index(name) for name in asked.anchors or names])
    there = went_to(town.ledger.sector[supplier], supplier, where)
    return float(pence[chosen & there].sum()), float(pence[chosen].sum())


@figure(
    name="anchor_spend",
    title="Bought by anchors",
    unit="pounds a year",
    kind="money",
    meaning="Twelve times what the anchors named pay in a month on contracts with suppliers there; all suppliers unless said.",
    source=CLES,
    of_money=True,
    grows=True,
)
def anchor_spend(town: Economy, asked: Asked) -> float:
    """Yearly contract money of some anchors with suppliers somewhere."""
    return MONTHS * _paid(town, asked, asked.where or "all")[0] / town.structure.minor_units


@figure(
    name="anchor_share",
    title="Share of what anchors buy",
    unit="share of contract spend",
    kind="share",
    meaning="Part of the contract money of the anchors named that goes to suppliers there; in the place unless said.",
    source=CLES,
    of_money=True,
)
def anchor_share(town: Economy, asked: Asked) -> Counted:
    """Contract money of some anchors with suppliers somewhere, and with all."""
    return _paid(town, asked, asked.where or "place")


@figure(
    name="respend",
    title="What anchors' suppliers here spend again in the place",
    unit="share of what they receive",
    kind="share",
    meaning="Part of their payments that local suppliers of anchors make to payees in the place, weighted by contract money.",
    source="Supplier surveys of Manchester City Council (25p to 43p of a pound), counted by the measure supplier_respend.",
)
def respend(town: Economy, asked: Asked) -> float:
    """The measure of the same meaning."""
    del asked
    return supplier_respend(town)
