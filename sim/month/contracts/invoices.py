"""Invoices: what anchors order on live contracts, what they pay of it now, and who does the work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, rationed
from sim.month.contracts.anchor_means import by_anchor, wage_bill
from sim.month.contracts.in_house import in_house_service
from sim.month.contracts.trade_credit import months_of_credit
from sim.month.property.home_costs import home_costs
from sim.month.trade.market import fair_share, sell

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Invoices:
    """What was ordered and paid on each contract this month (contracts,) pence."""

    ordered: Integers
    paid: Integers


def invoices(value: Integers, owing: Integers, credit: Integers, anchor: NDArray[np.int64], means: Floats) -> Invoices:
    """Orders and payments of a month, within each anchor's means.

    All that is owed beyond the credit the terms give is due. Where an anchor cannot pay for all it would order, it orders less of
    everything, so that nothing new is owed longer than agreed. What is owed too long already is paid out of what is left.

    Parameters
    ----------
    value : (contracts,) int64 pence, the month's work
    owing : (contracts,) int64 pence, invoiced before and not yet paid
    credit : (contracts,) int64 pence, what may be owed under the terms of payment
    anchor : (contracts,) row of the anchor
    means : (anchors,) float64 pence

    Examples
    --------
    >>> found = invoices(np.array([100]), np.array([100]), np.array([50]), np.array([0]), np.array([120.0]))
    >>> found.ordered.tolist(), found.paid.tolist()
    ([100], [120])
    """
    anchors = len(means)
    current = np.clip(owing + value - credit, 0, value)
    due = np.bincount(anchor, weights=current, minlength=anchors).astype(np.float64)
    ordered = rationed(value, fill_rate(due, means)[anchor])
    current = np.clip(owing + ordered - credit, 0, ordered)
    late = np.maximum(owing + ordered - credit, 0) - current
    left = means - np.bincount(anchor, weights=current, minlength=anchors)
    overdue = np.bincount(anchor, weights=late, minlength=anchors).astype(np.float64)
    return Invoices(ordered, current + rationed(late, fill_rate(overdue, left)[anchor]))


def pay_invoices(town: Town) -> None:
    """Every live contract's monthly value, within the anchor's means; full firms pass work outside."""
    contracts, anchors, firms, ledger = town.contracts, town.anchors, town.firms, town.ledger
    anchor = contracts["anchor"].astype(np.int64)
    # Pay of staff comes first: what is available for contracts is what remains after this month's wages.
    means = np.maximum(ledger.available(anchors["account"]) - wage_bill(town) - home_costs(town) - 1.0, 0.0)
    credit = np.floor(contracts["value"] * months_of_credit(town)).astype(np.int64)
    found = invoices(contracts["value"], contracts["owing"], credit, anchor, means)
    supplier = contracts["supplier"]
    ledger.book("contracts", anchors["account"][anchor], supplier, found.paid)
    town.listed.note_paid(anchor, contracts["listed"], supplier, found.paid)
    contracts["owing"] += found.ordered - found.paid
    rows = town.firm_row[supplier]
    local = rows >= 0
    ordered = found.ordered[local]
    wanted = np.rint(ordered / contracts["price"][local] * firms["price"][rows[local]]).astype(np.int64)
    # A firm with more customers than it can serve cuts all alike; contract work must be done, so it passes that part on.
    at_most = fair_share(firms["usual_demand"], firms["capacity"])
    accepted = sell(firms, rows[local], wanted, town.frozen, at_most)
    _settle_contract_sales(town, rows[local], ordered, wanted, accepted)
    town.notes.invoiced = int(found.ordered.sum())
    town.notes.service_bought = by_anchor(town, found.ordered / contracts["price"])
    town.notes.service_in_house = in_house_service(town)


def _settle_contract_sales(town: Town, rows: NDArray[np.int32], ordered: Integers, wanted: Integers, accepted: Integers) -> None:
    """Sales at the contract's price, and what a full firm pays to outside firms that do its work."""
    firms, ledger = town.firms, town.ledger
    firms["sales"] += np.bincount(rows, weights=ordered - accepted, minlength=len(firms)).astype(np.int64)
    unserved = np.bincount(rows, weights=wanted - accepted, minlength=len(firms)).astype(np.int64)
    full = np.flatnonzero(unserved > 0)
    if full.size:
        pence = np.minimum(unserved[full], ledger.available(firms["account"][full]))
        ledger.book("subcontracts", firms["account"][full], REGION_ACCOUNT, pence)
        firms["costs"][full] += pence
        town.notes.passed_outside += int(pence.sum())
