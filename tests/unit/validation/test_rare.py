"""Validations of places with nothing to ask, named twice, or whose worker died; and books of facts that are wrong."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

import sim.catalogue  # noqa: F401  fills the registries
from sim.errors import InputError
from sim.runs.validation import task
from sim.runs.validation.facts import Fact, read_fact_book
from sim.runs.validation.figure import Asked
from sim.runs.validation.folder import claim
from sim.runs.validation.plan import Question, plan_facts
from sim.runs.validation.table import _silent
from sim.runs.validation.task import DrawTask
from sim.settings.load import load_place
from sim.settings.places.sections import PublishedFact
from sim.settings.scenario import PolicyUse

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
    given = SimpleNamespace(plan=SimpleNamespace(place=TOWN), draw=SimpleNamespace(number=3, seed=7, ranged=True))
    outcome = DrawTask.lost(given)  # type: ignore[arg-type]
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


class Named(NamedTuple):
    """What stands for a fact of which only the name is asked."""

    name: str


def test_an_effect_can_be_a_share_of_what_it_is_set_against(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of 200, 230 with the policy; at a tenth of the size the effect of 30 stands for 300, and of a share it is what it is."""

    def question(name: str, figure: str, against: str, relative: bool = False) -> Question:
        fact: Any = Named(name)
        return Question(fact, Asked(figure), "with", against, 1, 12, relative)

    questions = [
        question("more jobs", "jobs", "without"),
        question("jobs", "jobs", ""),
        question("growth", "jobs", "without", relative=True),
        question("of nothing", "unemployment", "without", relative=True),
        question("rate", "unemployment", "without"),
    ]
    answers = {"without": {"jobs": 200.0, "unemployment": 0.0}, "with": {"jobs": 230.0, "unemployment": 0.1}}
    monkeypatch.setattr(task, "drawn_scenario", lambda scenario, draw, share: scenario)
    monkeypatch.setattr(task, "_opened", lambda opening, scenario, draw: scenario)
    monkeypatch.setattr(task, "_answers", lambda town, mine, months: {one: answers[town][one.asked.figure] for one in mine})
    plan: Any = SimpleNamespace(arms={"without": "without", "with": "with"}, questions=questions, months=lambda name: 12)
    found = DrawTask._values(SimpleNamespace(plan=plan, draw=None, share=0.1))  # type: ignore[arg-type]
    assert found["more jobs"] == pytest.approx(300.0) and found["jobs"] == pytest.approx(2300.0)
    assert found["growth"] == pytest.approx(0.15) and found["rate"] == pytest.approx(0.1) and math.isnan(found["of nothing"])


def test_scenarios_that_begin_alike_share_one_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    draw: Any = SimpleNamespace(seed=7, ranged=True)
    monkeypatch.setattr("sim.runs.opening.opened.opened", lambda scenario, seed, cache: made.append((scenario, seed, cache)) or "built")

    def town(month: int, alike: bool) -> Any:
        return SimpleNamespace(month=month, scenario=SimpleNamespace(same_opening=lambda _: alike), with_scenario=lambda _: "copied")

    scenario: Any = "scenario"
    assert [task._opened(one, scenario, draw) for one in (town(0, True), town(1, True), town(0, False), None)] == [
        "copied", "built", "built", "built"
    ]  # fmt: skip
    assert made == [("scenario", 7, False)] * 3


def test_a_place_file_of_ones_own_is_what_its_scenarios_are_run_in() -> None:
    moved = TOWN.model_copy(update={"title": "The same with other figures"})
    entry = {"fact": "Jobs", "value": 1.0, "unit": "jobs", "year": 2013, "source": "invented-town", "mark": "C"}
    entry["model"] = {"figure": "jobs", "scenario": "anytown/buy-local"}
    plan = plan_facts(moved, [Fact(moved.title, PublishedFact.model_validate(entry), "Made up", "none")], "mine.yaml")
    assert all(arm.place is moved for arm in plan.arms.values()) and "anytown/buy-local" in plan.arms


def test_what_founds_something_is_run_at_a_larger_size_and_a_run_goes_on_by_what_its_policies_say() -> None:
    module: Any = sys.modules["sim.runs.validation.validate"]
    large = TOWN.model_copy(update={"population": TOWN.population.model_copy(update={"residents": Residents(100_000)})})
    asked: Any = [SimpleNamespace(asked=SimpleNamespace(figure=figure)) for figure in ("jobs", "founded_cooperative_jobs")]
    shares = [module._share(SimpleNamespace(place=large, questions=asked[:number]), 6_000.0) for number in (1, 2)]
    assert shares == [0.06, 0.5], "of 100,000 residents 6,000, and 50,000 where founding counts"
    use = PolicyUse("living_wage", start=3, ramp_months=2, end=9)
    assert module._use(use) == ["living_wage", 3, 2, 9, {name: str(value) for name, value in use.options.items()}]


class Residents(int):
    """A number that stands for a figure."""
