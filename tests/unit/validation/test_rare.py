"""Validations of places with nothing to ask, named twice, or whose worker died; and books of facts that are wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import sim.catalogue  # noqa: F401  fills the registries
from sim.errors import InputError
from sim.runs.validation.facts import read_fact_book
from sim.runs.validation.folder import claim
from sim.runs.validation.plan import plan_facts
from sim.runs.validation.table import _silent
from sim.runs.validation.task import DrawTask
from sim.settings.load import load_place

TOWN = load_place("anytown")


def test_a_place_named_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules.get("sim.runs.validation.validate") or __import__("sim.runs.validation.validate", fromlist=["_plans"])
    monkeypatch.setattr(module, "plan_place", lambda given: SimpleNamespace(place=SimpleNamespace(name="town")))
    with pytest.raises(InputError, match="two of the places have one name") as caught:
        module._plans(["town", "town.yaml"])
    assert "each place once" in str(caught.value)


def test_where_nothing_is_asked_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = sys.modules["sim.runs.validation.validate"]
    assert module._draws(SimpleNamespace(questions=()), 5, "all") == ()


def test_a_fact_that_nothing_answers_has_a_line_without_a_figure() -> None:
    plan = plan_facts(TOWN, [], "mine.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.runs.validation.table._published", lambda *_: PUBLISHED)
        line = _silent(plan, None)  # type: ignore[arg-type]
    assert (line.result, line.figure, line.draws) == ("no figure", "", 0) and line.model != line.model


def test_a_draw_whose_worker_died_has_failed() -> None:
    task = SimpleNamespace(plan=SimpleNamespace(place=TOWN), draw=SimpleNamespace(number=3, seed=7, ranged=True))
    outcome = DrawTask.lost(task)  # type: ignore[arg-type]
    assert outcome.failure is not None
    assert (outcome.place, outcome.number, outcome.failure.error) == ("anytown", 3, "LostWorker")


@pytest.mark.parametrize(
    ("name", "words"), [("..", "this can't become a result folder"), ("a" * 300, "File name too long"), ("a" * 250, "File name too long")]
)
def test_a_folder_that_can_not_be_made_is_refused(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        claim(tmp_path / name, {})


def test_a_wrong_book_of_facts_is_told_with_its_keys(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("sources: {}\nfacts: 3\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_fact_book(tmp_path / "book.yaml", "book.yaml")
    assert any(problem.file == "book.yaml" and problem.key == "facts" for problem in caught.value.problems)


PUBLISHED = {
    **dict.fromkeys(("place", "of", "fact", "unit", "mark", "source", "address", "note"), "x"),
    **dict.fromkeys(("published", "published_low", "published_high"), 3.0),
    "year": 2013,
}
