"""Luck: one uniform number for each (seed, stream, month, slot), and the shapes made from it.

Each decision has a stream of its own. The number of a slot does not depend on who else draws, in what
order, or how many there are, so two arms of a comparison meet the same luck wherever they are alike
(common random numbers; Law, *Simulation Modeling and Analysis*, 5th edition, section 11.2).
The generator is Philox 4x64-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
SC 2011), whose place in the sequence is a counter that can be set: the month stands in one word of the counter,
the slot in another. Every distribution is an inverse CDF, so a changed parameter moves a draw but never reshuffles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.sequence import CHUNK, Sequence, fill
from sim.core.slots import RESERVED, check_range
from sim.core.stream_names import STREAMS
from sim.errors import UnknownNameError

__all__ = [
    "RESERVED",
    "Streams",
    "binomial",
    "choice",
    "exponential",
    "lognormal",
    "normal",
    "pareto",
    "poisson",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Added to the month in the counter, so that months before the opening have their own draws.
MONTH_OFFSET: Final = 1 << 20


class Streams:
    """All luck of one run.

    Parameters
    ----------
    seed : int
        Seed of the run, nought or more.

    Examples
    --------
    >>> streams = Streams(1)
    >>> few, many = streams.uniform("supplier", 3, 10), streams.uniform("supplier", 3, 1000)
    >>> bool((few == many[:10]).all()), bool(streams.uniform("supplier", 3, np.array([7]))[0] == few[7])
    (True, True)
    """

    def __init__(self, seed: int) -> None:
        if seed < 0:
            raise ValueError(f"a seed is nought or more, not {seed}")
        self.seed = int(seed)
        self._keys: dict[str, tuple[int, int]] = {}
        self._widths: dict[str, int] = {}
        self._sequence = Sequence()

    def uniform(self, name: str, month: int, slots: ArrayLike | int, width: int = 1) -> Floats:
        """Draws of a stream in a month.

        Parameters
        ----------
        name : str
            A stream of `STREAMS`.
        month : int
            Month index; below nought before the opening.
        slots : int or array of int64 (n,)
            Slots that draw, in any order; a number n means slots 0 to n - 1.
        width : int
            Draws for each slot. A stream keeps one width, since another would read its neighbours' draws.

        Returns
        -------
        array of float64 (n,), or (n, width) when `width` is above 1
            Above 0 and below 1, never either.

        Raises
        ------
        UnknownNameError
            If the stream is not declared.
        ValueError
            If the stream was read with another width, or a slot or the month is out of range.
        """
        key = self._key(name)
        if width < 1 or self._widths.setdefault(name, width) != width:
            raise ValueError(f"stream {name!r} was read with width {self._widths[name]} before; it can't be read with {width} now")
        if abs(month) >= MONTH_OFFSET:
            raise ValueError(f"month {month} is out of range")
        wanted = np.arange(slots) if isinstance(slots, (int, np.integer)) else np.asarray(slots, np.int64)
        draws = np.empty((len(wanted), width))
        if len(wanted):
            ends = wanted.min(), wanted.max()
            check_range(np.array(ends))
            fill(draws, wanted, self._sequence.at(key, month + MONTH_OFFSET), int(ends[0]), int(ends[1]))
        return draws[:, 0] if width == 1 else draws

    def uniform_below(self, name: str, month: int, slots: Integers, chance: float, width: int = 1) -> tuple[Integers, Floats]:
        """Those whose first draw is below a chance, with their draws: where few of many act, the draws of the others are not kept.

        Parameters
        ----------
        name, month, width
            As for `uniform`.
        slots : array of int64 (n,)
            Slots that draw.
        chance : float
            The chance that a slot's first draw is below.

        Returns
        -------
        array of int64 (k,)
            Their places in `slots`, in order.
        array of float64 (k,), or (k, width) when `width` is above 1
            Their draws, the same as `uniform` gives.

        Examples
        --------
        >>> streams, slots = Streams(1), np.arange(1000)
        >>> place, draws = streams.uniform_below("compare sellers", 3, slots, 0.01, width=6)
        >>> everyone = streams.uniform("compare sellers", 3, slots, width=6)
        >>> bool((place == np.flatnonzero(everyone[:, 0] < 0.01)).all()), bool((draws == everyone[place]).all())
        (True, True)
        """
        places, kept = [], []
        for start in range(0, max(len(slots), 1), CHUNK):
            draws = self.uniform(name, month, slots[start : start + CHUNK], width)
            place = np.flatnonzero((draws if width == 1 else draws[:, 0]) < chance)
            places.append(place + start)
            kept.append(draws[place])
        return np.concatenate(places), np.concatenate(kept)

    def _key(self, name: str) -> tuple[int, int]:
        """Key of the generator: a hash of the seed and the name."""
        if name not in self._keys:
            if name not in STREAMS:
                raise UnknownNameError("stream", name, sorted(STREAMS))
            digest = hashlib.blake2b(f"{self.seed}/{name}".encode(), digest_size=16).digest()
            self._keys[name] = (int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little"))
        return self._keys[name]


# Shapes: inverse CDFs, one draw in, one value out -----------------------------------------------


def normal(draws: ArrayLike, mean: ArrayLike = 0.0, deviation: ArrayLike = 1.0) -> Floats:
    """Normal values from uniform draws; any shape, the parameters broadcast.

    Examples
    --------
    >>> normal(np.array([0.5, 0.975])).round(3).tolist()
    [0.0, 1.96]
    """
    from scipy import special

    values: Floats = np.asarray(mean) + np.asarray(deviation) * special.ndtri(np.asarray(draws))
    return values


def uniform_of_normal(values: ArrayLike) -> Floats:
    """The uniform draws that would give standard normal values: the way back from `normal`.

    Examples
    --------
    >>> uniform_of_normal(np.array([0.0, 1.96])).round(3).tolist()
    [0.5, 0.975]
    """
    from scipy import special

    found: Floats = special.ndtr(np.asarray(values))
    return found


def lognormal(draws: ArrayLike, sigma: ArrayLike) -> Floats:
    """Log-normal values of mean 1; `sigma` is the standard deviation of the logarithm.

    Examples
    --------
    >>> lognormal(np.array([0.5]), 0.0).tolist()
    [1.0]
    """
    from scipy import special

    spread = np.asarray(sigma)
    values: Floats = np.exp(spread * special.ndtri(np.asarray(draws)) - spread * spread / 2.0)
    return values


def exponential(draws: ArrayLike, mean: ArrayLike = 1.0) -> Floats:
    """Exponential values of a mean.

    Examples
    --------
    >>> exponential(np.array([0.5]), 2.0).round(4).tolist()
    [1.3863]
    """
    values: Floats = -np.asarray(mean) * np.log1p(-np.asarray(draws))
    return values


def pareto(draws: ArrayLike, shape: ArrayLike, smallest: ArrayLike = 1.0) -> Floats:
    """Pareto values, none below `smallest`; the mean is smallest x shape / (shape - 1) for a shape above 1.

    Examples
    --------
    >>> pareto(np.array([0.75]), 2.0).round(9).tolist()
    [2.0]
    """
    values: Floats = np.asarray(smallest) * np.exp(-np.log1p(-np.asarray(draws)) / np.asarray(shape))
    return values


def poisson(draws: ArrayLike, mean: ArrayLike) -> Integers:
    """Poisson counts: the smallest count whose cumulative chance is at least the draw.

    Examples
    --------
    >>> poisson(np.array([0.01, 0.5, 0.99]), 3.0).tolist()
    [0, 3, 8]
    """
    from scipy import special

    level, expected = np.asarray(draws, float), np.asarray(mean, float)
    if (expected < 0.0).any():
        raise ValueError("a Poisson mean is nought or more")
    # No float64 below 1 lies above the cumulative chance of this count.
    top = np.ceil(expected + 12.0 * np.sqrt(expected) + 40.0).astype(np.int64)
    return _smallest(level, top, lambda count, place: special.pdtr(count, expected[place]))


def binomial(draws: ArrayLike, number: ArrayLike, chance: ArrayLike) -> Integers:
    """Binomial counts among `number`, each with `chance`: the smallest count whose cumulative chance is at least the draw.

    Examples
    --------
    >>> binomial(np.array([0.01, 0.5, 0.99]), 10, 0.3).tolist()
    [0, 3, 7]
    """
    from scipy import special

    level, trials, each = np.asarray(draws, float), np.asarray(number, np.int64), np.asarray(chance, float)
    if (trials < 0).any() or (each < 0.0).any() or (each > 1.0).any():
        raise ValueError("a binomial needs a number of nought or more and a chance from 0 to 1")
    trials, each = np.broadcast_arrays(trials, each)
    return _smallest(level, trials, lambda count, place: special.bdtr(count, trials[place], each[place]))


def _smallest(level: Floats, top: Integers, cumulative: Callable[[Floats, Any], Floats]) -> Integers:
    """The smallest count from nought to `top` whose cumulative chance is at least the level."""
    if top.ndim == 0:
        chances = cumulative(np.arange(int(top), dtype=float), ())
        return np.searchsorted(chances, level, side="left").astype(np.int64)
    level, most = np.broadcast_arrays(level, top)
    place = np.broadcast_to(np.arange(top.size).reshape(top.shape), level.shape)
    low, high = np.zeros(level.shape, np.int64), most.astype(np.int64)
    while (undecided := low < high).any():
        middle = (low + high) // 2
        enough = cumulative(middle.astype(float), np.unravel_index(place, top.shape)) >= level
        high = np.where(undecided & enough, middle, high)
        low = np.where(undecided & ~enough, middle + 1, low)
    return low


def choice(draws: ArrayLike, cumulative: ArrayLike) -> Integers:
    """Index chosen by cumulative weights.

    Parameters
    ----------
    draws : array (n,)
        Uniforms.
    cumulative : array (k,) or (n, k)
        Cumulative weights, one list for all or one for each draw; the last is the whole weight. An entry without
        weight is never chosen.

    Returns
    -------
    array of int64 (n,)

    Examples
    --------
    >>> choice(np.array([0.1, 0.3, 0.9]), np.cumsum([1.0, 0.0, 3.0])).tolist()
    [0, 2, 2]
    """
    level, weights = np.asarray(draws, float), np.asarray(cumulative, float)
    if weights.shape[-1] == 0 or (weights[..., -1] <= 0.0).any():
        raise ValueError("a choice needs a weight above nought")
    if weights.ndim == 1:
        passed = np.searchsorted(weights, level * weights[-1], side="right")
    else:
        passed = (weights <= (level * weights[:, -1])[:, None]).sum(axis=1)
    index: Integers = np.minimum(passed, _last_with_weight(weights)).astype(np.int64)
    return index


def _last_with_weight(cumulative: Floats) -> Integers:
    """Index of the last entry that adds weight, for each list."""
    last: Integers = np.argmax(cumulative >= cumulative[..., -1:], axis=-1)
    return last
