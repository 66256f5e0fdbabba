"""Sobol indices: which share of the variance of the answer each input makes, alone and with the others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.runs.statistics.differences import CONFIDENCE
from sim.runs.sweep.answers.index import Index
from sim.runs.sweep.answers.luck import ROUNDING, SEED, Part, chance_above, one_left_out, raised_by_luck, seed_part, total_part
from sim.runs.sweep.answers.sample import Sample
from sim.runs.sweep.answers.whole_grid import chance_of_effects

__all__ = ["sobol_indices"]

Floats = NDArray[np.float64]

#: Resamples of blocks: a standard error from so many is itself known to a twentieth of its size.
RESAMPLES: Final = 200


def sobol_indices(sample: Sample) -> list[Index]:
    """First, total and second order indices with intervals.

    Parameters
    ----------
    sample : Sample
        Of a Sobol design, whole blocks, at least two of them, answers that are not all the same.

    Notes
    -----
    SALib computes the indices of the means of points: first and total order by Saltelli et al. (*Computer Physics Communications* 181,
    2010), second order by Saltelli (*Computer Physics Communications* 145, 2002), and the bootstrap over blocks. How far the luck of
    the seeds moves them is added from the jackknife over seeds: seeds are shared by all points, so a bootstrap over blocks alone
    can't see what a seed does to the whole picture. The bootstrap rests on as many free values as there are blocks, less one.

    An index is a sum of products of answers over their variance, and luck raises such sums: `raised_by_luck` says by how much, which
    over the variance is the `luck` of the index. The test asks whether the index is above it. For both, the variance is that of the
    means of points with all seeds: if each seed had its own variance beneath, luck that runs with one input alone would come to an
    index of one for every seed, and look sure. With few blocks that test sees little, so for a total index the F test of the steps of
    the input against their luck (as on a whole grid) stands beside it, and the better of the two counts at twice its chance.

    Examples
    --------
    The answer is the first of two inputs, of 0 and 1, in all four pairs of A and B; a block is A, A with the first of B, A with the
    second of B, B:

    >>> from sim.runs.sweep.answers.sample import sample_of
    >>> answers = np.array([[a, b, a, b] for a in (0.0, 1.0) for b in (0.0, 1.0)]).reshape(-1, 1)
    >>> found = sobol_indices(sample_of(["one", "two"], np.hstack([answers, 0.0 * answers]), answers, "sobol"))
    >>> [(one.input, one.index, round(one.value, 6)) for one in found]
    [('one', 'first', 1.0), ('two', 'first', 0.0), ('one', 'total', 1.0), ('two', 'total', 0.0)]
    """
    analysis = _salib_analysis(sample)
    sums = _sums(sample, sample.values)
    left_out = _sums(sample, one_left_out(sample.values)) if sample.values.shape[1] > 1 else None
    spread = float(_ends(sample, sample.means).var())
    quantile = float(special.ndtri((1 + CONFIDENCE) / 2))
    found = []
    for place, (name, index, value, half) in enumerate(_listed(sample, analysis)):
        by_seeds = Part(math.nan, math.nan) if left_out is None else seed_part(left_out[place] / spread)
        luck = raised_by_luck(sums[place] / spread, value)
        unsure = total_part([Part((half / quantile) ** 2, sample.block_count - 1.0), by_seeds])
        chance = chance_above(value - luck, unsure)
        if index == "total":
            chance = _either(chance, chance_of_effects(_steps(sample, sample.names.index(name))))
        found.append(Index(name, index, value, unsure, luck, chance))
    return found


def _steps(sample: Sample, place: int) -> Floats:
    """What moving one input does in each block, by seed: (blocks, seeds)."""
    blocks = sample.values.reshape(sample.block_count, -1, sample.values.shape[1])
    steps: Floats = blocks[:, 1 + place] - blocks[:, 0]
    return steps


def _either(one: float, other: float) -> float:
    """The smaller of two chances, twice: the price of taking the better of two tests (Bonferroni)."""
    known = [chance for chance in (one, other) if math.isfinite(chance)]
    return min(1.0, len(known) * min(known)) if known else math.nan


def _listed(sample: Sample, analysis: Any) -> Iterator[tuple[str, str, float, float]]:
    """Input, index, value and half of the interval by blocks, in the order of :func:`_sums`."""
    for index, key in (("first", "S1"), ("total", "ST")):
        for place, name in enumerate(sample.names):
            yield name, index, float(analysis[key][place]), float(analysis[f"{key}_conf"][place])
    for one, other in combinations(range(len(sample.names)), 2) if sample.second_order else ():
        pair = f"{sample.names[one]} with {sample.names[other]}"
        yield pair, "second", float(analysis["S2"][one, other]), float(analysis["S2_conf"][one, other])


def _salib_analysis(sample: Sample) -> Any:
    """What SALib makes of the means of points."""
    from SALib.analyze import sobol

    problem = {"num_vars": len(sample.names), "names": list(sample.names), "bounds": [[0.0, 1.0]] * len(sample.names)}
    return sobol.analyze(
        problem, sample.means, calc_second_order=sample.second_order, num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=SEED
    )


def _ends(sample: Sample, means: Floats) -> Floats:
    """Answers at the rows of A and B, by whose variance SALib divides."""
    blocks = means.reshape(sample.block_count, -1)
    return np.concatenate([blocks[:, 0], blocks[:, -1]])


def _sums(sample: Sample, values: Floats) -> Floats:
    """The sums of products of every index, before they are divided by a variance, for each column of values: (indices, columns)."""
    from SALib.analyze import sobol

    inputs, columns = len(sample.names), values.shape[1]
    pairs = list(combinations(range(inputs), 2)) if sample.second_order else []
    result = np.zeros((2 * inputs + len(pairs), columns))
    for column in range(columns):
        answers = values[:, column] - values[:, column].mean()
        spread = _ends(sample, answers).var()
        scale = math.sqrt(spread)
        if scale <= ROUNDING * np.abs(values[:, column]).max():
            continue
        first, last, mixed, back = sobol.separate_output_values(answers / scale, inputs, sample.block_count, sample.second_order)
        indices = [sobol.first_order(first, mixed[:, place], last) for place in range(inputs)]
        indices += [sobol.total_order(first, mixed[:, place], last) for place in range(inputs)]
        indices += [sobol.second_order(first, mixed[:, one], mixed[:, other], back[:, one], last) for one, other in pairs]
        result[:, column] = np.array(indices) * spread
    return result
