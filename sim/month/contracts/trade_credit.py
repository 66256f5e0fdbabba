"""Trade credit: what anchors owe their suppliers under the terms of payment, and final invoices when a contract changes hands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.kinds.rules_contracting import PromptPayment
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, rationed
from sim.month.contracts.anchor_means import by_anchor, wage_bill
from sim.month.property.home_costs import home_costs

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAYS_A_MONTH = 30.0


def months_of_credit(town: Town) -> Floats:
    """How long each supplier waits for its money, months of its contract's value (contracts,)."""
    contracts = town.contracts
    usual = 0.0 if town.frozen else town.rules.parameters["procurement.payment_days"] / DAYS_A_MONTH
    result: Floats = np.full(len(contracts), usual)
    for terms in () if town.frozen else town.rules.contracting.prompt_payment:
        concerned = _concerned(town, terms)
        result[concerned] = terms.days / DAYS_A_MONTH
    return result


def _concerned(town: Town, terms: PromptPayment) -> Flags:
    """Contracts paid on other terms: those drawn once and for all, of the anchors concerned, of small firms alone if so agreed."""
    contracts, firms = town.contracts, town.firms
    draws = town.streams.uniform("paid on other terms", 0, contracts.slots)
    result: Flags = terms.anchors[contracts["anchor"]] & (draws < terms.share)
    if terms.small_firms_only:
        from sim.kinds.firms import Branch

        small = firms["workers"] + firms["commuters"] < town.rules.parameters["procurement.small_firm_jobs"]
        small &= firms["kind"] != Branch.code
        # The row of a supplier outside is -1: the last of what is read.
        result &= np.append(small, False)[town.firm_row[contracts["supplier"]]]
    return result


def set_opening_credit(town: Town) -> None:
    """At the opening every supplier is owed what the usual terms give."""
    contracts = town.contracts
    contracts["owing"][:] = np.floor(contracts["value"] * months_of_credit(town)).astype(np.int64)


def drop_empty(town: Town) -> None:
    """Contracts from which all work was taken leave the book once they are paid."""
    contracts = town.contracts
    empty = (contracts["value"] == 0) & (contracts["base_value"] == 0) & (contracts["owing"] == 0)
    if empty.any():
        contracts.drop(contracts.slots[empty])


def settle_what_ends(town: Town) -> None:
    """Final invoices of contracts that are let anew; one that its anchor cannot settle yet runs on for a month."""
    contracts, anchors = town.contracts, town.anchors
    rows = np.flatnonzero((contracts["end"] < town.month) & (contracts["owing"] > 0))
    if not rows.size:
        return
    means = np.maximum(town.ledger.available(anchors["account"]) - wage_bill(town) - home_costs(town) - 1.0, 0.0)
    anchor, owing = contracts["anchor"][rows], contracts["owing"][rows]
    for place in np.unique(anchor).tolist():
        mine = anchor == place
        paid = np.cumsum(owing[mine]) <= means[place]
        contracts["end"][rows[mine][~paid]] = town.month
        _pay(town, rows[mine][paid], owing[mine][paid])


def settle_contracts(town: Town, rows: NDArray[np.integer]) -> None:
    """Final invoices of contracts that are taken from their holder, as far as each anchor can pay."""
    contracts, anchors = town.contracts, town.anchors
    due = np.zeros(len(contracts), np.int64)
    due[rows] = contracts["owing"][rows]
    means = np.maximum(town.ledger.available(anchors["account"]) - 1, 0).astype(np.float64)
    fill = fill_rate(by_anchor(town, due), means)
    _pay(town, rows, rationed(due[rows], fill[contracts["anchor"][rows]]))


def settle_ended_firms(town: Town, account: NDArray[np.integer]) -> None:
    """Final invoices of firms that end; what the anchor cannot pay now, the firm that steps in takes over at face value."""
    contracts = town.contracts
    ended = np.zeros(len(town.ledger), bool)
    ended[account] = True
    rows = np.flatnonzero(ended[contracts["supplier"]] & (contracts["owing"] > 0))
    if rows.size:
        settle_contracts(town, rows)
        town.ledger.book("invoices taken over", REGION_ACCOUNT, contracts["supplier"][rows], contracts["owing"][rows])


def _pay(town: Town, rows: NDArray[np.integer], pence: Integers) -> None:
    """Pay what is owed on contracts."""
    contracts = town.contracts
    payer = town.anchors["account"][contracts["anchor"][rows]]
    town.ledger.book("contracts", payer, contracts["supplier"][rows], pence)
    town.listed.note_paid(contracts["anchor"][rows], contracts["listed"][rows], contracts["supplier"][rows], pence)
    contracts["owing"][rows] -= pence
