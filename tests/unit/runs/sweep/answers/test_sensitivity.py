"""Indices of functions whose indices are known, and of noise, which has none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from support.sweeps import answers_at, drawn, ishigami, ishigami_indices

from sim.runs.sweep.answers.luck import luck_of
from sim.runs.sweep.answers.morris import elementary_effects
from sim.runs.sweep.answers.sample import Sample, sample_of
from sim.runs.sweep.answers.sensitivity import sensitivity_table
from sim.runs.sweep.answers.sobol import sobol_indices
from sim.runs.sweep.answers.verdicts import LUCK, MATTERS, ONE_SEED, SAME


def sample(points, values, kind, **facts) -> Sample:
    inputs = points.shape[1]
    names = [f"x{place + 1}" for place in range(inputs)]
    return sample_of(names, points, values, kind, low=np.zeros(inputs), high=np.ones(inputs), **facts)


def row(table: pd.DataFrame, name: str, index: str) -> pd.Series:
    found = table[(table["input"] == name) & (table["index"] == index)]
    assert len(found) == 1
    return found.iloc[0]


def holds(line: pd.Series, truth: float, times: float = 1.0) -> bool:
    """Whether the truth lies in the 95% interval, or in one that many times as wide."""
    beyond = (times - 1.0) * (line["high"] - line["low"]) / 2.0 + 1e-9
    return line["low"] - beyond <= truth <= line["high"] + beyond


def whole_grid(levels: int, inputs: int):
    steps = [np.linspace(0.0, 1.0, levels)] * inputs
    return np.stack(np.meshgrid(*steps, indexing="ij")).reshape(inputs, -1).T


def test_sobol_indices_of_ishigami_are_the_published_ones():
    """Sobol and Levitan (1999): first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 with a = 7 and b = 0.1."""
    known = ishigami_indices()
    assert np.round(known["first"], 4).tolist() == [0.3139, 0.4424, 0.0]
    assert np.round(known["total"], 4).tolist() == [0.5576, 0.4424, 0.2437]
    points = drawn("sobol", 3, 512, second_order=True)
    table = sensitivity_table(sample(points, answers_at(points, ishigami, seeds=5), "sobol", second_order=True), "m")
    for index in ("first", "total"):
        for place, truth in enumerate(known[index]):
            line = row(table, f"x{place + 1}", index)
            assert holds(line, truth)
            assert line["high"] - line["low"] < 0.25
    for pair, truth in zip(("x1 with x2", "x1 with x3", "x2 with x3"), known["second"], strict=True):
        assert holds(row(table, pair, "second"), truth)
    assert set(table[table["index"] == "total"]["verdict"]) == {MATTERS}
    assert row(table, "x1 with x3", "second")["verdict"] == MATTERS


def test_luck_widens_sobol_intervals_and_is_told_apart():
    """With a seed's own effect on every point alike, and luck of its own at each, the truth still lies in the intervals."""
    points = drawn("sobol", 3, 256)
    quiet = sensitivity_table(sample(points, answers_at(points, ishigami, seeds=2), "sobol"), "m")
    lucky = sample(points, answers_at(points, ishigami, luck=3.0, seeds=4), "sobol")
    table = sensitivity_table(lucky, "m")
    share = luck_of(lucky.values).share
    assert share == pytest.approx(9.0 / 4.0 / (13.84 + 9.0 / 4.0), rel=0.15)  # variance of Ishigami is 13.84; shared luck is no part
    for place, truth in enumerate(ishigami_indices()["total"]):
        line, still = row(table, f"x{place + 1}", "total"), row(quiet, f"x{place + 1}", "total")
        assert line["luck"] == pytest.approx(share, rel=0.3)
        assert holds(line, truth * (1.0 - share) + line["luck"])
        assert line["high"] - line["low"] > 0.8 * (still["high"] - still["low"])


def test_the_g_function_of_sobol():
    """Saltelli and Sobol (1995): V_i = 1 / (3 (1 + a_i)^2), whole = product of (1 + V_i) less 1."""
    strengths = np.array([0.0, 1.0, 4.5, 99.0])
    alone = 1.0 / (3.0 * (1.0 + strengths) ** 2)
    whole = np.prod(1.0 + alone) - 1.0
    points = drawn("sobol", 4, 512)
    values = answers_at(points, lambda x: np.prod((np.abs(4.0 * x - 2.0) + strengths) / (1.0 + strengths), axis=1), seeds=2)
    table = sensitivity_table(sample(points, values, "sobol"), "m")
    for place, variance in enumerate(alone):
        name = f"x{place + 1}"
        assert holds(row(table, name, "first"), variance / whole, times=1.5)
        total = variance * np.prod(np.delete(1.0 + alone, place)) / whole
        assert holds(row(table, name, "total"), total, times=1.5)
    assert row(table, "x1", "total")["value"] > row(table, "x2", "total")["value"] > row(table, "x3", "total")["value"]


def test_a_failed_run_costs_its_block_and_nothing_else():
    points = drawn("sobol", 3, 64)
    values = answers_at(points, ishigami, luck=0.5, seeds=3)
    broken = values.copy()
    broken[5 * 17 + 2, 1] = np.nan
    left = sample(points, broken, "sobol")
    assert (left.lost_points, left.lost_seeds, left.block_count) == (5, 0, 63)
    kept = np.r_[0 : 5 * 17, 5 * 18 : len(points)]
    again = sample(points[kept], values[kept], "sobol")
    assert [one.value for one in sobol_indices(left)] == [one.value for one in sobol_indices(again)]


def test_a_seed_that_fails_everywhere_costs_itself():
    points = drawn("morris", 3, 6)
    values = answers_at(points, ishigami, luck=0.5, seeds=3)
    values[:, 1] = np.nan
    left = sample(points, values, "morris")
    assert (left.lost_points, left.lost_seeds, left.values.shape[1]) == (0, 1, 2)


def test_morris_of_a_straight_line_is_its_slopes():
    points = drawn("morris", 3, 10)
    table = sensitivity_table(sample(points, answers_at(points, lambda x: 5.0 * x[:, 0] - 2.0 * x[:, 1], seeds=5), "morris"), "m")
    for name, slope in (("x1", 5.0), ("x2", -2.0), ("x3", 0.0)):
        assert row(table, name, "mu_star")["value"] == pytest.approx(abs(slope))
        assert row(table, name, "mu")["value"] == pytest.approx(slope)
        assert row(table, name, "sigma")["value"] == pytest.approx(0.0, abs=1e-9)
        assert row(table, name, "mu_star")["verdict"] == (MATTERS if slope else SAME)


def test_effects_are_those_of_salib():
    from SALib.analyze import morris

    points = drawn("morris", 3, 8)
    values = answers_at(points, ishigami)
    effects = elementary_effects(points, values, 4)[:, :, 0]
    unit = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    known = morris.analyze(unit, points, values[:, 0], num_levels=4, seed=1)
    assert np.allclose(np.abs(effects).mean(axis=0), known["mu_star"])
    assert np.allclose(effects.std(axis=0, ddof=1), known["sigma"])


def test_a_hypercube_gives_first_order_indices():
    points = drawn("latin-hypercube", 3, 400)
    table = sensitivity_table(sample(points, answers_at(points, ishigami, luck=0.5, seeds=3), "latin-hypercube"), "m")
    for place, truth in enumerate(ishigami_indices()["first"]):
        assert holds(row(table, f"x{place + 1}", "rbd_first"), truth)
    assert [row(table, f"x{place}", "rbd_first")["verdict"] for place in (1, 2, 3)] == [MATTERS, MATTERS, LUCK]


def test_equal_values_of_one_input_do_not_carry_the_order_of_another():
    """A grid in its own order, with one point gone: sorted by the first input it still runs through the second."""
    points = whole_grid(8, 2)
    values = answers_at(points, lambda x: x[:, 1], luck=0.01, seeds=3)
    values[0] = np.nan
    table = sensitivity_table(sample(points, values, "grid"), "m")
    assert row(table, "x1", "rbd_first")["verdict"] == LUCK
    assert row(table, "x2", "rbd_first")["verdict"] == MATTERS


def test_a_whole_grid_is_analysed_exactly():
    """x1 + 2 x1 x2 at 0 and 1: effects (cell means 0, 0, 1, 3) 2, 1 and 1 on contrasts; variances 1, 0.25 and 0.25 of 1.5."""
    points = whole_grid(2, 2)
    table = sensitivity_table(sample(points, answers_at(points, lambda x: x[:, 0] + 2.0 * x[:, 0] * x[:, 1], seeds=2), "grid"), "m")
    assert row(table, "x1", "first")["value"] == pytest.approx(1.0 / 1.5)
    assert row(table, "x2", "first")["value"] == pytest.approx(0.25 / 1.5)
    assert row(table, "x1", "total")["value"] == pytest.approx(1.25 / 1.5)
    assert row(table, "x2", "total")["value"] == pytest.approx(0.5 / 1.5)


@pytest.mark.parametrize(("kind", "number"), [("sobol", 32), ("morris", 10), ("latin-hypercube", 60), ("grid", 4)])
def test_noise_has_no_influence(kind, number):
    """Of twenty sets of pure luck none or one may be claimed to show something: the promise is one in twenty."""
    points = whole_grid(number, 3) if kind == "grid" else drawn(kind, 3, number)
    claims = 0
    for seed in range(20 if kind != "latin-hypercube" else 3):
        values = answers_at(points, lambda x: 0.0 * x[:, 0], luck=1.0, seeds=5, seed=100 + seed)
        claims += bool((sensitivity_table(sample(points, values, kind), "m")["verdict"] == MATTERS).any())
    assert claims <= 2


@pytest.mark.parametrize("kind", ["sobol", "morris", "grid", "latin-hypercube"])
def test_luck_that_runs_with_an_input_is_no_influence(kind):
    """Each seed has a slope of its own, of mean nought: smooth, the same shape at all points, and nothing but luck."""
    points = whole_grid(4, 3) if kind == "grid" else drawn(kind, 3, 16 if kind != "latin-hypercube" else 60)
    claims = 0
    for seed in range(20 if kind != "latin-hypercube" else 3):
        slopes = np.random.default_rng(seed).normal(size=(1, 6))
        claims += bool((sensitivity_table(sample(points, points[:, :1] * slopes, kind), "m")["verdict"] == MATTERS).any())
    assert claims <= 3


@pytest.mark.parametrize("kind", ["sobol", "morris", "latin-hypercube", "grid"])
def test_answers_that_never_differ_say_so(kind):
    points = whole_grid(3, 2) if kind == "grid" else drawn(kind, 2, 16)
    table = sensitivity_table(sample(points, np.full((len(points), 2), 7.0), kind), "m")
    assert set(table[~table["index"].isin(["mu", "sigma"])]["verdict"]) == {SAME}
    assert (table["value"] == 0.0).all()


def test_one_seed_claims_nothing():
    points = drawn("sobol", 3, 64)
    table = sensitivity_table(sample(points, answers_at(points, ishigami), "sobol"), "m")
    assert set(table["verdict"]) == {ONE_SEED}
    assert table["luck"].isna().all()
