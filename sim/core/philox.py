"""Philox 4x64-10 at any place of its sequence, on arrays.

NumPy's generator makes a stretch of the sequence; this makes single places far apart, with the same bits.
Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 5; constants from table 2.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

ROUNDS: Final = 10
MULTIPLIERS: Final = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
KEY_STEPS: Final = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)
WORD: Final = (1 << 64) - 1
HALF: Final = np.uint64(32)
LOW: Final = np.uint64(0xFFFFFFFF)


def philox_words(blocks: Words, month: int, key: tuple[int, int]) -> Words:
    """The four words of each block.

    Parameters
    ----------
    blocks : array of uint64 (n,)
        Number of the block: words 4 x block to 4 x block + 3 of the sequence that starts at counter (0, 0, month, 0).
    month : int
        Third word of the counter, nought or more.
    key : tuple of two int
        Key, 64 bits each.

    Returns
    -------
    array of uint64 (n, 4)

    Examples
    --------
    >>> stretch = np.random.Philox(key=np.array([5, 6], np.uint64), counter=np.array([0, 0, 9, 0], np.uint64)).random_raw(8)
    >>> bool((philox_words(np.array([1], np.uint64), 9, (5, 6))[0] == stretch[4:]).all())
    True
    """
    # NumPy moves the counter on before it makes a block.
    first: Words = blocks + np.uint64(1)
    second, fourth = np.zeros_like(first), np.zeros_like(first)
    third = np.full_like(first, month)
    for turn in range(ROUNDS):
        left, right = ((key[side] + turn * KEY_STEPS[side]) & WORD for side in (0, 1))
        high_first, low_first = _multiply(first, MULTIPLIERS[0])
        high_third, low_third = _multiply(third, MULTIPLIERS[1])
        first, second = high_third ^ second ^ np.uint64(left), low_third
        third, fourth = high_first ^ fourth ^ np.uint64(right), low_first
    return np.stack([first, second, third, fourth], axis=1)


def _multiply(words: Words, constant: int) -> tuple[Words, Words]:
    """High and low half of the 128-bit product of each word and a constant."""
    high, low = np.uint64(constant >> 32), np.uint64(constant & 0xFFFFFFFF)
    word_high, word_low = words >> HALF, words & LOW
    cross = word_high * low + ((word_low * low) >> HALF)
    middle = word_low * high + (cross & LOW)
    return word_high * high + (cross >> HALF) + (middle >> HALF), words * np.uint64(constant)
