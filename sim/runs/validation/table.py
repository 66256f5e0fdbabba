"""The table of a validation: each published figure beside the model's, its interval, and whether it was hit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.runs.validation.facts import Fact
from sim.runs.validation.figure import FIGURES, kind_of, unit_of
from sim.runs.validation.plan import PlacePlan, Question
from sim.runs.validation.task import DrawOutcome

__all__ = ["CONFIDENCE", "FEWEST_BY_RANK", "MISS", "ROLES", "Row", "further_draw", "is_hit", "role_counts", "rows_of"]

CONFIDENCE: Final = 0.95
#: So many draws have one in forty beyond their lowest, and one in forty beyond their highest.
FEWEST_BY_RANK: Final = 39
ROLES: Final = ("input", "calibrated", "check")
HIT, MISS, NO_ANSWER, NO_FIGURE = "hit", "miss", "no answer", "no figure"
#: Two numbers closer than this, in proportion, are the same.
SAME: Final = 1e-6


@dataclass(frozen=True)
class Row:
    """One line: a fact, and what the model answers.

    Attributes
    ----------
    place, of, fact : str
        Place that was run; what the fact is of; what was measured, and the year.
    year, unit, published, published_low, published_high, mark, source, address
        The fact as published; the ends are the figure itself where no interval is published.
    role : str
        input, calibrated or check.
    figure, key, scenario, against, first, last : str
        What the model was asked, and the months it was asked for.
    model_unit, kind : str
        Unit and kind of the model's figure.
    model, low, high : float
        Mean over the runs at the file's own values; the 95% interval over the draws.
    luck_low, luck_high : float
        The interval of luck alone, at the file's own values.
    result : str
        hit, miss, no answer (no value in those months) or no figure (nothing in the model answers the fact).
    draws, alone : int
        Draws within the ranges that ended, and runs with luck alone.
    size : float
        Share of its full size at which the place was run.
    note : str
        What a reader of the fact must know.
    """

    place: str
    of: str
    fact: str
    year: int
    unit: str
    published: float
    published_low: float
    published_high: float
    mark: str
    source: str
    address: str
    role: str
    figure: str
    key: str
    scenario: str
    against: str
    first: str
    last: str
    model_unit: str
    kind: str
    model: float
    low: float
    high: float
    luck_low: float
    luck_high: float
    result: str
    draws: int
    alone: int
    size: float
    note: str

    @property
    def sharp(self) -> bool:
        """Whether the model's interval is no wider than the published figure, so that a hit says something."""
        return self.high - self.low <= abs(self.published)

    def as_dict(self) -> dict[str, Any]:
        """The row as plain values; what is no number is left empty."""
        return {name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in asdict(self).items()}


def further_draw(values: NDArray[np.float64], lowest: float = -math.inf, highest: float = math.inf) -> tuple[float, float]:
    """The interval that holds one further draw with 95% confidence, cut to what the figure can be.

    From 39 draws on it runs between two of them by rank; with fewer it is the mean and so many standard deviations as Student's
    distribution asks for one further value (Hahn and Meeker, Statistical Intervals, 1991, sections 4.7 and 5.4).

    Parameters
    ----------
    values : ndarray (n,)
        What the draws gave; what is no number is left out.
    lowest, highest : float
        What the figure can be.

    Returns
    -------
    tuple of float
        Not a number with fewer than two draws.

    Examples
    --------
    >>> further_draw(np.arange(39.0))
    (0.0, 38.0)
    >>> [round(end, 3) for end in further_draw(np.array([1.0, 2.0, 3.0]))]
    [-2.968, 6.968]
    """
    found = np.sort(values[np.isfinite(values)])
    number = len(found)
    if number < 2:
        return math.nan, math.nan
    if number >= FEWEST_BY_RANK:
        beyond = int((1.0 - CONFIDENCE) / 2.0 * (number + 1) + 1e-9)
        return float(found[beyond - 1]), float(found[number - beyond])
    from scipy.stats import t

    reach = float(t.ppf(0.5 + CONFIDENCE / 2.0, number - 1)) * float(found.std(ddof=1)) * math.sqrt(1.0 + 1.0 / number)
    mean = float(found.mean())
    return max(mean - reach, lowest), min(mean + reach, highest)


def is_hit(published: tuple[float, float], model: tuple[float, float]) -> bool:
    """Whether any of what is published lies in the model's interval; numbers alike to a millionth are the same.

    Examples
    --------
    >>> is_hit((5.0, 5.0), (4.0, 6.0)), is_hit((1.0, 4.5), (4.0, 6.0)), is_hit((3.9, 3.9), (4.0, 6.0))
    (True, True, False)
    """
    within = SAME * max(abs(value) for value in (*published, *model))
    return published[1] >= model[0] - within and published[0] <= model[1] + within


def _bounds(question: Question) -> tuple[float, float]:
    """What the figure can be: a share or an index lies between nought and one, a count or a sum is not below nought; an effect is free."""
    kind = kind_of(question.asked.figure)
    since = question.asked.figure in FIGURES and FIGURES[question.asked.figure].since
    if question.against or since or kind not in ("share", "index", "count", "money", "months"):
        return -math.inf, math.inf
    return 0.0, 1.0 if kind in ("share", "index") else math.inf


def rows_of(plan: PlacePlan, outcomes: Sequence[DrawOutcome], share: float) -> list[Row]:
    """The lines of one place, a fact each, in the order of the file; facts without an answer come last."""
    done = [outcome for outcome in outcomes if outcome.failure is None]
    rows = [_row(plan, question, done, share) for question in plan.questions]
    return rows + [_silent(plan, fact) for fact in plan.unanswered]


def _row(plan: PlacePlan, question: Question, done: Sequence[DrawOutcome], share: float) -> Row:
    """The line of one fact that the model answers."""
    fact, asked, name = question.fact, question.asked, question.fact.name
    alone = np.array([outcome.values[name] for outcome in done if not outcome.ranged], float)
    ranged = np.array([outcome.values[name] for outcome in done if outcome.ranged], float)
    luck = further_draw(alone, *_bounds(question))
    low, high = further_draw(ranged, *_bounds(question)) if len(ranged) else luck
    known = alone if np.isfinite(alone).any() else ranged
    model = float(np.nanmean(known)) if np.isfinite(known).any() else math.nan
    result = (HIT if is_hit((fact.low, fact.high), (low, high)) else MISS) if math.isfinite(low) else NO_ANSWER
    return Row(
        **_published(plan, fact),
        role=fact.entry.model.role if fact.entry.model is not None else "",
        figure=asked.figure,
        key=asked.key or (", ".join(asked.anchors) + (f": {asked.where}" if asked.where else "")).strip(": "),
        scenario=question.arm,
        against=question.against,
        first=plan.month_of(question, question.first),
        last=plan.month_of(question, question.last),
        model_unit=unit_of(asked.figure),
        kind=kind_of(asked.figure),
        model=model,
        low=low,
        high=high,
        luck_low=luck[0],
        luck_high=luck[1],
        result=result,
        draws=int(np.isfinite(ranged).sum()),
        alone=int(np.isfinite(alone).sum()),
        size=share,
    )


def _published(plan: PlacePlan, fact: Fact) -> dict[str, Any]:
    """The published side of a line."""
    entry = fact.entry
    return {
        "place": plan.place.name,
        "of": fact.of,
        "fact": fact.name,
        "year": entry.year,
        "unit": entry.unit,
        "published": entry.value,
        "published_low": fact.low,
        "published_high": fact.high,
        "mark": entry.mark,
        "source": fact.source,
        "address": fact.address,
        "note": entry.note,
    }


def _silent(plan: PlacePlan, fact: Fact) -> Row:
    """The line of a fact that nothing in the model answers."""
    texts: dict[str, Any] = dict.fromkeys(("role", "figure", "key", "scenario", "against", "first", "last", "model_unit", "kind"), "")
    numbers: dict[str, Any] = dict.fromkeys(("model", "low", "high", "luck_low", "luck_high", "size"), math.nan)
    return Row(**_published(plan, fact), **texts, **numbers, result=NO_FIGURE, draws=0, alone=0)


def role_counts(rows: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Hits and facts compared by role; only checks speak for the model.

    Examples
    --------
    >>> role_counts([])
    {'input': (0, 0), 'calibrated': (0, 0), 'check': (0, 0)}
    """
    compared = [row for row in rows if row.result in (HIT, MISS)]
    by_role = {role: [row for row in compared if row.role == role] for role in ROLES}
    return {role: (sum(row.result == HIT for row in mine), len(mine)) for role, mine in by_role.items()}
