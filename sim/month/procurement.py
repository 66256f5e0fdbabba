"""Procurement: contracts that end are tendered; live contracts are invoiced and paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.core.channels import REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.streams import lognormal
from sim.kinds.contracts import Contract
from sim.kinds.firms import Cooperative
from sim.kinds.town import Town
from sim.month.contracts import bids as bidding
from sim.month.contracts.contract_budgets import affordable_factor, contract_months, lettings_added, own_months
from sim.month.contracts.frameworks import renew
from sim.month.contracts.in_house import move_staff_out
from sim.month.contracts.invoices import pay_invoices
from sim.month.contracts.lots import split_into_lots
from sim.month.contracts.supplier_development import turnover_factor
from sim.month.contracts.trade_credit import drop_empty, settle_what_ends

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def phase(town: Town) -> None:
    """Tender what has ended, then pay this month's invoices."""
    if not town.frozen:
        drop_empty(town)
        renew(town)
        settle_what_ends(town)
        split_into_lots(town)
        rows = np.flatnonzero(town.contracts["end"] < town.month)
        if rows.size:
            tender(town, rows)
        move_staff_out(town)
    _pay_policy_costs(town)
    pay_invoices(town)


def tender(town: Town, rows: NDArray[np.int64]) -> None:
    """Let the contracts in these rows anew."""
    contracts, rules = town.contracts, town.rules
    anchor = contracts["anchor"][rows].astype(np.int64)
    free = contracts["influenceable"][rows]
    value = np.rint(contracts["base_value"][rows] * affordable_factor(town, rows)[anchor]).astype(np.int64)
    hearing = hear_of_tenders(town, rows, value, town.month)
    local_first = _local_first(town, rows, anchor, value * free, hearing.draws[:, 50]) & free
    months = contract_months(town, rows)
    bids = _reserve(town, rows, value * months, make_bids(town, rows, anchor, hearing), hearing.draws[:, 51])
    winner = bidding.award(
        bids,
        rules.parameters["procurement.price_weight"],
        rules.social_value_weight[anchor] * free,
        local_first,
        rules.maximum_premium[anchor],
    )
    _sign(town, rows, anchor, value, months, bids, winner)
    _pay_for_more_lettings(town, anchor[free])


@dataclass(frozen=True)
class Hearing:
    """What tenders meet whatever the chances that a bidder is local.

    Attributes
    ----------
    draws : (tenders, 52) float64 luck of the month
    firm : (tenders, 12) int64 row of the local firm that hears at each place if it is local, -1 where that firm may not bid
    price_luck : (tenders, 12) float64 factor with mean 1 of what is asked at each place
    """

    draws: Floats
    firm: NDArray[np.int64]
    price_luck: Floats


def hear_of_tenders(town: Town, rows: NDArray[np.int64], value: Integers, month: int) -> Hearing:
    """The luck of a month for the contracts in these rows, and who would hear of them in the place.

    The firm that holds a contract has the room it works in now.
    """
    firms, contracts, parameters = town.firms, town.contracts, town.rules.parameters
    draws = town.streams.uniform("tender", month, contracts.slots[rows], width=4 * bidding.PLACES + 4)
    category = np.broadcast_to(contracts["category"][rows].astype(np.int64)[:, None], (len(rows), bidding.PLACES)).ravel()
    chosen = town.sellers.choose(category, draws[:, bidding.PLACES : 2 * bidding.PLACES].ravel()).reshape(-1, bidding.PLACES)
    turnover = at_rows(firms["usual_sales"], chosen)
    if town.rules.contracting.supplier_development:
        turnover = turnover * np.where(contracts["influenceable"][rows][:, None], turnover_factor(town, chosen), 1.0)
    spare = at_rows(firms["capacity"] * firms["price"] - firms["usual_sales"], chosen)
    holder = town.firm_row[contracts["supplier"][rows]][:, None]
    spare = spare + np.where(chosen == holder, contracts["value"][rows][:, None], 0)
    worth = value[:, None].astype(np.float64)
    tests = parameters["procurement.turnover_share"], parameters["procurement.own_work_share"]
    fits = bidding.eligible(worth, turnover, spare, *tests)
    price_luck = lognormal(draws[:, 2 * bidding.PLACES : 3 * bidding.PLACES], parameters["procurement.bid_spread"])
    return Hearing(draws, np.where(fits, chosen, -1), price_luck)


def make_bids(town: Town, rows: NDArray[np.int64], anchor: NDArray[np.int64], hearing: Hearing) -> bidding.Bids:
    """All bids for the contracts in these rows (tenders, 12)."""
    contracts, rules, structure, firms = town.contracts, town.rules, town.structure, town.firms
    parameters, draws = rules.parameters, hearing.draws
    category = contracts["category"][rows].astype(np.int64)
    origin_draw, _, _, quality = (draws[:, k * bidding.PLACES : (k + 1) * bidding.PLACES] for k in range(4))
    free = contracts["influenceable"][rows]
    invited = parameters["procurement.invited_firms"] * rules.reach[anchor] * free
    present = bidding.bidders_present(parameters["procurement.mean_bidders"], invited, draws[:, 48], draws[:, 49])
    origin = bidding.origins(
        structure.local_invitation[anchor, category], structure.region_invitation[anchor, category], origin_draw[:, : bidding.OPEN_PLACES]
    )
    local = origin == bidding.FROM_PLACE
    firm = np.where(local, hearing.firm, -1)
    jobs = firms["workers"] + firms["commuters"]
    needs_wage = rules.contract_living_wage[anchor] * free
    # Whoever pays the living wage already has its cost to recover as well, so all bidders ask it where it is required.
    labour = structure.jobs_per_output * structure.sector_pay * (1.0 + parameters["work.employer_contribution_rate"])
    rise = (needs_wage * (parameters["procurement.living_wage_uplift"] * labour[category]))[:, None]
    pays = np.where(local, at_rows(firms["living_wage"], firm), 0.0)
    price = bidding.asking_price(
        origin,
        at_rows(firms["price"], firm),
        parameters["procurement.local_price_premium"],
        rise,
        hearing.price_luck,
    )
    social = bidding.social_value(
        rules.social_value_parts[anchor],
        np.select([local, origin == bidding.FROM_REGION], [1.0, 0.5], 0.0),
        local & (at_rows(jobs, firm) < parameters["procurement.small_firm_jobs"]),
        local & (at_rows(firms["kind"], firm) == Cooperative.code),
        np.maximum(pays, needs_wage[:, None]),
    )
    return bidding.Bids(present & (~local | (firm >= 0)), origin, firm, price, quality, social)


def _local_first(town: Town, rows: NDArray[np.int64], anchor: NDArray[np.int64], value: Integers, order: Floats) -> NDArray[np.bool_]:
    """Tenders to be placed locally because the anchor's contracts in the place are below its target."""
    target = town.rules.local_target
    wanted = ~np.isnan(target)
    if not wanted.any():
        return np.zeros(len(rows), bool)
    contracts = town.contracts
    live = np.ones(len(contracts), bool)
    live[rows] = False
    in_place = (town.firm_row[contracts["supplier"]] >= 0) & live
    anchors = len(target)
    held = np.bincount(contracts["anchor"], weights=contracts["value"] * in_place, minlength=anchors)
    total = np.bincount(contracts["anchor"], weights=contracts["value"], minlength=anchors)
    gap = np.where(wanted, np.nan_to_num(target) * total - held, 0.0)
    return bidding.filling_gap(anchor, value.astype(np.float64), gap, order)


def _reserve(town: Town, rows: NDArray[np.int64], whole_value: Integers, bids: bidding.Bids, draws: Floats) -> bidding.Bids:
    """Competitions below the threshold that a policy reserves to bidders from the place."""
    rule, contracts = town.rules.contracting.reserved, town.contracts
    if rule is None:
        return bids
    anchor = contracts["anchor"][rows]
    with_tax = whole_value * (1.0 + town.rules.parameters["procurement.value_added_tax"])
    reserved = contracts["influenceable"][rows] & (with_tax < rule.threshold[anchor]) & (draws < rule.share[anchor])
    return bidding.reserved_to_place(bids, reserved, 1.0 + rule.maximum_premium[anchor])


def _pay_for_more_lettings(town: Town, anchor: NDArray[np.int64]) -> None:
    """Staff time for the lettings that shorter contracts add, one anchor for each contract let."""
    rule = town.rules.contracting
    if rule.contract_months is None or rule.cost_per_letting is None:
        return
    added = lettings_added(own_months(town), rule.contract_months) * rule.cost_per_letting
    town.anchors["policy_costs"] += np.rint(np.bincount(anchor, minlength=len(added)) * added).astype(np.int64)


def _sign(
    town: Town,
    rows: NDArray[np.int64],
    anchor: NDArray[np.int64],
    value: Integers,
    months: Integers,
    bids: bidding.Bids,
    winner: NDArray[np.int64],
) -> None:
    """Write the awards into the contract book."""
    contracts, firms = town.contracts, town.firms
    place = np.maximum(winner, 0)
    index = np.arange(len(rows))
    firm, origin = bids.firm[index, place], bids.origin[index, place]
    local = (winner >= 0) & (origin == bidding.FROM_PLACE)
    outside = np.where(origin == bidding.FROM_REGION, REGION_ACCOUNT, WORLD_ACCOUNT)
    outside = np.where(winner < 0, WORLD_ACCOUNT, outside)
    contracts["supplier"][rows] = np.where(local, at_rows(firms["account"], firm), outside)
    contracts["value"][rows] = value
    contracts["price"][rows] = np.where(winner >= 0, bids.price[index, place], 1.0)
    contracts["start"][rows] = town.month
    contracts["end"][rows] = town.month + months - 1
    contracts["stands_in"][rows] = False
    contracts["listed"][rows] = -1
    needs_wage = town.rules.contract_living_wage[anchor] * contracts["influenceable"][rows]
    contracts["quality"][rows] = np.where(winner >= 0, bids.quality[index, place], Contract.quality.default)
    contracts["bids"][rows] = bids.valid.sum(axis=1)
    contracts["living_wage"][rows] = needs_wage
    np.maximum.at(firms["living_wage"], firm[local], needs_wage[local])
    # A firm that has just won plans for the work, so that it does not bid for more than it can do.
    gained = np.bincount(firm[local], weights=value[local], minlength=len(firms))
    if not town.frozen:
        firms["usual_sales"] += gained
    town.notes.let_value += int(value.sum())


def _pay_policy_costs(town: Town) -> None:
    """Running costs of policies: bought outside the place, the cautious assumption."""
    anchors, ledger = town.anchors, town.ledger
    due = anchors["policy_costs"] + town.rules.monthly_cost
    paid = np.minimum(due, ledger.available(anchors["account"]))
    ledger.book("policy costs", anchors["account"], WORLD_ACCOUNT, paid)
    anchors["policy_costs"][:] = due - paid
