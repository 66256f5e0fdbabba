"""One number that says how much an input matters, and how unsure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from sim.runs.sweep.answers.luck import Part, half_width

__all__ = ["Index"]

#: Indices that are shares of the variance.
SHARES: Final = ("first", "total", "second", "rbd_first")
#: Indices that are sizes.
SIZES: Final = ("mu_star", "sigma")


@dataclass(frozen=True, slots=True)
class Index:
    """An index of an input.

    Parameters
    ----------
    input : str
        The input; two of them with " with " between for an effect of a pair.
    index : str
        "first", "total", "second", "mu", "mu_star", "sigma" or "rbd_first".
    value : float
        The estimate.
    unsure : Part
        Its variance, by the choice of points and by the luck of seeds together.
    luck : float
        What the index would be, on average, of an input that only stirs the luck; not a number with one seed.
    chance : float
        Chance of so large an index of an input without influence; not a number where no test was made.
    """

    input: str
    index: str
    value: float
    unsure: Part = field(default_factory=lambda: Part(0.0, math.inf))
    luck: float = 0.0
    chance: float = math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Ends of the 95% interval; not numbers where nothing is known of what makes the index unsure.

        Notes
        -----
        A share of variance lies between nought and one, so the interval ends there, or at the estimate where that lies beyond; where it
        lies wholly above one there is none, since the method has failed. A mean size and a spread (`mu_star`, `sigma`) are not below
        nought, so theirs ends there.

        Examples
        --------
        >>> Index("a", "total", 0.5, Part(1.0, math.inf)).interval, Index("a", "first", -0.1, Part(1.0, math.inf)).interval
        ((0.0, 1.0), (-0.1, 1.0))
        >>> Index("a", "sigma", 1.0, Part(1.0, math.inf)).interval[0]
        0.0
        """
        if not math.isfinite(self.unsure.variance):
            return math.nan, math.nan
        half = half_width(self.unsure) if self.unsure.variance > 0.0 else 0.0
        low, high = self.value - half, self.value + half
        if self.index in SHARES and low > 1.0:
            return math.nan, math.nan
        if self.index in SHARES:
            return max(low, min(self.value, 0.0)), min(high, max(self.value, 1.0))
        if self.index in SIZES:
            return max(low, 0.0), high
        return low, high
