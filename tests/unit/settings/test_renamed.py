"""A key that was renamed is read under its old name for a time, and the new name is said; both at once are refused."""

from __future__ import annotations

import textwrap
import warnings
from pathlib import Path

import pytest

import sim
from sim.cli import say_warning
from sim.errors import InputError, RenamedKeyWarning
from sim.page.state.page_state import StateReader
from sim.settings.load import kind_of_file, load_experiment_heading, load_place, load_place_heading
from sim.settings.names import NOUNS, find_file, shipped, shipped_folder
from sim.settings.reading import renamed
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.renamed import RENAMED, Renamed, with_new_names
from sim.settings.reading.tree import Keys, plain
from sim.settings.reading.yaml_reader import read_tree, tree_of_text

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


HEADING = Renamed("place", ("heading",), "title", "0.2.0", "0.4.0")
PEOPLE = Renamed("place", ("population", "people"), "residents", "0.2.0", "0.4.0")
ASKED = Renamed("experiment", ("asked",), "question", "0.2.0", "0.4.0")


def old_place() -> str:
    """The invented place under old names."""
    text = (shipped_folder() / "places" / "anytown.yaml").read_text(encoding="utf-8")
    return text.replace("\ntitle:", "\nheading:", 1).replace("\n  residents:", "\n  people:", 1)


def test_a_place_file_with_old_names_is_read_and_so_is_its_heading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, place = tmp_path / "own.yaml", load_place("anytown")
    path.write_text(old_place(), encoding="utf-8")
    assert load_place_heading(path)[0] == ""
    monkeypatch.setattr(renamed, "RENAMED", (HEADING, PEOPLE))
    with pytest.warns(RenamedKeyWarning) as told:
        assert load_place(path) == place
    assert [str(one.message).split("'")[1] for one in told] == ["heading", "people"]
    assert load_place_heading(path) == (place.title, place.notes)


def test_a_place_within_a_scenario_is_read_under_old_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"title: Own\nstart: 2014-01\nmonths: 12\nplace:\n{textwrap.indent(old_place(), '  ')}", encoding="utf-8")
    monkeypatch.setattr(renamed, "RENAMED", (HEADING, PEOPLE))
    with pytest.warns(RenamedKeyWarning) as told:
        assert sim.load(str(path)).place == load_place("anytown")
    assert {str(one.message).split("'")[1] for one in told} == {"heading", "people"}


def test_the_page_opens_a_file_with_an_old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renamed, "RENAMED", (LENGTH,))
    with pytest.warns(RenamedKeyWarning, match="^line 3: 'length' has been called 'months'"):
        state = StateReader().open_text(b"title: Ours\nbased_on: anytown/buy-local\nlength: 24\n")
    assert state.as_dict()["months"] == 24


def test_an_experiment_is_read_under_old_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("title: Own\nasked: How much?\nscenarios: [anytown/business-as-usual]\n", encoding="utf-8")
    monkeypatch.setattr(renamed, "RENAMED", (ASKED,))
    with pytest.warns(RenamedKeyWarning, match="'asked' has been called 'question'"):
        assert load_experiment_heading(path) == ("Own", "How much?")


def test_what_a_file_is_can_be_told_from_old_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("asked: How much?\n", encoding="utf-8")
    assert kind_of_file(path) == "scenario"
    monkeypatch.setattr(renamed, "RENAMED", (ASKED,))
    assert kind_of_file(path) == "experiment"


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


Shipped = list[tuple[str, str, Keys]]


@pytest.fixture(scope="module")
def shipped_trees() -> Shipped:
    """Kind, name and tree of every file that comes with the package, under the names that stand in it."""
    findings, found = Findings(), []
    for kind in NOUNS:
        for name in shipped(kind):
            source = find_file(kind, name, findings)
            tree = None if source is None else read_tree(source, findings)
            assert tree is not None and findings.problems == []
            found.append((kind, name, tree))
    return found


def using_old_names(trees: Shipped, *changes: Renamed) -> set[tuple[str, str]]:
    """Kind and name of each file that is told to use an old name."""
    found = set()
    for kind, name, tree in trees:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            with_new_names(tree, kind, SOURCE, Findings(), changes)
        found |= {(kind, name) for _ in told}
    return found


def test_no_shipped_file_uses_an_old_name(shipped_trees: Shipped) -> None:
    assert using_old_names(shipped_trees, *RENAMED) == set()


def test_a_shipped_file_with_an_old_name_would_be_found(shipped_trees: Shipped) -> None:
    every = [Renamed(kind, ("title",), "heading", "0.2.0", "0.4.0") for kind in NOUNS]
    assert using_old_names(shipped_trees, *every) == {(kind, name) for kind in NOUNS for name in shipped(kind)}
