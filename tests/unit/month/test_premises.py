"""Premises by hand: who gets a unit, the market rent, and what a trust spends."""

from __future__ import annotations

import numpy as np

from sim.month.property.land_trust import shares_of_cut, works
from sim.month.property.premises import market_rent, next_tenants


def test_units_go_by_lot_among_those_who_may_have_one() -> None:
    may = np.array([True, False, True, True])
    draws = np.array([0.5, 0.0, 0.9, 0.1])
    nobody = np.zeros(4, bool)
    assert next_tenants(may, nobody, draws, 2).tolist() == [3, 0]
    assert next_tenants(may, np.array([False, True, True, False]), draws, 2).tolist() == [2, 3]
    assert next_tenants(may, nobody, draws, 9).tolist() == [3, 0, 2]
    assert next_tenants(may, nobody, draws, 0).tolist() == []


def test_rent_paid_elsewhere_is_no_more_than_what_is_bought_there() -> None:
    output, share, local_share = np.array([1000.0, 1000.0, 1000.0]), np.full(3, 0.05), np.array([0.01, 0.01, 0.06])
    here, away = market_rent(output, share, local_share, np.array([10, 10, 60]), np.array([500, 25, 500]))
    assert here.tolist() == [10, 10, 60]
    assert away.tolist() == [40, 25, 0]


def test_a_trust_keeps_a_year_of_upkeep_and_never_spends_what_it_has_not() -> None:
    assert works(np.array([0, 99, 1200, 1201, 5000]), np.array([100, 100, 100, 100, 100])).tolist() == [0, 99, 100, 100, 3800]
    assert works(np.array([700]), np.array([0])).tolist() == [700]


def test_a_cut_falls_on_contracts_by_value_to_the_penny() -> None:
    value = np.array([1, 1, 1, 997])
    part = shares_of_cut(value, 500)
    assert part.sum() == 500
    assert (part <= value).all()
    assert shares_of_cut(value, 5000).tolist() == value.tolist()
    assert shares_of_cut(np.zeros(2, np.int64), 10).tolist() == [0, 0]
