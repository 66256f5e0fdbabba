"""Turnover: firms end, are sold outside, are taken over by their employees, and are founded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT, COOPERATIVES, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.forms import WORKER
from sim.kinds.residents import EMPLOYED
from sim.kinds.rules import Closure
from sim.kinds.town import Town
from sim.month.contracts.trade_credit import settle_ended_firms
from sim.month.finance.winding_up import empty_purses, repay_funds
from sim.month.firms.founding import found_by_chance, found_by_policy
from sim.month.firms.inward import open_branches, part_with_branches
from sim.month.firms.owners import pay_council, pay_owners
from sim.month.firms.rescue import take_over_failing
from sim.month.firms.sale import SALE_JOBS, sale_price, sell_firms
from sim.month.firms.stakes import wind_up_stakes
from sim.month.labour.jobs import end_jobs

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Months in a row of wages not paid in full after which a firm ends.
DISTRESS_LIMIT = 3
#: Jobs a firm must have to be taken over by its employees.
BUYOUT_JOBS = 3


def closing_chance(age_months: NDArray[np.integer], jobs: NDArray[np.integer], hazard: Floats, size_scale: float, scale: float) -> Floats:
    """Chance that a firm closes of itself this month (firms,), by age and size.

    hazard of its year of life * scale / (1 + jobs / size scale)

    Examples
    --------
    >>> closing_chance(np.array([3, 100]), np.array([0, 10]), np.array([0.004, 0, 0, 0, 0, 0.008]), 10.0, 1.0).tolist()
    [0.004, 0.004]
    """
    year = np.minimum(age_months // 12, len(hazard) - 1)
    result: Floats = hazard[year] * scale / (1.0 + jobs / size_scale)
    return result


def branches_to_close(sector: NDArray[np.int8], kind: NDArray[np.int8], jobs: NDArray[np.integer], closure: Closure) -> NDArray[np.int64]:
    """Rows of the branches a closure takes: from the largest down that fits what is left, the smallest if none fits.

    Examples
    --------
    >>> branches_to_close(np.array([3, 3, 3]), np.array([Branch.code] * 3), np.array([50, 30, 8]), Closure(3, 38.0, "x")).tolist()
    [1, 2]
    """
    among = np.flatnonzero((kind == Branch.code) & (jobs > 0) & ((sector == closure.sector) | (closure.sector < 0)))
    chosen: list[int] = []
    left = closure.jobs
    for row in among[np.argsort(-jobs[among], kind="stable")].tolist():
        if jobs[row] <= left:
            chosen.append(row)
            left -= float(jobs[row])
    if not chosen and among.size:
        chosen = [int(among[np.argmin(jobs[among])])]
    return np.array(chosen, np.int64)


def phase(town: Town) -> None:
    """End, sell, hand over, found."""
    if town.frozen:
        return
    ending, sold = _decide(town)
    part_with_branches(town, ending)
    _rescue(town, ending)
    _hand_over(town, ending, sold)
    sell_firms(town, np.flatnonzero(sold), ending)
    end_firms(town, np.flatnonzero(ending))
    found_by_policy(town)
    open_branches(town)
    found_by_chance(town)


def _decide(town: Town) -> tuple[Flags, Flags]:
    """Which firms end and which are sold outside this month."""
    firms, structure, parameters, notes = town.firms, town.structure, town.rules.parameters, town.notes
    jobs = firms["workers"] + firms["commuters"]
    draws = town.streams.uniform("firm ends", town.month, firms.slots, width=2)
    chance = closing_chance(
        np.maximum(town.month - firms["born"], 0),
        jobs,
        structure.closure_hazard,
        parameters["firms.closure_size_scale"],
        structure.closure_scale,
    )
    # The published gap in five-year survival, 82% against 39%, as a ratio of yearly hazards: log .82 / log .39 = 0.21.
    eased = 1.0 - parameters["firms.cooperative_survival"] * (1.0 - np.log(0.82) / np.log(0.39))
    chance = np.where(firms["kind"] == Cooperative.code, chance * eased, chance)
    failing = firms["distress"] >= DISTRESS_LIMIT
    if town.month < 1 and len(town.listed):
        # Firms that stand for listed suppliers are in business when the run begins.
        draws[town.listed.stands_for_one(firms.slots)] = 1.0
    ending = failing | (draws[:, 0] < chance)
    if town.rules.closures:
        _close_branches(town, jobs, ending)
    may_sell = (firms["kind"] == LocalSME.code) & (jobs >= SALE_JOBS) & ~ending
    sold = may_sell & (draws[:, 1] < parameters["firms.sale_rate"] / 12.0)
    notes.failures += int(failing.sum())
    return ending, sold


def outside_customers_left(pool: Floats, weight: Floats, sector: NDArray[np.int8], leaving: Floats) -> Floats:
    """Sales outside the place that each sector keeps (sectors,) when a share of some firms' outside customers leaves (firms,).

    Examples
    --------
    >>> outside_customers_left(np.array([800.0]), np.array([1.0, 3.0]), np.array([0, 0]), np.array([0.0, 1.0])).tolist()
    [200.0]
    """
    total = np.bincount(sector, weights=weight, minlength=len(pool))
    lost = np.bincount(sector, weights=weight * leaving, minlength=len(pool))
    result: Floats = pool * (1.0 - np.divide(lost, total, out=np.zeros(len(pool)), where=total > 0))
    return result


def _close_branches(town: Town, jobs: NDArray[np.integer], ending: Flags) -> None:
    """Mark the branches that shocks close, and take their outside customers from their sectors."""
    firms, leaving = town.firms, np.zeros(len(town.firms))
    jobs = jobs.copy()
    for closure in town.rules.closures:
        rows = branches_to_close(firms["sector"], firms["kind"], jobs, closure)
        ending[rows] = True
        leaving[rows] = closure.outside_sales_lost
        # A second closure of the month takes other branches.
        jobs[rows] = 0
    pool = outside_customers_left(town.structure.export_pool, firms["export_weight"], firms["sector"], leaving)
    town.structure = replace(town.structure, export_pool=pool)


def _hand_over(town: Town, ending: Flags, sold: Flags) -> None:
    """Employees take over firms whose owner closes or sells, in the share the rules support."""
    firms, rules, ledger = town.firms, town.rules, town.ledger
    jobs = firms["workers"] + firms["commuters"]
    offered = (ending | sold) & (firms["kind"] == LocalSME.code) & (jobs >= BUYOUT_JOBS)
    offered &= (firms["workers"] >= 2) & (firms["distress"] < DISTRESS_LIMIT)
    draws = town.streams.uniform("employees take over", town.month, firms.slots)
    rows = np.flatnonzero(offered & (draws < rules.buyout_share))
    if not rows.size:
        return
    # The owner is paid by a loan that a bank gives on at most half a year's sales.
    price = np.minimum(sale_price(town, rows), (firms["usual_sales"][rows] * 6.0).astype(np.int64))
    account, owner = firms["account"][rows], firms["owner"][rows]
    ledger.book("new loans", BANK_ACCOUNT, account, price)
    firms["loan"][rows] += price
    ledger.book("firm sales", account, np.where(owner >= 0, owner, WORLD_ACCOUNT), price)
    if rules.buyout_anchor >= 0:
        due = int(rules.buyout_cost_per_worker * firms["workers"][rows].sum())
        town.anchors["policy_costs"][rules.buyout_anchor] += due
    firms["kind"][rows] = Cooperative.code
    firms["form"][rows] = WORKER
    firms["owner"][rows] = -1
    firms["bought_out"][rows] = True
    ledger.reclassify(account, COOPERATIVES)
    ending[rows] = False
    sold[rows] = False
    town.notes.bought_out += len(rows)


def _rescue(town: Town, ending: Flags) -> None:
    """Workers take over local firms that can't pay them, where policies help them to."""
    firms = town.firms
    failing = ending & (firms["distress"] >= DISTRESS_LIMIT) & (firms["kind"] == LocalSME.code)
    ending[take_over_failing(town, failing & (firms["workers"] >= 2))] = False


def end_firms(town: Town, rows: NDArray[np.integer]) -> None:
    """Wind firms up: debts first, what is left to the owners, workers without a job, contracts to be let anew."""
    if not rows.size:
        return
    firms, ledger, notes = town.firms, town.ledger, town.notes
    empty_purses(town, rows)
    account = firms["account"][rows]
    settle_ended_firms(town, account)
    repaid = np.minimum(np.maximum(ledger.balance[account], 0), firms["loan"][rows])
    ledger.book("repayments", account, BANK_ACCOUNT, repaid)
    repay_funds(town, rows)
    overdraft = np.maximum(-ledger.balance[account], 0)
    ledger.book("write-offs", BANK_ACCOUNT, account, overdraft)
    notes.written_off += int((firms["loan"][rows] - repaid).sum() + overdraft.sum())
    firms["loan"][rows] = 0
    wind_up_stakes(town, rows)
    left = np.maximum(ledger.balance[account], 0)
    reserve = np.minimum(left, firms["reserve"][rows])
    pay_owners(town, rows, left - reserve, "estates")
    # An indivisible reserve is not members' to share: it falls to the council.
    pay_council(town, account[reserve > 0], reserve[reserve > 0], "estates")
    # Odd pence that members cannot share evenly, and what a co-operative without members leaves.
    ledger.book("estates", account, WORLD_ACCOUNT, np.maximum(ledger.balance[account], 0))
    ledger.set_credit(account, 0)
    _release(town, account)
    notes.deaths += len(rows)
    notes.lifetimes.extend(np.maximum(town.month - firms["born"][rows], 0).tolist())
    firms.drop(firms.slots[rows])
    town.refresh_rows()


def _release(town: Town, account: NDArray[np.int32]) -> None:
    """Workers of firms that end look for work; an outside firm steps in until contracts are let anew."""
    residents, contracts = town.residents, town.contracts
    ended = np.zeros(len(town.ledger), bool)
    ended[account] = True
    lost = (residents["status"] == EMPLOYED) & ended[residents["employer"]]
    end_jobs(residents, lost)
    held = ended[contracts["supplier"]]
    contracts["supplier"][held] = REGION_ACCOUNT
    contracts["end"][held] = town.month
    contracts["stands_in"][held] = True
    contracts["listed"][held] = -1
