"""Ulanowicz's ascendency, capacity and robustness of a network of flows.

R. E. Ulanowicz, *Growth and Development: Ecosystems Phenomenology*, Springer, 1986; R. E. Ulanowicz, S. J. Goerner, B. Lietaer and
R. Gomez, "Quantifying sustainability: resilience, efficiency and the return of information theory",
*Ecological Complexity* 6, 2009, pp. 27-36.
Like all such measures these depend on how many nodes the network is cut into, and high robustness is no good in itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["NetworkInformation", "extended_flows", "network_information", "robustness"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class NetworkInformation:
    """Information measures of a network, in bits and in bits times the unit of flow.

    Attributes
    ----------
    throughput : float
        Sum of all flows, from and to outside included.
    diversity : float
        Shannon's H of the flows, bits.
    mutual_information : float
        Average mutual information between where flows come from and where they go, bits.
    capacity, ascendency : float
        Throughput times `diversity`, and times `mutual_information`.
    order : float
        Ascendency over capacity, 0 to 1; 0 for a network with one flow or none.
    robustness : float
        ``-order * ln(order)``, highest (1/e) at an order of 1/e.
    """

    throughput: float
    diversity: float
    mutual_information: float
    capacity: float
    ascendency: float
    order: float
    robustness: float


def robustness(order: float) -> float:
    """``-a ln a`` of an order a from 0 to 1; 0 at both ends, 1/e at most.

    Notes
    -----
    Ulanowicz, Goerner, Lietaer and Gomez, 2009. Without their further parameters and in natural logarithms.

    Examples
    --------
    >>> round(robustness(0.25), 4)
    0.3466
    """
    if not 0 <= order <= 1 + 1e-12:
        raise ValueError(f"an order lies between 0 and 1, given {order}")
    return float(-order * np.log(order)) if 0 < order < 1 else 0.0


def extended_flows(flows: ArrayLike, imports: ArrayLike, *outlets: ArrayLike) -> Floats:
    """The network with outside as nodes of its own: one that imports come from, and one for each kind of outlet.

    Parameters
    ----------
    flows : array (n, n)
        Flow from the row to the column.
    imports : array (n,)
        Flow from outside into each node.
    *outlets : array (n,)
        Flow from each node to outside, one array for each kind (exports, losses).

    Returns
    -------
    ndarray (n + 1 + kinds, n + 1 + kinds)
        Nodes first, then imports, then outlets.

    Examples
    --------
    >>> extended_flows([[0.0]], [5.0], [5.0]).tolist()
    [[0.0, 0.0, 5.0], [5.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    matrix = np.asarray(flows, dtype=np.float64)
    n = len(matrix)
    whole = np.zeros((n + 1 + len(outlets), n + 1 + len(outlets)))
    whole[:n, :n] = matrix
    whole[n, :n] = np.asarray(imports, dtype=np.float64)
    for place, outlet in enumerate(outlets):
        whole[:n, n + 1 + place] = np.asarray(outlet, dtype=np.float64)
    return whole


def network_information(flows: ArrayLike) -> NetworkInformation:
    """Capacity, ascendency and robustness of a network.

    Parameters
    ----------
    flows : array (n, n)
        Flow from the row to the column, any unit; use `extended_flows` to have outside among the nodes.

    Returns
    -------
    NetworkInformation
        All nought when nothing flows.

    Raises
    ------
    ValueError
        When a flow is below 0.

    Examples
    --------
    >>> chain = network_information([[0.0, 1.0], [1.0, 0.0]])
    >>> (chain.capacity, chain.ascendency, chain.order)
    (2.0, 2.0, 1.0)
    """
    matrix = np.asarray(flows, dtype=np.float64)
    if (matrix < 0).any():
        raise ValueError("a flow can't be below 0")
    total = float(matrix.sum())
    if total == 0:
        return NetworkInformation(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    sent, received = matrix.sum(axis=1), matrix.sum(axis=0)
    payer, payee = np.nonzero(matrix)
    flow = matrix[payer, payee]
    share = flow / total
    diversity = float(-(share * np.log2(share)).sum())
    mutual = float((share * np.log2(flow * total / (sent[payer] * received[payee]))).sum())
    order = min(1.0, mutual / diversity) if diversity > 0 else 0.0
    order = max(0.0, order)
    return NetworkInformation(total, diversity, mutual, total * diversity, total * mutual, order, robustness(order))
