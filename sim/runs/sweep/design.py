"""The points of an experiment: one row for each setting of all that varies. The same file gives the same rows anywhere."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.settings.experiment import Design, Experiment, Varied
from sim.settings.experiments.size import aside

__all__ = ["points_of", "problem_of", "spread"]

Floats = NDArray[np.float64]


def points_of(experiment: Experiment) -> Floats:
    """The points of an experiment.

    Parameters
    ----------
    experiment : Experiment
        The experiment.

    Returns
    -------
    ndarray of float64, shape (points, varied)
        Rows in the order of the design, columns in the order of `experiment.vary`, each in its own unit. The first row of a
        one-at-a-time design has all usual values; the rows of Sobol and Morris are in the order that their analyses need.

    Examples
    --------
    >>> from sim.settings.experiment import Design, Varied
    >>> from types import SimpleNamespace
    >>> vary = (Varied("a.one", "parameter", ("a.one",), values=(1.0, 2.0)), Varied("a.two", "parameter", ("a.two",)))
    >>> points_of(SimpleNamespace(design=Design("grid", levels=2), vary=vary)).tolist()
    [[1.0, 0.0], [1.0, 1.0], [2.0, 0.0], [2.0, 1.0]]
    """
    design, vary = experiment.design, experiment.vary
    if design.kind == "grid":
        return np.array(list(product(*(_values(one, design.levels) for one in vary))), dtype=np.float64).reshape(-1, len(vary))
    if design.kind == "one-at-a-time":
        return _one_at_a_time(vary)
    parts = _drawn(design, len(vary))
    return np.column_stack([spread(one, parts[:, index]) for index, one in enumerate(vary)])


def problem_of(experiment: Experiment) -> dict[str, Any]:
    """What varies, as SALib wants it told.

    Returns
    -------
    dict
        ``num_vars``, ``names`` and ``bounds``. The bounds are those of the values; where half of the points lie below a middle that
        is not half-way, the points are not even between them, which SALib's analyses do not mind.

    Examples
    --------
    >>> from sim.settings.experiment import Varied
    >>> from types import SimpleNamespace
    >>> problem_of(SimpleNamespace(vary=(Varied("a.one", "parameter", ("a.one",), low=0.5, high=2.0),)))
    {'num_vars': 1, 'names': ['a.one'], 'bounds': [[0.5, 2.0]]}
    """
    return {
        "num_vars": len(experiment.vary),
        "names": [one.name for one in experiment.vary],
        "bounds": [[one.low, one.high] for one in experiment.vary],
    }


def spread(one: Varied, parts: Floats) -> Floats:
    """Values of one column at parts from 0 to 1 of its range, whole where only whole numbers make sense.

    Examples
    --------
    >>> spread(Varied("a.one", "parameter", ("a.one",), low=0.0, high=12.0, middle=2.0), np.array([0.0, 0.25, 0.5, 1.0])).tolist()
    [0.0, 1.0, 2.0, 12.0]
    """
    if one.middle is None:
        values = one.low + parts * (one.high - one.low)
    else:
        below = one.low + (one.middle - one.low) * 2.0 * parts
        above = one.middle + (one.high - one.middle) * (2.0 * parts - 1.0)
        values = np.where(parts < 0.5, below, above)
    held: Floats = np.clip(np.rint(values) if one.whole else values, one.low, one.high)
    return held


def _values(one: Varied, levels: int) -> Floats:
    """The values of one column of a grid: its own, or so many even steps from low to high."""
    if one.values:
        return np.array(one.values, dtype=np.float64)
    values = np.linspace(one.low, one.high, levels)
    return np.rint(values) if one.whole else values


def _one_at_a_time(vary: tuple[Varied, ...]) -> Floats:
    """All usual values, then each column's own values with all else as usual."""
    usual = [one.usual for one in vary]
    if any(value is None for value in usual):
        missing = ", ".join(one.name for one in vary if one.usual is None)
        raise ValueError(f"one at a time needs usual values, and there are none of {missing}")
    rows = [usual]
    for index, one in enumerate(vary):
        rows += [[*usual[:index], value, *usual[index + 1 :]] for value in aside(one)]
    return np.array(rows, dtype=np.float64)


def _drawn(design: Design, columns: int) -> Floats:
    """Points of a drawn design in the unit cube (points, columns)."""
    points: Floats
    unit = {"num_vars": columns, "names": [f"column {index}" for index in range(columns)], "bounds": [[0.0, 1.0]] * columns}
    if design.kind == "latin-hypercube":
        from sim.runs.validation.draws import latin_hypercube

        points = latin_hypercube(columns, design.points, design.seed)
    elif design.kind == "sobol":
        from SALib.sample import sobol

        points = sobol.sample(unit, design.points, calc_second_order=design.second_order, seed=design.seed)
    elif design.kind == "morris":
        from SALib.sample import morris

        points = morris.sample(unit, design.trajectories, num_levels=design.levels, seed=design.seed)
    else:
        raise ValueError(f"there is no design {design.kind!r}")
    return points
