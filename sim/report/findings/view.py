"""A result with what a report needs of it at hand: titles of arms, currency, measures, and what was compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.report.findings.comparison import Compared, compare_values, from_summary
from sim.report.numbers import Amount, plain
from sim.runs.outcome import MeasureFacts
from sim.runs.statistics.differences import CONFIDENCE, holm, mean_intervals
from sim.runs.statistics.summary import every_series, monthly_difference, seed_values
from sim.runs.stored.result import Result

if TYPE_CHECKING:
    from sim.report.sweep.view import SweepView
    from sim.runs.explaining.explanation import Explanation

__all__ = ["View"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """A result as the sections of a report look at it.

    Parameters
    ----------
    result : Result
        The result.
    explanations : tuple of Explanation, optional
        What made the difference; those in the folder of the result when left out.
    sweep : SweepView, optional
        An experiment about one of its scenarios.
    given : tuple of str
        The options by which these were given, so that the report can be made again.
    """

    result: Result
    explanations: tuple[Explanation, ...] | None = None
    sweep: SweepView | None = None
    given: tuple[str, ...] = ()

    @cached_property
    def symbol(self) -> str:
        """Sign of the currency."""
        return plain(self.result.manifest["place"]["currency"]["symbol"])

    @cached_property
    def minor_units(self) -> int:
        """Pence in a pound."""
        return int(self.result.manifest["place"]["currency"]["minor_units"])

    @cached_property
    def place(self) -> str:
        """Title of the place."""
        return plain(self.result.manifest["place"]["title"])

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the arms by name, made unlike each other."""
        given = {name: plain(title) or name for name, title in self.result.titles.items()}
        shared = {title for title in given.values() if list(given.values()).count(title) > 1}
        return {name: f"{title} ({name})" if title in shared else title for name, title in given.items()}

    @property
    def reference(self) -> str:
        """Title of the reference."""
        return self.titles[self.result.reference]

    @property
    def others(self) -> tuple[str, ...]:
        """Names of the arms that are compared with the reference."""
        return self.result.arms[1:]

    @property
    def is_comparison(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.result.arms) > 1

    @property
    def shown_arms(self) -> tuple[str, ...]:
        """Names of the arms that sections tell about: all but the reference, or the only one."""
        return self.others or self.result.arms

    @cached_property
    def series_names(self) -> frozenset[str]:
        """Every series that was recorded."""
        return frozenset(str(name) for name in self.result.series_names)

    @property
    def window(self) -> int:
        """Months that become one number."""
        return min(12, self.result.months)

    @property
    def window_words(self) -> str:
        """The months that become one number, in words."""
        return f"last {self.window} months" if self.window > 1 else "last month"

    def facts(self, series: str) -> MeasureFacts:
        """What is known about a series."""
        name = series.partition("/")[0]
        return self.result.measures.get(name, MeasureFacts(name, title=name, unit="no unit stated"))

    def amount(self, series: str) -> Amount:
        """How to write the values of a series."""
        return Amount(self.facts(series).kind, self.symbol)

    def recorded(self, names: Sequence[str]) -> list[str]:
        """Those of some series that were recorded, in the order given."""
        return [name for name in names if name in self.series_names]

    def keys(self, measure: str) -> list[str]:
        """Keys of a measure that has several series."""
        return sorted(name.partition("/")[2] for name in self.series_names if name.startswith(f"{measure}/"))

    @cached_property
    def _wide(self) -> dict[tuple[str, str], Floats]:
        return every_series(self.result.tables["series"], self.result.seeds, self.result.months)

    def values(self, series: str, arm: str) -> Floats:
        """One series of one arm, shape (seeds, months); not a number where nothing was recorded."""
        found = self._wide.get((arm, series))
        return np.full((len(self.result.seeds), self.result.months), np.nan) if found is None else found

    def by_seed(self, series: str, arm: str) -> Floats:
        """The last months of each seed in one number, by the rule of the measure, shape (seeds,)."""
        return seed_values(self.values(series, arm), self.facts(series).summary)

    def monthly(self, series: str, arm: str) -> pd.DataFrame:
        """The paired difference from the reference month by month, as `sim.runs.statistics.summary.monthly_difference`, by month."""
        return monthly_difference(self.values(series, self.result.reference), self.values(series, arm)).set_index("month")

    @cached_property
    def _rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        table = self.result.summary()
        return {(str(row["arm"]), str(row["measure"])): row for row in table.to_dict("records")}

    def compared(self, arm: str, series: str) -> Compared | None:
        """One series of one arm against the reference, over the last months; None when it was not recorded."""
        row = self._rows.get((arm, series))
        if row is None:
            return None
        found = from_summary(row, self.symbol)
        name, _, key = series.partition("/")
        return replace(found, label=f"Share of local business owned by {key}") if name == "equity_share" else found

    def several(self, arm: str, names: Sequence[str]) -> list[Compared]:
        """Those of some series that were recorded, compared."""
        found = (self.compared(arm, name) for name in names)
        return [item for item in found if item is not None]

    def total(self, arm: str, series: str, label: str) -> Compared | None:
        """The sum of a series over all months of the run, compared; None when it was not recorded.

        Only for a series in money a month or in things a month.
        """
        if series not in self.series_names:
            return None
        sums = [self.values(series, name).sum(axis=1) for name in (self.result.reference, arm)]
        facts = self.facts(series)
        unit = facts.unit.replace(" a month", "") + f" in {self.result.months} months"
        return self.compare(label, unit, self.amount(series), sums[0], sums[1])

    def compare(self, label: str, unit: str, amount: Amount, before: Floats, after: Floats) -> Compared:
        """One number a run in two arms, as `compare_values`, held to the bar that the measures of the result are held to.

        A difference that is no measure of its own (a sum over the run, a tenth, a payment) is one more among the measures: a hint only
        where it would not pass Holm's test with all of them.
        """
        return self.held(compare_values(label, unit, amount, before, after))

    def held(self, found: Compared) -> Compared:
        """A comparison that is a hint only where it would not pass Holm's test as one more among the measures of the result."""
        if not found.is_told:
            return found
        return replace(found, weak=bool(holm([*self._tested, found.p_value])[-1] >= 1 - CONFIDENCE))

    @cached_property
    def _tested(self) -> list[float]:
        values = (float(row["p_value"]) for row in self._rows.values())
        return [value for value in values if math.isfinite(value)]

    def alone(self, label: str, unit: str, amount: Amount, values: Floats) -> Compared:
        """The level of something in the runs of one arm, without anything to compare it with."""
        mean, low, high, _ = (float(part[0]) for part in mean_intervals(values[:, None]))
        return Compared(label, unit, amount, math.nan, mean, math.nan, low, high, "", int(np.isfinite(values).sum()))
