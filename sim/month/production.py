"""Production: last month's output is restocked through the web, outside demand is served up to capacity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.streams import lognormal
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, means, rationed, split_by_shares
from sim.month.finance.paying import settle
from sim.month.property.premises import leases_due, pay_leases
from sim.month.trade.comparing import accepts
from sim.month.trade.demand_shocks import dearer_inputs, fewer_buyers
from sim.month.trade.market import placed_orders, sell, supplier_rows
from sim.month.trade.neighbours import outside_buyers

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


def input_orders(output: Floats, sector: NDArray[np.int8], local: Floats, supplier_price: Floats) -> Integers:
    """Orders for inputs from local suppliers, pence (firms, 18).

    order[i, r] = local[r, sector i] * output i * price of i's supplier in r, rounded to whole pence
    (the Leontief technique of the regional accounts; Miller and Blair, *Input-Output Analysis*, 2009, chapter 2).

    Examples
    --------
    >>> input_orders(np.array([1000.0]), np.array([0]), np.array([[0.1], [0.2]]), np.array([[1.0, 1.5]])).tolist()
    [[100, 300]]
    """
    result: Integers = np.rint(local.T[sector] * output[:, None] * supplier_price).astype(np.int64)
    return result


def outside_demand(pool: Floats, weight: Floats, sector: NDArray[np.int8], luck: Floats) -> Integers:
    """Orders from outside the place, pence (firms,): each sector's pool shared by weight, times the firm's luck.

    Examples
    --------
    >>> outside_demand(np.array([900.0]), np.array([1.0, 2.0]), np.array([0, 0]), np.ones(2)).tolist()
    [300, 600]
    """
    total = np.bincount(sector, weights=weight, minlength=len(pool))
    share = np.divide(weight, total[sector], out=np.zeros(len(weight)), where=total[sector] > 0)
    result: Integers = np.rint(pool[sector] * share * luck).astype(np.int64)
    return result


def phase(town: Town) -> None:
    """Firms buy the inputs of what they sold last month, then serve buyers outside the place."""
    choose_suppliers(town)
    if not town.frozen:
        compare_suppliers(town)
    _buy_inputs(town)
    _serve_outside(town)


def choose_suppliers(town: Town) -> None:
    """A firm whose supplier has gone takes another of the same sector, chosen by appeal."""
    firms = town.firms
    suppliers = firms["suppliers"]
    needed = town.structure.local.T[firms["sector"]] > 0.0
    gone = (town.firm_row[np.maximum(suppliers, 0)] < 0) | (suppliers < 0)
    buyer, sector = np.nonzero(needed & gone & town.sellers.has_sellers()[None, :])
    if buyer.size:
        draws = town.streams.uniform("supplier", town.month, firms.slots, width=18)[buyer, sector]
        rows = town.sellers.choose(sector, draws)
        suppliers[buyer, sector] = firms["account"][rows]
        town.notes.link_changes += len(buyer)


def compare_suppliers(town: Town) -> None:
    """Some firms compare the supplier of one input, the likelier the more they buy of it, with one they hear of."""
    firms, structure, parameters = town.firms, town.structure, town.rules.parameters
    draws = town.streams.uniform("compare suppliers", town.month, firms.slots, width=4)
    row = np.flatnonzero(draws[:, 0] < parameters["firms.comparison_rate"])
    chances = np.cumsum(structure.local, axis=0).T[firms["sector"][row]]
    sector = np.minimum((chances <= draws[row, 1, None] * chances[:, -1:]).sum(axis=1), chances.shape[1] - 1)
    now = supplier_rows(town)[row, sector]
    found = town.sellers.choose(sector, draws[row, 2])
    here = np.ones(len(row), bool)
    price = firms["price"]
    moves = (now >= 0) & (found >= 0) & (found != now)
    moves &= accepts(price[now], price[found], here, here, parameters["firms.price_sensitivity"], 0.0, draws[row, 3])
    firms["suppliers"][row[moves], sector[moves]] = firms["account"][found[moves]]
    town.notes.link_changes += int(moves.sum())


def _buy_inputs(town: Town) -> None:
    """Orders within each firm's means: local suppliers first, what they cannot make next door, the rest outside."""
    firms, structure, ledger = town.firms, town.structure, town.ledger
    sector, output, account = firms["sector"], firms["last_output"], firms["account"]
    supplier_row = supplier_rows(town)
    price = np.where(supplier_row >= 0, at_rows(firms["price"], supplier_row), 1.0)
    orders = input_orders(output, sector, structure.local, price)
    region = np.rint(structure.region[sector] * output).astype(np.int64)
    world = np.rint(structure.world[sector] * output).astype(np.int64)
    usual_taxes = np.maximum(np.rint(structure.taxes[sector] * output), 0).astype(np.int64)
    taxes = np.floor(usual_taxes * town.rules.enterprise.business_tax_factor).astype(np.int64)
    leases = leases_due(town, orders, region)
    world += dearer_inputs(town)
    due = orders.sum(axis=1) + region + world + taxes
    if leases is not None:
        due[leases.firm] += leases.due
    fill = fill_rate(due.astype(np.float64), means(ledger, account))
    orders, region = rationed(orders, fill[:, None]), rationed(region, fill)
    world, taxes = rationed(world, fill), rationed(taxes, fill)
    firms["costs"] += orders.sum(axis=1) + region + world + taxes
    if leases is not None:
        pay_leases(town, leases, fill)
    region += np.where(supplier_row < 0, orders, 0).sum(axis=1)
    buyer, rows, wanted = placed_orders(orders, supplier_row)
    accepted = sell(firms, rows, wanted, unlimited=town.frozen)
    settle(town, "inputs", account[buyer], account[rows], accepted)
    unserved = wanted - accepted
    short = unserved > 0
    ledger.book("inputs", account[buyer[short]], REGION_ACCOUNT, unserved[short])
    ledger.book("inputs", account, REGION_ACCOUNT, region)
    ledger.book("inputs", account, WORLD_ACCOUNT, world)
    ledger.book("business taxes", account, GOVERNMENT_ACCOUNT, taxes)
    bear_rates_cut(town, rationed(usual_taxes, fill) - taxes)


def bear_rates_cut(town: Town, saved: Integers) -> None:
    """The part of what firms save in business rates (firms,) that an anchor bears, within what it holds: it goes without that income."""
    rules, anchors = town.rules.enterprise, town.anchors
    if rules.rates_anchor < 0:
        return
    account = int(anchors["account"][rules.rates_anchor])
    pence = min(int(saved.sum() * rules.rates_borne), int(town.ledger.available(account)))
    town.ledger.book("rates forgone", account, GOVERNMENT_ACCOUNT, np.array([pence]))
    anchors["received"][rules.rates_anchor] -= pence


def _serve_outside(town: Town) -> None:
    """Sales outside the place, paid by government, region and world in their shares."""
    firms = town.firms
    sigma = 0.0 if town.frozen else town.rules.parameters["firms.export_noise"]
    luck = lognormal(town.streams.uniform("outside demand", town.month, firms.slots), sigma)
    pool, payers = outside_buyers(town)
    fall = town.rules.events.export_fall
    if fall is not None:
        pool, payers = fewer_buyers(pool, payers, fall)
    wanted = outside_demand(pool, firms["export_weight"], firms["sector"], luck)
    if firms["outside_orders"].any():
        kept = 1.0 if fall is None else 1.0 - fall[firms["sector"]]
        wanted += np.rint(firms["outside_orders"] * luck * kept).astype(np.int64)
    rows = np.flatnonzero(wanted > 0)
    accepted = sell(firms, rows, wanted[rows], unlimited=town.frozen)
    parts = split_by_shares(accepted, payers[firms["sector"][rows]])
    for column, payer in enumerate((GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT)):
        town.ledger.book("exports", payer, firms["account"][rows], parts[:, column])
