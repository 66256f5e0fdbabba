"""Spending: people compare sellers now and then, decide what to spend, and shop."""

from __future__ import annotations

import math
from bisect import bisect_left

from oracle.plain.homes import interest_of
from oracle.plain.market import serve
from oracle.plain.objects import Person
from oracle.plain.pennies import clipped, divided, exponential_of, running
from oracle.plain.sellers import Sellers
from oracle.plain.town import PlainTown

from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.categories import CATEGORIES

NUMBER = len(CATEGORIES)


def phase(town: PlainTown) -> None:
    """Compare, plan, shop."""
    if not town.frozen:
        sellers = Sellers(town.firms)
        _replace_sellers_gone(town, sellers)
        _compare(town, sellers)
    for person in town.people:
        person.spending = _planned(town, person)
    _shop(town)


def _replace_sellers_gone(town: PlainTown, sellers: Sellers) -> None:
    """Whoever's usual seller has gone finds another in the place, if the category is sold here at all."""
    places = [
        (person, category)
        for person in town.people
        for category, account in enumerate(person.habits)
        if account > WORLD_ACCOUNT and account not in town.firm_at
    ]
    draws = town.draws_of_slots("seller gone", [person.slot * NUMBER + category for person, category in places], 3)
    for (person, category), (_, which_sector, which_firm) in zip(places, draws, strict=True):
        person.habits[category] = _found(town, sellers, category, [0.0, which_sector, which_firm])
        town.notes.habit_changes += 1


def _found(town: PlainTown, sellers: Sellers, category: int, draws: list[float]) -> int:
    """Account of a seller found by chance: in the place, next door or further away; its sector; the firm."""
    structure = town.structure
    if draws[0] < structure.category_local[category]:
        cumulative = structure.category_sector[category]
        sector = min(bisect_left(cumulative, draws[1] * cumulative[-1]), len(cumulative) - 1)
        firm = sellers.found(sector, draws[2])
        return firm.account if firm else REGION_ACCOUNT
    beyond = structure.category_local[category] + structure.category_region[category]
    return REGION_ACCOUNT if draws[0] < beyond else WORLD_ACCOUNT


def _compare(town: PlainTown, sellers: Sellers) -> None:
    """Some compare one category with a seller they hear of, and may go over."""
    for person, draws in zip(town.people, town.draws("compare sellers", town.people, 6), strict=True):
        if draws[0] >= town.parameter("households.comparison_rate"):
            continue
        category = min(int(draws[1] * NUMBER), NUMBER - 1)
        found, now = _found(town, sellers, category, draws[2:5]), person.habits[category]
        if found != now and _goes_over(town, now, found, draws[5]):
            person.habits[category] = found
            town.notes.habit_changes += 1


def _goes_over(town: PlainTown, now: int, found: int, draw: float) -> bool:
    """A logistic choice on price, with a leaning to sellers in the place."""
    old, new = town.firm_at.get(now), town.firm_at.get(found)
    cheaper = (old.price if old else 1.0) - (new.price if new else 1.0)
    leaning = town.parameter("households.local_preference") * ((new is not None) - (old is not None))
    odds = exponential_of(-(town.parameter("households.price_sensitivity") * cheaper + leaning))
    return draw * (1.0 + odds) < 1.0


def _planned(town: PlainTown, person: Person) -> int:
    """Usual income, part of unusual income, and savings back to their target; never what this month's housing needs."""
    housing = person.rent + person.rent_arrears + interest_of(town, person)
    can_pay = town.book.can_pay(person.account)
    if town.frozen:
        share = min(housing / max(person.usual_income, 1.0), 1.0)
        return min(math.floor(max(person.income, 0) * (1.0 - share)), can_pay)
    person.usual_income += (person.income - person.usual_income) / town.parameter("households.income_smoothing")
    savings = town.book.balance[person.account] - person.income
    planned = (
        person.usual_income
        + person.windfall_share * (person.income - person.usual_income)
        + town.parameter("households.savings_return") * (savings - person.savings_target)
    )
    return int(clipped(math.floor(planned - housing), 0, max(can_pay - housing, 0)))


def _shop(town: PlainTown) -> None:
    """Tax first; then one market for each category, in order."""
    structure = town.structure
    shares = [running(row) for row in structure.spending_shares]
    baskets = []
    for person in town.people:
        tax = math.floor(person.spending * structure.spending_tax[person.income_tenth])
        town.book.pay("spending taxes", person.account, GOVERNMENT_ACCOUNT, tax)
        baskets.append(divided(person.spending - tax, shares[person.income_tenth]))
    for category in range(NUMBER):
        _buy(town, category, [basket[category] for basket in baskets])


def _buy(town: PlainTown, category: int, pence: list[int]) -> None:
    """What a full firm can't serve is bought next door."""
    local = []
    for person, wanted in zip(town.people, pence, strict=True):
        seller = person.habits[category]
        if seller in town.firm_at:
            local.append((person, wanted))
        else:
            town.book.pay("shopping", person.account, seller, wanted)
    accepted = serve([(town.firm_at[person.habits[category]], wanted) for person, wanted in local], unlimited=town.frozen)
    for (person, wanted), made in zip(local, accepted, strict=True):
        town.book.pay("shopping", person.account, person.habits[category], made)
        town.book.pay("shopping", person.account, REGION_ACCOUNT, wanted - made)


def set_tenths(town: PlainTown) -> None:
    """Once a year: tenths of usual income, and by tenths of deposits the share of unusual income spent at once."""
    low, high = town.parameter("households.windfall_low"), town.parameter("households.windfall_high")
    number = len(town.people)
    for rank, person in enumerate(sorted(town.people, key=lambda person: person.usual_income)):
        person.income_tenth = rank * 10 // number
    for rank, person in enumerate(sorted(town.people, key=lambda person: town.book.balance[person.account])):
        person.windfall_share = low + (high - low) * (rank * 10 // number) / 9.0
