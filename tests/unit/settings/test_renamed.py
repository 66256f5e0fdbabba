"""A key that was renamed is read under its old name for a time, and the new name is said; both at once are refused."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import sim
from sim.cli import say_warning
from sim.errors import InputError, RenamedKeyWarning
from sim.settings import renamed
from sim.settings.files import SourceFile
from sim.settings.problems import Findings, Kind
from sim.settings.renamed import RENAMED, Renamed, with_new_names
from sim.settings.tree import Keys, plain
from sim.settings.yaml_reader import tree_of_text

LENGTH = Renamed("scenario", ("length",), "months", "0.2.0", "0.4.0")
SHARE = Renamed("scenario", ("policies", "*", "target"), "share", "0.2.0", "0.4.0", use="local_spend_target")
SOURCE = SourceFile(Path("own.yaml"), "own.yaml")


def read(text: str, *changes: Renamed, kind: str = "scenario") -> tuple[Keys, Findings]:
    """A text under the names of now, and what is wrong with it."""
    findings = Findings()
    tree = tree_of_text(text, SOURCE, findings)
    assert tree is not None
    return with_new_names(tree, kind, SOURCE, findings, changes), findings


def test_the_old_name_is_read_and_the_new_one_said() -> None:
    with pytest.warns(RenamedKeyWarning) as told:
        tree, findings = read("title: A\nlength: 12\n", LENGTH)
    (entry,) = (entry for entry in tree if entry.key == "months")
    assert (plain(tree), entry.line, findings.problems) == ({"title": "A", "months": 12}, 2, [])
    said = "own.yaml, line 2: 'length' has been called 'months' since version 0.2.0; write 'months': version 0.4.0 no longer reads 'length'"
    assert [str(one.message) for one in told] == [said]


def test_an_option_is_renamed_for_its_own_lever_alone() -> None:
    text = "policies:\n  - {use: local_spend_target, target: 0.4}\n  - {use: lots, target: 5}\n"
    with pytest.warns(RenamedKeyWarning, match="line 2: 'target' has been called 'share'"):
        tree, _ = read(text, SHARE)
    assert plain(tree) == {"policies": [{"use": "local_spend_target", "share": 0.4}, {"use": "lots", "target": 5}]}


@pytest.mark.parametrize("text", ["months: 12\n", "policies: [5]\n", "policies: 5\n", "a: {length: 12}\n"])
def test_files_that_use_the_new_names_are_as_they_were(text: str) -> None:
    tree, findings = read(text, LENGTH, SHARE)
    assert tree == tree_of_text(text, SOURCE, Findings()) and findings.problems == []


def test_other_kinds_of_files_are_left_alone() -> None:
    assert plain(read("length: 12\n", LENGTH, kind="place")[0]) == {"length": 12}


def test_both_names_at_once_are_refused() -> None:
    _, findings = read("months: 12\nlength: 24\n", LENGTH)
    (problem,) = findings.problems
    assert (problem.kind, problem.line, problem.key, problem.given) == (Kind.DUPLICATE_KEY, 2, "length", "length")
    assert problem.message == "'length' is the old name of 'months', which stands in line 1"
    assert problem.remedy == "delete line 2"


def test_a_scenario_file_with_an_old_name_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("title: Own\nbased_on: anytown/business-as-usual\nlength: 7\n", encoding="utf-8")
    with pytest.raises(InputError, match="length"):
        sim.load(str(path))
    monkeypatch.setattr(renamed, "RENAMED", (LENGTH,))
    with pytest.warns(RenamedKeyWarning):
        assert sim.load(str(path)).months == 7


def test_the_command_says_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    say_warning(RenamedKeyWarning("own.yaml, line 2: 'length' has another name"), RenamedKeyWarning, "renamed.py", 1)
    assert capsys.readouterr().err == "Note: own.yaml, line 2: 'length' has another name.\n"
    say_warning("something else", UserWarning, "elsewhere.py", 7)
    assert "elsewhere.py:7: UserWarning: something else" in capsys.readouterr().err


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_names_that_are_due_are_gone() -> None:
    due = [one for one in RENAMED if numbers(one.until) <= numbers(sim.__version__)]
    assert due == [], "these versions have come: take the lines out of RENAMED, and say so in CHANGELOG.md"
    assert all(one.kind in ("scenario", "place", "experiment") and one.path and one.new for one in RENAMED)


def test_no_shipped_file_uses_an_old_name() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", RenamedKeyWarning)
        sim.load("anytown/full-package")
