"""The recorder: every measure, every month, in arrays; matrices and tables at chosen months. Or some measures in some months."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import CHANNEL_NAMES, INSTITUTIONS
from sim.core.records import BalanceSheet, ChannelTotals, FlowMatrix, RunRecord
from sim.core.registry import MEASURES, Measure
from sim.errors import UnknownNameError
from sim.kinds.flows import GROUPS
from sim.kinds.town import FirmsBefore, Town
from sim.measures.balance_sheet import balance_sheet
from sim.measures.distributions import distributions
from sim.measures.groups import group_flows


def note_month(town: Town) -> None:
    """Note what most measures read of a month that has ended: money between groups, and incomes in order."""
    town.notes.flows = group_flows(town)
    town.notes.ordered_income = np.sort(town.residents["usual_income"])


class Recorder:
    """Collects what a run leaves behind.

    Without `measures` and `months` that is everything. With either it is the series asked for, the totals of the channels and
    the check of the accounts: tables, flow matrices and balance sheets are left out, and the ledger keeps its journal only in the
    months asked for. What measures remember of earlier months is remembered all the same, so every value is that of the full
    recorder to the last bit.

    Parameters
    ----------
    town : Town
        At its opening; or one that has moved on, whose recorder `Economy.run` hands its memory over.
    measures : collection of str, optional
        Names of measures, ``name`` or ``name/key``; all measures when left out.
    months : collection of int, or callable of int to bool, optional
        Months to measure, the first is 1; all months when left out.

    Raises
    ------
    UnknownNameError
        When a measure is unknown; when a key is, as soon as its measure is taken.

    Examples
    --------
    >>> import sim
    >>> town = sim.Economy(sim.load("anytown/business-as-usual"), seed=1)
    >>> record = town.run(3, record=Recorder(town, ["jobs", "retention_place/all"], months=[1, 3]))
    >>> sorted(record.measures), np.isnan(record.measures["jobs"]).tolist()
    (['jobs', 'retention_place/all'], [False, True, False])
    """

    def __init__(
        self, town: Town, measures: Collection[str] | None = None, months: Collection[int] | Callable[[int], bool] | None = None
    ) -> None:
        self.whole = measures is None and months is None
        self._asked = _asked(measures)
        self._chosen = months if months is None or callable(months) else frozenset(months)
        self._series: dict[str, dict[int, float]] = {}
        self._flows: dict[int, FlowMatrix] = {}
        self._sheets: dict[int, BalanceSheet] = {}
        self._pounds: list[NDArray[np.int64]] = []
        self._first_pounds: NDArray[np.int64] | None = None
        self._received = np.zeros((len(CHANNEL_NAMES), len(INSTITUTIONS)), np.int64)
        self._net = np.zeros_like(self._received)
        self._firms = [(np.array(town.firms.slots), np.array(town.firms["kind"]))]
        self._opening = distributions(town) if self.whole else {}
        self._residual = 0
        self.bookings = 0
        self.months = 0

    def measures_month(self, month: int) -> bool:
        """Whether anything is measured in this month."""
        if self._chosen is None:
            return True
        return self._chosen(month) if callable(self._chosen) else month in self._chosen

    def prepare(self, town: Town) -> None:
        """Before a month: keep its journal if it will be measured. The full recorder leaves that as the town has it."""
        if not self.whole:
            town.ledger.keep_journal = self.measures_month(town.month + 1)

    def record(self, town: Town) -> None:
        """Measure the month that has just ended."""
        self.months += 1
        self.bookings += town.ledger.bookings
        self._received += town.ledger.received
        self._net += town.ledger.flows
        self._residual = max(self._residual, town.ledger.flow_matrix().residual())
        self.remember_firms(town)
        if not self.measures_month(town.month):
            return
        note_month(town)
        for item, keys in self._asked:
            self._take(town, item, keys)
        if self.whole:
            self._keep_pounds(town.notes.flows.pence)
            if self.months == 1 or self.months % 12 == 0:
                self._keep_matrices(town)

    def _take(self, town: Town, item: Measure, keys: frozenset[str] | None) -> None:
        """Take one measure; all its keys, or those asked for."""
        found = item.function(town)
        values: Mapping[str, float] = found if isinstance(found, Mapping) else {"": found}
        for key in values if keys is None else sorted(keys):
            if key not in values:
                raise UnknownNameError(f"key of the measure {item.name}", key, tuple(values))
            self._series.setdefault(f"{item.name}/{key}" if key else item.name, {})[self.months] = float(values[key])

    def take_over(self, other: Recorder) -> None:
        """Remember what another recorder of the same town remembers, so that this one can go on from there."""
        self._firms = list(other._firms)

    def remember_firms(self, town: Town) -> None:
        """Note the firms of a year ago, or of the opening, and keep those of now; once a month, measured or not."""
        town.notes.firms_before = FirmsBefore(len(self._firms), *self._firms[0])
        self._firms = [*self._firms[-11:], (np.array(town.firms.slots), np.array(town.firms["kind"]))]

    def _keep_pounds(self, pence: NDArray[np.int64]) -> None:
        """The last twelve months of flows between groups; the first twelve once they are full."""
        self._pounds = [*self._pounds[-11:], pence]
        if self.months == 12:
            self._first_pounds = np.sum(self._pounds, axis=0)

    def _keep_matrices(self, town: Town) -> None:
        """The month's flow matrix and balance sheet."""
        self._flows[town.month] = town.ledger.flow_matrix()
        self._sheets[town.month] = balance_sheet(town)

    def finish(self, town: Town) -> RunRecord:
        """Everything recorded so far."""
        if self.whole and self.months and town.month not in self._flows:
            self._keep_matrices(town)
        last = np.sum(self._pounds, axis=0) if self._pounds else np.zeros((len(GROUPS), len(GROUPS)), np.int64)
        first = self._first_pounds if self._first_pounds is not None else last
        return RunRecord(
            measures={name: self._filled(values) for name, values in self._series.items()},
            flow_matrices=self._flows,
            balance_sheets=self._sheets,
            pound_flows={"first year": _rows(first), "last year": _rows(last)} if self.whole else {},
            channel_totals=ChannelTotals(CHANNEL_NAMES, INSTITUTIONS, self._received, self._received - self._net),
            distributions=_both(self._opening, distributions(town)) if self.whole else {},
            accounts={
                "months_checked": self.months,
                "bookings": self.bookings,
                "total_money": int(town.ledger.balance.sum()),
                "largest_residual": self._residual,
            },
            warnings=list(town.warnings),
        )

    def _filled(self, values: Mapping[int, float]) -> NDArray[np.float64]:
        """A series of all months (months,), not a number in those that were not measured."""
        series = np.full(self.months, np.nan)
        series[np.fromiter(values, np.int64, len(values)) - 1] = list(values.values())
        return series


def _asked(measures: Collection[str] | None) -> tuple[tuple[Measure, frozenset[str] | None], ...]:
    """Measures asked for with their keys, in order of name; no keys named are all of them."""
    if measures is None:
        return tuple((item, None) for item in MEASURES)
    wanted: dict[str, set[str] | None] = {}
    for asked in measures:
        name, _, key = asked.partition("/")
        known = wanted.setdefault(name, set())
        wanted[name] = None if not key or known is None else known | {key}
    return tuple((MEASURES[name], None if keys is None else frozenset(keys)) for name, keys in sorted(wanted.items()))


def _rows(pence: NDArray[np.int64]) -> list[tuple[str, str, int]]:
    """The cells that are not nought as (payer group, payee group, pence)."""
    return [(GROUPS[i], GROUPS[j], int(pence[i, j])) for i, j in zip(*np.nonzero(pence), strict=True)]


def _both(opening: dict[str, list[dict[str, Any]]], end: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Tables of the opening and the end, each row saying when."""
    return {name: [{"when": "opening", **row} for row in opening[name]] + [{"when": "end", **row} for row in end[name]] for name in opening}
