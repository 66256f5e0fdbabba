"""Spending: residents compare sellers now and then, decide what to spend, and shop on their web."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.at_rows import at_rows
from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.categories import CATEGORIES
from sim.kinds.claims import liquid_savings
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import fill_rate, parts_in_turn
from sim.month.finance.paying import settle
from sim.month.trade.comparing import accepts
from sim.month.trade.demand_shocks import month_basket, pay_dearer_energy
from sim.month.trade.finding import find_sellers
from sim.month.trade.market import cut_short, note_sale, room_left

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def planned_spending(
    income: Integers, usual_income: Floats, savings: Integers, target: Integers, windfall_share: Floats, savings_return: float
) -> Floats:
    """What residents would like to spend, pence (n,).

    usual income + windfall share * (income - usual income) + return * (savings - target): unusual income is
    spent in part at once, usual income in full, and savings come back to their target (buffer-stock saving,
    Carroll 1997; shares of unusual income after Jappelli and Pistaferri).

    Examples
    --------
    >>> planned_spending(np.array([120]), np.array([100.0]), np.array([500]), np.array([400]), np.array([0.5]), 0.05).tolist()
    [115.0]
    """
    result: Floats = usual_income + windfall_share * (income - usual_income) + savings_return * (savings - target)
    return result


def affordable_spending(planned: Floats, available: Integers, housing: Integers) -> Integers:
    """Planned spending within what is left once the month's housing is set aside, whole pence (n,).

    Examples
    --------
    >>> affordable_spending(np.array([100.7, 90.0]), np.array([500, 100]), np.array([50, 40])).tolist()
    [100, 60]
    """
    result: Integers = np.clip(np.floor(planned), 0, np.maximum(available - housing, 0)).astype(np.int64)
    return result


def phase(town: Town) -> None:
    """Compare, plan, shop."""
    if not town.frozen:
        compare_sellers(town)
    amounts = plan(town)
    shop(town, amounts)


def compare_sellers(town: Town) -> None:
    """Residents whose seller has gone find another; some compare one category with a seller they hear of."""
    _replace_sellers_gone(town)
    residents, parameters = town.residents, town.rules.parameters
    habits = residents["habits"]
    # Few compare in a month: the draws of the others are not kept.
    row, draws = town.streams.uniform_below("compare sellers", town.month, residents.slots, parameters["households.comparison_rate"], 6)
    category = np.minimum((draws[:, 1] * len(CATEGORIES)).astype(np.int64), len(CATEGORIES) - 1)
    found = find_sellers(town, category, draws[:, 2:5])
    now = habits[row, category]
    moves = (found != now) & accepts(
        seller_price(town, now),
        seller_price(town, found),
        town.firm_row[found] >= 0,
        town.firm_row[now] >= 0,
        parameters["households.price_sensitivity"],
        parameters["households.local_preference"],
        draws[:, 5],
    )
    habits[row[moves], category[moves]] = found[moves]
    town.notes.habit_changes += int(moves.sum())


def _replace_sellers_gone(town: Town) -> None:
    """Residents whose seller has gone find another."""
    habits = town.residents["habits"]
    ended = town.firm_row < 0
    ended[: WORLD_ACCOUNT + 1] = False
    row, category = _places_of(ended, habits)
    if not row.size:
        return
    place = town.residents.slots[row] * len(CATEGORIES) + category
    draws = town.streams.uniform("seller gone", town.month, place, width=3)
    # Customers of a shop that closes look for another one here: going outside is a matter of comparing.
    draws[:, 0] = 0.0
    habits[row, category] = find_sellers(town, category, draws)
    town.notes.habit_changes += len(row)


def _places_of(marked: NDArray[np.bool_], habits: NDArray[np.int32]) -> tuple[Integers, Integers]:
    """Row and category of each habit (rows, categories) that is a marked account, by row."""
    found = [np.flatnonzero(marked.take(habits[:, category])) for category in range(habits.shape[1])]
    row, category = np.concatenate(found), np.repeat(np.arange(habits.shape[1]), [len(rows) for rows in found])
    order = np.argsort(row, kind="stable")
    return row[order], category[order]


def seller_price(town: Town, account: NDArray[np.int32]) -> Floats:
    """Price of each seller (n,): the firm's own, 1 outside the place."""
    row = town.firm_row[account]
    result: Floats = np.where(row >= 0, at_rows(town.firms["price"], row), 1.0)
    return result


def housing_due(town: Town) -> Integers:
    """What each resident must keep for housing this month: rent with arrears, or mortgage interest (n,) pence."""
    residents = town.residents
    interest = np.rint(residents["mortgage"] * (float(town.place.housing.mortgage_rate) / 12.0)).astype(np.int64)
    result: Integers = residents["rent"] + residents["rent_arrears"] + interest
    return result


def plan(town: Town) -> Integers:
    """Each resident's spending this month, pence (n,); usual income moves toward this month's."""
    residents, parameters, ledger = town.residents, town.rules.parameters, town.ledger
    income, usual = residents["income"], residents["usual_income"]
    housing = housing_due(town)
    available = ledger.available(residents["account"])
    if town.frozen:
        share = np.minimum(housing / np.maximum(usual, 1.0), 1.0)
        result: Integers = np.floor(np.maximum(income, 0) * (1.0 - share)).astype(np.int64)
        return np.minimum(result, available)
    usual += (income - usual) / parameters["households.income_smoothing"]
    planned = planned_spending(
        income,
        usual,
        liquid_savings(town) - income,
        residents["savings_target"],
        residents["windfall_share"],
        parameters["households.savings_return"],
    )
    return affordable_spending(planned - housing, available, housing)


def shop(town: Town, amounts: Integers) -> None:
    """Spend over the categories at the usual sellers; what a full firm cannot serve is bought next door."""
    residents, structure, ledger = town.residents, town.structure, town.ledger
    account, tenth = residents["account"], residents["income_tenth"].astype(np.int64)
    found = month_basket(town)
    if found is not None:
        amounts = np.floor(amounts * found.kept[tenth]).astype(np.int64)
    tax = np.floor(amounts * structure.spending_tax[tenth]).astype(np.int64)
    ledger.book("spending taxes", account, GOVERNMENT_ACCOUNT, tax)
    residents["spending"][:] = amounts
    net = amounts - tax if found is None else pay_dearer_energy(town, found, amounts - tax)
    shares = np.cumsum(structure.spending_shares if found is None else found.shares, axis=1)
    parts = parts_in_turn(net, (shares[:, category].take(tenth) for category in range(len(CATEGORIES))))
    for category, pence in enumerate(parts):
        _buy(town, account, residents["habits"][:, category], pence)


def _buy(town: Town, buyer: NDArray[np.int32], seller: NDArray[np.int32], pence: Integers) -> None:
    """One category: sales of local firms within their room; the rest, which is taken off `pence`, goes to the region or the world."""
    firms, ledger = town.firms, town.ledger
    account, price = firms["account"], firms["price"]
    orders = np.zeros(len(ledger), np.int64)
    np.add.at(orders, seller, pence)
    of_firms = orders[account]
    fill = fill_rate(of_firms / price, room_left(firms, unlimited=town.frozen))
    full = np.zeros(len(ledger), bool)
    full[account] = fill < 1.0
    short = np.flatnonzero(full.take(seller)) if full.any() else np.zeros(0, np.int64)
    unserved = pence[short]
    sale = cut_short(pence, short, town.firm_row[seller[short]], of_firms, fill, price, in_place=True)
    unserved -= sale.accepted[short]
    note_sale(firms, sale)
    orders[account] = sale.sales
    settle(town, "shopping", buyer, seller, sale.accepted, sums=orders)
    left = unserved > 0
    ledger.book("shopping", buyer[short[left]], REGION_ACCOUNT, unserved[left])


def set_income_tenths(town: Town) -> None:
    """Once a year: each resident's tenth of usual income, and the share of unusual income they spend at once."""
    residents, parameters = town.residents, town.rules.parameters
    residents["income_tenth"][:] = tenths(residents["usual_income"])
    low, high = parameters["households.windfall_low"], parameters["households.windfall_high"]
    wealth_tenth = tenths(liquid_savings(town).astype(np.float64))
    residents["windfall_share"][:] = low + (high - low) * wealth_tenth / 9.0


def tenths(values: Floats) -> NDArray[np.int8]:
    """Tenth of each value by rank, 0 the lowest (n,); ties in the order given.

    Examples
    --------
    >>> tenths(np.array([5.0, 1.0])).tolist()
    [5, 0]
    """
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return (rank * 10 // max(len(values), 1)).astype(np.int8)
