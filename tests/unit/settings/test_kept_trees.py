"""Files without a problem are kept as trees; one that has a problem is told each time, under the name it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.settings import yaml_reader
from sim.settings.files import SourceFile
from sim.settings.problems import Findings
from sim.settings.tree import Keys


def tree(text: str, name: str = "a.yaml") -> tuple[Keys | None, list[str]]:
    """The tree of a text, and the files that problems name."""
    findings = Findings()
    found = yaml_reader.tree_of_text(text, SourceFile(Path(name), name), findings)
    return found, [problem.file for problem in findings.problems]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, Keys]:
    """As in a new process."""
    kept: dict[str, Keys] = {}
    monkeypatch.setattr(yaml_reader, "_kept", lambda: kept)
    return kept


def test_the_same_text_is_read_once() -> None:
    first, second = tree("months: 12\n"), tree("months: 12\n", "b.yaml")
    assert first[0] is second[0] is not None
    assert tree("months: 13\n")[0] != first[0]


@pytest.mark.parametrize("text", ["months: 1\nmonths: 2\n", "a: !!str b\n", "a: [\n", "", "- a\n", "a: *b\n"])
def test_a_problem_is_told_each_time_with_the_file_it_is_in(text: str, nothing_kept: dict[str, Keys]) -> None:
    for name in ("a.yaml", "b.yaml"):
        assert tree(text, name)[1] == [name]
    assert nothing_kept == {}


def test_only_the_newest_are_kept(nothing_kept: dict[str, Keys]) -> None:
    texts = [f"months: {number}\n" for number in range(yaml_reader.MOST_KEPT + 3)]
    for text in texts:
        tree(text)
    assert list(nothing_kept) == texts[3:]
