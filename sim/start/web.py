"""The opening supply web: who buys from whom, and what is left for buyers outside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.kinds.categories import CATEGORIES
from sim.kinds.town import Town
from sim.month.production import choose_suppliers
from sim.month.trade.finding import find_sellers
from sim.month.trade.market import supplier_rows

Floats = NDArray[np.float64]


def choose_links(town: Town) -> None:
    """Suppliers of firms and usual sellers of residents, drawn by appeal."""
    choose_suppliers(town)
    residents = town.residents
    draws = town.streams.uniform("opening habits", 0, len(residents), width=3 * len(CATEGORIES))
    for category in range(len(CATEGORIES)):
        three = draws[:, 3 * category : 3 * category + 3]
        residents["habits"][:, category] = find_sellers(town, np.full(len(residents), category), three)


def local_sales(town: Town, spending: Floats) -> Floats:
    """What each firm sells in the place in a usual month, pence (firms,).

    Parameters
    ----------
    spending : (residents,) usual spending, pence a month
    """
    firms, structure, contracts = town.firms, town.structure, town.contracts
    sales = np.zeros(len(firms))
    row = supplier_rows(town)
    orders = structure.local.T[firms["sector"]] * firms["last_output"][:, None]
    investment = firms["capacity"] * _investment_rate(town)
    orders = orders + investment[:, None] * structure.investment_local[None, :]
    buyer, sector = np.nonzero((row >= 0) & (orders > 0))
    sales += np.bincount(row[buyer, sector], weights=orders[buyer, sector], minlength=len(firms))
    held = town.firm_row[contracts["supplier"]]
    local = held >= 0
    sales += np.bincount(held[local], weights=contracts["value"][local] / contracts["price"][local], minlength=len(firms))
    tenth = town.residents["income_tenth"].astype(np.int64)
    net = spending * (1.0 - structure.spending_tax[tenth])
    for category in range(len(CATEGORIES)):
        seller = town.firm_row[town.residents["habits"][:, category]]
        at_home = seller >= 0
        part = net * structure.spending_shares[tenth, category]
        sales += np.bincount(seller[at_home], weights=part[at_home], minlength=len(firms))
    return sales


def _investment_rate(town: Town) -> float:
    """Usual investment for one of capacity, pence a month."""
    parameters = town.rules.parameters
    return parameters["firms.wear_rate"] * parameters["firms.capital_to_output"]


def close_with_exports(town: Town, spending: Floats) -> None:
    """Sales outside the place: what each sector makes beyond its local sales, shared by what each firm makes beyond its own."""
    firms = town.firms
    sales = local_sales(town, spending)
    made, sector = firms["usual_demand"].copy(), firms["sector"]
    beyond = np.maximum(made - sales, 0.0)
    by_sector = np.bincount(sector, weights=made - sales, minlength=18)
    smallest_pool = 0.01 * np.bincount(sector, weights=made, minlength=18)
    weight = beyond + 0.01 * made
    firms["export_weight"][:] = weight
    town.structure = replace(town.structure, export_pool=np.maximum(by_sector, smallest_pool))
    # A firm whose local sales are above what its jobs can make grows into them in the burn-in.
    pool = np.bincount(sector, weights=weight, minlength=18)
    outside = town.structure.export_pool[sector] * weight / np.maximum(pool[sector], 1e-300)
    demand = sales + outside
    firms["usual_demand"][:] = demand
    firms["usual_sales"][:] = demand
    firms["last_output"][:] = demand
    least = 1.0 / town.structure.jobs_per_output[sector]
    firms["capacity"][:] = np.maximum(demand / town.rules.parameters["firms.target_use"], least)
