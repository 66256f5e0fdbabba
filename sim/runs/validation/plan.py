"""Which scenarios and months the facts of a place need, and every problem of what they ask."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sim.core.calendar import MONTHS_OF_A_YEAR, Month
from sim.core.registry import MEASURES
from sim.errors import InputError, Problem, nearest
from sim.runs.scenarios import load
from sim.runs.validation.facts import Fact, facts_of_book, facts_of_place, national_facts
from sim.runs.validation.figure import FIGURES, Asked
from sim.settings.load import load_place, shipped
from sim.settings.parameters import PARAMETERS, Parameters
from sim.settings.reading.problems import Kind
from sim.settings.scenario import Scenario

if TYPE_CHECKING:
    from sim.settings.place import Place
    from sim.settings.places.sections import ModelFigure

__all__ = ["PlacePlan", "Question", "plan_place", "usual_scenario"]

MOST_MONTHS: Final = 1200


@dataclass(frozen=True, slots=True)
class Question:
    """What the model is asked for one fact.

    Parameters
    ----------
    fact : Fact
        What was published.
    asked : Asked
        Figure, entry, anchors, where.
    arm : str
        Scenario that is run.
    against : str
        Scenario whose figure is taken off; empty where the fact is no effect.
    first, last : int
        Months averaged, counted from 1.
    relative : bool
        Whether the effect is a share of the figure it is set against.
    """

    fact: Fact
    asked: Asked
    arm: str
    against: str
    first: int
    last: int
    relative: bool = False


@dataclass(frozen=True)
class PlacePlan:
    """The runs of one place.

    Parameters
    ----------
    place : Place
        The place.
    arms : mapping of str to Scenario
        What is run, by name; all are of this place.
    questions : tuple of Question
        What the model is asked, a question for each fact that it has an answer to.
    unanswered : tuple of Fact
        Facts that nothing in the model answers.
    """

    place: Place
    arms: Mapping[str, Scenario]
    questions: tuple[Question, ...]
    unanswered: tuple[Fact, ...]

    def months(self, arm: str) -> int:
        """Months that an arm must be run."""
        return max((question.last for question in self.questions if arm in (question.arm, question.against)), default=0)

    def month_of(self, question: Question, index: int) -> str:
        """The date of a month of a question's scenario."""
        return str(self.arms[question.arm].start.at(index))


def usual_scenario(place: Place) -> Scenario:
    """The place without policies: the shipped business as usual where there is one, else two years from January of the year of its prices.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> usual_scenario(load_place("anytown")).name
    'anytown/business-as-usual'
    """
    name = f"{place.name}/business-as-usual"
    if name in shipped("scenario"):
        scenario = load(name)
        if scenario.place == place:
            return scenario
    digits = "".join(letter for letter in place.prices if letter.isdigit())[:4]
    year = int(digits) if len(digits) == 4 else place.population.residents.year
    return Scenario(f"{place.name}, no policy", "Without policies", place, Month(year, 1), 24, parameters=Parameters(PARAMETERS))


def plan_place(given: str | os.PathLike[str]) -> PlacePlan:
    """What must be run for the facts of a place.

    Parameters
    ----------
    given : str or path
        Name or path of a place.

    Raises
    ------
    sim.errors.InputError
        With every problem of the place and of what its facts ask.

    Examples
    --------
    >>> plan_place("anytown").months("anytown/business-as-usual")
    12
    """
    place = load_place(given)
    shown = os.fspath(given)
    own = facts_of_place(place)
    books = [book for book in national_facts() if place.name in book.compared_in]
    return plan_facts(place, (*own, *(fact for book in books for fact in facts_of_book(book))), shown)


def plan_facts(place: Place, facts: Sequence[Fact], shown: str) -> PlacePlan:
    """What must be run for some facts in a place; `shown` names its file in messages."""
    asking = _Asking(place, shown)
    questions = tuple(found for fact in facts if fact.entry.model is not None and (found := asking.question(fact, fact.entry.model)))
    if asking.problems:
        raise InputError(asking.problems)
    used = {name for question in questions for name in (question.arm, question.against) if name}
    arms = {name: scenario for name, scenario in asking.arms.items() if name in used}
    return PlacePlan(place, arms, questions, tuple(fact for fact in facts if fact.entry.model is None))


class _Asking:
    """The scenarios asked for so far, and the problems."""

    def __init__(self, place: Place, shown: str) -> None:
        self.place, self.shown = place, shown
        self.arms: dict[str, Scenario] = {}
        self.known: dict[str | None, Scenario] = {}
        self.problems: list[Problem] = []

    def question(self, fact: Fact, model: ModelFigure) -> Question | None:
        """The question of one fact; None after a problem."""
        before = len(self.problems)
        asked = Asked(model.figure, model.key or "", model.anchors or (), model.where or "")
        self._check_figure(fact, asked)
        if model.relative and model.against is None:
            self._found(fact, "relative", "only an effect can be relative", "true", "false, or a scenario under against")
        arm = self._arm(fact, model.scenario)
        against = self._arm(fact, model.against) if model.against is not None else None
        if arm is None or len(self.problems) > before:
            return None
        first, last = self._months(fact, model, arm)
        if len(self.problems) > before:
            return None
        return Question(fact, asked, arm.name, against.name if against is not None else "", first, last, model.relative)

    def _found(self, fact: Fact, key: str, message: str, given: str, allowed: str, names: Iterable[str] = (), remedy: str = "") -> None:
        """Keep a problem."""
        near = nearest(given, names)
        remedy = f"write {near!r}" if near else remedy or "write one of the allowed names"
        where = f"published, {fact.name}: model.{key}"
        self.problems.append(Problem(self.shown, None, where, given, allowed, near, remedy, message, str(Kind.UNKNOWN_NAME)))

    def _check_figure(self, fact: Fact, asked: Asked) -> None:
        """Look for a figure, an entry or an anchor that is not there."""
        if asked.figure not in FIGURES and asked.figure not in MEASURES:
            names = (*FIGURES.names(), *MEASURES.names())
            allowed = "a name from: localwealth list figures, or localwealth list measures"
            self._found(fact, "figure", f"there is no figure {asked.figure!r}", asked.figure, allowed, names)
            return
        anchors = self.place.anchor_names
        for name in asked.anchors:
            if name not in anchors:
                self._found(fact, "anchors", f"the place has no anchor {name!r}", name, ", ".join(anchors), anchors)
        self._check_entry(fact, asked)

    def _check_entry(self, fact: Fact, asked: Asked) -> None:
        """Look for an entry that a figure or measure has not, or that is lacking."""
        if asked.figure in FIGURES:
            keys = FIGURES[asked.figure].keys
            if (asked.key or keys) and asked.key not in keys:
                allowed = ", ".join(keys) if keys else "no key: there is one number alone"
                message = f"the figure {asked.figure} has no entry {asked.key!r}" if asked.key else f"the figure {asked.figure} needs a key"
                self._found(fact, "key", message, asked.key, allowed, keys, "leave the key out" if not keys else "")
            if (asked.anchors or asked.where) and not FIGURES[asked.figure].of_money:
                self._found(fact, "anchors", f"the figure {asked.figure} takes no anchors and no where", asked.where, "neither of the two")
        elif asked.anchors or asked.where:
            self._found(fact, "anchors", f"the measure {asked.figure} takes no anchors and no where", asked.where, "neither of the two")
        elif bool(asked.key) != bool(MEASURES[asked.figure].keys):
            keys_of = MEASURES[asked.figure].keys
            message = f"the measure {asked.figure} needs a key" if keys_of else f"the measure {asked.figure} has no entries"
            allowed = f"a name of {keys_of}" if keys_of else "no key"
            self._found(fact, "key", message, asked.key, allowed, remedy="give one" if keys_of else "leave the key out")

    def _arm(self, fact: Fact, name: str | None) -> Scenario | None:
        """The scenario of a name; None after a problem."""
        if name in self.known:
            return self.known[name]
        try:
            scenario = usual_scenario(self.place) if name is None else load(name)
        except InputError as error:
            self.problems.extend(problem for problem in error.problems if problem not in self.problems)
            return None
        if scenario.place.name != self.place.name:
            self._found(fact, "scenario", "the scenario is of another place", scenario.place.name, self.place.name)
            return None
        if scenario.place != self.place:
            scenario = replace(scenario, place=self.place)
        self.known[name] = self.arms.setdefault(scenario.name, scenario)
        return self.known[name]

    def _months(self, fact: Fact, model: ModelFigure, arm: Scenario) -> tuple[int, int]:
        """First and last month averaged, counted from 1."""
        found = {}
        for key, text in (("first", model.first), ("last", model.last)):
            try:
                found[key] = None if text is None else Month.parse(text).index(arm.start)
            except ValueError as error:
                self._found(fact, key, str(error), str(text), "a month such as 2016-04")
                return 1, 1
        first = 1 if found["first"] is None else found["first"]
        last = first + MONTHS_OF_A_YEAR - 1 if found["last"] is None else found["last"]
        if not 1 <= first <= last <= MOST_MONTHS:
            allowed = f"months from {arm.start} on, the first before the last"
            self._found(
                fact, "first", "these months are not in the run", f"{model.first} to {model.last}", allowed, remedy="correct the months"
            )
        return first, last
