"""Homes by hand: how many are begun, who is offered one, who can buy."""

from __future__ import annotations

import numpy as np

from sim.month.property.allocation import by_need, may_buy
from sim.month.property.benefits import rent_met
from sim.month.property.housing_supply import places_begun


def test_a_programme_begins_in_a_year_what_it_says_and_less_than_one_a_month_in_some_months() -> None:
    for yearly in (0.5, 1.0, 7.0, 20.0, 240.0):
        begun = [places_begun(month, yearly) for month in range(1, 241)]
        assert sum(begun) == round(20 * yearly)
        assert max(begun) - min(begun) <= 1


def test_those_behind_with_their_rent_come_first_then_those_whom_rent_takes_most_from() -> None:
    arrears = np.array([0, 0, 10, 10, 0])
    rent = np.array([300, 300, 300, 300, 300])
    income = np.array([600.0, 300.0, 3000.0, 1000.0, 600.0])
    draws = np.array([0.9, 0.5, 0.5, 0.5, 0.1])
    assert by_need(arrears, rent, income, draws).tolist() == [3, 2, 1, 4, 0]


def test_rent_that_benefits_meet_is_no_burden() -> None:
    met = rent_met(np.array([1, 0]), np.array([2, 2]), np.array([300, 300]))
    order = by_need(np.zeros(2, np.int64), np.array([300, 300]) - met, np.array([600.0, 2000.0]) - met, np.zeros(2))
    assert order.tolist() == [1, 0], "the tenant on benefits pays nothing of their own"


def test_a_buyer_can_pay_the_trust_and_not_the_market() -> None:
    terms = {"price": 50000, "deposit": 5000, "market": 100000, "multiple": 4.5}
    savings = np.array([5000, 4999, 5000, 10000, 9999])
    income = np.array([45000 / 54, 2000.0, 45000 / 54 - 1, 90000 / 54, 90000 / 54])
    assert may_buy(savings, income, **terms).tolist() == [True, False, False, False, True]
