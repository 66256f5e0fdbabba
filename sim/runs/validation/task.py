"""One draw of a place: every scenario that its facts need, from one opening, and what the model answers to each fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.registry import MEASURES
from sim.runs.outcome import Failure
from sim.runs.validation.draws import Draw
from sim.runs.validation.figure import FIGURES, Asked, answer
from sim.runs.validation.figures import grows
from sim.runs.validation.plan import PlacePlan, Question
from sim.runs.workers import failure_of, lost_worker
from sim.settings.places.figures import with_figures
from sim.settings.scenarios.scaling import scaled_scenario

if TYPE_CHECKING:
    from sim.economy import Economy
    from sim.settings.scenario import Scenario

__all__ = ["DrawOutcome", "DrawTask", "drawn_scenario", "window_value"]


@dataclass(frozen=True)
class DrawOutcome:
    """What one draw answers.

    Parameters
    ----------
    place : str
        Name of the place.
    number, seed : int
        The draw, and its luck.
    ranged : bool
        Whether it had a point within the ranges.
    values : mapping of str to float
        What the model answers by name of the fact, at full size; not a number where it has no answer in those months.
    failure : Failure or None
        Why there are none.
    seconds : float
        How long it took.
    halvings : int
        How often its point was moved inward.
    """

    place: str
    number: int
    seed: int
    ranged: bool
    values: Mapping[str, float] = field(default_factory=dict)
    failure: Failure | None = None
    seconds: float = 0.0
    halvings: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The outcome as plain values."""
        plain = {name: getattr(self, name) for name in ("place", "number", "seed", "ranged", "seconds", "halvings")}
        values = {name: value if np.isfinite(value) else None for name, value in self.values.items()}
        return {**plain, "values": values, "failure": None if self.failure is None else self.failure.as_dict()}

    @staticmethod
    def from_dict(plain: Mapping[str, Any]) -> DrawOutcome:
        """An outcome from its plain values."""
        values = {str(name): float("nan") if value is None else float(value) for name, value in plain["values"].items()}
        failure = None if plain["failure"] is None else Failure(**plain["failure"])
        return DrawOutcome(**{**plain, "values": values, "failure": failure})


@dataclass(frozen=True)
class DrawTask:
    """One draw of a place at a share of its size."""

    plan: PlacePlan
    draw: Draw
    share: float = 1.0

    def run(self) -> DrawOutcome:
        """Run every scenario and answer every question; an error comes back within the outcome."""
        began = perf_counter()
        draw, place = self.draw, self.plan.place.name
        try:
            values = self._values()
        except Exception as error:  # the other draws go on, and this one stays visible
            failure = failure_of(draw.seed, place, error)
            return DrawOutcome(place, draw.number, draw.seed, draw.ranged, {}, failure, perf_counter() - began, draw.halvings)
        return DrawOutcome(place, draw.number, draw.seed, draw.ranged, values, None, round(perf_counter() - began, 3), draw.halvings)

    def lost(self) -> DrawOutcome:
        """The outcome when the worker died."""
        return DrawOutcome(self.plan.place.name, self.draw.number, self.draw.seed, self.draw.ranged, failure=lost_worker(self.draw.seed))

    def _values(self) -> dict[str, float]:
        """What the model answers to each fact: the figure of its scenario, less that of the one it is set against."""
        found: dict[str, dict[Question, float]] = {}
        opening: Economy | None = None
        for name, scenario in self.plan.arms.items():
            drawn = drawn_scenario(scenario, self.draw, self.share)
            town = _opened(opening, drawn, self.draw)
            opening = town if opening is None else opening
            mine = [question for question in self.plan.questions if name in (question.arm, question.against)]
            found[name] = _answers(town, mine, self.plan.months(name))
        values = {}
        for question in self.plan.questions:
            against = found[question.against][question] if question.against else 0.0
            effect = found[question.arm][question] - against
            if question.relative:
                values[question.fact.name] = effect / against if against else float("nan")
            else:
                values[question.fact.name] = effect / self.share if grows(question.asked.figure) else effect
        return values


def _opened(opening: Economy | None, scenario: Scenario, draw: Draw) -> Economy:
    """A town at its opening: a copy of one that starts from the same place and parameters, else a new one."""
    from sim.runs.opening.opened import opened

    if opening is not None and opening.month == 0 and opening.scenario.same_opening(scenario):
        return opening.with_scenario(scenario)
    # Nobody asks again for a town that was drawn from ranges: it isn't stored.
    return opened(scenario, draw.seed, cache=False if draw.ranged else None)


def drawn_scenario(scenario: Scenario, draw: Draw, share: float) -> Scenario:
    """A scenario with what was drawn, at a share of its size."""
    own = {name: value for name, value in draw.parameters.items() if scenario.parameter_origin(name).kind == "default"}
    parameters = scenario.parameters.with_values(own, origin=f"draw {draw.number}") if own else scenario.parameters
    place = with_figures(scenario.place, draw.place)
    return scaled_scenario(replace(scenario, place=place, parameters=parameters), share)


def _answers(town: Economy, questions: Sequence[Question], months: int) -> dict[Question, float]:
    """Run a town and answer questions over their months; in months nobody asks of, nothing is measured."""
    from sim.measures.recorder import note_month

    parts: dict[Question, list[tuple[float, float]]] = {question: [] for question in questions}
    opening = {question: answer(town, question.asked)[0] for question in questions if _since(question.asked)}
    for month in range(1, months + 1):
        asking = [question for question in questions if question.first <= month <= question.last]
        town.ledger.keep_journal = bool(asking)
        town.advance()
        town.recorder.remember_firms(town)
        if asking:
            note_month(town)
            answers = {asked: answer(town, asked) for asked in dict.fromkeys(question.asked for question in asking)}
            for question in asking:
                parts[question].append(answers[question.asked])
    return {question: window_value(question.asked, counted) - opening.get(question, 0.0) for question, counted in parts.items()}


def _since(asked: Asked) -> bool:
    """Whether what the opening has is taken off."""
    return asked.figure in FIGURES and FIGURES[asked.figure].since


def window_value(asked: Asked, counted: Sequence[tuple[float, float]]) -> float:
    """One number of the months of a window.

    Parts over wholes, each added up; for a number without parts that is the mean. A measure keeps its own rule: the last month of a
    stock, the sum of some flows.

    Examples
    --------
    >>> window_value(Asked("anchor_share"), [(1.0, 4.0), (3.0, 4.0)]), window_value(Asked("savings"), [(1.0, 1.0), (3.0, 1.0)])
    (0.5, 3.0)
    """
    rule = "mean" if asked.figure in FIGURES else MEASURES[asked.figure].summary
    values = np.array(counted, float).reshape(-1, 2)
    if rule == "last":
        return float(values[-1, 0])
    part, whole = values.sum(axis=0)
    if rule == "sum":
        return float(part)
    return float(part / whole) if whole > 0.0 else float("nan")
