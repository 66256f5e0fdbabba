"""What stands between a file and its problems: places in a tree, texts that no reader takes, a type that no declaration words."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from sim.settings.frozen import FrozenMapping
from sim.settings.reading.files import SourceFile
from sim.settings.reading.model_problems import find_model_problems, model_at
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Keys, Scalar, find, key_line
from sim.settings.reading.yaml_reader import tree_of_text

SOURCE = SourceFile(Path("a.yaml"), "a.yaml")
TEXT = """\
months: 12
anchors:
  - name: council
    jobs: 3
  - name: hospital
"""


class Diary(BaseModel):
    """A declaration without a word on its field."""

    begun: datetime.date
    pages: FrozenMapping[int]


@pytest.fixture
def tree() -> Keys:
    found = tree_of_text(TEXT, SOURCE, Findings())
    assert found is not None
    return found


def test_a_place_in_a_tree_is_found_by_keys_and_positions(tree: Keys) -> None:
    assert find(tree, ("anchors", 1, "name")) == Scalar("hospital", "hospital", 5)
    assert find(tree, ()) is tree
    for nowhere in (("years",), ("months", "first"), ("months", 0), ("anchors", 2), ("anchors", "name"), ("anchors", 0, "jobs", 0)):
        assert find(tree, nowhere) is None, nowhere


def test_the_line_of_a_place_that_is_not_there_is_that_of_the_deepest_part(tree: Keys) -> None:
    assert [key_line(tree, path) for path in (("months",), ("anchors",), ("anchors", 1), ("anchors", 0, "jobs"))] == [1, 2, 5, 4]
    assert [key_line(tree, path) for path in (("months", "first"), ("anchors", 2), ("anchors", 0, "jobs", 0), ("years",))] == [1, 2, 4, 1]


def test_a_text_with_a_letter_that_the_library_refuses_is_a_finding() -> None:
    findings = Findings()
    assert tree_of_text("title: a\x07b\n", SOURCE, findings) is None
    (told,) = findings.problems
    assert (told.kind, told.message, told.remedy) == (Kind.SYNTAX, "this is no YAML", "compare it with a shipped file")
    assert told.given is not None and told.given.startswith("unacceptable character #x0007")


def test_a_fault_that_no_words_were_written_for_is_told_with_what_is_given(tree: Keys) -> None:
    findings = Findings()
    with pytest.raises(ValidationError) as caught:
        Diary.model_validate({"begun": "soon", "pages": {}})
    find_model_problems(caught.value, Diary, tree, SOURCE, findings)
    (told,) = findings.problems
    assert (told.key, told.kind, told.message, told.allowed) == ("begun", Kind.WRONG_FORM, "the value does not fit", "a value")
    assert told.given is not None and "soon" in told.given


def test_the_type_at_a_path_ends_where_the_declared_ends() -> None:
    assert model_at(Diary, ("pages",)) == FrozenMapping[int]
    assert model_at(Diary, ("begun", "year")) is None
