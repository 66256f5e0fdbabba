"""What places that adopt the same policies no longer buy here, worked by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from sim.kinds.rules_neighbours import NeighbourRules
from sim.month.trade.neighbours import lost_to_adopters, outside_buyers, work_elsewhere

#: Sector 0 sells 1,000 outside, sector 1 sells 100: public bodies, next door, further away.
POOL = np.array([1000.0, 100.0])
PAYERS = np.array([[0.2, 0.5, 0.3], [0.0, 0.1, 0.9]])


def town(region: float = 0.0, world: float = 0.0, moved: list[list[float]] | None = None) -> SimpleNamespace:
    """A town that has nothing but customers outside."""
    rules = NeighbourRules(region, world, None if moved is None else np.array(moved))
    structure = SimpleNamespace(export_pool=POOL, export_payers=PAYERS)
    return SimpleNamespace(rules=SimpleNamespace(neighbours=rules), structure=structure)


def test_work_elsewhere_is_told_by_side_and_sector() -> None:
    book = {"supplier": np.array([1, 2, 4, 1]), "value": np.array([10, 20, 40, 80]), "category": np.array([0, 1, 0, 1])}
    firm_row = np.array([-1, -1, -1, -1, 0])
    assert work_elsewhere(book, firm_row, 2).tolist() == [[10.0, 80.0], [0.0, 20.0]]


def test_nothing_is_lost_while_nobody_adopts() -> None:
    pool, payers = outside_buyers(town())
    assert pool is POOL and payers.tolist() == np.cumsum(PAYERS, axis=1).tolist()
    assert lost_to_adopters(town()).tolist() == [0.0, 0.0]


def test_the_region_takes_home_what_was_moved_from_it_out_of_what_it_buys_here() -> None:
    # 70 moved from next door in sector 0: public bodies take back 2/7 of it, others next door 5/7. Further away stays.
    found = town(region=1.0, moved=[[70.0, 50.0], [500.0, 0.0]])
    assert lost_to_adopters(found).tolist() == [70.0, 10.0], "of sector 1 the region buys no more than 10"
    pool, payers = outside_buyers(found)
    np.testing.assert_allclose(pool, [930.0, 90.0])
    np.testing.assert_allclose(np.diff(payers, axis=1, prepend=0.0) * pool[:, None], [[180.0, 450.0, 300.0], [0.0, 0.0, 90.0]])
    assert payers[:, -1].tolist() == [1.0, 1.0]


def test_everywhere_takes_home_what_was_moved_from_both_sides() -> None:
    found = town(region=1.0, world=0.5, moved=[[70.0, 0.0], [60.0, 40.0]])
    assert lost_to_adopters(found).tolist() == [100.0, 20.0]
    pool, payers = outside_buyers(found)
    np.testing.assert_allclose(pool, [900.0, 80.0])
    np.testing.assert_allclose(np.diff(payers, axis=1, prepend=0.0), PAYERS)


def test_policies_that_give_work_to_others_bring_custom_here() -> None:
    pool, _ = outside_buyers(town(region=1.0, moved=[[-70.0, 0.0], [0.0, 0.0]]))
    np.testing.assert_allclose(pool, [1070.0, 100.0])


def test_a_sector_that_adopters_buy_nothing_of_is_left_alone_whatever_moved() -> None:
    found = town(region=1.0, moved=[[-50.0, 0.0], [0.0, 0.0]])
    found.structure.export_payers = np.array([[0.0, 0.0, 1.0], [0.0, 0.1, 0.9]])
    pool, payers = outside_buyers(found)
    assert pool.tolist() == [1000.0, 100.0] and payers[0].tolist() == [0.0, 0.0, 1.0]
