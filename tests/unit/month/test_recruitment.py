"""Targeted recruitment, training, accreditation and hours that vary, worked by hand."""

from __future__ import annotations

import numpy as np

from sim.month.labour.accreditation import chance_of_accreditation
from sim.month.labour.progression import places_to_train
from sim.month.labour.recruitment import matched, reserved_posts
from sim.month.labour.variable_hours import chance_of_variable_hours, month_hours


def flags(text: str) -> np.ndarray:
    return np.array([letter == "x" for letter in text])


def test_without_an_offer_seekers_take_posts_in_order() -> None:
    seeker, by_offer = matched(flags("..."), flags("x.x.x"))
    assert seeker.tolist() == [0, 1, 2]
    assert not by_offer.any()


def test_a_reserved_post_goes_to_the_first_targeted_seeker_and_the_rest_keep_their_order() -> None:
    seeker, by_offer = matched(flags(".xx."), flags("...xx."))
    assert seeker.tolist() == [0, 3, 4, 1]
    assert by_offer.tolist() == [False, True, True, False]


def test_what_no_targeted_seeker_takes_is_open_to_all() -> None:
    seeker, by_offer = matched(flags("xxx"), flags(".x.."))
    assert sorted(seeker.tolist()) == [0, 1, 2]
    assert by_offer.tolist() == [True, False, False]


def test_as_many_posts_are_filled_as_without_it() -> None:
    for posts, seekers in (("xxxx", ".x"), ("x", "..x"), ("", "x"), ("x", "")):
        seeker, _ = matched(flags(posts), flags(seekers))
        assert len(seeker) == min(len(posts), len(seekers)) == len(set(seeker.tolist()))


def test_posts_are_reserved_employer_by_employer() -> None:
    posts = np.array([2, 2, 2, 0, 1, 1])
    assert reserved_posts(posts, np.array([5, 1, 2])).tolist() == [True, True, False, True, True, False]


def test_training_stops_at_what_can_be_paid_and_at_nought() -> None:
    staff, draws = np.array([1200, 1200, 1200]), np.array([0.99, 0.99, 0.99])
    number = places_to_train(staff, np.array([0.1, 0.1, 0.0]), draws, np.array([10000, 250, 10000]), np.array([100, 100, 0]))
    assert number.tolist() == [10, 2, 0]


def test_as_many_join_as_the_share_says_and_none_joins_twice() -> None:
    above, may = np.array([1.0, 1.0, 0.25, 0.75]), np.array([True, True, True, False])
    chance = chance_of_accreditation(above, may, 0.12)
    assert abs(chance.sum() - 0.03) < 1e-12
    assert chance[3] == 0.0
    assert chance[0] == 4.0 * chance[2]
    assert chance_of_accreditation(np.zeros(2), np.ones(2, bool), 1.0).tolist() == [0.0, 0.0]


def test_hours_vary_evenly_and_a_guarantee_lifts_the_slack_months_only() -> None:
    draws = (np.arange(1000) + 0.5) / 1000
    free, half = month_hours(draws, 0.4, np.zeros(1000)), month_hours(draws, 0.4, np.full(1000, 0.8))
    assert abs(free.mean() - 1.0) < 1e-12
    assert half.min() == 0.8
    assert (half[free >= 0.8] == free[free >= 0.8]).all()


def test_the_mean_chance_of_variable_hours_is_the_share() -> None:
    rank = np.arange(1000) / 999
    assert abs(chance_of_variable_hours(rank, 0.03).mean() - 0.03) < 1e-12
