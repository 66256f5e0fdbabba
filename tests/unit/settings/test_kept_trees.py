"""Files without a problem are kept as trees; one that has a problem is told each time, under the name it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.settings.reading import yaml_reader
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.tree import Keys, plain


def tree(text: str, name: str = "a.yaml") -> tuple[Keys | None, list[str]]:
    """The tree of a text, and the files that problems name."""
    findings = Findings()
    found = yaml_reader.tree_of_text(text, SourceFile(Path(name), name), findings)
    return found, [problem.file for problem in findings.problems]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """As in a new process."""
    yaml_reader._kept.cache_clear()


def test_the_same_text_is_read_once() -> None:
    first, second = tree("months: 12\n"), tree("months: 12\n", "b.yaml")
    assert first[0] is second[0] is not None
    assert tree("months: 13\n")[0] != first[0]


@pytest.mark.parametrize("text", ["months: 1\nmonths: 2\n", "a: !!str b\n", "a: [\n", "", "- a\n", "a: *b\n"])
def test_a_problem_is_told_each_time_with_the_file_it_is_in(text: str) -> None:
    for name in ("a.yaml", "b.yaml"):
        assert tree(text, name)[1] == [name]
    assert yaml_reader._kept.cache_info().currsize == 0


def test_those_last_asked_for_are_kept() -> None:
    place, scenarios = "title: Place\n", [f"months: {number}\n" for number in range(2 * yaml_reader.MOST_KEPT)]
    first = tree(place)[0]
    newest = [(tree(text)[0], tree(place)[0]) for text in scenarios]
    assert all(held is first for _, held in newest), "every scenario reads the place file"
    assert tree(scenarios[-1])[0] is newest[-1][0] and tree(scenarios[0])[0] is not newest[0][0]
    assert yaml_reader._kept.cache_info().currsize == yaml_reader.MOST_KEPT


def test_what_could_be_read_of_a_text_with_problems_is_given() -> None:
    found, files = tree("months: 1\nmonths: 2\ntitle: A\n")
    assert found is not None and (plain(found), files) == ({"months": 1, "title": "A"}, ["a.yaml"])
