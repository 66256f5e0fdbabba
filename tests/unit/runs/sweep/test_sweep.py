"""Sweeps: the same tables whoever makes the runs, nothing lost, failures that stay visible, folders that are not mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from small_experiments import small, swept, table_bytes

from sim.errors import InputError
from sim.runs.sweep import tables
from sim.runs.sweep.stored import load_sweep
from sim.runs.sweep.written_answers import ANSWERS, write_answers

TABLES = {"points.parquet", "runs.parquet", "summary.parquet"}


def test_the_tables_are_the_same_whoever_makes_the_runs(tmp_path: Path) -> None:
    one = table_bytes(swept(small(), tmp_path / "one").path)
    assert set(one) == TABLES
    with ThreadPoolExecutor(3) as threads:
        assert table_bytes(swept(small(), tmp_path / "threads", executor=threads).path) == one
    for shard in (2, 3, 1):
        parts = swept(small(), tmp_path / "shards", shard=(shard, 3))
        assert parts.complete == (shard == 1)
    assert table_bytes(parts.path) == one


def test_a_shard_writes_the_points_that_somebody_took_away(tmp_path: Path) -> None:
    first = swept(small(), tmp_path / "out", shard=(1, 2)).path
    points = (first / "points.parquet").read_bytes()
    (first / "points.parquet").unlink()
    assert swept(small(), tmp_path / "out", shard=(2, 2)).complete
    assert (first / "points.parquet").read_bytes() == points


def test_a_table_is_written_in_groups_of_rows_once_enough_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A point has a value for each of 3 seeds, 2 arms, 3 measures and 3 months (the mean and two): 54, and 8 points 432."""
    whole = swept(small(), tmp_path / "whole")
    monkeypatch.setattr(tables, "GROUP_ROWS", 100)
    parts = swept(small(), tmp_path / "parts")
    groups = [pq.ParquetFile(folder.path / "runs.parquet").metadata.num_row_groups for folder in (whole, parts)]
    assert groups == [1, 4]
    assert all(pq.read_table(whole.path / name).equals(pq.read_table(parts.path / name)) for name in TABLES)


def test_answers_that_a_sweep_has_no_more_are_taken_away(tmp_path: Path) -> None:
    found = swept(small(), tmp_path / "out")
    (found.path / ANSWERS).mkdir()
    (found.path / ANSWERS / "tornadoes.csv").write_text("of an earlier version", encoding="utf-8")
    written = write_answers(found)
    tables_there = {name for name, table in written.tables.items() if not table.empty} | {"decision", "sentences"}
    assert {path.stem for path in (found.path / ANSWERS).iterdir()} == tables_there


def test_what_is_read_back_is_what_was_run(tmp_path: Path) -> None:
    found = swept(small(effects=(0.0, 2.0)), tmp_path / "out")
    assert found.complete and found.failures.empty
    assert (found.arms, found.reference, found.seeds) == (("town/as-usual", "town/changed"), "town/as-usual", (1, 2, 3))
    assert found.points.to_dict("list") == {"stand_in.effect": [0.0, 0.0, 2.0, 2.0], "firms.target_use": [0.8, 0.9, 0.8, 0.9]}
    difference = found.difference("level", "town/changed")
    assert np.allclose(difference.to_numpy().T, [0.0, 0.0, 2.0, 2.0])
    assert list(difference.columns) == [1, 2, 3]
    assert (found.values("stock", month=6) < found.values("stock", month=14)).all(axis=None)
    summary = found.summary.set_index(["point", "arm", "measure"]).loc[(2, "town/changed", "level")]
    assert summary["mean"] == pytest.approx(found.values("level", "town/changed").loc[2].mean())
    assert (summary["seeds"], summary["pairs"], summary["difference"]) == (3, 3, pytest.approx(2.0))


def test_failed_runs_stay_visible_and_are_in_no_number(tmp_path: Path) -> None:
    found = swept(small(effects=(0.0, 2.0), fails_at=2), tmp_path / "out")
    assert found.complete
    assert list(zip(found.failures["point"], found.failures["seed"], strict=True)) == [(point, 2) for point in range(4)]
    first = found.failures.iloc[0]
    assert (first["arm"], first["error"]) == ("town/changed", "MoneyError")
    assert "repeat_run(experiment, point=0, seed=2)" in first["repeat"]
    assert found.values("level")[2].isna().all() and found.values("level")[[1, 3]].notna().all(axis=None)
    assert set(found.summary["seeds"]) == {2}


def test_a_folder_of_another_sweep_is_refused_and_the_difference_named(tmp_path: Path) -> None:
    swept(small(), tmp_path / "out")
    with pytest.raises(InputError, match=r"another sweep, which differs in seeds: 1, 2, 3 there, 1, 2 now") as caught:
        swept(small(seeds=(1, 2)), tmp_path / "out")
    assert "choose another folder with --out" in str(caught.value)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("mine")
    with pytest.raises(InputError, match=r"something else lies in this folder \(a.txt\)"):
        swept(small(), tmp_path / "letters")
    with pytest.raises(InputError, match="there is no such folder"):
        load_sweep(tmp_path / "nowhere")
