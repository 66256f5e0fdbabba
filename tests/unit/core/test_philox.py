"""Single places of the sequence have the bits that NumPy's generator gives."""

from __future__ import annotations

import numpy as np

from sim.core.philox import philox_words


def test_the_same_bits_as_numpy():
    chooser = np.random.default_rng(5)
    for _ in range(20):
        key = tuple(int(word) for word in chooser.integers(0, 2**64, 2, dtype=np.uint64))
        month = int(chooser.integers(0, 2**21))
        stretch = np.random.Philox(key=np.array(key, np.uint64), counter=np.array([0, 0, month, 0], np.uint64)).random_raw(400)
        blocks = chooser.permutation(100).astype(np.uint64)
        assert (philox_words(blocks, month, key) == stretch.reshape(100, 4)[blocks]).all()


def test_far_away_too():
    far, key = 2**40 + 12345, (2**64 - 1, 3)
    stretch = np.random.Philox(key=np.array(key, np.uint64), counter=np.array([far, 0, 1, 0], np.uint64)).random_raw(8)
    assert (philox_words(np.array([far, far + 1], np.uint64), 1, key).ravel() == stretch).all()
