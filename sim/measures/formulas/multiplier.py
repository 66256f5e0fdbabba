"""Multipliers: Leontief's inverse, open (type I) and closed for households (type II), and the expected local hands of a pound.

Two conventions meet here. `coefficients` A are seller by buyer, columns are recipes, and money runs from column to row; `passed_on` Q is
payer by payee, rows say where a unit goes next, and Q is the transpose of A closed in the same way. Every number depends on what is closed
in: name the closure wherever one is printed.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "HalfLife",
    "close_households",
    "effects",
    "entries_response",
    "half_life",
    "hands_before_leaving",
    "hands_distribution",
    "household_column",
    "leontief_inverse",
    "miyazawa_multiplier",
    "monthly_passing",
    "multipliers_of_effects",
    "output_multiplier_type1",
    "output_multiplier_type2",
]

Floats = NDArray[np.float64]

#: A row that keeps more than this share of each unit inside for ever is counted as closed.
CLOSED: Final = 1e-12


def leontief_inverse(coefficients: ArrayLike) -> Floats:
    """Inverse of (I - A): output of each row needed, in all rounds, for a unit of final demand of each column.

    Parameters
    ----------
    coefficients : array (n, n)
        Purchases for each unit of the buyer's (column's) output. The closure is the caller's: industries alone, or households closed in.

    Returns
    -------
    ndarray (n, n)
        Output by output, without unit.

    Raises
    ------
    ValueError
        When the matrix isn't square or has no inverse (an economy that loses nothing).

    Notes
    -----
    W. Leontief, *The Structure of American Economy*, 1941; Miller and Blair, *Input-Output Analysis*, 2009, section 2.2.

    Examples
    --------
    >>> leontief_inverse([[0.15, 0.25], [0.20, 0.05]]).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    matrix = _square(coefficients)
    try:
        return np.asarray(np.linalg.inv(np.eye(len(matrix)) - matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise ValueError("the inverse does not exist: some part of the economy loses nothing, so a pound never leaves it") from None


def output_multiplier_type1(coefficients: ArrayLike) -> Floats:
    """Type I output multipliers (n,): column sums of the inverse, with industries alone closed in.

    Examples
    --------
    >>> output_multiplier_type1([[0.15, 0.25], [0.20, 0.05]]).round(4).tolist()
    [1.5182, 1.4521]
    """
    return np.asarray(leontief_inverse(coefficients).sum(axis=0))


def household_column(spending: ArrayLike, divisor: float) -> Floats:
    """Household spending on each industry for each unit of household income, (n,).

    Parameters
    ----------
    spending : array (n,)
        What households spend on each industry.
    divisor : float
        The income it is divided by, which decides the type II result. Scotland's published type II divides by total household income
        (so a pound of wages brings 0.37 of spending on Scottish industries); dividing by pay alone brings 0.69.

    Examples
    --------
    >>> household_column([30.0, 10.0], 100.0).tolist()
    [0.3, 0.1]
    """
    if not divisor > 0:
        raise ValueError(f"household spending must be divided by an income above 0, given {divisor}")
    return np.asarray(np.asarray(spending, dtype=np.float64) / divisor)


def close_households(coefficients: ArrayLike, income: ArrayLike, consumption: ArrayLike, within: float = 0.0) -> Floats:
    """Coefficients with households as one more industry, last: (n + 1, n + 1).

    Parameters
    ----------
    coefficients : array (n, n)
        Of the industries.
    income : array (n,)
        Household income for each unit of the industry's output: the new row.
    consumption : array (n,)
        Household spending on each industry for each unit of household income, from `household_column`: the new column.
    within : float
        What households buy of households for each unit of income, commonly 0.

    Examples
    --------
    >>> close_households([[0.15, 0.25], [0.2, 0.05]], [0.3, 0.25], [0.05, 0.4], 0.05)[2].tolist()
    [0.3, 0.25, 0.05]
    """
    matrix = _square(coefficients)
    row = np.append(np.asarray(income, dtype=np.float64), within)
    column = np.asarray(consumption, dtype=np.float64)[:, np.newaxis]
    return np.vstack([np.hstack([matrix, column]), row])


def output_multiplier_type2(
    coefficients: ArrayLike, income: ArrayLike, consumption: ArrayLike, within: float = 0.0, *, count_households: bool = False
) -> Floats:
    """Type II output multipliers (n,), with households closed in.

    Parameters
    ----------
    coefficients, income, consumption, within
        As in `close_households`.
    count_households : bool
        Add the household row to the column sum. Published output multipliers leave it out, since income is no output.

    Notes
    -----
    Miller and Blair, 2009, section 6.2.3. The truncated sum (without the household row) is what the Scottish Government publishes.

    Examples
    --------
    >>> output_multiplier_type2([[0.15, 0.25], [0.2, 0.05]], [0.3, 0.25], [0.05, 0.4], 0.05).round(4).tolist()
    [1.8924, 1.7733]
    """
    inverse = leontief_inverse(close_households(coefficients, income, consumption, within))
    rows = inverse if count_households else inverse[:-1]
    return np.asarray(rows.sum(axis=0)[:-1])


def effects(direct: ArrayLike, inverse: ArrayLike) -> Floats:
    """Income, jobs or value added, in all rounds, for a unit of final demand of each column: (n,).

    Parameters
    ----------
    direct : array (n,)
        Income, jobs or value added for each unit of the industry's output.
    inverse : array (n, n)
        From `leontief_inverse`; for type II, its first n rows and columns.

    Examples
    --------
    >>> effects([0.3, 0.25], leontief_inverse([[0.15, 0.25], [0.2, 0.05]])).round(4).tolist()
    [0.4422, 0.3795]
    """
    return np.asarray(np.asarray(direct, dtype=np.float64) @ np.asarray(inverse, dtype=np.float64))


def multipliers_of_effects(effect: ArrayLike, direct: ArrayLike) -> Floats:
    """Effect for each unit of direct effect, (n,); not a number where the direct effect is nought.

    Examples
    --------
    >>> multipliers_of_effects([0.45, 0.5], [0.3, 0.25]).tolist()
    [1.5, 2.0]
    """
    above, below = np.asarray(effect, dtype=np.float64), np.asarray(direct, dtype=np.float64)
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below != 0)


def miyazawa_multiplier(coefficients: ArrayLike, income: ArrayLike, consumption: ArrayLike, within: float = 0.0) -> float:
    """Miyazawa's interrelational multiplier of income for one kind of household: 1 / (1 - v L c - within).

    Household income, in all rounds, for a unit of income given to households; the last corner of the closed inverse.

    Notes
    -----
    K. Miyazawa, *Input-Output Analysis and the Structure of Income Distribution*, Springer, 1976; Miller and Blair, 2009, section 6.4.

    Examples
    --------
    >>> round(miyazawa_multiplier([[0.15, 0.25], [0.2, 0.05]], [0.3, 0.25], [0.05, 0.4], 0.05), 4)
    1.2885
    """
    back = effects(income, leontief_inverse(coefficients)) @ np.asarray(consumption, dtype=np.float64)
    return float(1.0 / (1.0 - float(back) - within))


def hands_before_leaving(passed_on: ArrayLike, entry: ArrayLike) -> float:
    """Expected number of local hands that hold a unit before it leaves: entry' (I - Q)^-1 1, with entry scaled to add to 1.

    Parameters
    ----------
    passed_on : array (n, n)
        Q: share of each unit that the row, a local payer, passes on to the column, a local payee. What is missing from a row leaves.
    entry : array (n,)
        Where the unit enters, in any unit of money.

    Returns
    -------
    float
        At least 1; infinite when some of it can reach payers that lose nothing.

    Notes
    -----
    Mean steps to absorption of an absorbing Markov chain: J. G. Kemeny and J. L. Snell, *Finite Markov Chains*, 1960, theorem 3.2.4. On
    flows with industries and households closed in it is the whole local multiplier.

    Examples
    --------
    >>> round(hands_before_leaving([[0.4]], [1.0]), 4)
    1.6667
    """
    matrix, start = _reachable(passed_on, entry)
    if _loses_nothing(matrix):
        return float("inf")
    return float(start @ np.linalg.solve(np.eye(len(matrix)) - matrix, np.ones(len(matrix))))


def entries_response(passed_on: ArrayLike, entry: ArrayLike) -> Floats:
    """What each local payee receives in all rounds when money enters: entry' (I - Q)^-1, (n,), in the unit of the entry.

    Parameters
    ----------
    passed_on : array (n, n)
        As in `hands_before_leaving`.
    entry : array (n,)
        What enters where, in any unit of money.

    Returns
    -------
    ndarray (n,)
        Receipts with the entry itself; infinite where money enters a part that loses nothing.

    Notes
    -----
    Kemeny and Snell, *Finite Markov Chains*, 1960, theorem 3.2.4: expected visits times what enters.

    Examples
    --------
    >>> entries_response([[0.0, 0.5], [0.2, 0.0]], [9.0, 0.0]).round(6).tolist()
    [10.0, 5.0]
    """
    matrix, start = _square(passed_on), np.asarray(entry, dtype=np.float64)
    if not start.sum() > 0:
        return np.zeros(len(matrix))
    if _loses_nothing(_reachable(matrix, start)[0]):
        return np.full(len(matrix), np.inf)
    reached = _reached(matrix, start)
    result = np.zeros(len(matrix))
    inner = matrix[np.ix_(reached, reached)]
    result[reached] = np.linalg.solve(np.eye(len(inner)) - inner.T, start[reached])
    return result


def hands_distribution(passed_on: ArrayLike, entry: ArrayLike, most: int = 24) -> Floats:
    """Shares of money that leave after exactly 1, 2, ... `most` local hands, (most,); what is missing from 1 stays longer.

    Parameters
    ----------
    passed_on, entry
        As in `hands_before_leaving`.
    most : int
        Largest number of hands.

    Examples
    --------
    >>> hands_distribution([[0.5]], [1.0], most=3).tolist()
    [0.5, 0.25, 0.125]
    """
    matrix, start = _reachable(passed_on, entry)
    shares = np.zeros(most)
    for hand in range(most):
        start, held = start @ matrix, float(start.sum())
        shares[hand] = held - float(start.sum())
    return shares


class HalfLife(NamedTuple):
    """Steps until half a unit has left: the first whole step, and a point between steps on a geometric line."""

    steps: float
    between: float


def half_life(passed_on: ArrayLike, entry: ArrayLike, most: int = 1200) -> HalfLife:
    """Steps until half of the money that entered has left the area.

    Parameters
    ----------
    passed_on, entry
        As in `hands_before_leaving` (steps are then hands) or from `monthly_passing` (steps are then months).
    most : int
        Where to give up; both parts are then infinite.

    Examples
    --------
    >>> half_life([[0.5]], [1.0])
    HalfLife(steps=1.0, between=1.0)
    >>> half_life([[0.8]], [1.0]).steps
    4.0
    """
    matrix, start = _reachable(passed_on, entry)
    held = 1.0
    for step in range(1, most + 1):
        start = start @ matrix
        left = float(start.sum())
        if left <= 0.5 * (1 + 1e-12):
            part = 1.0 if left <= 0 else float(np.log(held / 0.5) / np.log(held / left))
            return HalfLife(float(step), step - 1 + part)
        held = left
    return HalfLife(float("inf"), float("inf"))


def monthly_passing(passed_on: ArrayLike, months_held: ArrayLike) -> Floats:
    """Shares passed on or kept in a month, (n, n), when each payer holds money for some months on average.

    Parameters
    ----------
    passed_on : array (n, n)
        Shares passed on in one hop.
    months_held : array (n,)
        Mean months each payer holds a unit, at least 1: balance over monthly payments. In a month ``1 / months`` of it moves.

    Returns
    -------
    ndarray (n, n)
        Payer by holder a month later, for `half_life` in months.

    Examples
    --------
    >>> monthly_passing([[0.5]], [2.0]).tolist()
    [[0.75]]
    """
    matrix, months = _square(passed_on), np.asarray(months_held, dtype=np.float64)
    if (months < 1).any():
        raise ValueError("money is held for at least one month: a payment moves it one hop a month")
    moving = 1.0 / months
    return np.asarray(np.diag(1.0 - moving) + moving[:, np.newaxis] * matrix)


def _square(matrix: ArrayLike) -> Floats:
    array = np.asarray(matrix, dtype=np.float64)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"needs a square matrix, given the shape {array.shape}")
    return array


def _reachable(passed_on: ArrayLike, entry: ArrayLike) -> tuple[Floats, Floats]:
    """The part of the network that money reaches, and the entry as shares."""
    matrix, start = _square(passed_on), np.asarray(entry, dtype=np.float64)
    if (start < 0).any() or not start.sum() > 0:
        raise ValueError("money must enter somewhere: the entry needs amounts at or above 0 and one above it")
    if (matrix < 0).any() or (matrix.sum(axis=1) > 1 + 1e-9).any():
        raise ValueError("a payer can pass on from none to all of what it receives: rows must add to at most 1, nothing below 0")
    reached = _reached(matrix, start)
    return matrix[np.ix_(reached, reached)], start[reached] / start.sum()


def _reached(matrix: Floats, start: Floats) -> NDArray[np.bool_]:
    """Who can be reached by money that enters (n,)."""
    reached: NDArray[np.bool_] = start > 0
    while True:
        wider = reached | (matrix[reached] > 0).any(axis=0)
        if (wider == reached).all():
            return reached
        reached = wider


def _loses_nothing(matrix: Floats) -> bool:
    """Whether some payer can't reach any payer that loses money."""
    leaks = matrix.sum(axis=1) < 1 - CLOSED
    while True:
        wider = leaks | (matrix[:, leaks] > 0).any(axis=1)
        if (wider == leaks).all():
            return not bool(leaks.all())
        leaks = wider
