"""Shapley values: published games, the four properties that define them, and sums to the penny."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.runs.explaining.shapley import exact_game, mean_pence, sampled_game, sampled_orders, whole_shares
from sim.runs.statistics.differences import mean_intervals

MOST = 10**12


def values_of(players, function):
    """Values of all sets, in their order, shape (sets, 1)."""
    return np.array([[function({i for i in range(players) if mask >> i & 1})] for mask in range(2**players)])


def exact(players, function):
    """Exact shares of a game given as a function of a set."""
    game = exact_game(players)
    numerators = game.numerators(values_of(players, function).astype(np.int64))
    return [Fraction(int(row[0]), game.denominator) for row in numerators]


def by_hand(players, function):
    """The definition: what each adds, over all orders."""
    shares = [Fraction(0)] * players
    orders = list(permutations(range(players)))
    for order in orders:
        for place, player in enumerate(order):
            shares[player] += Fraction(function(set(order[: place + 1])) - function(set(order[:place])), len(orders))
    return shares


def test_the_glove_game():
    """One right glove and two left ones; a pair is worth one (Shapley and Shubik, "Pure competition", 1969): 4/6 and 1/6 each."""
    assert exact(3, lambda who: int(0 in who and len(who) > 1)) == [Fraction(4, 6), Fraction(1, 6), Fraction(1, 6)]


def test_the_airport_game():
    """Runways for 8, 11, 13 and 18 (Littlechild and Owen, Management Science 20, 1973): users of a stretch share it equally."""
    cost = [8, 11, 13, 18]
    assert exact(4, lambda who: max((cost[i] for i in who), default=0)) == [2, 3, 4, 9]


def test_a_voting_game():
    """Weights 4, 3, 2, 1 with 6 needed (Shapley and Shubik, American Political Science Review 48, 1954, the rule): 5, 3, 3, 1 of 12."""
    weight = [4, 3, 2, 1]
    shares = exact(4, lambda who: int(sum(weight[i] for i in who) >= 6))
    assert shares == [Fraction(part, 12) for part in (5, 3, 3, 1)]


games = st.integers(1, 5).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(-MOST, MOST), min_size=2**n, max_size=2**n)))


def of_list(values):
    return lambda who: values[sum(1 << i for i in who)]


@given(games)
@settings(max_examples=40, deadline=None)
def test_exact_shares_are_the_definition_and_add_up(game):
    players, values = game
    shares = exact(players, of_list(values))
    assert shares == by_hand(players, of_list(values))
    assert sum(shares) == values[-1] - values[0]
    whole = whole_shares([share.numerator * (120 // share.denominator) for share in shares], 120)
    assert sum(whole) == values[-1] - values[0]
    assert all(abs(part - share) < 1 for part, share in zip(whole, shares, strict=True))


@given(games, st.data())
@settings(max_examples=30, deadline=None)
def test_a_player_that_changes_nothing_gets_nothing(game, data):
    players, values = game
    idle = data.draw(st.integers(0, players))

    def function(who):
        others = {i - (i > idle) for i in who if i != idle}
        return of_list(values)(others)

    assert exact(players + 1, function)[idle] == 0


@given(games, st.data())
@settings(max_examples=30, deadline=None)
def test_players_that_do_the_same_get_the_same(game, data):
    players, values = game
    one, other = data.draw(st.integers(0, players - 1)), data.draw(st.integers(0, players - 1))

    def swapped(who):
        return {other if i == one else one if i == other else i for i in who}

    function = of_list(values)
    shares = exact(players, lambda who: function(who) + function(swapped(who)))
    assert shares[one] == shares[other]


@given(games, st.data())
@settings(max_examples=30, deadline=None)
def test_shares_of_two_games_add_up(game, data):
    players, values = game
    second = data.draw(st.lists(st.integers(-MOST, MOST), min_size=2**players, max_size=2**players))
    both = exact(players, lambda who: of_list(values)(who) + of_list(second)(who))
    assert both == [a + b for a, b in zip(exact(players, of_list(values)), exact(players, of_list(second)), strict=True)]


def eight(who):
    """A game of eight with pairs that help and hinder each other, in pence: no share of it is whole."""
    own = sum(1_000_003 * (i + 1) ** 2 for i in who)
    pairs = sum((-1) ** (i + j) * 77_777 * (i + 1) * (j + 2) for i in who for j in who if i < j)
    return own + pairs + (len(who) ** 3) * 101


def test_eight_players_add_up_to_the_penny():
    shares = exact(8, eight)
    game = exact_game(8)
    whole = mean_pence([game.numerators(values_of(8, eight))], game.denominator)[:, 0]
    assert any(share.denominator > 1 for share in shares)
    assert int(whole.sum()) == eight(set(range(8))) - eight(set())
    assert all(abs(int(part) - share) < 1 for part, share in zip(whole, shares, strict=True))


def test_sums_too_large_for_64_bits_stay_exact():
    players, values = 5, [(-1) ** mask.bit_count() * (2**60 + mask) for mask in range(32)]
    assert exact(players, of_list(values)) == by_hand(players, of_list(values))


def test_ratios_add_up_to_the_whole():
    draws = np.linspace(0.1, 3.7, 256)[:, None] ** 1.5 * np.array([[1.0, -2.0, 1e9]])
    game = exact_game(8)
    np.testing.assert_allclose(game.shares(draws).sum(axis=0), game.whole(draws), rtol=1e-12)
    draws[17, 1] = np.nan
    assert np.isnan(game.shares(draws)[:, 1]).all()
    assert np.isfinite(game.shares(draws)[:, 0]).all()


def test_the_mean_over_seeds_adds_up_to_the_penny():
    game = exact_game(3)
    seeds = [np.array([[0], [10 + s], [7 * s], [31], [5], [44], [3 - s], [101 + s]], np.int64) for s in range(4)]
    whole = mean_pence([game.numerators(values) for values in seeds], game.denominator)
    assert int(whole.sum()) == round(sum(int(game.whole(values)[0]) for values in seeds) / 4 + 1e-9)


@pytest.mark.parametrize("players", [9, 12])
def test_sampled_shares_add_up_in_every_seed(players):
    function = lambda who: sum((i + 1) * 1000 for i in who) + 13 * len(who) ** 2  # noqa: E731
    for seed in (1, 2):
        game = sampled_game(sampled_orders(players, 4, seed))
        pence = np.array([[function({i for i in range(players) if mask >> i & 1})] for mask in game.coalitions])
        numerators = game.numerators(pence)
        assert sum(numerators[:, 0]) == game.denominator * int(game.whole(pence)[0])
        assert len(game.coalitions) <= 4 * (players - 1) + 2


def test_orders_belong_to_their_seed():
    first = sampled_orders(10, 6, 1)
    assert (first == sampled_orders(10, 6, 1)).all()
    assert (first != sampled_orders(10, 6, 2)).any()
    assert (sampled_orders(10, 8, 1)[:3] == first[:3]).all()
    assert all(sorted(order) == list(range(10)) for order in first.tolist())
    with pytest.raises(ValueError, match="orders come in pairs"):
        sampled_orders(10, 5, 1)


def test_a_game_of_pairs_is_sampled_without_error():
    """With effects of pairs alone an order and the same backwards average to the exact share: each pair meets both ways round."""
    game = sampled_game(sampled_orders(9, 2, 3))
    pairs = [[float((i * 7 + j * 3) % 11 - 5) if i < j else 0.0 for j in range(9)] for i in range(9)]
    values = np.array(
        [[sum(pairs[i][j] for i in range(9) for j in range(9) if mask >> i & 1 and mask >> j & 1)] for mask in game.coalitions]
    )
    shares = game.shares(values)[:, 0]
    np.testing.assert_allclose(shares, [(sum(pairs[i]) + sum(row[i] for row in pairs)) / 2 for i in range(9)], atol=1e-12)


def test_the_security_council_lies_in_its_intervals():
    """Five members with a veto and ten without, nine votes needed (Shapley and Shubik 1954, for today's fifteen): 421/2145 and 4/2145."""
    shares = []
    for seed in range(1, 201):
        game = sampled_game(sampled_orders(15, 10, seed))
        values = np.array([[float(mask & 31 == 31 and mask.bit_count() >= 9)] for mask in game.coalitions])
        shares.append(game.shares(values)[:, 0])
    _, low, high, _ = mean_intervals(np.array([[share[:5].mean(), share[5:].mean(), share[0]] for share in shares]))
    for at, true in enumerate((421 / 2145, 4 / 2145, 421 / 2145)):
        assert low[at] < true < high[at]


def test_wrong_numbers_of_players_are_refused():
    for players in (0, 9):
        with pytest.raises(ValueError, match="1 to 8 players"):
            exact_game(players)
