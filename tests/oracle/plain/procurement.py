"""Procurement: contracts that have ended are let anew, perhaps in lots; live contracts are invoiced and paid."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

from oracle.plain.bids import REGION, WIDTH, Bid, Tender, bids_for, winner_of
from oracle.plain.invoices import drop_empty, pay_invoices, settle_what_ends, wage_bill
from oracle.plain.objects import Contract, Firm
from oracle.plain.pennies import clipped
from oracle.plain.sellers import Sellers
from oracle.plain.town import PlainTown

from sim.core.channels import REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.streams import RESERVED

MOST_LOTS = 16
LOT_RANGE = 1 << 28


def phase(town: PlainTown) -> None:
    """Lots, tenders, running costs of policies, invoices."""
    if not town.frozen:
        drop_empty(town)
        _renew(town)
        settle_what_ends(town)
        _split_into_lots(town)
        _let(town, [contract for contract in town.contracts if contract.end < town.month])
    for anchor, rules in zip(town.anchors, town.rules.anchors, strict=True):
        due = anchor.policy_costs + rules.monthly_cost
        paid = min(due, town.book.can_pay(anchor.account))
        town.book.pay("policy costs", anchor.account, WORLD_ACCOUNT, paid)
        anchor.policy_costs = due - paid
    pay_invoices(town)


def _renew(town: PlainTown) -> None:
    """What is called off from frameworks stays with its holder at its price, unless the holder has ended."""
    ended = [contract for contract in town.contracts if contract.end < town.month]
    staying = [contract for contract in ended if not contract.influenceable and not contract.stands_in]
    factors = [_affordable_factor(town, row, {contract.slot for contract in ended}) for row in range(len(town.anchors))]
    for contract, months in zip(staying, _lengths(town, staying), strict=True):
        contract.value = round(contract.base_value * factors[contract.anchor])
        contract.start, contract.end = town.month, town.month + months - 1


def _lengths(town: PlainTown, contracts: list[Contract]) -> list[int]:
    """For how many months they are let: a year at least, the anchor's own length on average."""
    mean = [float(town.place.anchors[contract.anchor].contract_years) * 12.0 for contract in contracts]
    draws = town.draw("contract length", contracts)
    return [max(round(12.0 + draw * 2.0 * max(months - 12.0, 0.0)), 1) for draw, months in zip(draws, mean, strict=True)]


def _split_into_lots(town: PlainTown) -> None:
    """What is due and larger than the anchor's largest lot is split evenly, in sixteen at most."""
    used = {contract.slot for contract in town.contracts}
    for contract in [item for item in town.contracts if item.end < town.month and item.influenceable]:
        rules = town.rules.anchors[contract.anchor]
        number = int(clipped(math.ceil(contract.base_value * 12.0 / rules.largest_lot), 1, MOST_LOTS))
        if number == 1:
            continue
        ends = [round(contract.base_value * lot / number) for lot in range(number + 1)]
        parts = [end - before for before, end in itertools.pairwise(ends)]
        base = contract.slot - RESERVED if contract.slot >= RESERVED else contract.slot
        fresh = [RESERVED + (base * MOST_LOTS + lot) % LOT_RANGE for lot in range(1, number)]
        free = [slot for slot in fresh if slot not in used]
        for slot, part in zip(free, parts, strict=False):
            town.contracts.append(replace(contract, slot=slot, base_value=part))
        used.update(free)
        # The contract itself is the last lot, with the value of lots for which no slot was free.
        contract.base_value = sum(parts[len(free) :])
        town.anchors[contract.anchor].policy_costs += int(rules.cost_per_lot) * (len(free) + 1 if free else 0)


def _let(town: PlainTown, ended: list[Contract]) -> None:
    """Tender the contracts that ended; all bidders see the town as it was before the first award."""
    tenders, tendered = [], {contract.slot for contract in ended}
    factors = [_affordable_factor(town, row, tendered) for row in range(len(town.anchors))]
    for contract, draws in zip(ended, town.draws("tender", ended, WIDTH), strict=True):
        value = round(contract.base_value * factors[contract.anchor])
        rules = town.rules.anchors[contract.anchor]
        if not contract.influenceable:
            rules = replace(rules, reach=0.0, social_value_weight=0.0, local_target=math.nan, contract_living_wage=0.0)
        tenders.append(Tender(contract, value, draws, rules))
    _reserve_for_the_place(town, tenders)
    sellers = Sellers(town.firms)
    bids = [bids_for(town, sellers, tender) for tender in tenders]
    winners = [winner_of(town, tender, of_tender) for tender, of_tender in zip(tenders, bids, strict=True)]
    gained: dict[Firm, int] = {}
    lengths = _lengths(town, ended)
    for tender, of_tender, winner, months in zip(tenders, bids, winners, lengths, strict=True):
        _sign(town, tender, winner, len(of_tender), months)
        if winner is not None and winner.firm is not None:
            gained[winner.firm] = gained.get(winner.firm, 0) + tender.value
    for firm, value in gained.items():
        firm.usual_sales += value


def _affordable_factor(town: PlainTown, row: int, tendered: set[int]) -> float:
    """Contracts take what means leave beside wages; what runs on above its part comes off what falls due soon."""
    anchor, months = town.anchors[row], town.parameter("procurement.budget_smoothing")
    means = anchor.usual_income + (anchor.reserves - anchor.reserve_target) / months - town.rules.anchors[row].monthly_cost
    usual = 1.0 + (means - (anchor.contract_budget + wage_bill(anchor))) / max(anchor.contract_budget, 1)
    mine = [contract for contract in town.contracts if contract.anchor == row]
    running = [contract for contract in mine if contract.slot not in tendered]
    soon = [contract for contract in mine if contract.slot in tendered or contract.end < town.month + months]
    bound = sum(contract.value for contract in running) - usual * sum(contract.base_value for contract in running)
    return clipped(usual - bound / max(sum(contract.base_value for contract in soon), 1), 0.2, 1.5)


def _reserve_for_the_place(town: PlainTown, tenders: list[Tender]) -> None:
    """Under a target, tenders in the order drawn are placed locally until their value fills what the target lacks."""
    due = {tender.contract.slot for tender in tenders}
    for row, rules in enumerate(town.rules.anchors):
        if math.isnan(rules.local_target):
            continue
        mine = [contract for contract in town.contracts if contract.anchor == row]
        total = sum(contract.value for contract in mine)
        held = sum(contract.value for contract in mine if contract.supplier in town.firm_at and contract.slot not in due)
        gap = rules.local_target * total - held
        filled = 0
        for tender in sorted(
            (item for item in tenders if item.contract.anchor == row and item.contract.influenceable), key=lambda item: item.draws[50]
        ):
            tender.local_first = filled < gap
            filled += tender.value


def _sign(town: PlainTown, tender: Tender, winner: Bid | None, bids: int, months: int) -> None:
    """Write an award; without a bid the work goes outside at base price."""
    contract = tender.contract
    if winner is None:
        contract.supplier, contract.price, contract.quality = WORLD_ACCOUNT, 1.0, 0.5
    else:
        outside = REGION_ACCOUNT if winner.origin == REGION else WORLD_ACCOUNT
        contract.supplier = winner.firm.account if winner.firm else outside
        contract.price, contract.quality = winner.price, winner.quality
        if winner.firm:
            winner.firm.living_wage = max(winner.firm.living_wage, tender.rules.contract_living_wage)
    contract.value, contract.bids, contract.living_wage = tender.value, bids, tender.rules.contract_living_wage
    contract.start, contract.end, contract.stands_in = town.month, town.month + months - 1, False
    contract.listed = -1
    town.notes.let_value += tender.value
