"""One number that says how much an input matters, and how unsure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from sim.runs.sweep.answers.luck import Part

__all__ = ["Index"]


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
