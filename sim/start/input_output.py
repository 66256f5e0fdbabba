"""Input-output arithmetic: technical coefficients, location quotients and biproportional balancing.

Pure functions on arrays. A matrix is seller (row) by buyer (column) throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError

__all__ = [
    "Balanced",
    "balance",
    "cross_industry_location_quotients",
    "flegg_location_quotients",
    "local_coefficients",
    "region_size_weight",
    "simple_location_quotients",
    "technical_coefficients",
]

Floats = NDArray[np.float64]


def technical_coefficients(flows: Floats, output: Floats) -> Floats:
    """Purchases for each unit of the buyer's output.

    Parameters
    ----------
    flows : ndarray (rows, n)
        What each column's sector buys of each row.
    output : ndarray (n,)
        Total output of each column, in the unit of `flows`.

    Returns
    -------
    ndarray (rows, n)
        A column without output is nought throughout.

    Notes
    -----
    R. E. Miller and P. D. Blair, *Input-Output Analysis*, 2nd edition, Cambridge, 2009, section 2.2.

    Examples
    --------
    >>> technical_coefficients(np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])).tolist()
    [[0.15, 0.25], [0.2, 0.05]]
    """
    return np.divide(flows, output, out=np.zeros_like(flows, dtype=np.float64), where=output != 0)


def simple_location_quotients(place_jobs: Floats, nation_jobs: Floats) -> Floats:
    """How strongly each sector stands in the place against the nation: SLQ, shape (n,).

    Parameters
    ----------
    place_jobs, nation_jobs : ndarray (n,)
        Jobs by sector.

    Returns
    -------
    ndarray (n,)
        (place jobs of the sector / all place jobs) / (nation jobs of the sector / all nation jobs); 1 is the national share.

    Notes
    -----
    Miller and Blair, 2009, section 8.2.1.

    Examples
    --------
    >>> simple_location_quotients(np.array([30.0, 10.0]), np.array([500.0, 500.0])).tolist()
    [1.5, 0.5]
    """
    if place_jobs.sum() <= 0 or nation_jobs.sum() <= 0:
        raise RunError("location quotients need a place and a nation with jobs; all jobs by sector are nought")
    place_share, nation_share = place_jobs / place_jobs.sum(), nation_jobs / nation_jobs.sum()
    quotients: Floats = np.divide(place_share, nation_share, out=np.zeros_like(place_share), where=nation_share > 0)
    return quotients


def cross_industry_location_quotients(quotients: Floats) -> Floats:
    """The selling sector's quotient over the buying sector's: CILQ, shape (n, n), with the simple quotient on the diagonal.

    Parameters
    ----------
    quotients : ndarray (n,)
        Simple location quotients.

    Returns
    -------
    ndarray (n, n)
        Infinite where the buying sector is absent and the selling one is not.

    Notes
    -----
    Miller and Blair, 2009, section 8.2.3; the diagonal after A. T. Flegg and C. D. Webber, 1997.

    Examples
    --------
    >>> cross_industry_location_quotients(np.array([1.5, 0.5])).round(3).tolist()
    [[1.5, 3.0], [0.333, 0.5]]
    """
    seller, buyer = np.broadcast_arrays(quotients[:, np.newaxis], quotients[np.newaxis, :])
    cross: Floats = np.divide(seller, buyer, out=np.where(seller > 0, np.inf, 0.0), where=buyer > 0)
    np.fill_diagonal(cross, quotients)
    return cross


def region_size_weight(place_jobs: Floats, nation_jobs: Floats, delta: float) -> float:
    """Flegg and Webber's weight for relative size: (log2(1 + place jobs / nation jobs)) ** delta, from 0 to 1.

    Parameters
    ----------
    place_jobs, nation_jobs : ndarray (n,)
        Jobs by sector.
    delta : float
        From 0 (size does not matter) to below 1.

    Examples
    --------
    >>> region_size_weight(np.array([8.0]), np.array([8.0]), 0.25)
    1.0
    """
    if not 0 <= delta < 1:
        raise RunError(f"the exponent of Flegg's location quotient must be at least 0 and below 1, and is {delta}")
    ratio = min(1.0, float(place_jobs.sum() / nation_jobs.sum()))
    return float(np.log2(1.0 + ratio) ** delta)


def flegg_location_quotients(place_jobs: Floats, nation_jobs: Floats, delta: float) -> Floats:
    """Flegg's location quotients, FLQ: the cross-industry quotients times the weight for relative size.

    Parameters
    ----------
    place_jobs, nation_jobs : ndarray (n,)
        Jobs by sector.
    delta : float
        Exponent of the weight, at least 0 and below 1.

    Returns
    -------
    ndarray (n, n)
        Seller by buyer. A place that is the nation itself has 1 throughout.

    Notes
    -----
    A. T. Flegg and C. D. Webber, "On the appropriate use of location quotients in generating regional input-output tables:
    reply", *Regional Studies* 31(8), 1997, pp. 795-805; A. T. Flegg and T. Tohmo, "Regional input-output tables and the FLQ
    formula: a case study of Finland", *Regional Studies* 47(5), 2013, pp. 703-721.

    Examples
    --------
    >>> jobs = np.array([30.0, 70.0])
    >>> flegg_location_quotients(jobs, jobs, 0.25).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    cross = cross_industry_location_quotients(simple_location_quotients(place_jobs, nation_jobs))
    return cross * region_size_weight(place_jobs, nation_jobs, delta)


def local_coefficients(national: Floats, quotients: Floats) -> Floats:
    """Purchases inside the place for each unit of output: the national coefficient, times the quotient where that is below 1.

    Parameters
    ----------
    national : ndarray (n, n)
        National domestic coefficients.
    quotients : ndarray (n, n)
        Location quotients of any kind.

    Examples
    --------
    >>> local_coefficients(np.array([[0.2]]), np.array([[0.5]])).tolist()
    [[0.1]]
    """
    return national * np.minimum(1.0, quotients)


@dataclass(frozen=True)
class Balanced:
    """A balanced matrix, the passes it took, and the largest miss of a row or column total relative to the grand total."""

    matrix: Floats
    iterations: int
    error: float


def _largest_miss(matrix: Floats, row_totals: Floats, column_totals: Floats) -> float:
    scale = float(column_totals.sum()) or 1.0
    rows, columns = np.abs(matrix.sum(axis=1) - row_totals), np.abs(matrix.sum(axis=0) - column_totals)
    return float(max(rows.max(initial=0.0), columns.max(initial=0.0)) / scale)


def _check_totals(matrix: Floats, row_totals: Floats, column_totals: Floats) -> None:
    if (matrix < 0).any() or (row_totals < 0).any() or (column_totals < 0).any():
        raise RunError("a matrix can be balanced only when it and its totals hold nothing below nought")
    if abs(row_totals.sum() - column_totals.sum()) > 1e-9 * max(1.0, abs(column_totals.sum())):
        raise RunError(f"row totals add to {row_totals.sum():.6g} and column totals to {column_totals.sum():.6g}; they must be equal")
    for name, axis, totals in (("row", 1, row_totals), ("column", 0, column_totals)):
        empty = np.flatnonzero((matrix.sum(axis=axis) == 0) & (totals > 0))
        if empty.size:
            raise RunError(f"{name} {empty[0]} is empty but must add to {totals[empty[0]]:.6g}; no scaling can do that")


def balance(matrix: Floats, row_totals: Floats, column_totals: Floats, tolerance: float = 1e-12, passes: int = 10_000) -> Balanced:
    """Scale rows and columns in turn until both add to their totals: the RAS procedure.

    Parameters
    ----------
    matrix : ndarray (rows, columns)
        Starting values, nothing below nought. A nought stays a nought.
    row_totals : ndarray (rows,)
        What each row must add to.
    column_totals : ndarray (columns,)
        What each column must add to; met exactly up to rounding, since columns are scaled last.
    tolerance : float
        Largest miss allowed, relative to the grand total.
    passes : int
        Most passes over rows and columns.

    Returns
    -------
    Balanced
        The matrix nearest to the start in relative entropy that has these totals.

    Raises
    ------
    sim.errors.RunError
        When totals contradict each other or the passes run out; the message gives the miss that is left.

    Notes
    -----
    Miller and Blair, 2009, section 7.4; M. Bacharach, *Biproportional Matrices and Input-Output Change*, Cambridge, 1970.

    Examples
    --------
    >>> balance(np.ones((2, 2)), np.array([1.0, 3.0]), np.array([2.0, 2.0])).matrix.tolist()
    [[0.5, 0.5], [1.5, 1.5]]
    """
    _check_totals(matrix, row_totals, column_totals)
    current = matrix.astype(np.float64)
    error = _largest_miss(current, row_totals, column_totals)
    for iteration in range(passes + 1):
        if error <= tolerance:
            return Balanced(current, iteration, error)
        sums = current.sum(axis=1)
        current = current * np.divide(row_totals, sums, out=np.zeros_like(sums), where=sums > 0)[:, np.newaxis]
        sums = current.sum(axis=0)
        current = current * np.divide(column_totals, sums, out=np.zeros_like(sums), where=sums > 0)[np.newaxis, :]
        error = _largest_miss(current, row_totals, column_totals)
    raise RunError(
        f"the matrix could not be balanced in {passes} passes: the largest miss is {error:.3g} of the total, {tolerance:.3g} allowed"
    )
