"""Finn's cycling index and average path length of a network of flows.

J. T. Finn, "Measures of ecosystem structure and function derived from analysis of flows", *Journal of Theoretical Biology* 56,
1976, pp. 363-380.
The index depends on how many nodes the network is cut into: compare only networks with the same nodes.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["average_path_length", "finn_cycling_index", "throughflow"]

Floats = NDArray[np.float64]
Divisor = Literal["inflow", "outflow"]


def throughflow(flows: ArrayLike, imports: ArrayLike) -> Floats:
    """What flows into each node, from other nodes and from outside, (n,). Its sum is the total system throughflow.

    Parameters
    ----------
    flows : array (n, n)
        Flow from the row to the column, any unit.
    imports : array (n,)
        Flow from outside into each node, the same unit.

    Examples
    --------
    >>> throughflow([[0.0, 60.0], [10.0, 0.0]], [90.0, 0.0]).tolist()
    [100.0, 60.0]
    """
    matrix, entering = _network(flows, imports)
    return np.asarray(entering + matrix.sum(axis=0))


def finn_cycling_index(flows: ArrayLike, imports: ArrayLike, outlets: ArrayLike | None = None, divisor: Divisor = "inflow") -> float:
    """Share of all throughflow that is there because flows return to nodes they have passed before, 0 to 1.

    Parameters
    ----------
    flows : array (n, n)
        Flow from the row to the column.
    imports : array (n,)
        Flow from outside into each node.
    outlets : array (n,), optional
        Flow from each node to outside; needed for the divisor "outflow".
    divisor : {"inflow", "outflow"}
        What a node's flows are divided by: all that enters it, or all that leaves it. The two agree when every node is in balance, and
        differ when it is not; say which was used.

    Returns
    -------
    float
        ``sum(T (n_ii - 1) / n_ii) / sum(T)``, with n the inverse of (I - flow / divisor) and T the inflow of each node.

    Notes
    -----
    Finn, 1976. With the divisor "inflow" it is the index of the R package enaR.

    Examples
    --------
    >>> round(finn_cycling_index([[0.0, 60.0], [10.0, 0.0]], [90.0, 0.0]), 4)
    0.1
    """
    matrix, entering = _network(flows, imports)
    inflow = entering + matrix.sum(axis=0)
    base = inflow if divisor == "inflow" else _outflow(matrix, outlets)
    total = float(inflow.sum())
    if total == 0:
        return 0.0
    shares = np.divide(matrix, base[:, np.newaxis], out=np.zeros_like(matrix), where=base[:, np.newaxis] > 0)
    try:
        returns = np.diag(np.linalg.inv(np.eye(len(matrix)) - shares))
    except np.linalg.LinAlgError:
        raise ValueError("the index does not exist: some part of the network loses nothing, so its flows cycle for ever") from None
    return float((inflow * (returns - 1.0) / returns).sum() / total)


def average_path_length(flows: ArrayLike, imports: ArrayLike) -> float:
    """Mean number of nodes that a unit from outside passes: total throughflow over all imports.

    Returns
    -------
    float
        Infinite when something flows and nothing comes from outside; 0 when nothing flows.

    Notes
    -----
    Finn, 1976. For money it is the number of local hands for each pound that enters.

    Examples
    --------
    >>> round(average_path_length([[0.0, 60.0], [10.0, 0.0]], [90.0, 0.0]), 4)
    1.7778
    """
    matrix, entering = _network(flows, imports)
    total, entered = float(matrix.sum() + entering.sum()), float(entering.sum())
    if entered == 0:
        return 0.0 if total == 0 else float("inf")
    return total / entered


def _network(flows: ArrayLike, imports: ArrayLike) -> tuple[Floats, Floats]:
    matrix, entering = np.asarray(flows, dtype=np.float64), np.asarray(imports, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape != (len(entering), len(entering)):
        raise ValueError(f"needs a square matrix of flows and one import for each node, given {matrix.shape} and {entering.shape}")
    if (matrix < 0).any() or (entering < 0).any():
        raise ValueError("a flow can't be below 0")
    return matrix, entering


def _outflow(matrix: Floats, outlets: ArrayLike | None) -> Floats:
    if outlets is None:
        raise ValueError("the divisor 'outflow' needs the flows to outside: pass outlets")
    return np.asarray(matrix.sum(axis=1) + np.asarray(outlets, dtype=np.float64))
