"""One measure in two arms: levels, paired difference, interval, and what the difference is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.report.numbers import Amount
from sim.runs.statistics import differences
from sim.runs.statistics.hints import is_hint

__all__ = ["Compared", "compare_values", "from_summary"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """A measure under the reference and under another arm.

    Parameters
    ----------
    label, unit : str
        What it is, and its unit in words.
    amount : Amount
        How to write its values.
    reference, value : float
        Means over the paired runs.
    mean, low, high : float
        Paired difference and its interval. Where the differences are uneven the interval is the wider of the two that were made.
    decision : str
        As in `sim.runs.statistics.differences`.
    pairs : int
        Paired runs that it rests on.
    needed : int or None
        Paired runs that would show a difference as large as the one measured in 80 of 100 experiments.
    smallest : float
        Smallest difference that these runs would show in 80 of 100 experiments.
    weak : bool
        Told from luck alone, but not once the number of measures is allowed for.
    uneven : bool
        Whether the differences are too uneven for the usual interval alone.
    p_value : float
        Of no difference, before the number of measures is allowed for; not a number where no test was made.
    """

    label: str
    unit: str
    amount: Amount
    reference: float
    value: float
    mean: float
    low: float
    high: float
    decision: str
    pairs: int
    needed: int | None = None
    smallest: float = math.nan
    weak: bool = False
    uneven: bool = False
    p_value: float = math.nan

    @property
    def is_told(self) -> bool:
        """Whether the difference can be told from luck."""
        return self.decision in (differences.HIGHER, differences.LOWER)

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to compare with."""
        return not self.decision


def compare_values(label: str, unit: str, amount: Amount, before: Floats, after: Floats) -> Compared:
    """Compare one number a run in two arms.

    Parameters
    ----------
    label, unit, amount
        As for `Compared`.
    before, after : ndarray of float64, shape (seeds,)
        The reference and the other arm, in one order of seeds.

    Examples
    --------
    >>> found = compare_values("Jobs", "jobs", Amount("count"), np.array([10.0, 11.0, 12.0, 13.0]), np.array([12.0, 14.0, 13.0, 15.0]))
    >>> found.mean, found.decision
    (2.0, 'higher')
    """
    estimate = differences.paired_difference(before, after)
    exists = np.isfinite(before) & np.isfinite(after)
    levels = [float(values[exists].mean()) if exists.any() else math.nan for values in (before, after)]
    low, high, uneven = _interval(estimate.low, estimate.high, estimate.companion_low, estimate.companion_high)
    return Compared(
        label,
        unit,
        amount,
        levels[0],
        levels[1],
        estimate.mean,
        low,
        high,
        estimate.decision,
        estimate.pairs,
        estimate.pairs_needed,
        estimate.smallest_seen,
        uneven=uneven,
        p_value=estimate.p_value,
    )


def from_summary(row: Mapping[str, Any], symbol: str) -> Compared:
    """A row of the stored summary; with one arm alone the level and its interval, without a decision."""
    amount = Amount(str(row["kind"]), symbol)
    decision = str(row["decision"] or "")
    low, high, uneven = _interval(*(float(row[name]) for name in ("low", "high", "companion_low", "companion_high")))
    needed = row["pairs_needed"]
    return Compared(
        str(row["title"]).removesuffix(": all").replace(": all anchors", ", all anchors"),
        str(row["unit"]),
        amount,
        float(row["reference"]),
        float(row["value"]),
        float(row["difference"]),
        low,
        high,
        decision,
        int(row["pairs"]),
        None if needed is None or needed != needed or str(needed) == "<NA>" else int(needed),  # noqa: PLR0124
        float(row["smallest_seen"]),
        weak=is_hint(decision, bool(row["told_after_holm"])),
        uneven=uneven,
        p_value=float(row.get("p_value", math.nan)),
    )


def _interval(low: float, high: float, other_low: float, other_high: float) -> tuple[float, float, bool]:
    """The interval to show: with a companion the wider of the two, since both must agree before a difference counts."""
    if math.isnan(other_low):
        return low, high, False
    if not (math.isfinite(other_low) and math.isfinite(other_high)):
        return low, high, True
    return min(low, other_low), max(high, other_high), True
