"""Premises by hand: who gets a unit, and the market rent."""

from __future__ import annotations

import numpy as np

from sim.month.premises import market_rent, next_tenants


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
