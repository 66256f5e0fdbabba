"""A stored experiment with what its report needs at hand: what it asks, what varied, and the answer at every setting."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.report.declared import declared_policy
from sim.report.numbers import Amount, Cell, change, decimals_for, level, plain
from sim.report.sweep.stored import StoredSweep
from sim.report.words import unit_words
from sim.runs.outcome import MeasureFacts
from sim.runs.statistics import differences
from sim.runs.statistics.differences import mean_intervals
from sim.runs.sweep.answers.luck import agree_by_chance

__all__ = ["Input", "SweepView", "answers_at", "entries_of", "input_label"]

Floats = NDArray[np.float64]

#: Months of which a run's one number is made, at the most.
YEAR = 12


@dataclass(frozen=True)
class Input:
    """One thing varied.

    Parameters
    ----------
    name : str
        Its column among the settings.
    label : str
        Name for readers.
    unit, meaning, mark : str
        As declared; empty where nothing is known.
    low, high : float
        Ends of what was tried.
    usual : float
        Value in the scenario as it stands; not a number where there is none.
    amount : Amount
        How to write its values.
    whole : bool
        Whether its values are whole numbers.
    """

    name: str
    label: str
    unit: str
    meaning: str
    mark: str
    low: float
    high: float
    usual: float
    amount: Amount
    whole: bool = False

    def cell(self, value: float) -> Cell:
        """One of its values."""
        if self.amount.kind == "ratio" and value is not None and math.isfinite(value):
            decimals = 0 if float(value).is_integer() else min(decimals_for(value, 3, 5), 5)
            shown = f"{value:,.{decimals}f}"
            return Cell(shown.rstrip("0").rstrip(".") if decimals else shown, value, "#,##0.#####" if decimals else "#,##0")
        cell = level(value, self.amount)
        return Cell(cell.shown.replace(".0%", "%"), cell.value, cell.form) if self.amount.kind == "share" else cell

    def words(self, value: float) -> str:
        """One of its values with its unit, in a sentence."""
        shown = self.cell(value).shown
        return (
            shown if self.amount.kind in ("share", "money") or not self.unit or self.unit in ("ratio", "flag") else f"{shown} {self.unit}"
        )


@dataclass(frozen=True)
class SweepView:
    """A stored experiment as the sections of its report look at it.

    Parameters
    ----------
    sweep : StoredSweep
        What is stored.
    tables : mapping of str to DataFrame
        What was worked out from it, by name; what could not be worked out is not there.
    sentences : mapping of str to str
        The same in words.
    folder : str
        Name of its folder.
    asked : mapping, optional
        What the answers are about, with the keys of the experiment's own; those of the experiment when it is left out.
    path : Path, optional
        Where that folder is.
    """

    sweep: StoredSweep
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    asked: Mapping[str, Any] | None = None
    path: Path | None = None

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was run, as resolved."""
        return self.sweep.manifest

    @cached_property
    def title(self) -> str:
        """Title of the experiment."""
        return plain(self.manifest.get("title") or self.manifest.get("name") or self.folder)

    @cached_property
    def symbol(self) -> str:
        """Sign of the currency."""
        currency = self.manifest.get("currency") or {}
        return plain(currency.get("symbol", "£") if isinstance(currency, Mapping) else currency)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the scenarios by name, made unlike each other."""
        given = {str(item["name"]): plain(item.get("title") or item["name"]) for item in entries_of(self.manifest.get("arms"))}
        titles = {arm: given.get(arm, arm) for arm in self.sweep.arms}
        shared = {title for title in titles.values() if list(titles.values()).count(title) > 1}
        return {arm: f"{title} ({arm})" if title in shared else title for arm, title in titles.items()}

    @property
    def others(self) -> list[str]:
        """The scenarios that are compared with the reference."""
        return [arm for arm in self.sweep.arms if arm != self.sweep.reference]

    @cached_property
    def plan(self) -> Mapping[str, Any]:
        """What the answers are about; empty when nothing says."""
        return self.asked if self.asked is not None else self.manifest.get("answers") or {}

    @property
    def design(self) -> str:
        """Kind of the design; empty when it is not known."""
        return str((self.manifest.get("design") or {}).get("kind") or "")

    @cached_property
    def measure(self) -> str:
        """The measure of the answers: that of the plan, else the first."""
        wanted = str(self.plan.get("measure") or "")
        return wanted if wanted in self.sweep.measures else str(self.sweep.measures[0])

    @cached_property
    def arm(self) -> str:
        """The scenario of the answers: that of the plan, else the last."""
        wanted = str(self.plan.get("scenario") or "")
        return wanted if wanted in self.sweep.arms else str(self.sweep.arms[-1])

    @cached_property
    def is_difference(self) -> bool:
        """Whether the answer is the difference from the reference."""
        return self.plan.get("of") != "level" and self.arm != self.sweep.reference

    @cached_property
    def shown_arms(self) -> list[str]:
        """The scenarios that are drawn: that of the answer first."""
        arms = self.others if self.is_difference else list(self.sweep.arms)
        return [self.arm, *(arm for arm in arms if arm != self.arm)]

    def place(self, arm: str) -> int:
        """Place of a scenario among all, which sets its colour."""
        return list(self.sweep.arms).index(arm)

    @cached_property
    def inputs(self) -> list[Input]:
        """What varied, in the order of the experiment."""
        entries = {str(item["name"]): item for item in entries_of(self.manifest.get("vary"))}
        return [_input(str(name), entries.get(str(name), {}), self.sweep.points[name], self.symbol) for name in self.sweep.points.columns]

    def input(self, name: str) -> Input:
        """One thing varied; with its bare name when it is none of them."""
        found = {item.name: item for item in self.inputs}
        nothing = math.nan
        return found.get(name) or Input(name, input_label(name), "", "", "", nothing, nothing, nothing, Amount("ratio"))

    def said(self, name: str) -> str:
        """What is said of a table, with the names of things varied as readers know them; empty when nothing is said."""
        words = self.sentences.get(name, "")
        for item in sorted(self.inputs, key=lambda item: -len(item.name)):
            words = words.replace(item.name, item.label)
        return words

    def facts(self, measure: str) -> MeasureFacts:
        """What is known about a measure."""
        known = self.manifest.get("measures") or {}
        entry = known.get(measure) or known.get(measure.partition("/")[0]) if isinstance(known, Mapping) else None
        names = MeasureFacts.__dataclass_fields__
        values = {key: str(value) for key, value in (entry or {}).items() if key in names}
        return MeasureFacts(**{"name": measure, "title": measure.partition("/")[0].replace("_", " ").capitalize(), **values})

    def label(self, measure: str) -> str:
        """Name of a measure for readers."""
        key = measure.partition("/")[2]
        return plain(self.facts(measure).title.removesuffix(": all")) + (f": {key}" if key and key != "all" else "")

    def amount(self, measure: str) -> Amount:
        """How to write the values of a measure."""
        return Amount(self.facts(measure).kind, self.symbol)

    def unit(self, measure: str) -> str:
        """Unit of a measure in words; of a difference of shares, points."""
        facts = self.facts(measure)
        words = unit_words(facts.unit, facts.kind, self.symbol)
        return "percentage points" if facts.kind == "share" and self.is_difference else words

    @property
    def axis(self) -> Amount:
        """How to write the answer along an axis."""
        return self.axis_of(self.measure)

    def axis_of(self, measure: str) -> Amount:
        """How to write what is shown of a measure along an axis."""
        amount = self.amount(measure)
        return Amount("points", self.symbol) if amount.kind == "share" and self.is_difference else amount

    def cell(self, value: float, beside: float | None = None, measure: str = "") -> Cell:
        """An answer: a difference with its sign, or a level."""
        amount = self.amount(measure or self.measure)
        return change(value, amount, beside) if self.is_difference else level(value, amount, beside)

    def span(self, low: float, high: float, measure: str = "") -> str:
        """An interval in a sentence; empty without one."""
        if not (math.isfinite(low) and math.isfinite(high)):
            return ""
        beside = max(abs(low), abs(high))
        first, last = (self.cell(end, beside, measure).shown for end in (low, high))
        return f"{first.removesuffix(' points')} to {last}"

    def sure(self, numbers: Sequence[float], beside: float | None = None, measure: str = "") -> str:
        """An answer with the ends of its interval, in a sentence; the answer alone without an interval."""
        value, low, high = numbers
        shown, interval = self.cell(value, beside, measure).shown, self.span(low, high, measure)
        if interval and low == high:
            return f"{shown} (the same with every seed)"
        return f"{shown} ({interval})" if interval else shown

    @cached_property
    def period(self) -> str:
        """The months that the one number of a run is of, in words."""
        months = int(self.manifest.get("months") or YEAR)
        return "last twelve months" if months >= YEAR else f"{months} months" if months > 1 else "one month"

    @cached_property
    def few_agree(self) -> bool:
        """Whether two to four seeds give exactly the same answer at every setting, which says nothing about luck."""
        values = self.answers().to_numpy(dtype=np.float64, na_value=np.nan)
        whole = values[np.isfinite(values).all(axis=1)]
        return bool(len(whole)) and agree_by_chance(whole) and bool(whole.any())

    def answers(self, measure: str = "", arm: str = "", month: int = 0) -> pd.DataFrame:
        """The answer of every run: index point, a column for each seed, not a number where a run failed."""
        read = self.sweep.difference if self.is_difference else self.sweep.values
        return read(measure or self.measure, arm or self.arm, month)

    @cached_property
    def at_points(self) -> pd.DataFrame:
        """The answer at every setting: mean over seeds with its interval, and whether it differs from nought."""
        return answers_at(self.answers())

    @property
    def what(self) -> str:
        """What the answer is, in words."""
        arm = self.titles[self.arm]
        if not self.is_difference:
            return f"{self.label(self.measure)} with “{arm}”"
        return f"{self.label(self.measure)}: “{arm}” less “{self.titles[self.sweep.reference]}”"


def answers_at(frame: pd.DataFrame) -> pd.DataFrame:
    """Mean over seeds with its interval at every setting.

    Parameters
    ----------
    frame : DataFrame
        Index point, a column for each seed.

    Returns
    -------
    DataFrame
        Index point; columns mean, low, high, seeds, told ("higher", "lower", "same", "luck", "few", "none"). "few" are one seed, and two
        to four that agree exactly.

    Examples
    --------
    >>> answers_at(pd.DataFrame({1: [2.0, 0.0], 2: [2.2, 0.0]}))["told"].tolist()
    ['higher', 'same']
    """
    values = frame.to_numpy(dtype=np.float64, na_value=np.nan).T
    mean, low, high, _ = mean_intervals(values) if values.size else (np.full(len(frame), np.nan),) * 4
    seeds = np.isfinite(values).sum(axis=0) if values.size else np.zeros(len(frame), dtype=int)
    still = np.array([not np.nan_to_num(column).any() for column in values.T], dtype=bool)
    few = np.array([len(found) < 2 or agree_by_chance(found) for found in (column[np.isfinite(column)] for column in values.T)], dtype=bool)
    told = np.select(
        [seeds == 0, still, few, low > 0, high < 0], ["none", "same", "few", differences.HIGHER, differences.LOWER], default="luck"
    )
    return pd.DataFrame({"mean": mean, "low": low, "high": high, "seeds": seeds, "told": told}, index=frame.index)


def input_label(name: str) -> str:
    """Name of a thing varied for readers.

    Examples
    --------
    >>> input_label("firms.spare_capacity"), input_label("place.labour.commuter_share"), input_label("local_spend_target.share")
    ('Spare capacity (firms)', 'Commuter share (place, labour)', 'Local-spend target: share')
    """
    *before, last = plain(name).split(".")
    words = last.replace("_", " ")
    if not before:
        return words[:1].upper() + words[1:]
    lever = declared_policy(before[0]) if len(before) == 1 else None
    if lever is not None and lever.meaning:
        return f"{lever.title}: {words}"
    return f"{words[:1].upper()}{words[1:]} ({', '.join(part.replace('_', ' ') for part in before)})"


def entries_of(listed: Any) -> list[Mapping[str, Any]]:
    """Entries with their name, whether they are stored as a list or by name."""
    if isinstance(listed, Mapping):
        return [{"name": name, **(value if isinstance(value, Mapping) else {"title": value})} for name, value in listed.items()]
    return [item if isinstance(item, Mapping) else {"name": item} for item in listed or ()]


def _input(name: str, entry: Mapping[str, Any], values: pd.Series[Any], symbol: str) -> Input:
    """One thing varied, from the manifest where it says so and else from the settings."""
    tried = values.to_numpy(dtype=np.float64)
    ends = (float(tried.min()), float(tried.max())) if len(tried) else (math.nan, math.nan)
    low, high = (end if entry.get(key) is None else float(entry[key]) for key, end in zip(("low", "high"), ends, strict=True))
    usual = entry.get("usual")
    unit = plain(entry.get("unit") or "")
    return Input(
        name,
        plain(entry.get("title") or input_label(name)),
        unit,
        plain(entry.get("meaning") or ""),
        plain(entry.get("mark") or ""),
        low,
        high,
        math.nan if usual is None else float(usual),
        Amount(_kind_of(unit), symbol),
        bool(entry.get("whole")),
    )


def _kind_of(unit: str) -> str:
    """How values in a unit are written."""
    return "share" if unit.startswith("share") else "money" if unit.startswith("pounds") else "ratio"
