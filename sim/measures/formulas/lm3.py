"""The Local Multiplier 3 of the New Economics Foundation: three rounds of spending inside a chosen area.

Round 1 is the money that enters, round 2 what its recipient spends inside the area, round 3 what those recipients spend there again.
J. Sacks, *The Money Trail: Measuring your impact on the local economy using LM3*, New Economics Foundation and the
Countryside Agency, 2002.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["lm3", "lm3_of_flows", "mean_local_share", "money_counted", "multiplier_after_rounds", "multiplier_of_all_rounds"]

Floats = NDArray[np.float64]


def lm3(first_round: float, second_round: float, third_round: float) -> float:
    """(round 1 + round 2 + round 3) / round 1, from 1 (all leaves at once) to 3 (nothing leaves).

    Parameters
    ----------
    first_round : float
        Money that enters, above 0; any unit of money, the same for all three.
    second_round, third_round : float
        Money spent inside the area in the next two rounds.

    Returns
    -------
    float
        Ratio.

    Raises
    ------
    ValueError
        When no money enters or a round is below nought.

    Examples
    --------
    >>> lm3(100.0, 40.0 + 20.0, 24.0)
    1.84
    """
    if not first_round > 0 or second_round < 0 or third_round < 0:
        raise ValueError(f"LM3 needs a first round above 0 and others at or above 0, given {first_round}, {second_round}, {third_round}")
    return (first_round + second_round + third_round) / first_round


def multiplier_after_rounds(local_share: float, rounds: int) -> float:
    """Multiplier of a given number of rounds when each spends the same share inside the area; the money that enters is round 1.

    Parameters
    ----------
    local_share : float
        Share spent inside the area, 0 to 1.
    rounds : int
        Rounds counted, at least 1; three give LM3, ``1 + p + p**2``.

    Examples
    --------
    >>> round(multiplier_after_rounds(0.4, 3), 2)
    1.56
    """
    if not 0 <= local_share <= 1 or rounds < 1:
        raise ValueError(f"needs a share from 0 to 1 and at least one round, given {local_share} and {rounds}")
    return float(sum(local_share**power for power in range(rounds)))


def multiplier_of_all_rounds(local_share: float) -> float:
    """Multiplier of endless rounds with one local share p: 1 / (1 - p); infinite when nothing leaves.

    Examples
    --------
    >>> multiplier_of_all_rounds(0.6)
    2.5
    """
    if not 0 <= local_share <= 1:
        raise ValueError(f"needs a share from 0 to 1, given {local_share}")
    return float("inf") if local_share == 1 else 1.0 / (1.0 - local_share)


def money_counted(rounds: ArrayLike) -> float:
    """Plain sum of rounds: what some pages print as the result. Say whether the money that enters is among them.

    The same money gives 1.76 with the first pound and 0.76 without it, and the two must never be compared.

    Examples
    --------
    >>> money_counted([50_000, 50_000, 30_000])
    130000.0
    """
    return float(np.sum(np.asarray(rounds, dtype=np.float64)))


def mean_local_share(percentages: ArrayLike) -> float:
    """Unweighted mean of what surveyed people say they spend inside the area, in the unit given.

    Examples
    --------
    >>> round(mean_local_share([42.1, 50.5, 63.1, 37.8, 33.6]), 1)
    45.4
    """
    values = np.asarray(percentages, dtype=np.float64)
    if values.size == 0:
        raise ValueError("a mean needs at least one answer")
    return float(values.mean())


def lm3_of_flows(entry: ArrayLike, passed_on: ArrayLike) -> float:
    """LM3 of money that enters a network of local payers.

    Parameters
    ----------
    entry : array (n,)
        Money that each of n local payers receives in round 1.
    passed_on : array (n, n)
        Share of each unit that the row passes on to the column, both in the area; rows add to at most 1.

    Returns
    -------
    float
        Ratio, 1 to 3.

    Notes
    -----
    The first three terms of `sim.measures.formulas.multiplier.hands_before_leaving`.

    Examples
    --------
    >>> round(lm3_of_flows([1.0, 0.0], [[0.0, 0.6], [0.4, 0.0]]), 2)
    1.84
    """
    first = np.asarray(entry, dtype=np.float64)
    matrix = np.asarray(passed_on, dtype=np.float64)
    second = first @ matrix
    return lm3(float(first.sum()), float(second.sum()), float((second @ matrix).sum()))
