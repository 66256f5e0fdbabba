"""A result of a copy of a place says so: in the terminal, in the report, and when it is run again from what it stored."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

import sim
from sim.report.build import source_words
from sim.report.findings.view import View
from sim.report.page import _banners
from sim.runs.scenarios import load
from sim.runs.words.copies import copy_words
from sim.runs.words.terminal import print_result

WORDS = "A copy of Anytown (invented) with 1,000 of its 5,000 residents: sums and counts are those of the copy."


def result_of(folder: Path, text: str) -> sim.Result:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return sim.run(path, seeds=1, months=1)


def test_a_copy_says_so(tmp_path: Path) -> None:
    result = result_of(tmp_path, "title: small\nbased_on: anytown/business-as-usual\nresidents: 1000\n")
    assert copy_words(result.manifest["place"]) == WORDS
    stream = StringIO()
    print_result(result, stream)
    assert WORDS in " ".join(stream.getvalue().split())
    view = View(result)
    assert WORDS in str(_banners(view)) and source_words(view).endswith(WORDS)
    (stored,) = result.scenario_files.values()
    (tmp_path / "again.yaml").write_text(stored, encoding="utf-8")
    again = load(tmp_path / "again.yaml")
    assert (again.residents, again.full_residents) == (1000, 5000)


@pytest.mark.parametrize("size", ["", "residents: 5000\n"])
def test_a_place_at_full_size_says_nothing(tmp_path: Path, size: str) -> None:
    path = tmp_path / "whole.yaml"
    path.write_text(f"title: whole\nbased_on: anytown/business-as-usual\n{size}", encoding="utf-8")
    scenario = load(path)
    assert scenario.residents == scenario.full_residents or scenario.residents is None
