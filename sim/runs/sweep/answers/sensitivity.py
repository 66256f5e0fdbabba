"""Which inputs the answer hangs on: one table for every design."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from sim.runs.statistics.differences import holm
from sim.runs.sweep.answers.given import FEWEST_POINTS, given_indices
from sim.runs.sweep.answers.index import SHARES, Index
from sim.runs.sweep.answers.luck import AGREEING, luck_of
from sim.runs.sweep.answers.morris import morris_indices
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.sobol import sobol_indices
from sim.runs.sweep.answers.verdicts import ABOVE_ONE, FEW_BLOCKS, FEW_SEEDS, LUCK, MATTERS, ONE_SEED, SAME
from sim.runs.sweep.answers.whole_grid import grid_indices, grid_shape

__all__ = ["COLUMNS", "indices_of", "leading", "main_index", "sensitivity_table"]

#: Columns of the table.
COLUMNS: Final = ("input", "measure", "index", "value", "low", "high", "luck", "chance", "verdict")
#: What rounding leaves of an index of nought.
ROUNDED: Final = 1e-12
#: Chance of any false claim among the inputs of one index.
FALSE_CLAIMS: Final = 0.05
#: Fewer blocks of a Sobol design have no verdict.
FEWEST_BLOCKS: Final = 8
#: Indices of each kind of design; any other has first order indices of given points.
KINDS: Final = MappingProxyType({"sobol": ("first", "total"), "morris": ("mu_star", "mu", "sigma"), "grid": ("first", "total")})
#: Indices that say whether an input matters; the others say how.
TESTED: Final = ("first", "total", "second", "mu_star", "rbd_first")


def indices_of(sample: Sample) -> list[Index]:
    """The indices that the design of a sample allows; none for one input at a time, or for too few points.

    Notes
    -----
    Sobol and Morris designs have their own methods, whole grids the analysis of variance, anything else first order indices of given
    points. Where all answers are the same, every index is nought.
    """
    small = sample.block_count < 2 or sample.kind == "one-at-a-time"
    if small:
        return []
    if luck_of(sample.values).spread == 0.0:
        return [Index(name, index, 0.0) for index in KINDS.get(sample.kind, ("rbd_first",)) for name in sample.names]
    if sample.kind == "sobol":
        return sobol_indices(sample)
    if sample.kind == "morris":
        return morris_indices(sample)
    if sample.kind == "grid" and grid_shape(sample.points) is not None:
        return grid_indices(sample)
    return given_indices(sample) if len(sample.points) >= FEWEST_POINTS else []


def sensitivity_table(sample: Sample, measure: str) -> pd.DataFrame:
    """Indices with intervals, what luck alone would give, and a verdict.

    Parameters
    ----------
    sample : Sample
        Points and answers.
    measure : str
        What the answers are.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`: `low` and `high` end the 95% interval; `luck` is what the index of an input
        without influence comes to; `chance` is that of so large an index of such an input, by Holm's method for the number of inputs.
        Where two to four seeds agree exactly, the verdict claims nothing but that they are too few.

    Examples
    --------
    >>> import numpy as np
    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> points = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    >>> table = sensitivity_table(sample_of(["a", "b"], points, points[:, :1] * [1.0, 1.1, 1.2], "grid"), "jobs")
    >>> table[table["index"] == "total"][["input", "value", "verdict"]].values.tolist()
    [['a', 1.0, 'matters'], ['b', 0.0, 'changes nothing']]
    """
    found = indices_of(sample)
    rows = []
    blocks = sample.block_count if sample.kind == "sobol" else math.inf
    seeds = sample.values.shape[1]
    agree = 2 <= seeds < AGREEING and luck_of(sample.values).luck == 0.0
    for index in dict.fromkeys(one.index for one in found):
        these = [one for one in found if one.index == index]
        chances = holm([one.chance for one in these])
        for one, chance in zip(these, chances, strict=True):
            rows.append(_row(one, measure, chance, seeds, blocks, agree or _rests_on_few(one, chance, seeds)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rests_on_few(one: Index, chance: float, seeds: int) -> bool:
    """Whether a few seeds agree exactly in what an index rests on, so that its chance holds no luck."""
    return 2 <= seeds < AGREEING and (chance == 0.0 or (one.index == "mu_star" and one.luck <= ROUNDED * one.value))


def _row(one: Index, measure: str, chance: float, seeds: int, blocks: float, few: bool) -> tuple[str | float, ...]:
    """One line of the table."""
    verdict = _verdict(one, chance, seeds, blocks, few) if one.index in TESTED else ""
    # With one seed a method that draws no points knows nothing of what makes its numbers unsure.
    ends = (math.nan, math.nan) if seeds < 2 and one.unsure.variance == 0.0 and one.value != 0.0 else one.interval
    luck = 0.0 if abs(one.luck) <= ROUNDED else one.luck
    return (one.input, measure, one.index, one.value, *ends, luck, chance, verdict)


def _verdict(one: Index, chance: float, seeds: int, blocks: float, few: bool) -> str:
    """What may be claimed of an input."""
    if abs(one.value) <= ROUNDED and (math.isnan(one.unsure.variance) or one.unsure.variance <= 1e-24):
        return SAME
    if seeds < 2:
        return ONE_SEED
    if blocks < FEWEST_BLOCKS:
        return FEW_BLOCKS
    if one.index in SHARES and one.value > 1.0 and math.isnan(one.interval[0]):
        return ABOVE_ONE
    if chance <= FALSE_CLAIMS:
        return FEW_SEEDS if few else MATTERS
    return LUCK


def leading(table: pd.DataFrame, measure: str, index: str) -> pd.DataFrame:
    """Rows of one index of one measure, the largest first."""
    rows = table[(table["measure"] == measure) & (table["index"] == index)]
    return rows.sort_values("value", ascending=False, kind="stable")


def main_index(indices: Sequence[str]) -> str:
    """The index that says most of those that are there; empty for none.

    Examples
    --------
    >>> main_index(["first", "total"]), main_index(["rbd_first"]), main_index([])
    ('total', 'rbd_first', '')
    """
    return next((name for name in ("total", "mu_star", "rbd_first") if name in set(indices)), "")
