"""Production: firms restock what they sold last month, then serve buyers outside the place."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from oracle.plain.market import serve
from oracle.plain.objects import Firm
from oracle.plain.pennies import cut, divided, lognormal, running, share_that_fits
from oracle.plain.sellers import Sellers
from oracle.plain.town import PlainTown

from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT

SECTORS = range(18)


@dataclass
class Purchases:
    """What one firm buys this month: from local suppliers by sector, next door, further away, and its taxes."""

    firm: Firm
    orders: list[tuple[Firm, int]]
    region: int
    world: int
    taxes: int
    taxes_saved: int


def phase(town: PlainTown) -> None:
    """Find suppliers, buy, serve outside."""
    _replace_suppliers(town)
    if not town.frozen:
        _compare_suppliers(town)
    _buy_inputs(town)
    _serve_outside(town)


def _replace_suppliers(town: PlainTown) -> None:
    """Where the supplier has gone, another of the sector."""
    sellers = Sellers(town.firms)
    for firm, draws in zip(town.firms, town.draws("supplier", town.firms, 18), strict=True):
        for sector in SECTORS:
            needed = town.structure.local[sector][firm.sector] > 0.0
            if needed and firm.suppliers[sector] not in town.firm_at and sellers.any_in(sector):
                found = sellers.found(sector, draws[sector])
                assert found is not None
                firm.suppliers[sector] = found.account
                town.notes.link_changes += 1


def _compare_suppliers(town: PlainTown) -> None:
    """One input of some firms, chosen by how much they buy of it: the supplier found is taken by its price."""
    sellers = Sellers(town.firms)
    sensitivity = town.parameter("firms.price_sensitivity")
    for firm, (compares, which, whom, decides) in zip(town.firms, town.draws("compare suppliers", town.firms, 4), strict=True):
        if compares >= town.parameter("firms.comparison_rate"):
            continue
        chances = running(town.structure.local[row][firm.sector] for row in SECTORS)
        sector = min(bisect_right(chances, which * chances[-1]), len(chances) - 1)
        now, found = town.firm_at.get(firm.suppliers[sector]), sellers.found(sector, whom)
        if now is None or found is None or found is now:
            continue
        if decides * (1.0 + float(np.exp(-(sensitivity * (now.price - found.price))))) < 1.0:
            firm.suppliers[sector] = found.account
            town.notes.link_changes += 1


def _planned(town: PlainTown, firm: Firm) -> Purchases:
    """Inputs in proportion to last month's output, cut alike to what the firm can pay."""
    structure, sector, output = town.structure, firm.sector, firm.last_output
    suppliers = [town.firm_at.get(firm.suppliers[row]) for row in SECTORS]
    prices = [supplier.price if supplier else 1.0 for supplier in suppliers]
    orders = [round(structure.local[row][sector] * output * prices[row]) for row in SECTORS]
    region, world = round(structure.region[sector] * output), round(structure.world[sector] * output)
    usual_taxes = max(round(structure.taxes[sector] * output), 0)
    taxes = math.floor(usual_taxes * town.rules.enterprise.business_tax_factor)
    # A penny is kept back, so that no rounding passes what is there.
    means = max(town.book.can_pay(firm.account) - 1, 0)
    share = share_that_fits(sum(orders) + region + world + taxes, means)
    orders = [cut(pence, share) for pence in orders]
    region, world, taxes = cut(region, share), cut(world, share), cut(taxes, share)
    firm.costs += sum(orders) + region + world + taxes
    placed = [(supplier, pence) for supplier, pence in zip(suppliers, orders, strict=True) if supplier is not None]
    without = sum(pence for supplier, pence in zip(suppliers, orders, strict=True) if supplier is None)
    return Purchases(firm, placed, region + without, world, taxes, cut(usual_taxes, share) - taxes)


def _buy_inputs(town: PlainTown) -> None:
    """All plans are made before any is paid; what a full supplier can't make is bought next door."""
    book = town.book
    plans = [_planned(town, firm) for firm in town.firms]
    orders = [(plan.firm, supplier, pence) for plan in plans for supplier, pence in plan.orders]
    accepted = serve([(supplier, pence) for _, supplier, pence in orders], unlimited=town.frozen)
    for (buyer, supplier, pence), made in zip(orders, accepted, strict=True):
        book.pay("inputs", buyer.account, supplier.account, made)
        book.pay("inputs", buyer.account, REGION_ACCOUNT, pence - made)
    for plan in plans:
        book.pay("inputs", plan.firm.account, REGION_ACCOUNT, plan.region)
        book.pay("inputs", plan.firm.account, WORLD_ACCOUNT, plan.world)
        book.pay("business taxes", plan.firm.account, GOVERNMENT_ACCOUNT, plan.taxes)
    _bear_rates_cut(town, sum(plan.taxes_saved for plan in plans))


def _bear_rates_cut(town: PlainTown, saved: int) -> None:
    """An anchor goes without its part of what firms save, as far as it has it."""
    rules = town.rules.enterprise
    if rules.rates_anchor >= 0:
        anchor = town.anchors[rules.rates_anchor]
        pence = min(int(saved * rules.rates_borne), town.book.can_pay(anchor.account))
        town.book.pay("rates forgone", anchor.account, GOVERNMENT_ACCOUNT, pence)
        anchor.received -= pence


def _serve_outside(town: PlainTown) -> None:
    """Each sector's outside buyers divide over its firms by weight; each firm has its luck."""
    structure = town.structure
    sigma = 0.0 if town.frozen else town.parameter("firms.export_noise")
    weight = dict.fromkeys(SECTORS, 0.0)
    for firm in town.firms:
        weight[firm.sector] += firm.export_weight
    orders = []
    for firm, draw in zip(town.firms, town.draw("outside demand", town.firms), strict=True):
        share = firm.export_weight / weight[firm.sector] if weight[firm.sector] > 0.0 else 0.0
        luck = lognormal(draw, sigma)
        orders.append((firm, round(structure.export_pool[firm.sector] * share * luck) + round(firm.outside_orders * luck)))
    for (firm, _), pence in zip(orders, serve(orders, unlimited=town.frozen), strict=True):
        parts = divided(pence, running(structure.export_payers[firm.sector]))
        for payer, part in zip((GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT), parts, strict=True):
            town.book.pay("exports", payer, firm.account, part)
