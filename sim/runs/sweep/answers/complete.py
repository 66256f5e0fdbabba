"""Which runs an analysis can use: blocks of points that are whole, for the same seeds everywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["block_size", "complete_part"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def block_size(kind: str, inputs: int, second_order: bool) -> int:
    """Points that an analysis needs together: one, or a whole block of a Sobol or Morris design.

    Parameters
    ----------
    kind : str
        Kind of the design.
    inputs : int
        How many inputs are varied.
    second_order : bool
        Whether a Sobol design has the rows for effects of pairs.

    Notes
    -----
    A block of a Sobol design is a row of A, a row for each input (two with effects of pairs) and a row of B (Saltelli 2002, *Computer
    Physics Communications* 145); one of a Morris design is a trajectory (Morris 1991, *Technometrics* 33).

    Examples
    --------
    >>> block_size("sobol", 3, True), block_size("sobol", 3, False), block_size("morris", 3, False), block_size("grid", 3, False)
    (8, 5, 4, 1)
    """
    if kind == "sobol":
        return 2 * inputs + 2 if second_order else inputs + 2
    return inputs + 1 if kind == "morris" else 1


def complete_part(values: Floats, size: int = 1) -> tuple[Flags, Flags]:
    """The points and seeds that are left when blocks or seeds with missing values are dropped, whichever costs less.

    Parameters
    ----------
    values : ndarray of float64, shape (points, seeds)
        Not a number where a run failed or a measure does not exist.
    size : int
        Points of a block; a block is kept or dropped as a whole.

    Returns
    -------
    points, seeds : ndarray of bool, shapes (points,) and (seeds,)
        What is kept. All values at kept points and seeds exist.

    Raises
    ------
    ValueError
        When the points are no whole number of blocks.

    Notes
    -----
    As long as something is missing, the block or the seed with the largest share of missing values goes. One failed run costs its
    block; a seed that fails at most points costs itself, not the points.

    Examples
    --------
    >>> nan = np.nan
    >>> points, seeds = complete_part(np.array([[1.0, 2.0], [nan, 3.0], [4.0, 5.0]]))
    >>> points.tolist(), seeds.tolist()
    ([True, False, True], [True, True])
    >>> points, seeds = complete_part(np.array([[1.0, nan], [2.0, nan], [4.0, 5.0]]))
    >>> points.tolist(), seeds.tolist()
    ([True, True, True], [True, False])
    """
    if len(values) % size:
        raise ValueError(f"{len(values)} points are no whole number of blocks of {size}")
    missing: Flags = ~np.isfinite(values)
    gaps = np.asarray(missing.reshape(-1, size, values.shape[1]).any(axis=1), bool)
    rows = ~np.asarray(gaps.all(axis=1), bool)
    columns = ~np.asarray(missing.all(axis=0), bool)
    while gaps[np.ix_(rows, columns)].any():
        of_rows = np.where(rows, gaps[:, columns].mean(axis=1), -1.0)
        of_columns = np.where(columns, gaps[rows].mean(axis=0), -1.0)
        if of_columns.max() > of_rows.max() and columns.sum() > 1:
            columns[int(of_columns.argmax())] = False
        else:
            rows[int(of_rows.argmax())] = False
    return np.repeat(rows, size), columns
