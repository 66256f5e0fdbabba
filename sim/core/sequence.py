"""The numbers behind the draws: any place of the sequence of one key and month, in blocks or one by one, with the same bits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.core.philox import philox_words
from sim.core.slots import RESERVED

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: A block of up to this many numbers is made however few are asked for: it costs less than to pick them one by one.
SMALL_BLOCK: Final = 1 << 12
#: So many numbers of a block cost as much as to go to one place, and as to begin to make places on arrays.
ONE_PLACE: Final = 128
ARRAYS: Final = 1 << 15
#: So many numbers of a block cost as much as one slot on arrays: this, and this for each number of the slot.
ONE_SLOT: Final = 12
ONE_NUMBER: Final = 5
#: Up to this many places of the sequence are gone to one after the other by the generator; more are made on arrays.
FEW_PLACES: Final = 256
#: The generator makes this many numbers for one value of its counter.
WORDS: Final = 4
#: Smallest uniform given: half the step between uniforms, so that no inverse CDF meets nought.
SMALLEST: Final = 2.0**-54
#: Slots drawn at a time where not all of them are wanted.
CHUNK: Final = 1 << 14


def fill(draws: Floats, slots: Integers, sequence: Sequence, first: int, last: int) -> None:
    """Fill draws (n, width): slots that lie close together from one block, the others one by one. Same numbers either way."""
    width = draws.shape[1]
    reach = _reach(len(slots), width)
    if last - first < reach:
        _block(draws, slots, sequence, first, last)
        return
    apart = np.ones(len(slots), bool)
    for base in (0, RESERVED):
        near = (slots >= base) & (slots < base + reach)
        part = slots[near]
        if part.size and int(part.max()) - int(part.min()) < _reach(len(part), width):
            found = np.empty((len(part), width))
            _block(found, part, sequence, int(part.min()), int(part.max()))
            draws[near] = found
            apart &= ~near
    if apart.any():
        draws[apart] = _one_by_one(slots[apart], draws.shape[1], sequence)


def _reach(slots: int, width: int) -> int:
    """Slots that a block may span, at most, to cost less than to draw this many of them one by one."""
    return (SMALL_BLOCK + min(ONE_PLACE * slots, ARRAYS) + (ONE_SLOT + ONE_NUMBER * width) * slots) // width


def _block(draws: Floats, slots: Integers, sequence: Sequence, first: int, last: int) -> None:
    """Fill draws (n, width) from the block of all slots from the first to the last."""
    width, size = draws.shape[1], last - first + 1
    rising = len(slots) == 1 or bool((slots[1:] > slots[:-1]).all())
    if rising and len(slots) == size:
        sequence.stretch(first * width, draws)
        return
    if rising and size > CHUNK:
        # A part at a time, so that what is not picked stays in the processor's cache.
        ends = np.searchsorted(slots, np.arange(first, last + CHUNK + 1, CHUNK)).tolist()
        block = np.empty((CHUNK, width))
        for part, (start, end) in enumerate(pairwise(ends)):
            low = first + part * CHUNK
            sequence.stretch(low * width, block)
            np.take(block, slots[start:end] - low, axis=0, out=draws[start:end], mode="clip")
        return
    block = np.empty((size, width))
    sequence.stretch(first * width, block)
    np.take(block, slots - first, axis=0, out=draws, mode="clip")


def _one_by_one(slots: Integers, width: int, sequence: Sequence) -> Floats:
    """Draws (n, width) of slots far apart, each from its own place in the sequence."""
    index = (slots[:, None] * width + np.arange(width)).ravel()
    places, which = np.unique(index // WORDS, return_inverse=True)
    draws: Floats = sequence.words(places)[which.ravel(), index % WORDS]
    return draws.reshape(len(slots), width)


class Sequence:
    """The numbers of one key and month, from any place on; one generator is moved about, since making one takes longer than most draws.

    Examples
    --------
    >>> sequence, two, four = Sequence().at((5, 6), 9), np.empty((2, 1)), np.empty((4, 1))
    >>> sequence.stretch(3, two)
    >>> sequence.stretch(1, four)
    >>> two.ravel().tolist() == four[2:].ravel().tolist() == [sequence.words(np.array([0]))[0, 3], sequence.words(np.array([1]))[0, 0]]
    True
    """

    def __init__(self) -> None:
        self._bits = np.random.Philox(0)
        self._numbers = np.random.Generator(self._bits)
        self._key, self._month = (0, 0), 0

    def at(self, key: tuple[int, int], month: int) -> Sequence:
        """This, turned to a key and a month."""
        self._key, self._month = key, month
        return self

    def stretch(self, start: int, draws: Floats) -> None:
        """Fill draws (n, width) with the numbers from `start` on."""
        block, over = divmod(start, WORDS)
        self._go_to(block)
        if over:
            self._numbers.random(over)
        self._numbers.random(out=draws)
        np.maximum(draws, SMALLEST, out=draws)

    def words(self, places: Integers) -> Floats:
        """The four numbers (n, 4) at each place (n,), a place being a value of the counter."""
        if len(places) > FEW_PLACES:
            raw = philox_words(places.astype(np.uint64), self._month, self._key)
            many: Floats = np.maximum((raw >> np.uint64(11)) * 2.0**-53, SMALLEST)
            return many
        draws = np.empty((len(places), WORDS))
        for row, place in enumerate(places.tolist()):
            self._go_to(place)
            self._numbers.random(out=draws[row])
        np.maximum(draws, SMALLEST, out=draws)
        return draws

    def _go_to(self, block: int) -> None:
        """Move the generator to a value of its counter, with nothing left over from before."""
        state: dict[str, Any] = {
            "bit_generator": "Philox",
            "state": {"counter": (block, 0, self._month, 0), "key": self._key},
            "buffer": (0, 0, 0, 0),
            "buffer_pos": WORDS,
            "has_uint32": 0,
            "uinteger": 0,
        }
        self._bits.state = state  # type: ignore[assignment]
