"""Folders, workers, points and models that a sweep can't use are refused with what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_experiments import Cheap, small, swept
from stand_in import MEASURES

from sim.errors import InputError, RunError, UnknownNameError
from sim.runs.sweep import runner, storage
from sim.runs.sweep.design import points_of
from sim.runs.sweep.numbering import Numbering, in_order
from sim.runs.sweep.plan import plan_of
from sim.runs.sweep.storage import MANIFEST, made_folder, read_manifest
from sim.runs.sweep.stored import Sweep
from sim.runs.sweep.task import numbers_of, same_model
from sim.settings.experiment import Design


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """A small sweep."""
    return swept(small(effects=(0.0, 1.0), seeds=(1, 2)), tmp_path_factory.mktemp("sweep") / "out")


def test_a_folder_without_a_name_or_below_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"this can't become the folder of a sweep") as caught:
        made_folder(Path("/"))
    assert "give a name with --out, such as results/mine" in str(caught.value)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="folder") as caught:
        made_folder(tmp_path / "file" / "out")
    assert "Not a directory" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "it can't be read (Expecting property name"),
        ("[]", "it is not the manifest of a sweep"),
        ('{"format": "localwealth result"}', "it is not the manifest of a sweep"),
        ("99", "it has version 99 of the format, and this program reads 1"),
    ],
)
def test_a_folder_with_another_manifest_is_refused(text: str, words: str, found: Sweep, tmp_path: Path) -> None:
    if text == "99":
        text = json.dumps({**json.loads((found.path / MANIFEST).read_text()), "format_version": 99})
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(InputError) as caught:
        read_manifest(tmp_path)
    assert words in str(caught.value) and "give the folder that localwealth sweep wrote" in str(caught.value)


def test_workers_and_points_that_there_are_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there must be a worker") as caught:
        swept(small(), tmp_path / "out", workers=0)
    assert "1 or more" in str(caught.value)
    with pytest.raises(InputError, match="there is no such point") as caught:
        runner.repeat_run(small(), 8, 1, Cheap, measures=MEASURES)
    assert "0 to 7" in str(caught.value) and "see points.parquet" in str(caught.value)


def test_a_place_that_can_not_fit_into_memory_is_refused_before_there_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.start.memory.memory_here", lambda: 1_000_000)
    with pytest.raises(InputError, match="memory") as caught:
        runner.sweep(small(), tmp_path / "out", workers=1, measures=MEASURES)
    assert "population" in str(caught.value) and not (tmp_path / "out").exists()


def test_where_nobody_can_count_what_is_kept_it_is_said_without_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(folder: Path) -> list[Path]:
        raise OSError("Stale file handle")

    plan = plan_of(small(), tmp_path / "out", Cheap, MEASURES)
    assert runner._kept(plan).startswith("0 of 24 runs have ended and are kept in ")
    monkeypatch.setattr(runner, "journals_in", gone)
    where = (tmp_path / "out").as_posix()
    assert runner._kept(plan) == f"Those of the 24 runs that have ended are kept in {where}; the same call goes on"


def test_where_the_system_can_not_open_a_folder_its_names_are_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(storage.os, "fsync", opened.append)
    storage._sync_folder(tmp_path)
    assert len(opened) == 1
    monkeypatch.setattr(storage.os, "name", "nt")
    storage._sync_folder(tmp_path)
    assert len(opened) == 1


def test_a_worker_with_another_version_of_the_model_is_refused() -> None:
    with pytest.raises(RunError, match=r"a worker has another version of the model .* than the sweep \(abc\): install the same version"):
        same_model("abc")


def test_a_series_that_was_not_recorded_is_told() -> None:
    work = plan_of(small(), "unused", Cheap, MEASURES).work
    record = Cheap(next(iter(work.experiment.scenarios.values())), 1).run(14)
    for kept, words in (("share/police", "it has: share/police"), ("level", "it has: none")):
        lacking = replace(
            record, measures={kept: record.measures[kept], "level": record.measures["level"], "stock": record.measures["stock"]}
        )
        with pytest.raises(RunError, match=f"the run recorded no series share/council; of this measure {words}"):
            numbers_of(lacking, work)


def test_a_sweep_says_what_it_is_and_refuses_names_it_has_not(found: Sweep) -> None:
    assert repr(found) == "Sweep(small: 4 points, 2 seeds, complete)"
    assert found.facts["level"].title == MEASURES["level"].title
    for asked, words in (
        ({"measure": "levle"}, "no measure in this sweep 'levle'; the nearest name is 'level'"),
        ({"measure": "level", "arm": "town/other"}, "no arm in this sweep 'town/other'"),
        ({"measure": "level", "month": 3}, "no month in this sweep '3'"),
    ):
        with pytest.raises(UnknownNameError, match=words):
            found.values(**asked)


def test_a_design_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no design 'spiral'"):
        points_of(replace(small(), design=Design("spiral")))


def test_where_no_run_waits_there_is_no_opening() -> None:
    plan = plan_of(small(), "unused", Cheap, MEASURES)
    numbering = Numbering(len(plan.points), plan.work.experiment.seeds)
    nothing = in_order(numbering, plan.groups)[:0]
    assert runner.Waiting(nothing, numbering, plan.points, plan.groups).take(2) is None
