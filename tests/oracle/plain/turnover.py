"""Turnover: firms end, are sold outside, go to their employees, and are founded."""

from __future__ import annotations

import math

import numpy as np
from oracle.plain.founding import found_by_chance, found_by_policy
from oracle.plain.invoices import take_over_invoices
from oracle.plain.objects import Firm
from oracle.plain.owners import pay_council, pay_owners
from oracle.plain.pennies import running
from oracle.plain.stakes import wind_up
from oracle.plain.town import PlainTown

from sim.core.channels import BANK_ACCOUNT, BRANCHES, COOPERATIVES, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.forms import WORKER
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.rules import Closure

DISTRESS_LIMIT = 3
SALE_JOBS, BUYOUT_JOBS = 5, 3


def phase(town: PlainTown) -> None:
    """End, sell, hand over, found."""
    if town.frozen:
        return
    ending, sold = _decide(town)
    taken = _taken_over(town, ending, sold)
    for firm in taken:
        _hand_over(town, firm)
    for firm in [item for item in sold if item not in taken]:
        _sell_outside(town, firm)
    _end(town, [firm for firm in ending if firm not in taken])
    found_by_policy(town)
    found_by_chance(town)


def _decide(town: PlainTown) -> tuple[list[Firm], list[Firm]]:
    """Firms that end, by distress, chance or a closure; then which of the others are sold outside."""
    ending, sellers = [], []
    closed = close_branches(town)
    for firm, (end_draw, sale_draw) in zip(town.firms, town.draws("firm ends", town.firms, 2), strict=True):
        failing = firm.distress >= DISTRESS_LIMIT
        town.notes.failures += failing
        if failing or end_draw < _closing_chance(town, firm) or firm in closed:
            ending.append(firm)
        elif firm.kind == LocalSME.code and firm.jobs >= SALE_JOBS and sale_draw < town.parameter("firms.sale_rate") / 12.0:
            sellers.append(firm)
    return ending, sellers


def _closing_chance(town: PlainTown, firm: Firm) -> float:
    """By year of life and size; eased for co-operatives by the published gap in survival."""
    hazards = town.structure.closure_hazard
    year = min(max(town.month - firm.born, 0) // 12, len(hazards) - 1)
    chance = hazards[year] * town.structure.closure_scale / (1.0 + firm.jobs / town.parameter("firms.closure_size_scale"))
    if firm.kind == Cooperative.code:
        ratio = float(np.log(0.82) / np.log(0.39))
        chance *= 1.0 - town.parameter("firms.cooperative_survival") * (1.0 - ratio)
    return chance


def branches_to_close(firms: list[Firm], closure: Closure) -> list[Firm]:
    """From the largest down what fits the jobs still to go; the smallest branch where none fits."""
    among = [firm for firm in firms if firm.kind == Branch.code and firm.jobs > 0 and closure.sector in {firm.sector, -1}]
    chosen, left = [], closure.jobs
    for firm in sorted(among, key=lambda firm: -firm.jobs):
        if firm.jobs <= left:
            chosen.append(firm)
            left -= firm.jobs
    return chosen or sorted(among, key=lambda firm: firm.jobs)[:1]


def close_branches(town: PlainTown) -> list[Firm]:
    """The branches that shocks close; their sectors sell less outside by what leaves with them."""
    leaving: dict[Firm, float] = {}
    for closure in town.rules.closures:
        still_here = [firm for firm in town.firms if firm not in leaving]
        leaving.update(dict.fromkeys(branches_to_close(still_here, closure), closure.outside_sales_lost))
    for sector in {firm.sector for firm in leaving}:
        of_sector = [firm for firm in town.firms if firm.sector == sector]
        weight = running(firm.export_weight for firm in of_sector)[-1]
        lost = running(firm.export_weight * leaving.get(firm, 0.0) for firm in of_sector)[-1]
        town.structure.export_pool[sector] *= 1.0 - (lost / weight if weight > 0.0 else 0.0)
    return list(leaving)


def _sale_price(town: PlainTown, firm: Firm) -> int:
    """Some years of usual surplus."""
    return math.floor(max(firm.usual_sales - firm.usual_costs, 0.0) * 12.0 * town.parameter("firms.sale_multiple"))


def _taken_over(town: PlainTown, ending: list[Firm], sold: list[Firm]) -> list[Firm]:
    """Local firms with staff of the place that can pay their wages, in the share of cases the rules support."""
    return [
        firm
        for firm, draw in zip(town.firms, town.draw("employees take over", town.firms), strict=True)
        if (firm in ending or firm in sold)
        and firm.kind == LocalSME.code
        and firm.jobs >= BUYOUT_JOBS
        and firm.workers >= 2
        and firm.distress < DISTRESS_LIMIT
        and draw < town.rules.buyout_share
    ]


def _hand_over(town: PlainTown, firm: Firm) -> None:
    """A bank's loan, of half a year's sales at most, pays the owner; an anchor pays for advice."""
    price = min(_sale_price(town, firm), int(firm.usual_sales * 6.0))
    town.book.pay("new loans", BANK_ACCOUNT, firm.account, price)
    firm.loan += price
    town.book.pay("firm sales", firm.account, firm.owner if firm.owner >= 0 else WORLD_ACCOUNT, price)
    if town.rules.buyout_anchor >= 0:
        town.anchors[town.rules.buyout_anchor].policy_costs += town.rules.buyout_cost_per_worker * firm.workers
    firm.kind, firm.form, firm.owner, firm.bought_out = Cooperative.code, WORKER, -1, True
    town.book.sector[firm.account] = COOPERATIVES
    town.notes.bought_out += 1


def _sell_outside(town: PlainTown, firm: Firm) -> None:
    """A buyer outside pays the owner; the firm is a branch from now on."""
    town.book.pay("firm sales", WORLD_ACCOUNT, firm.owner if firm.owner >= 0 else WORLD_ACCOUNT, _sale_price(town, firm))
    firm.kind, firm.owner = Branch.code, -1
    town.book.sector[firm.account] = BRANCHES
    town.notes.sold += 1


def _end(town: PlainTown, firms: list[Firm]) -> None:
    """Debts first, then the owners; all firms are wound up before anybody's job is looked at."""
    book = town.book
    take_over_invoices(town, {firm.account for firm in firms})
    for firm in firms:
        repaid = min(max(book.balance[firm.account], 0), firm.loan)
        book.pay("repayments", firm.account, BANK_ACCOUNT, repaid)
        overdraft = max(-book.balance[firm.account], 0)
        book.pay("write-offs", BANK_ACCOUNT, firm.account, overdraft)
        town.notes.written_off += firm.loan - repaid + overdraft
        firm.loan = 0
        wind_up(town, firm)
    left = [(firm, max(book.balance[firm.account], 0)) for firm in firms]
    pay_owners(town, [(firm, pence - min(pence, firm.reserve)) for firm, pence in left], "estates")
    for firm, pence in left:
        # An indivisible reserve falls to the council.
        if min(pence, firm.reserve) > 0:
            pay_council(town, firm, min(pence, firm.reserve), "estates")
    for firm in firms:
        # Odd pence that members can't share, and what a co-operative without members leaves.
        book.pay("estates", firm.account, WORLD_ACCOUNT, max(book.balance[firm.account], 0))
        book.set_credit(firm.account, 0)
        town.notes.deaths += 1
        town.notes.lifetimes.append(max(town.month - firm.born, 0))
        town.remove(firm)
    _release(town, {firm.account for firm in firms})


def _release(town: PlainTown, ended: set[int]) -> None:
    """Their workers look for work; their contracts are let anew next month, with a firm next door until then."""
    for person in town.people:
        if person.status == EMPLOYED and person.employer in ended:
            person.status, person.employer, person.wage, person.months_without_work = UNEMPLOYED, -1, 0, 0
    for contract in town.contracts:
        if contract.supplier in ended:
            contract.supplier, contract.end, contract.stands_in = REGION_ACCOUNT, town.month, True
            contract.listed = -1
