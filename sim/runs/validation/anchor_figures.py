"""What anchors buy, as spend analyses count it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BRANCHES, LOCAL_FIRMS, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.errors import UnknownNameError
from sim.kinds.flows import OUTSIDE
from sim.measures.groups import group_of_accounts, payments_of_firms
from sim.measures.retention import payments
from sim.runs.validation.figure import Asked, Counted, figure

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["anchor_share", "anchor_spend", "three_rounds", "went_to"]

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


def _rows(town: Economy, asked: Asked) -> list[int]:
    """Rows of the anchors asked for; all of them where none is named."""
    names = town.place.anchor_names
    unknown = [name for name in asked.anchors if name not in names]
    if unknown:
        raise UnknownNameError("anchor", unknown[0], names)
    return [names.index(name) for name in asked.anchors or names]


def _paid(town: Economy, asked: Asked, where: str) -> Counted:
    """Pence that the anchors asked for paid there this month, and in all."""
    anchor, supplier, pence = payments(town)
    chosen = np.isin(anchor, _rows(town, asked))
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
    meaning="Part of their payments that local suppliers of the anchors named make to payees in the place, weighted by contract money.",
    source="Supplier surveys of Manchester City Council (25p to 43p of a pound); for all anchors the measure supplier_respend.",
    of_money=True,
)
def respend(town: Economy, asked: Asked) -> Counted:
    """Contract money of suppliers here times the share of its payments that each makes here, and that money."""
    (paid, here), contracts = payments_of_firms(town), town.contracts
    row = town.firm_row[contracts["supplier"]]
    mine = (row >= 0) & np.isin(contracts["anchor"], _rows(town, asked))
    money = contracts["value"][mine].astype(np.float64)
    rate = np.divide(here, paid, out=np.zeros(len(paid)), where=paid > 0)
    return float(money @ rate[row[mine]]), float(money.sum())


def three_rounds(first: float, entry: NDArray[np.float64], passed_on: NDArray[np.float64]) -> Counted:
    """All three rounds, and the first: what is paid out, what of it local groups receive (groups,), and what of that these spend here.

    Examples
    --------
    >>> three_rounds(100.0, np.array([20.0, 40.0]), np.array([[0.0, 0.4], [0.4, 0.0]]))
    (184.0, 100.0)
    """
    second = float(entry.sum())
    return first + second + float((entry @ passed_on).sum()), first


def _rounds(town: Economy, asked: Asked, channels: tuple[str, ...], first: float | None = None) -> Counted:
    """LM3 of what some anchors pay through some channels; the first round is all of that unless given."""
    group, flows = group_of_accounts(town), town.notes.flows
    accounts = town.anchors["account"][_rows(town, asked)]
    entry, paid = np.zeros(len(flows.contracts)), 0.0
    for booking in town.ledger.journal:
        if booking.channel in channels:
            payer, payee, pence = np.broadcast_arrays(booking.payer, booking.payee, booking.pence)
            mine = np.isin(payer, accounts)
            entry += np.bincount(group[payee[mine]], weights=pence[mine].astype(np.float64), minlength=len(entry))
            paid += float(pence[mine].sum())
    return three_rounds(paid if first is None else paid + first, entry[len(OUTSIDE) :], flows.passed_on())


@figure(
    name="lm3",
    title="LM3 of contract money",
    unit="pounds for each pound of contracts",
    kind="ratio",
    meaning="What the anchors named pay on contracts, what of it suppliers in the place receive, and what of that these spend again here, "
    "for each pound of contracts.",
    source="New Economics Foundation, The Money Trail, 2002; for all anchors the measure lm3.",
    of_money=True,
)
def lm3(town: Economy, asked: Asked) -> Counted:
    """Three rounds of contract money."""
    return _rounds(town, asked, ("contracts",))


@figure(
    name="lm3_with_pay",
    title="LM3 of contracts and pay",
    unit="pounds for each pound spent",
    kind="ratio",
    meaning="What the anchors named spend on contracts and staff, what of it suppliers and staff in the place receive, and what of that "
    "these spend again here, for each pound spent; taxes on pay are in the first round alone.",
    source="New Economics Foundation, The Money Trail, 2002: round 2 is suppliers and staff inside the area.",
    of_money=True,
)
def lm3_with_pay(town: Economy, asked: Asked) -> Counted:
    """Three rounds of contract money and pay; what of the payroll is no pay is tax, and leaves."""
    rows = _rows(town, asked)
    accounts = town.anchors["account"][rows]
    pay = 0.0
    for booking in town.ledger.journal:
        if booking.channel == "wages":
            payer, pence = np.broadcast_arrays(booking.payer, booking.pence)
            pay += float(pence[np.isin(payer, accounts)].sum())
    return _rounds(town, asked, ("contracts", "wages"), max(float(town.anchors["payroll"][rows].sum()) - pay, 0.0))


@figure(
    name="output_multiplier",
    title="Sales that follow from a pound of contract work",
    unit="pounds of sales for each pound of contracts",
    kind="ratio",
    meaning="Sales of firms here that follow from a pound of contract work given to one of them, itself included, at the opening.",
    source="Type II output multiplier of input-output tables, by the month's own flows.",
)
def output_multiplier(town: Economy, asked: Asked) -> float:
    """As found at the opening."""
    del asked
    return town.respending
