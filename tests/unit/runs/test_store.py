"""Result folders: whole or marked unfinished, and everything in them comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stand_in import MEASURES, StandIn

from sim.core.registry import Registry
from sim.errors import InputError, UnknownNameError
from sim.runs import Result, compare, load_result, run
from sim.runs.stored import store
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_scenario


@pytest.fixture
def result(reference: Any, changed: Any) -> Result:
    return compare([reference, changed], seeds=3, workers=1, factory=StandIn, measures=MEASURES)


@pytest.fixture
def folder(result: Result, tmp_path: Path) -> Path:
    path = result.save(tmp_path / "out").path
    assert path is not None
    return path


def problems_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_result(path)
    return str(caught.value)


def test_what_is_loaded_is_what_was_saved(result: Result, folder: Path) -> None:
    loaded = load_result(folder)
    assert set(loaded.tables) == set(result.tables)
    for name, table in result.tables.items():
        if name != "timings":
            pd.testing.assert_frame_equal(loaded.tables[name], table, check_exact=True, check_dtype=False)
    assert json.loads(json.dumps(result.manifest)) == loaded.manifest
    assert loaded.scenarios.keys() == result.scenarios.keys()
    assert loaded.path == folder


def test_numbers_come_back_exactly(result: Result, folder: Path) -> None:
    loaded = load_result(folder)
    assert (loaded.values("level", "town/changed") == result.values("level", "town/changed")).all()
    assert loaded.tables["pound_flows"]["pence"].max() == 2**53 + 1
    assert loaded.flow_matrix("town/as-usual", 2, 14).pence.tolist() == [[702, -702], [-5, 5]]
    assert loaded.flow_matrix("town/as-usual", 2, 14).residual() == 0
    assert loaded.balance_sheet("town/changed", 1, 1).rows() == [("deposits", "residents", 9), ("deposits", "anchors", -9)]
    assert loaded.distribution("by tenth")["income"].tolist() == [10.5, 20.25] * 6


def test_nothing_unfinished_is_left(folder: Path) -> None:
    assert [path.name for path in folder.parent.iterdir()] == ["out"]
    assert not (folder / "UNFINISHED.txt").exists()


def test_a_cut_leaves_a_marked_unfinished_folder(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: Any) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr(store, "csv_text", cut)
    with pytest.raises(OSError, match="disk is full"):
        result.save(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out.unfinished"]
    assert (tmp_path / "out.unfinished" / "UNFINISHED.txt").exists()
    assert "only an unfinished result" in problems_of(tmp_path / "out")
    assert "this result is unfinished" in problems_of(tmp_path / "out.unfinished")


def test_a_taken_name_is_refused(result: Result, folder: Path) -> None:
    with pytest.raises(InputError, match="there is something of this name already"):
        result.save(folder)
    (folder.parent / "next.unfinished").mkdir()
    with pytest.raises(InputError, match="a run is going on, or was cut"):
        result.save(folder.parent / "next")


def test_a_folder_that_can_not_be_made_is_refused(result: Result, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(InputError, match="the folder can't be made"):
        result.save(tmp_path / "file" / "out")


@pytest.mark.parametrize("name", ["", ".", "/", "..", "results/.."])
def test_a_name_that_can_not_become_a_folder_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        store.claim(name)
    said = str(caught.value)
    assert "this can't become a result folder" in said
    assert f"given:   {name!r}" in said
    assert "allowed: a name of its own" in said
    assert "remedy:  give a name with --out, such as results/mine" in said


@pytest.mark.parametrize("call", ["exists", "mkdir"])
def test_a_folder_without_permission_says_where_it_may_be(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, call, denied)
    with pytest.raises(InputError) as caught:
        store.claim(tmp_path / "out")
    said = str(caught.value)
    assert "the folder can't be made: Permission denied" in said
    assert f"given:   {str(tmp_path / 'out')!r}" in said
    assert "allowed: a folder you may write to" in said


def test_a_file_in_a_folder_that_is_not_there_says_where_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        store.write_new_file(tmp_path / "missing" / "mine.yaml", "")
    said = str(caught.value)
    assert "the file can't be made: No such file or directory" in said
    assert f"given:   {str(tmp_path / 'missing' / 'mine.yaml')!r}" in said
    assert "allowed: a folder you may write to" in said
    assert "remedy:  choose a folder that is there and that you may write to, with --out" in said


def test_a_missing_result_names_the_nearest(folder: Path) -> None:
    said = problems_of(folder.parent / "outt")
    assert "there is no such result" in said
    assert "nearest: out" in said


def test_a_file_and_a_foreign_folder_are_no_results(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    (tmp_path / "foreign").mkdir()
    assert "this is a file" in problems_of(tmp_path / "file")
    assert "has no manifest.json" in problems_of(tmp_path / "foreign")
    (tmp_path / "foreign" / "manifest.json").write_text('{"format": "other"}')
    assert "is not that of a result" in problems_of(tmp_path / "foreign")
    (tmp_path / "foreign" / "manifest.json").write_text("[1, 2]")
    assert "is not that of a result" in problems_of(tmp_path / "foreign")
    (tmp_path / "foreign" / "manifest.json").write_text("{")
    assert "can't be read" in problems_of(tmp_path / "foreign")


def test_a_damaged_manifest_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["arms"], manifest["seeds"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "lacks arms, seeds" in problems_of(folder)


def test_a_later_format_names_the_version_that_reads_it(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"format_version": 99, "versions": {"localwealth": "7.0"}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "format version 99" in problems_of(folder)
    assert "wrote it: 7.0" in problems_of(folder)


def test_every_missing_part_is_named(folder: Path) -> None:
    (folder / "series.parquet").unlink()
    (folder / "accounts.csv").unlink()
    said = problems_of(folder)
    assert said.startswith("2 problems were found.")
    assert "series.parquet" in said
    assert "accounts.csv" in said


def test_a_damaged_part_is_named(folder: Path) -> None:
    (folder / "series.parquet").write_bytes(b"PAR1 no more")
    assert "series.parquet: this part of the result can't be read" in problems_of(folder)


def test_no_folder_of_this_machine_is_written(folder: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in (".json", ".yaml", ".csv"))
    assert str(Path.cwd()) not in text
    assert str(Path.home()) + "/" not in text


def test_text_like_a_formula_is_written_as_text_and_kept_in_memory(folder: Path) -> None:
    assert "'=seed 2 is invented" in (folder / "warnings.csv").read_text()


def test_scenarios_are_stored_for_programs_and_for_people(folder: Path) -> None:
    stored = sorted(path.name for path in (folder / "scenarios").iterdir())
    assert stored == ["0-town-as-usual.json", "0-town-as-usual.yaml", "1-town-changed.json", "1-town-changed.yaml"]
    assert json.loads((folder / "scenarios" / "1-town-changed.json").read_text())["name"] == "town/changed"


def test_a_stored_scenario_can_be_run_again(reference: Any, folder: Path) -> None:
    again = load_scenario(folder / "scenarios" / "0-town-as-usual.yaml", Registry("policy"), Registry("shock"))
    assert again.same_opening(reference)
    assert (again.months, again.title) == (reference.months, reference.title)


def test_folders_of_the_user_stay_out_of_a_result(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    file = tmp_path / "private" / "mine.yaml"
    file.write_text("based_on: anytown/business-as-usual\ntitle: Mine\nmonths: 3\n")
    scenario = load_scenario(file, Registry("policy"), Registry("shock"))
    saved = run(scenario, workers=1, factory=StandIn, measures=MEASURES, out=tmp_path / "out")
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*") if path.suffix in (".json", ".yaml", ".csv"))
    assert str(tmp_path) not in text
    assert "private/mine.yaml" in text
    assert saved.path == tmp_path / "out"


def test_summary_for_people_has_one_row_a_measure(result: Result, folder: Path) -> None:
    shown = pd.read_csv(folder / "summary.csv")
    assert shown["measure"].tolist() == result.summary()["measure"].tolist()
    assert shown["difference"].tolist() == result.summary()["difference"].tolist()


def test_the_manifest_says_what_was_run(result: Result) -> None:
    manifest = result.manifest
    assert manifest["status"] == "complete"
    assert manifest["seeds"] == {"requested": [1, 2, 3], "done": [1, 2, 3], "failed": []}
    assert manifest["command"] == "localwealth compare town/as-usual town/changed --seeds 3"
    assert manifest["accounting"] == {"runs": 6, "months_checked": 84, "bookings": 600, "largest_residual": 0, "closed": True}
    assert manifest["versions"]["localwealth"].count(".") == 2
    assert manifest["place"]["currency"]["code"] == "GBP"
    assert set(manifest["measures"]) == {"level", "count", "stock", "share"}


def test_free_name_skips_what_is_there(tmp_path: Path) -> None:
    assert store.free_name("a/b", tmp_path).name == "a-b"
    (tmp_path / "a-b").mkdir()
    (tmp_path / "a-b-2.unfinished").mkdir()
    assert store.free_name("a/b", tmp_path).name == "a-b-3"
    assert store.free_name("../..", tmp_path).name == "result"


def test_difference_by_month(result: Result) -> None:
    table = result.difference("count")
    assert table.columns.tolist() == ["arm", "month", "date", "reference", "value", "mean", "low", "high", "spread", "pairs"]
    assert table["mean"].tolist() == [2.0] * 14
    assert table["date"].iloc[[0, -1]].tolist() == ["2013-04", "2014-05"]
    assert table["reference"].tolist() == list(range(14))


def test_unknown_names_say_the_nearest(result: Result) -> None:
    with pytest.raises(UnknownNameError, match="nearest name is 'level'"):
        result.difference("levle")
    with pytest.raises(UnknownNameError, match="no arm 'town/chnged'"):
        result.difference("level", "town/chnged")
    with pytest.raises(UnknownNameError, match="no distribution"):
        result.distribution("by fifth")
    with pytest.raises(LookupError, match="months with one: 1, 14"):
        result.flow_matrix("town/as-usual", 1, 2)


def test_a_run_of_one_arm_has_levels_and_no_difference(reference: Any, tmp_path: Path) -> None:
    result = run(reference, seeds=4, workers=1, factory=StandIn, measures=MEASURES, out=tmp_path / "one")
    table = load_result(tmp_path / "one").summary().set_index("measure")
    assert table.loc["level", "low"] < table.loc["level", "value"] < table.loc["level", "high"]
    assert np.isnan(table.loc["level", "difference"])
    assert (table["decision"] == "").all()
    assert result.path == tmp_path / "one"
    with pytest.raises(UnknownNameError, match="second arm"):
        result.difference("level")


def test_headlines_come_in_their_order(result: Result) -> None:
    assert result.summary(headline=True)["measure"].tolist() == ["count", "level", "stock"]


def test_a_folder_of_before_channel_totals_is_read_without_them(folder: Path) -> None:
    assert len(load_result(folder).tables["channel_totals"])
    (folder / "channel_totals.parquet").unlink()
    assert load_result(folder).tables["channel_totals"].empty


def test_a_name_too_long_once_it_is_marked_as_unfinished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder can't be made: File name too long"):
        store.claim(tmp_path / ("a" * 250))


def test_a_result_that_grows_gives_way_to_whoever_is_writing_it(result: Result, folder: Path) -> None:
    unfinished = folder.with_name(folder.name + store.UNFINISHED)
    unfinished.mkdir()
    with pytest.raises(InputError, match="another run is writing this result, or was cut") as caught:
        store.publish_again(result, folder, "explanation")
    assert f"if none is, delete {unfinished.as_posix()}" in str(caught.value)


def test_what_json_does_not_know_is_written_as_plain_values() -> None:
    given = {"frozen": FrozenMapping({"a": 1}), "number": np.float64(0.5), "path": Path("x")}
    assert json.loads(store.json_text(given)) == {"frozen": {"a": 1}, "number": 0.5, "path": "x"}
