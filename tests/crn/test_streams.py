"""Common random numbers: a slot keeps its luck, whoever else draws, and streams know nothing of each other."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from scipy import stats

from sim.core.sequence import CHUNK
from sim.core.slots import ORDINARY_END, RESERVED_END
from sim.core.streams import RESERVED, Streams, binomial, choice, exponential, lognormal, normal, pareto, poisson
from sim.errors import UnknownNameError

NAME, OTHER, THIRD = "supplier", "firm ends", "tender"
MANY = 40_000
#: Correlation of MANY independent pairs is beyond this about once in 16 million tries.
CHANCE = 5.4 / MANY**0.5


def draws(seed: int = 1, name: str = NAME, month: int = 1, slots: object = MANY, width: int = 1) -> np.ndarray:
    return Streams(seed).uniform(name, month, slots, width)


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    return float(abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]))


@pytest.mark.parametrize("width", [1, 3, 4, 7])
def test_one_more_slot_changes_nobody(width):
    for number in (1, 2, 5, 999):
        assert (draws(slots=number, width=width) == draws(slots=number + 1, width=width)[:number]).all()


@pytest.mark.parametrize("width", [1, 3, 4, 7])
def test_the_order_and_the_company_do_not_matter(width):
    whole = draws(slots=5000, width=width)
    slots = np.random.default_rng(3).permutation(5000)
    assert (draws(slots=slots, width=width) == whole[slots]).all()
    for few in ([4999], [4999, 0], [17, 17, 3], list(range(100, 130))):
        assert (draws(slots=np.array(few), width=width) == whole[few]).all()


@pytest.mark.parametrize("width", [1, 3, 52])
def test_far_slots_have_the_same_draws_alone_and_in_a_block(width):
    start = RESERVED + 70_000
    block = draws(slots=np.arange(RESERVED, start + 9), width=width)
    assert (draws(slots=np.array([start + 8, RESERVED]), width=width) == block[[-1, 0]]).all()
    assert (draws(slots=np.array([200_000]), width=width) == draws(slots=200_001, width=width)[-1:]).all()


@pytest.mark.parametrize("places", [0, 10_000])
def test_far_slots_are_alike_made_one_after_the_other_and_on_arrays(monkeypatch, places):
    monkeypatch.setattr("sim.core.sequence.FEW_PLACES", places)
    slots = np.arange(20) * 9_999 + 5
    assert (draws(slots=slots, width=6) == draws(slots=200_001, width=6)[slots]).all()


@pytest.mark.parametrize("last", [2 * CHUNK - 2, 2 * CHUNK, 2 * CHUNK + 2])
def test_every_second_slot_of_a_long_block(last):
    assert (draws(slots=np.arange(0, last + 1, 2), width=3) == draws(slots=last + 1, width=3)[::2]).all()
    assert (draws(slots=np.arange(6, last + 1, 2)) == draws(slots=last + 1)[6::2]).all()


@pytest.mark.parametrize("gap", [6, 60])
@pytest.mark.parametrize("width", [1, 3])
def test_sparse_slots_are_alike_in_a_block_and_on_arrays(gap, width):
    slots = np.concatenate([np.arange(900) * gap + 2, [900_000, RESERVED + 3]])
    assert (draws(slots=slots, width=width)[:900] == draws(slots=900 * gap, width=width)[slots[:900]]).all()


@pytest.mark.parametrize("slots", [np.arange(40_000), np.arange(40_000)[::-3] + 7, np.arange(5), np.zeros(0, np.int64)])
def test_those_below_a_chance_have_the_draws_they_would_have_among_all(slots):
    everyone = draws(slots=slots, width=6)
    place, found = Streams(1).uniform_below(NAME, 1, slots, 0.03, width=6)
    assert (place == np.flatnonzero(everyone[:, 0] < 0.03)).all()
    assert (found == everyone[place]).all()


def test_reserved_slots_shift_nobody():
    plain = np.arange(300)
    mixed = np.concatenate([plain[:100], [RESERVED + 2, RESERVED + 400_000_000], plain[100:], [150_000]])
    found = draws(slots=mixed, width=2)
    assert (np.delete(found, [100, 101, 302], axis=0) == draws(slots=plain, width=2)).all()
    assert (found[100:102] == draws(slots=mixed[100:102], width=2)).all()
    assert (found[302:] == draws(slots=150_001, width=2)[-1:]).all()


def test_what_was_drawn_before_does_not_matter():
    used = Streams(1)
    for month in range(5):
        used.uniform(OTHER, month, 1000)
        used.uniform(NAME, month, 77)
    assert (used.uniform(NAME, 2, 50) == draws(month=2, slots=50)).all()
    for twin in (copy.deepcopy(used), pickle.loads(pickle.dumps(used))):
        assert (twin.uniform(NAME, 9, 50) == used.uniform(NAME, 9, 50)).all()


def test_these_draws_never_change():
    """Draws are part of every stored result: if this fails, every number of the model has moved."""
    expected = [0.48990888468883076, 0.2689419468281484, 0.9402690202994123]
    assert draws(seed=2013, month=-3, slots=3).tolist() == expected


def test_months_streams_seeds_and_slots_are_uncorrelated():
    base = draws()
    others = [draws(month=month) for month in (-12, 0, 2, 3, 12)]
    others += [draws(name=OTHER), draws(name=THIRD)]
    others += [draws(seed=seed) for seed in (0, 2, 3, 2**40)]
    others += [draws(slots=np.arange(RESERVED, RESERVED + MANY)), np.roll(base, 1), np.roll(base, 4)]
    assert max(correlation(base, other) for other in others) < CHANCE
    wide = draws(width=4)
    assert max(correlation(wide[:, i], wide[:, j]) for i in range(4) for j in range(i)) < CHANCE


def test_a_slots_luck_over_the_months_is_uncorrelated():
    streams = Streams(8)
    months = np.array([streams.uniform(NAME, month, 200) for month in range(200)])
    assert correlation(months[1:], months[:-1]) < CHANCE
    assert correlation(months[:, 1:], months[:, :-1]) < CHANCE


def test_no_key_of_one_seed_is_that_of_another():
    """A sum of seed and hash would let stream A of seed 7 be stream B of seed 9; a hash of both can't be made to."""
    keys = {Streams(seed)._key(name) for seed in range(200) for name in (NAME, OTHER, THIRD)}
    assert len(keys) == 600


def test_uniform_on_the_open_interval():
    values = draws(slots=200_000)
    assert 0.0 < values.min() < 1e-4
    assert 1.0 - 1e-4 < values.max() < 1.0
    assert stats.kstest(values, "uniform").pvalue > 1e-4
    far = draws(slots=np.arange(20_000) * 20_011 % (ORDINARY_END - 1))
    assert stats.kstest(far, "uniform").pvalue > 1e-4


def test_never_nought_and_never_one(monkeypatch):
    """Also when the generator gives its smallest and its largest word."""
    words = np.array([[0, 2**64 - 1, 2**63, 1]], np.uint64)
    monkeypatch.setattr("sim.core.sequence.philox_words", lambda blocks, month, key: np.repeat(words, len(blocks), axis=0))
    monkeypatch.setattr("sim.core.sequence.FEW_PLACES", 0)
    found = draws(slots=np.array([0, RESERVED_END - 4]), width=4)[1:]
    assert found.tolist() == [[2.0**-54, 1.0 - 2.0**-53, 0.5, 2.0**-54]]
    assert np.isfinite(normal(found)).all()
    assert np.isfinite(exponential(found)).all()


def test_shapes_of_what_comes_back():
    assert draws(slots=0).shape == (0,)
    assert draws(slots=0, width=3).shape == (0, 3)
    assert draws(slots=np.empty(0, np.int64), width=3).shape == (0, 3)
    assert draws(slots=np.int64(4)).shape == (4,)
    assert draws(slots=5, width=3).shape == (5, 3)


def test_what_can_not_be_drawn_is_refused():
    streams = Streams(1)
    with pytest.raises(UnknownNameError, match="no stream 'suplier'; the nearest name is 'supplier'"):
        streams.uniform("suplier", 1, 3)
    with pytest.raises(ValueError, match="slot -1 is in neither range"):
        streams.uniform(NAME, 1, np.array([4, -1]))
    with pytest.raises(ValueError, match="is in neither range"):
        streams.uniform(NAME, 1, np.array([4, RESERVED_END]))
    with pytest.raises(ValueError, match="month 2000000 is out of range"):
        streams.uniform(NAME, 2_000_000, 3)
    with pytest.raises(ValueError, match="read with width 1 before; it can't be read with 2 now"):
        streams.uniform(NAME, 1, 3, width=2)
    with pytest.raises(ValueError, match="a seed is nought or more"):
        Streams(-1)


SHAPES = [
    (lambda u: normal(u, 3.0, 2.0), 3.0, 4.0),
    (lambda u: lognormal(u, 0.4), 1.0, float(np.expm1(0.16))),
    (lambda u: exponential(u, 2.5), 2.5, 6.25),
    (lambda u: pareto(u, 5.0, 2.0), 2.5, 4.0 * 5.0 / (16.0 * 3.0)),
    (lambda u: poisson(u, 3.3), 3.3, 3.3),
    (lambda u: poisson(u, 0.02), 0.02, 0.02),
    (lambda u: poisson(u, 800.0), 800.0, 800.0),
    (lambda u: binomial(u, 12, 0.3), 3.6, 2.52),
    (lambda u: binomial(u, 3000, 0.7), 2100.0, 630.0),
]


@pytest.mark.parametrize(("shape", "mean", "variance"), SHAPES, ids=range(len(SHAPES)))
def test_moments(shape, mean, variance):
    """On the midpoints of a fine grid, so that there is no luck in it."""
    grid = (np.arange(1_000_000) + 0.5) / 1_000_000
    values = shape(grid)
    assert values.mean() == pytest.approx(mean, rel=2e-3)
    assert values.var() == pytest.approx(variance, rel=1e-2)
    assert (np.diff(values) >= 0).all()


@pytest.mark.parametrize("mean", [0.0, 1e-9, 0.3, 3.0, 50.5, 4000.0])
def test_poisson_is_the_exact_inverse(mean):
    chance = np.concatenate([draws(slots=2000), [2.0**-54, 1 - 2.0**-53]])
    counts = poisson(chance, mean)
    assert (stats.poisson.cdf(counts, mean) >= chance * (1 - 1e-12)).all()
    assert (stats.poisson.cdf(counts - 1, mean) < chance).all()
    assert (poisson(chance, np.full(len(chance), mean)) == counts).all()


@pytest.mark.parametrize(("number", "each"), [(0, 0.5), (1, 0.5), (7, 0.0), (7, 1.0), (40, 0.03), (100_000, 0.4)])
def test_binomial_is_the_exact_inverse(number, each):
    chance = np.concatenate([draws(slots=2000), [2.0**-54, 1 - 2.0**-53]])
    counts = binomial(chance, number, each)
    assert counts.min() >= 0
    assert counts.max() <= number
    assert (stats.binom.cdf(counts, number, each) >= chance * (1 - 1e-12)).all()
    assert (stats.binom.cdf(counts - 1, number, each) < chance).all()
    assert (binomial(chance, np.full(len(chance), number), each) == counts).all()


def test_a_changed_parameter_moves_draws_and_reshuffles_none():
    luck = draws(slots=20_000)
    assert correlation(poisson(luck, 3.0), poisson(luck, 3.3)) > 0.95
    for low, high in [
        (poisson(luck, 3.0), poisson(luck, 3.3)),
        (binomial(luck, 10, 0.3), binomial(luck, 10, 0.35)),
        (binomial(luck, 10, 0.3), binomial(luck, 11, 0.3)),
        (exponential(luck, 1.0), exponential(luck, 1.1)),
        (normal(luck, 0.0), normal(luck, 0.1)),
        (pareto(luck, 3.0), pareto(luck, 2.5)),
    ]:
        assert (high >= low).all()
        assert (high > low).any()


def test_parameters_may_differ_by_slot():
    luck = np.array([0.5, 0.5, 0.5])
    assert poisson(luck, [0.0, 3.0, 10.0]).tolist() == [0, 3, 10]
    assert binomial(luck, [0, 10, 10], [0.5, 0.5, 1.0]).tolist() == [0, 5, 10]
    assert choice(luck, [[1, 2], [1, 9], [9, 10]]).tolist() == [1, 1, 0]


def test_choice_follows_the_weights_and_never_takes_an_empty_one():
    cumulative = np.cumsum([0.0, 2.0, 0.0, 1.0, 5.0, 0.0])
    luck = np.concatenate([(np.arange(8000) + 0.5) / 8000, [2.0**-54, 1 - 2.0**-53]])
    chosen = choice(luck, cumulative)
    assert np.bincount(chosen, minlength=6)[[0, 2, 5]].tolist() == [0, 0, 0]
    assert np.bincount(chosen[:-2], minlength=6).tolist() == [0, 2000, 0, 1000, 5000, 0]
    assert (choice(luck, np.tile(cumulative, (len(luck), 1))) == chosen).all()
    tiny = np.cumsum([0.1] * 10 + [0.0])
    assert choice(np.array([1 - 2.0**-53]), tiny).tolist() == [9]


def test_impossible_parameters_are_refused():
    with pytest.raises(ValueError, match="Poisson mean"):
        poisson([0.5], -1.0)
    with pytest.raises(ValueError, match="a chance from 0 to 1"):
        binomial([0.5], 3, 1.5)
    for cumulative in ([0.0, 0.0], [], [[1.0], [0.0]]):
        with pytest.raises(ValueError, match="a weight above nought"):
            choice([0.5, 0.5], cumulative)
