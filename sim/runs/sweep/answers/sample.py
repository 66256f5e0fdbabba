"""What the analyses work on: points, and the answer of each seed at each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.runs.sweep.answers.complete import block_size, complete_part

__all__ = ["Sample", "sample_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Points with an answer for every seed.

    Parameters
    ----------
    names : tuple of str
        The inputs.
    points : ndarray of float64, shape (points, inputs)
        Their values.
    values : ndarray of float64, shape (points, seeds)
        The answers; all exist.
    low, high, usual : ndarray of float64, shape (inputs,)
        Range of each input, and its value as the scenario stands (not a number where that is not known).
    kind : str
        Kind of the design; "given" where its blocks are not whole.
    second_order : bool
        Whether a Sobol design has the rows for effects of pairs.
    levels : int
        Levels of a Morris design.
    blocks : ndarray of int64, shape (points,)
        Which block each point is of, from 0; points that stand alone are blocks of their own.
    lost_points, lost_seeds : int
        Points and seeds left out, since runs failed or the answer does not exist.
    """

    names: tuple[str, ...]
    points: Floats
    values: Floats
    low: Floats
    high: Floats
    usual: Floats
    kind: str
    second_order: bool
    levels: int
    blocks: Integers
    lost_points: int = 0
    lost_seeds: int = 0

    @property
    def means(self) -> Floats:
        """The answer at each point: the mean over seeds."""
        result: Floats = self.values.mean(axis=1)
        return result

    @property
    def block_count(self) -> int:
        """How many blocks there are."""
        return int(self.blocks[-1]) + 1 if len(self.blocks) else 0

    def first_blocks(self, count: int) -> Sample:
        """The same with the first blocks only."""
        return self._part(self.blocks < count)

    def _part(self, kept: NDArray[np.bool_]) -> Sample:
        """Some points, in their order."""
        return self._with(points=self.points[kept], values=self.values[kept], blocks=self.blocks[kept])

    def _with(self, **changes: NDArray[np.float64] | NDArray[np.int64]) -> Sample:
        """A copy with changes."""
        from dataclasses import replace

        return replace(self, **changes)  # type: ignore[arg-type]


def sample_of(
    names: Sequence[str],
    points: Floats,
    values: Floats,
    kind: str = "given",
    *,
    low: Floats | None = None,
    high: Floats | None = None,
    usual: Floats | None = None,
    second_order: bool = False,
    levels: int = 4,
) -> Sample:
    """A sample of the points and seeds that can be used.

    Parameters
    ----------
    names : sequence of str
        The inputs.
    points : ndarray of float64, shape (points, inputs)
        Their values, in the order of the design.
    values : ndarray of float64, shape (points, seeds)
        The answers; not a number where a run failed or the answer does not exist.
    kind : str
        Kind of the design.
    low, high, usual : ndarray of float64, shape (inputs,), optional
        Range and usual value of each input; the range of the points where they are left out.
    second_order, levels : bool, int
        Of the design.

    Examples
    --------
    >>> sample = sample_of(["x"], np.array([[0.0], [1.0]]), np.array([[1.0, 2.0], [np.nan, 3.0]]))
    >>> sample.lost_points, sample.means.tolist()
    (1, [1.5])
    """
    size = block_size(kind, len(names), second_order)
    if len(points) % size:
        kind, size = "given", 1
    rows, columns = complete_part(values, size)
    kept = int(rows.sum())
    unknown = np.full(len(names), np.nan)
    return Sample(
        names=tuple(names),
        points=points[rows],
        values=values[np.ix_(rows, columns)],
        low=points.min(axis=0) if low is None else low,
        high=points.max(axis=0) if high is None else high,
        usual=unknown if usual is None else usual,
        kind=kind,
        second_order=second_order,
        levels=levels,
        blocks=np.repeat(np.arange(kept // size), size),
        lost_points=len(points) - kept,
        lost_seeds=int((~columns).sum()),
    )
