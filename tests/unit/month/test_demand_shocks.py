"""Shocks to demand and furlough worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.month.labour.furlough import furlough_pay
from sim.month.trade.demand_shocks import ENERGY_CATEGORY, basket, fewer_buyers

EATING = 4


def shares(energy: float, eating: float) -> np.ndarray:
    usual = np.zeros((1, 10))
    usual[0, [0, ENERGY_CATEGORY, EATING]] = 1.0 - energy - eating, energy, eating
    return usual


def test_what_is_avoided_stays_in_the_pocket_and_the_rest_is_as_usual() -> None:
    fall = np.zeros(10)
    fall[EATING] = 0.5
    found = basket(shares(0.1, 0.4), fall, 1.0)
    assert found.kept.tolist() == [0.8]
    assert found.dearer.tolist() == [0.0]
    np.testing.assert_allclose(found.kept[0] * found.shares[0, [0, ENERGY_CATEGORY, EATING]], [0.5, 0.1, 0.2])


def test_dearer_energy_takes_from_all_else_and_its_sellers_get_what_they_got() -> None:
    found = basket(shares(0.1, 0.4), np.zeros(10), 1.5)
    assert found.kept.tolist() == [1.0]
    assert found.dearer[0] == pytest.approx(0.05)
    spent = (1.0 - found.dearer[0]) * found.shares[0]
    np.testing.assert_allclose(spent[[0, ENERGY_CATEGORY, EATING]], [0.5 * 85 / 90, 0.1, 0.4 * 85 / 90])
    assert spent.sum() + found.dearer[0] == pytest.approx(1.0)


def test_energy_can_take_all_there_is_and_no_more() -> None:
    found = basket(shares(0.5, 0.3), np.zeros(10), 6.0)
    assert found.dearer.tolist() == [0.5]
    np.testing.assert_allclose(found.shares[0, [0, ENERGY_CATEGORY, EATING]], [0.0, 1.0, 0.0], atol=1e-12)


def test_someone_who_would_spend_nothing_spends_nothing() -> None:
    found = basket(shares(0.1, 0.4), np.ones(10), 2.0)
    assert found.kept.tolist() == [0.0]
    assert np.isfinite(found.shares).all()


def test_the_government_buys_as_before() -> None:
    pool, cumulative = fewer_buyers(np.array([200.0, 50.0]), np.array([[0.25, 0.5, 1.0], [1.0, 1.0, 1.0]]), np.array([0.5, 0.5]))
    assert pool.tolist() == [125.0, 50.0]
    np.testing.assert_allclose(cumulative[0], [0.4, 0.6, 1.0])
    assert cumulative[1].tolist() == [1.0, 1.0, 1.0]


def test_furlough_pays_whole_pence_up_to_its_ceiling() -> None:
    assert furlough_pay(np.array([0, 101, 1000]), 0.8, 500).tolist() == [0, 80, 500]
