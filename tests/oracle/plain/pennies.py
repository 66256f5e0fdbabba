"""Sums with whole pence and simple shapes of luck, one number at a time."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from scipy import special


def running(values: Iterable[float]) -> list[float]:
    """Running totals, added one after the other."""
    return list(accumulate(values))


def clipped(value: float, low: float, high: float) -> float:
    """The value, no lower than `low` and no higher than `high`."""
    return min(max(value, low), high)


def share_that_fits(wanted: float, room: float) -> float:
    """Share of what is wanted that the room allows."""
    room = max(room, 0.0)
    return room / wanted if wanted > room else 1.0


def cut(wanted: int, share: float) -> int:
    """An amount cut to its share, in whole pence."""
    return wanted if share >= 1.0 else math.floor(wanted * share)


def divided(amount: int, cumulative: Sequence[float]) -> list[int]:
    """An amount in parts by cumulative shares that end at one: rounded running totals, each less the one before."""
    ends = [round(amount * share) for share in cumulative]
    return [end - before for before, end in zip([0, *ends[:-1]], ends, strict=True)]


def picked(cumulative: Sequence[float], draw: float) -> int:
    """Index of the first entry whose cumulative weight passes the draw's share of the whole."""
    return min(bisect_right(cumulative, draw * cumulative[-1]), len(cumulative) - 1)


def lognormal(draw: float, sigma: float) -> float:
    """A log-normal value of mean 1."""
    return float(np.exp(sigma * special.ndtri(draw) - sigma * sigma / 2.0))


def poisson(draw: float, mean: float) -> int:
    """The smallest count whose cumulative Poisson chance is at least the draw."""
    return bisect_left(_poisson_chances(mean), draw)


@cache
def _poisson_chances(mean: float) -> tuple[float, ...]:
    """Cumulative chances of the counts that matter."""
    most = math.ceil(mean + 12.0 * math.sqrt(mean) + 40.0)
    return tuple(float(special.pdtr(count, mean)) for count in range(most))


def exponential_of(value: float) -> float:
    """The exponential function as NumPy computes it."""
    return float(np.exp(value))
