"""Tenders worked by hand: who hears, who may bid, what is asked, who wins."""

from __future__ import annotations

import numpy as np
import pytest

from sim.month.contracts.bids import (
    FROM_PLACE,
    FROM_REGION,
    FROM_WORLD,
    INVITED_PLACES,
    OPEN_PLACES,
    PLACES,
    Bids,
    asking_price,
    award,
    bidders_present,
    eligible,
    filling_gap,
    origins,
    reserved_to_place,
    social_value,
)

NONE = np.zeros(1)
NO = np.zeros(1, bool)
YES = np.ones(1, bool)


def bids(*given: tuple[int, float, float, float]) -> Bids:
    """One tender with bids (origin, price, quality, social value); the other places are empty."""
    empty = PLACES - len(given)
    columns = [np.array([[bid[k] for bid in given] + [0.0] * empty]) for k in range(4)]
    valid = np.array([[True] * len(given) + [False] * empty])
    origin = columns[0].astype(np.int8)
    firm = np.where(valid & (origin == FROM_PLACE), 0, -1)
    return Bids(valid, origin, firm, np.where(valid, columns[1], 1.0), columns[2], columns[3])


def test_a_reserved_competition_takes_bids_from_the_place_near_the_estimate() -> None:
    tender = bids((FROM_WORLD, 0.8, 0.9, 0.0), (FROM_PLACE, 1.04, 0.1, 0.0), (FROM_PLACE, 1.2, 1.0, 0.0))
    limit = np.array([1.05])
    assert reserved_to_place(tender, YES, limit).valid[0, :3].tolist() == [False, True, False]
    assert reserved_to_place(tender, NO, limit).valid[0, :3].tolist() == [True, True, True]
    # None of its own will do: the competition is open.
    assert reserved_to_place(tender, YES, np.array([1.0])).valid[0, :3].tolist() == [True, True, True]


def test_the_lowest_price_wins_where_price_alone_counts() -> None:
    tender = bids((FROM_WORLD, 1.0, 0.1, 0.0), (FROM_PLACE, 0.9, 0.0, 0.0), (FROM_REGION, 1.1, 1.0, 0.0))
    assert award(tender, 1.0, NONE, NO, NONE).tolist() == [1]


def test_quality_counts_with_its_weight() -> None:
    # 0.6 x 0.9/1.0 + 0.4 x 0.5 = 0.74 against 0.6 x 1 + 0.4 x 0.3 = 0.72: the dearer and better bid.
    better = bids((FROM_WORLD, 1.0, 0.5, 0.0), (FROM_WORLD, 0.9, 0.3, 0.0))
    assert award(better, 0.6, NONE, NO, NONE).tolist() == [0]
    # With quality 0.4 it has 0.70: the cheaper one.
    assert award(bids((FROM_WORLD, 1.0, 0.4, 0.0), (FROM_WORLD, 0.9, 0.3, 0.0)), 0.6, NONE, NO, NONE).tolist() == [1]


def test_social_value_tips_an_award_at_the_weight_worked_out_by_hand() -> None:
    # Merit 1.0 against 0.9; social value 0 against 1: they are level at a weight of 1/11.
    tender = bids((FROM_WORLD, 1.0, 1.0, 0.0), (FROM_PLACE, 1.0, 0.75, 1.0))
    assert award(tender, 0.6, np.array([0.090]), NO, NONE).tolist() == [0]
    assert award(tender, 0.6, np.array([0.092]), NO, NONE).tolist() == [1]


def test_nobody_wins_where_nobody_bids() -> None:
    assert award(bids(), 0.6, NONE, YES, np.array([0.5])).tolist() == [-1]


@pytest.mark.parametrize(("premium", "winner"), [(0.04, 1), (0.06, 0)])
def test_a_local_bid_goes_first_within_the_premium_over_the_best_outside_bid(premium: float, winner: int) -> None:
    tender = bids((FROM_PLACE, 1.05, 0.0, 0.0), (FROM_WORLD, 1.0, 1.0, 0.0))
    assert award(tender, 0.6, NONE, YES, np.array([premium])).tolist() == [winner]
    assert award(tender, 0.6, NONE, NO, np.array([premium])).tolist() == [1], "without a target the better bid wins"


def test_the_premium_is_over_the_bid_that_would_win_and_not_over_the_cheapest() -> None:
    tender = bids((FROM_PLACE, 1.05, 0.0, 0.0), (FROM_WORLD, 1.0, 1.0, 0.0), (FROM_WORLD, 0.8, 0.0, 0.0))
    assert award(tender, 0.6, NONE, YES, np.array([0.06])).tolist() == [0]


def test_the_best_local_bid_wins_without_a_rival_from_outside_at_any_price() -> None:
    tender = bids((FROM_PLACE, 3.0, 0.1, 0.0), (FROM_PLACE, 2.0, 0.1, 0.0))
    assert award(tender, 0.6, NONE, YES, NONE).tolist() == [1]


def test_a_target_without_a_local_bid_changes_nothing() -> None:
    tender = bids((FROM_REGION, 1.0, 0.2, 0.0), (FROM_WORLD, 1.0, 0.9, 0.0))
    assert award(tender, 0.6, NONE, YES, np.array([0.5])).tolist() == [1]


def test_open_bidders_come_from_where_their_draws_say_and_guests_are_local() -> None:
    draws = np.array([[0.05, 0.1, 0.39, 0.4, 0.99, 0.0, 0.5, 0.5]])
    found = origins(np.array([0.1]), np.array([0.3]), draws)
    local, region, world = FROM_PLACE, FROM_REGION, FROM_WORLD
    assert found[0, :OPEN_PLACES].tolist() == [local, region, region, world, world, local, world, world]
    assert found[0, OPEN_PLACES:].tolist() == [FROM_PLACE] * INVITED_PLACES


def test_there_is_always_one_open_bidder_and_never_more_than_the_places() -> None:
    present = bidders_present(3.5, np.zeros(3), np.array([1e-9, 0.5, 1.0 - 1e-12]), np.full(3, 0.5))
    assert present.sum(axis=1)[0] == 1
    assert present.sum(axis=1)[2] == OPEN_PLACES
    alone = bidders_present(1.0, np.zeros(2), np.array([0.1, 0.9]), np.full(2, 0.5))
    assert alone.sum(axis=1).tolist() == [1, 1]


@pytest.mark.parametrize(("invited", "draw", "guests"), [(0.0, 0.99, 0), (1.2, 0.79, 1), (1.2, 0.81, 2), (4.0, 0.5, 4), (9.0, 0.5, 4)])
def test_a_fraction_of_an_invitation_invites_one_more_by_chance(invited: float, draw: float, guests: int) -> None:
    present = bidders_present(1.0, np.array([invited]), np.array([0.5]), np.array([draw]))
    assert present[0, OPEN_PLACES:].sum() == guests


def test_the_number_of_bidders_has_the_mean_asked_for() -> None:
    draws = (np.arange(10000) + 0.5) / 10000
    present = bidders_present(3.5, np.zeros(10000), draws, np.full(10000, 0.5))
    # A little below, since eight is the most.
    assert present.sum(axis=1).mean() == pytest.approx(3.5, abs=0.03)


def test_local_firms_ask_their_price_and_the_premium_and_all_ask_the_wage_rise() -> None:
    origin = np.array([[FROM_PLACE, FROM_REGION, FROM_WORLD]])
    asked = asking_price(origin, np.full((1, 3), 1.1), 0.02, np.full((1, 3), 0.01), np.array([[1.0, 1.0, 2.0]]))
    np.testing.assert_allclose(asked, [[1.1 * 1.02 * 1.01, 1.01, 2.02]])


@pytest.mark.parametrize(
    ("value", "turnover", "spare", "may"),
    [(50.0, 100.0, 25.0, True), (50.1, 100.0, 99.0, False), (50.0, 100.0, 24.9, False), (0.0, 0.0, 0.0, True), (1.0, 0.0, 9.0, False)],
)
def test_the_turnover_test_and_room_decide_who_may_bid(value: float, turnover: float, spare: float, may: bool) -> None:
    found = eligible(np.array([value]), np.array([turnover]), np.array([spare]), 0.5, 0.5)
    assert found.tolist() == [may]


def test_social_value_is_made_of_its_parts() -> None:
    parts = np.array([[0.4, 0.3, 0.2, 0.1]])
    flags = np.array([[True, False, True]])
    found = social_value(parts, np.array([[1.0, 0.5, 0.0]]), flags, ~flags, flags)
    np.testing.assert_allclose(found, [[0.4 + 0.3 + 0.1, 0.2 + 0.2, 0.3 + 0.1]])


def test_tenders_are_reserved_anchor_by_anchor_until_the_gap_is_filled() -> None:
    anchor = np.array([1, 0, 1, 0, 1])
    value = np.array([10.0, 4.0, 10.0, 6.0, 10.0])
    order = np.array([0.9, 0.2, 0.1, 0.1, 0.5])
    # Anchor 0 lacks 5: the tender of 6, drawn first, is enough. Anchor 1 lacks 11: the two drawn first.
    assert filling_gap(anchor, value, np.array([5.0, 11.0]), order).tolist() == [False, False, True, True, True]
    assert not filling_gap(anchor, value, np.array([0.0, -3.0]), order).any()
    assert filling_gap(np.zeros(0, np.int64), np.zeros(0), np.array([5.0]), np.zeros(0)).tolist() == []
