"""Invoices on live contracts, what anchors owe, and final invoices when a contract changes hands."""

from __future__ import annotations

import math

from oracle.plain.market import serve
from oracle.plain.objects import Anchor, Contract, Firm
from oracle.plain.pennies import cut, share_that_fits
from oracle.plain.town import PlainTown

from sim.core.channels import REGION_ACCOUNT


def wage_bill(anchor: Anchor) -> float:
    """What it owed for work last month, paid or not."""
    return anchor.payroll / max(anchor.paid_share, 0.2)


def _credit(town: PlainTown, contract: Contract) -> int:
    """What may be owed on a contract under the usual terms; nothing when behaviour is frozen."""
    days = 0.0 if town.frozen else town.parameter("procurement.payment_days")
    return math.floor(contract.value * (days / 30.0))


def pay_invoices(town: PlainTown) -> None:
    """Each anchor orders the same share of all its contracts, all of it when its means allow; full firms pass work on."""
    town.notes.service_bought = [0.0] * len(town.anchors)
    town.notes.service_in_house = [_in_house_service(anchor) for anchor in town.anchors]
    orders: list[tuple[Contract, int]] = []
    for row in range(len(town.anchors)):
        orders += _pay_of_anchor(town, row)
    place = {id(contract): number for number, contract in enumerate(town.contracts)}
    orders = sorted(((contract, pence) for contract, pence in orders), key=lambda order: place[id(order[0])])
    for contract, pence in orders:
        town.notes.invoiced += pence
        town.notes.service_bought[contract.anchor] += pence / contract.price
    local = [(contract, pence) for contract, pence in orders if contract.supplier in town.firm_at]
    work = [(firm, round(pence / contract.price * firm.price)) for contract, pence in local for firm in [town.firm_at[contract.supplier]]]
    accepted = serve(work, unlimited=town.frozen, fairly=True)
    passed: dict[Firm, int] = {}
    for (_, pence), (firm, wanted), made in zip(local, work, accepted, strict=True):
        # The contract's price is what is invoiced, whatever the firm's own price is now.
        firm.sales += pence - made
        passed[firm] = passed.get(firm, 0) + wanted - made
    for firm, wanted in passed.items():
        pence = min(wanted, town.book.can_pay(firm.account))
        town.book.pay("subcontracts", firm.account, REGION_ACCOUNT, pence)
        firm.costs += pence
        town.notes.passed_outside += pence


def _pay_of_anchor(town: PlainTown, row: int) -> list[tuple[Contract, int]]:
    """What one anchor orders on each contract; it pays what is beyond its credit, what is late out of what is left."""
    anchor = town.anchors[row]
    mine = [contract for contract in town.contracts if contract.anchor == row]
    means = max(town.book.can_pay(anchor.account) - wage_bill(anchor) - 1.0, 0.0)

    def now(contract: Contract, order: int) -> int:
        return min(max(contract.owing + order - _credit(town, contract), 0), order)

    share = share_that_fits(sum(now(contract, contract.value) for contract in mine), means)
    orders = [(contract, cut(contract.value, share)) for contract in mine]
    late = [max(contract.owing + order - _credit(town, contract), 0) - now(contract, order) for contract, order in orders]
    left = max(means - sum(now(contract, order) for contract, order in orders), 0.0)
    late_share = share_that_fits(sum(late), left)
    for (contract, order), overdue in zip(orders, late, strict=True):
        pence = now(contract, order) + cut(overdue, late_share)
        town.book.pay("contracts", anchor.account, contract.supplier, pence)
        contract.owing += order - pence
    return orders


def drop_empty(town: PlainTown) -> None:
    """Contracts without work leave the book once they are paid."""
    town.contracts = [item for item in town.contracts if item.value or item.base_value or item.owing]


def settle_what_ends(town: PlainTown) -> None:
    """What is let anew is settled first, in the order of the book, while the anchor can; else it runs on for a month."""
    for row, anchor in enumerate(town.anchors):
        means = max(town.book.can_pay(anchor.account) - wage_bill(anchor) - 1.0, 0.0)
        total = 0
        for contract in town.contracts:
            if contract.anchor == row and contract.end < town.month and contract.owing > 0:
                total += contract.owing
                if total <= means:
                    town.book.pay("contracts", anchor.account, contract.supplier, contract.owing)
                    contract.owing = 0
                else:
                    contract.end = town.month


def settle(town: PlainTown, contracts: list[Contract]) -> None:
    """Final invoices as far as each anchor can pay, all its suppliers the same share."""
    for row, anchor in enumerate(town.anchors):
        mine = [contract for contract in contracts if contract.anchor == row]
        share = share_that_fits(sum(contract.owing for contract in mine), max(town.book.can_pay(anchor.account) - 1, 0))
        for contract in mine:
            pence = cut(contract.owing, share)
            town.book.pay("contracts", anchor.account, contract.supplier, pence)
            contract.owing -= pence


def take_over_invoices(town: PlainTown, ended: set[int]) -> None:
    """Final invoices of firms that end; what the anchor can't pay is bought by the firm next door that steps in."""
    held = [contract for contract in town.contracts if contract.supplier in ended and contract.owing > 0]
    settle(town, held)
    for contract in held:
        town.book.pay("invoices taken over", REGION_ACCOUNT, contract.supplier, contract.owing)


def _in_house_service(anchor: Anchor) -> float:
    """Work taken in-house at cost, as far as posts are filled and paid; own work put out counts against it in full."""
    staffed = min((anchor.workers + anchor.commuters) / max(anchor.jobs, 1.0), 1.0) * anchor.paid_share
    return anchor.in_house * (staffed if anchor.in_house > 0 else 1.0)
