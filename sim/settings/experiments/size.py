"""How many points a design has, and an experiment made small."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from sim.settings.experiment import Design, Experiment, Varied

__all__ = ["points_in", "reduced"]


def points_in(design: Design, vary: Sequence[Varied]) -> int:
    """Number of points of a design, without laying them.

    Examples
    --------
    >>> points_in(Design("sobol", points=8), [Varied("a.one", "parameter", ("a.one",)), Varied("a.two", "parameter", ("a.two",))])
    32
    """
    if design.kind == "grid":
        return math.prod(len(one.values) or design.levels for one in vary)
    if design.kind == "one-at-a-time":
        return 1 + sum(len(aside(one)) for one in vary)
    if design.kind == "latin-hypercube":
        return design.points
    if design.kind == "sobol":
        return design.points * (2 * len(vary) + 2 if design.second_order else len(vary) + 2)
    return design.trajectories * (len(vary) + 1)


def aside(one: Varied) -> tuple[float, ...]:
    """The values that one thing takes while all else is as usual: its own values or the ends of its range, without the usual value.

    Examples
    --------
    >>> aside(Varied("a.share", "parameter", ("a.share",), low=0.1, high=0.3, usual=0.2))
    (0.1, 0.3)
    """
    return tuple(value for value in one.values or (one.low, one.high) if value != one.usual)


def reduced(experiment: Experiment, points: int, seeds: int, months: int) -> Experiment:
    """An experiment made small: fewer points, seeds and months.

    Parameters
    ----------
    experiment : Experiment
        The experiment.
    points, seeds, months : int
        How many at most, each 1 or more; a design that can't be as small has the fewest points it can.

    Returns
    -------
    Experiment
    """
    if min(points, seeds, months) < 1:
        raise ValueError(f"points, seeds and months must be 1 or more, not {points}, {seeds} and {months}")
    fewer = min(months, experiment.months)
    design, vary = _smaller(experiment.design, experiment.vary, points)
    return replace(
        experiment,
        months=fewer,
        seeds=experiment.seeds[:seeds],
        design=design,
        vary=tuple(_within(one, fewer) for one in vary),
        keep=tuple(month for month in experiment.keep if month <= fewer),
    )


def _smaller(design: Design, vary: tuple[Varied, ...], most: int) -> tuple[Design, tuple[Varied, ...]]:
    """A design with fewer levels, values, points or trajectories; of what is varied the last are left out while there is no other way."""
    if design.kind == "grid":
        ends = tuple(replace(one, values=_ends(one.values)) for one in vary)
        design, vary = (design, vary) if points_in(design, vary) <= most else (replace(design, levels=min(design.levels, 2)), ends)
    if design.kind == "latin-hypercube":
        return replace(design, points=min(design.points, most)), vary
    if design.kind == "sobol":
        design = replace(design, points=min(design.points, 2), second_order=design.second_order and points_in(design, vary) <= most)
    if design.kind == "morris":
        design = replace(design, trajectories=min(design.trajectories, 2))
    while len(vary) > 1 and points_in(design, vary) > most:
        vary = vary[:-1]
    return design, vary


def _ends(values: tuple[float, ...]) -> tuple[float, ...]:
    """The first and the last of some values."""
    return values if len(values) < 3 else (values[0], values[-1])


def _within(one: Varied, months: int) -> Varied:
    """A first month that is varied, brought within fewer months; anything else as it is."""
    if one.kind not in ("policy", "shock") or one.path[-1] != "start" or one.high <= months:
        return one
    values = tuple(dict.fromkeys(min(value, float(months)) for value in one.values))
    return replace(one, values=values, low=min(one.low, max(1.0, months - 1.0)), high=float(months))
