"""A short version of experiments/rest.py: the script works, finds a drift that is there, and the invented town has none to speak of.

The whole, 120 months and 30 seeds, is run by hand after changes of behaviour; it takes minutes.
"""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from sim.runs import run
from sim.runs.stored.result import Result


def script() -> ModuleType:
    """The experiment as a module."""
    spec = spec_from_file_location("rest", Path(__file__).resolve().parents[2] / "experiments" / "rest.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REST = script()
SEEDS, MONTHS = 6, 36
#: Measures of the size, the circulation and the distribution of the town, none of them rare or resting on a few contracts.
LOOKED_AT = (
    "jobs", "resident_jobs", "firms", "output", "savings", "mean_income", "income_gini", "wealth_gini", "household_retention",
    "velocity", "path_length", "contract_spend", "leakage/inputs", "leakage/shopping", "leakage/work taxes", "median_pay",
)  # fmt: skip
#: Share of the mean a year. Shorter than ten years and with fewer seeds the line is less sure: wider than the experiment's.
ALLOWED = 0.02


@pytest.fixture(scope="module")
def result() -> Result:
    return run("anytown/business-as-usual", seeds=SEEDS, months=MONTHS, workers=1)


@pytest.fixture(scope="module")
def table(result) -> pd.DataFrame:
    return REST.rest_table(result, ALLOWED).set_index("measure")


@pytest.mark.parametrize("measure", LOOKED_AT)
def test_no_measure_drifts(table, measure):
    row = table.loc[measure]
    assert row["verdict"] != "drift", row.to_dict()
    assert abs(row["slope_per_cent_a_year"]) < 100.0 * ALLOWED, row.to_dict()


def test_what_should_go_on_goes_on(result):
    """Births and deaths of firms, moves between jobs and changes of links: in every year of every seed."""
    least = REST.events_a_year(result)
    assert set(least) == set(REST.EVENTS)
    assert all(value > 0.0 for value in least.values()), least


def test_every_series_has_a_line(result, table):
    finite = [name for name in result.series_names if np.isfinite(result.values(name)).all()]
    assert sorted(table.index) == sorted(finite) and len(table) > 80
    assert (table["low"] <= table["slope_per_cent_a_year"]).all() and (table["slope_per_cent_a_year"] <= table["high"]).all()


def series(slope: float, noise: float, seeds: int = 30, months: int = 120) -> np.ndarray:
    """Monthly values around 100 with a slope in units a year and noise that lasts some months."""
    shocks = np.random.default_rng(8).normal(0.0, noise, (seeds, months))
    lasting = np.zeros_like(shocks)
    for month in range(1, months):
        lasting[:, month] = 0.8 * lasting[:, month - 1] + shocks[:, month]
    return 100.0 + lasting + slope * np.arange(months) / 12.0


@pytest.mark.parametrize(
    ("slope", "noise", "verdict"), [(0.0, 1.0, "rest"), (1.0, 1.0, "drift"), (-1.0, 1.0, "drift"), (0.0, 40.0, "zero")]
)
def test_a_drift_is_found_where_there_is_one(slope, noise, verdict):
    row = REST.row_of("example", "money", series(slope, noise))
    assert row["verdict"] == verdict, row
    if verdict == "drift":
        assert row["low"] < 100.0 * slope / row["mean"] < row["high"] and np.sign(row["t"]) == np.sign(slope)


def test_a_constant_is_at_rest():
    row = REST.row_of("example", "count", np.full((4, 24), 7.0))
    assert row["verdict"] == "rest" and row["t"] == 0.0 and row["low"] == row["high"] == 0.0


def test_small_shares_are_judged_in_units():
    """Half a per cent a year of a share near nought is nothing that anyone could see."""
    values = np.abs(series(0.0, 1.0) - 100.0) / 10_000.0
    assert REST.row_of("example", "share", values)["verdict"] == "rest"


def test_the_script_prints_and_writes(tmp_path, capsys):
    assert REST.main(["anytown", "--seeds", "2", "--months", "12", "--workers", "1", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("anytown/business-as-usual: 2 seeds, 12 months") and "by luck alone" in said
    written = pd.read_csv(tmp_path / "anytown-business-as-usual.csv")
    assert {"measure", "mean", "slope_per_cent_a_year", "low", "high", "t", "verdict"} <= set(written.columns)
