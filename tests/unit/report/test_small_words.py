"""Words of reports for options, levels and intervals that few results have."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.report import build, standing
from sim.report.charts.time_chart import _bounds
from sim.report.findings.comparison import compare_values
from sim.report.findings.policies import _option
from sim.report.numbers import Amount, text
from sim.report.sections.limits import limits_section
from sim.report.sections.unmade import scenario_word
from sim.report.table import Column, Table
from sim.report.words import interval_words


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (None, "share", ""),
        ("council", "anchor", "anchor: The council"),
        ({"local": 0.75, "small_firm": 0.25}, "shares", "who pays: local 75% and small firm 25%"),
        (True, "flag", "who pays: yes"),
        (False, "flag", "who pays: no"),
        (["a", "b"], "text", "who pays: a and b"),
    ],
)
def test_options_of_every_kind_in_words(value: Any, kind: str, words: str) -> None:
    assert _option("who_pays", value, kind, {"council": "The council"}, "£").replace(".0%", "%") == words


def test_taxes_of_another_year_than_prices_are_a_limit_told_once() -> None:
    def said(prices: str) -> str:
        town = {"settings": {"start": {"value": "2022-04"}}, "place": {"values": {"prices": prices}}}
        town["parameters"] = {"work.tax_allowance": {"origin": "default"}, "work.contribution_rate": {"origin": "scenario"}}
        result = SimpleNamespace(manifest={"place": {"invented": True}}, scenarios={"one": town, "other": town}, arms=("one", "other"))
        return str(limits_section(SimpleNamespace(result=result)).body)  # type: ignore[arg-type]

    note = "Taxes are of the United Kingdom in 2013/14, money of the place is in prices of 2022/23: set work.tax_allowance for its year."
    assert said("2022/23").count(note) == said("2022/23").count("Taxes are of another year") == 1
    assert "Taxes are" not in said("2013") and "Taxes are of another year" in said("today's pounds")


def test_one_run_has_no_interval() -> None:
    one = compare_values("Jobs", "jobs", Amount("count"), np.array([1.0]), np.array([3.0]))
    assert interval_words(one) == "no interval: that takes two runs or more"


def test_a_table_has_as_many_cells_in_each_row_as_columns() -> None:
    with pytest.raises(ValueError, match="table Jobs: a row has more or fewer cells than there are columns"):
        Table("Jobs", "Jobs", [Column("One"), Column("Two")], [[text("a")]])


def test_a_course_without_a_number_is_drawn_from_nought_to_one() -> None:
    nothing = np.full(3, math.nan)
    assert _bounds([SimpleNamespace(low=nothing, high=nothing, middle=nothing)]) == (0.0, 1.0)  # type: ignore[list-item]


def test_a_scenario_is_named_by_its_file_where_the_command_can_not_be_read(tmp_path: Path) -> None:
    arms = [{"name": "town/a", "file": "scenarios/a.json"}]
    for command in ("localwealth compare 'town/b", "localwealth compare town/b"):
        view: Any = SimpleNamespace(result=SimpleNamespace(manifest={"command": command, "arms": arms}, path=tmp_path))
        assert scenario_word(view, "town/a").endswith("/scenarios/a.yaml")
        assert scenario_word(view, "town/c") == "town/c"


def test_a_folder_on_another_drive_is_called_by_its_whole_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_drive(*_: Any) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    here = standing.Standing(tmp_path)
    monkeypatch.setattr(standing.os.path, "relpath", other_drive)
    assert here.called(tmp_path) == tmp_path.resolve().as_posix()


def test_a_result_without_a_run_that_ended_has_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = SimpleNamespace(path=tmp_path, seeds=(), tables={})
    monkeypatch.setattr(build, "load_result", lambda folder: nothing)
    with pytest.raises(InputError, match="no run of this result came to its end, so there is nothing to report"):
        build.build_report(tmp_path)
