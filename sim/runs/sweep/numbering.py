"""Every run of a sweep has a number: point by point, and within a point seed by seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.settings.experiment import Experiment

__all__ = ["AFTER_THE_OPENING", "Numbering", "in_order", "opening_groups"]

#: Kinds of what is varied that change nothing before the first month.
AFTER_THE_OPENING = ("policy", "shock")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers of runs.

    Parameters
    ----------
    points : int
        Number of points.
    seeds : tuple of int
        Seeds in ascending order.

    Examples
    --------
    >>> numbering = Numbering(2, (1, 5, 9))
    >>> numbering.total, numbering.of(1, 5), numbering.point(4), numbering.seed(4)
    (6, 4, 1, 5)
    """

    points: int
    seeds: tuple[int, ...]

    @property
    def total(self) -> int:
        """Number of runs."""
        return self.points * len(self.seeds)

    def of(self, point: int, seed: int) -> int:
        """The number of a run."""
        return point * len(self.seeds) + self.seeds.index(seed)

    def point(self, run: int) -> int:
        """The point of a run."""
        return run // len(self.seeds)

    def seed(self, run: int) -> int:
        """The seed of a run."""
        return self.seeds[run % len(self.seeds)]


def opening_groups(experiment: Experiment, points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which points have towns that open alike.

    Returns
    -------
    ndarray of int64, shape (points,)
        A number for each point, the same where nothing differs but options of policies and shocks.
    """
    columns = [place for place, varied in enumerate(experiment.vary) if varied.kind not in AFTER_THE_OPENING]
    if not columns:
        return np.zeros(len(points), np.int64)
    _, groups = np.unique(points[:, columns], axis=0, return_inverse=True)
    found: NDArray[np.int64] = groups.reshape(-1).astype(np.int64)
    return found


def in_order(numbering: Numbering, groups: NDArray[np.int64], shard: tuple[int, int] | None = None) -> NDArray[np.int64]:
    """All runs in the order in which they are best made: those that share an opening one after the other.

    Parameters
    ----------
    numbering : Numbering
        The runs.
    groups : ndarray of int64, shape (points,)
        Which points open alike.
    shard : (int, int), optional
        A part of them: the first number of the second, counted from 1.

    Returns
    -------
    ndarray of int64, shape (runs,)
        Numbers of runs.

    Examples
    --------
    >>> in_order(Numbering(3, (1, 2)), np.array([0, 1, 0])).tolist()
    [0, 4, 1, 5, 2, 3]
    >>> [in_order(Numbering(3, (1, 2)), np.array([0, 1, 0]), (part, 2)).tolist() for part in (1, 2)]
    [[0, 4, 1], [5, 2, 3]]
    """
    runs = np.arange(numbering.total, dtype=np.int64)
    point, place = np.divmod(runs, len(numbering.seeds))
    ordered: NDArray[np.int64] = runs[np.lexsort((point, place, groups[point]))]
    if shard is None:
        return ordered
    part, parts = shard
    return ordered[(part - 1) * len(ordered) // parts : part * len(ordered) // parts]
