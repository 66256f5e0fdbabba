"""Shapley values: the whole effect of a package shared among its members, fairly and to the penny.

The members of a package are the players of a game: its value for a set of members is the effect when those alone are in force. The
share of a member is what it adds to those that came before, averaged over all orders in which they can come (Shapley, "A value for
n-person games", *Contributions to the Theory of Games* II, 1953). It is the only rule by which shares add up to the whole,
members that do the same get the same, a member that changes nothing gets nothing, and the shares of two games add up.

Up to eight members all sets are run. Beyond, a sample of orders is drawn for each seed (Castro, Gómez and Tejada, *Computers and
Operations Research* 36, 2009), half of them the other half backwards, so that what depends on coming early or late cancels (Mitchell,
Cooper, Frank and Holmes, *Journal of Machine Learning Research* 23, 2022). Shares add up to the whole in every single order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import factorial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.core.streams import Streams

__all__ = ["MOST_EXACT", "Game", "exact_game", "mean_pence", "sampled_game", "sampled_orders", "whole_shares"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: With more players the sets are too many to run them all.
MOST_EXACT: Final = 8
#: Sums below this are exact in int64.
SAFE: Final = 2**62


@dataclass(frozen=True)
class Game:
    """Which sets of players must be run, and how their values become shares.

    Parameters
    ----------
    players : int
        Number of players.
    coalitions : tuple of int
        The sets; bit i says whether player i is in.
    weights : ndarray of int64, shape (players, coalitions)
        Numerators: the share of a player is the weighted sum of the values over the denominator.
    denominator : int
        The same for all weights.
    """

    players: int
    coalitions: tuple[int, ...]
    weights: Integers
    denominator: int

    @cached_property
    def _heaviest(self) -> int:
        """The largest sum of weights without their signs."""
        return int(np.abs(self.weights).sum(axis=1).max(initial=1))

    def numerators(self, pence: Integers) -> NDArray[Any]:
        """Exact shares times the denominator.

        Parameters
        ----------
        pence : ndarray of int64, shape (coalitions, columns)
            Whole values in the order of the coalitions.

        Returns
        -------
        ndarray of Python int, shape (players, columns)
        """
        change = pence - pence[self.coalitions.index(0)]
        largest = int(np.abs(change).max(initial=0))
        if largest * self._heaviest < SAFE:
            small: NDArray[Any] = (self.weights @ change).astype(object)
            return small
        result: NDArray[Any] = self.weights.astype(object) @ change.astype(object)
        return result

    def shares(self, values: Floats) -> Floats:
        """Shares of values that are no whole pence; their sum is the whole effect to the last bits of a float.

        Parameters
        ----------
        values : ndarray of float64, shape (coalitions, columns)
            In the order of the coalitions; not a number where a value does not exist, and then no share of that column does.

        Returns
        -------
        ndarray of float64, shape (players, columns)
        """
        change = values - values[self.coalitions.index(0)]
        result: Floats = (self.weights.astype(np.float64) @ change) / self.denominator
        return result

    def whole(self, values: NDArray[Any]) -> NDArray[Any]:
        """The whole effect: all players less none, shape (columns,)."""
        result: NDArray[Any] = values[self.coalitions.index(2**self.players - 1)] - values[self.coalitions.index(0)]
        return result


def exact_game(players: int) -> Game:
    """The game in which every set of players is run.

    Parameters
    ----------
    players : int
        1 to `MOST_EXACT`.

    Examples
    --------
    >>> game = exact_game(2)  # alone 60 and 20, together 100: each gets half of what is left when the other has come first
    >>> game.shares(np.array([[0.0], [60.0], [20.0], [100.0]])).ravel().tolist()
    [70.0, 30.0]
    """
    if not 1 <= players <= MOST_EXACT:
        raise ValueError(f"an exact game has 1 to {MOST_EXACT} players, not {players}")
    coalitions = np.arange(2**players)
    sizes = np.array([int(mask).bit_count() for mask in coalitions])
    inside = (coalitions[None, :] >> np.arange(players)[:, None]) & 1 == 1
    # A set of s others is what came before a player in s! (n - s - 1)! of the n! orders.
    after = np.array([factorial(s - 1) * factorial(players - s) if s else 0 for s in sizes])
    before = np.array([factorial(s) * factorial(players - s - 1) if s < players else 0 for s in sizes])
    weights = np.where(inside, after[None, :], -before[None, :]).astype(np.int64)
    return Game(players, tuple(int(mask) for mask in coalitions), weights, factorial(players))


def sampled_orders(players: int, orders: int, seed: int) -> Integers:
    """Orders of the players for one seed, drawn from a stream of their own.

    Parameters
    ----------
    players : int
        Number of players.
    orders : int
        An even number: half are drawn, half are those backwards.
    seed : int
        Seed of the run.

    Returns
    -------
    ndarray of int64, shape (orders, players)

    Examples
    --------
    >>> orders = sampled_orders(9, 4, seed=1)
    >>> orders.shape, bool((orders[0] == orders[2][::-1]).all())
    ((4, 9), True)
    """
    if orders < 2 or orders % 2:
        raise ValueError(f"orders come in pairs, one forwards and one backwards: an even number of 2 or more, not {orders}")
    draws = Streams(seed).uniform("explained orders", 0, orders // 2, width=players).reshape(orders // 2, players)
    drawn = np.argsort(draws, axis=1, kind="stable").astype(np.int64)
    return np.concatenate([drawn, drawn[:, ::-1]])


def sampled_game(orders: Integers) -> Game:
    """The game in which a sample of orders is run.

    Parameters
    ----------
    orders : ndarray of int64, shape (orders, players)
        In each row every player once.

    Examples
    --------
    >>> game = sampled_game(np.array([[0, 1], [1, 0]]))
    >>> game.coalitions, game.shares(np.array([[0.0], [60.0], [20.0], [100.0]])).ravel().tolist()
    ((0, 1, 2, 3), [70.0, 30.0])
    """
    count, players = orders.shape
    weight: dict[tuple[int, int], int] = {}
    met = {0}
    for order in orders.tolist():
        before = 0
        for player in order:
            after = before | 1 << player
            weight[player, after] = weight.get((player, after), 0) + 1
            weight[player, before] = weight.get((player, before), 0) - 1
            before = after
            met.add(after)
    coalitions = tuple(sorted(met))
    place = {mask: at for at, mask in enumerate(coalitions)}
    weights = np.zeros((players, len(coalitions)), np.int64)
    for (player, mask), value in weight.items():
        weights[player, place[mask]] = value
    return Game(players, coalitions, weights, count)


def whole_shares(numerators: Sequence[int], denominator: int) -> list[int]:
    """Exact shares rounded to whole pence whose sum is the rounded sum: the largest remainders are rounded up.

    Of equal remainders the first in order is rounded up, so a share is less than a penny from its exact value, and two members that
    do the same may differ by one.

    Examples
    --------
    >>> whole_shares([10, 10, 10], 3), whole_shares([-10, -10, 19], 3), whole_shares([100, 100, 100], 3)
    ([4, 3, 3], [-3, -3, 6], [34, 33, 33])
    """
    total = (2 * sum(numerators) + denominator) // (2 * denominator)
    floors = [numerator // denominator for numerator in numerators]
    remainders = [numerator % denominator for numerator in numerators]
    first = sorted(range(len(floors)), key=lambda place: (-remainders[place], place))
    for place in first[: total - sum(floors)]:
        floors[place] += 1
    return floors


def mean_pence(numerators: Sequence[NDArray[Any]], denominator: int) -> Integers:
    """The mean of exact shares over seeds in whole pence.

    Parameters
    ----------
    numerators : sequence of ndarray of int, each of shape (players, columns)
        One for each seed, by `Game.numerators` of games with one denominator.
    denominator : int
        That denominator.

    Returns
    -------
    ndarray of int64, shape (players, columns)
        In each column they add up to the mean whole effect, rounded to the penny.

    Examples
    --------
    >>> mean_pence([np.array([[3], [2]], object), np.array([[4], [2]], object)], 1).ravel().tolist()
    [4, 2]
    """
    total = np.sum(np.array(numerators, object), axis=0)
    columns = [whole_shares(column.tolist(), denominator * len(numerators)) for column in total.T]
    return np.array(columns, np.int64).reshape(total.shape[1], total.shape[0]).T
