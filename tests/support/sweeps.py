"""A stored sweep that never was: points, answers of seeds, and what the experiment says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class StandInSweep:
    """Two arms, of which the reference is nought everywhere."""

    def __init__(
        self,
        points: Floats,
        values: Floats | Mapping[str, Floats],
        design: Mapping[str, Any],
        names: Sequence[str] = (),
        answers: Mapping[str, Any] | None = None,
        low: float = 0.0,
        high: float = 1.0,
        usual: float | None = None,
    ) -> None:
        names = names or [f"x{place + 1}" for place in range(points.shape[1])]
        self.points = pd.DataFrame(points, columns=list(names)).rename_axis("point")
        self._values = values if isinstance(values, Mapping) else {"jobs": values}
        self.arms = ("usual", "policy")
        self.measures = tuple(self._values)
        vary = [{"name": name, "low": low, "high": high, "usual": usual} for name in names]
        titles = {name: {"title": name.capitalize(), "kind": "count"} for name in self._values}
        self.manifest = {"design": dict(design), "vary": vary, "answers": answers, "measures": titles}

    def values(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame:
        table = self._values[measure]
        return pd.DataFrame(table, columns=range(1, table.shape[1] + 1)).rename_axis("point")

    def difference(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame:
        return self.values(measure, arm)


def drawn(kind: str, inputs: int, number: int, seed: int = 1, second_order: bool = False, levels: int = 4) -> Floats:
    """Points of a design in the unit cube, in the order that its analysis needs."""
    unit = {"num_vars": inputs, "names": [str(place) for place in range(inputs)], "bounds": [[0.0, 1.0]] * inputs}
    if kind == "sobol":
        from SALib.sample import sobol

        return sobol.sample(unit, number, calc_second_order=second_order, seed=seed)
    if kind == "morris":
        from SALib.sample import morris

        return morris.sample(unit, number, num_levels=levels, seed=seed)
    from scipy.stats import qmc

    return qmc.LatinHypercube(d=inputs, rng=seed).random(number)


def answers_at(points: Floats, function: Callable[[Floats], Floats], luck: float = 0.0, seeds: int = 1, seed: int = 1) -> Floats:
    """A function of the points for each seed, plus luck: a part that a seed gives to all points, and one of its own at each."""
    rng = np.random.default_rng(seed)
    shared, own = rng.normal(size=(1, seeds)), rng.normal(size=(len(points), seeds))
    return function(points)[:, None] + luck * (3.0 * shared + own)


def ishigami(points: Floats) -> Floats:
    """Ishigami and Homma (1990), with a = 7 and b = 0.1, of points in the unit cube."""
    one, two, three = (2.0 * np.pi * points - np.pi).T
    return np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


#: Analytic indices of it: variances 1/2 (1 + b pi^4 / 5)^2, a^2 / 8, 0, and 8 b^2 pi^8 / 225 of inputs one and three together.
def ishigami_indices(a: float = 7.0, b: float = 0.1) -> dict[str, list[float]]:
    alone = [0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2, a**2 / 8.0, 0.0]
    together = 8.0 * b**2 * np.pi**8 / 225.0
    whole = sum(alone) + together
    return {
        "first": [part / whole for part in alone],
        "total": [(alone[0] + together) / whole, alone[1] / whole, together / whole],
        "second": [0.0, together / whole, 0.0],
    }
