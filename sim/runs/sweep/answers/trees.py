"""Decision trees that part failures from the rest, through scikit-learn."""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.core.streams import Streams
from sim.runs.sweep.answers.boxes import Box
from sim.runs.sweep.answers.luck import SEED

__all__ = ["HOW_TO_INSTALL", "chance_of_tree", "failing_boxes", "grown", "is_installed"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

HOW_TO_INSTALL: Final = (
    "Where the policy fails is looked for with scikit-learn, which is not installed: python -m pip install 'localwealth[discovery]'"
)

#: A box with limits on more than three inputs is hard to read (Bryant and Lempert 2010), and a tree sets one limit a step.
DEPTH: Final = 3
#: The smallest share of points that a box may hold, and the fewest.
SMALLEST: Final = 0.05
FEWEST: Final = 5
#: Orders of chance for the test of a tree.
ORDERS: Final = 199


def is_installed() -> bool:
    """Whether scikit-learn is there."""
    return find_spec("sklearn") is not None


def grown(points: Floats, failed: Flags) -> Any:
    """A small tree (Breiman, Friedman, Olshen and Stone, *Classification and Regression Trees*, 1984).

    Notes
    -----
    Three steps deep, no leaf with fewer than five points or a twentieth of them. The other method in use is patient rule
    induction; neither finds better boxes everywhere (Lempert, Bryant and Bankes, *Comparing Algorithms for Scenario Discovery*, RAND,
    2008).
    """
    from sklearn.tree import DecisionTreeClassifier

    smallest = max(FEWEST, math.ceil(SMALLEST * len(points)))
    return DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=smallest, random_state=SEED).fit(points, failed)


def gain(tree: Any) -> float:
    """By how much a tree lowers the impurity (Gini) of its points, from 0 to the whole of it."""
    nodes = tree.tree_
    leaves = nodes.children_left < 0
    left = float((nodes.impurity[leaves] * nodes.weighted_n_node_samples[leaves]).sum() / nodes.weighted_n_node_samples[0])
    return float(nodes.impurity[0]) - left


def chance_of_tree(points: Floats, failed: Flags) -> float:
    """Chance of a tree that parts failures as well if they fell on points at random.

    Notes
    -----
    A permutation test of the whole search: failures are dealt to the points anew, many times, and a tree is grown each time (Good,
    *Permutation, Parametric and Bootstrap Tests of Hypotheses*, 3rd ed. 2005). The smallest chance it can give is one in `ORDERS` + 1.
    """
    found = gain(grown(points, failed))
    uniform = Streams(SEED).uniform("bootstrap", 3, ORDERS, width=max(len(failed), 2))[:, : len(failed)]
    at_random = np.array([gain(grown(points, failed[order])) for order in np.argsort(uniform, axis=1)])
    return float((1 + (at_random >= found - 1e-12).sum()) / (1 + ORDERS))


def failing_boxes(tree: Any, base_rate: float) -> list[Box]:
    """Leaves of a tree in which more fail than in all points, as boxes; the one with most failures first."""
    found: list[tuple[float, Box]] = []
    nodes = tree.tree_
    failing = list(tree.classes_).index(True)

    def descend(node: int, limits: dict[int, tuple[float, float]]) -> None:
        if nodes.children_left[node] < 0:
            share = float(nodes.value[node][0][failing] / nodes.value[node][0].sum())
            if share > base_rate:
                found.append((share * float(nodes.n_node_samples[node]), Box(limits)))
            return
        place, at = int(nodes.feature[node]), float(nodes.threshold[node])
        low, high = limits.get(place, (-math.inf, math.inf))
        descend(int(nodes.children_left[node]), {**limits, place: (low, min(high, at))})
        descend(int(nodes.children_right[node]), {**limits, place: (max(low, at), high)})

    descend(0, {})
    return [box for _, box in sorted(found, key=lambda pair: -pair[0])]
