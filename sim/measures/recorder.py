"""The recorder: every measure, every month, in arrays; matrices and tables at chosen months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import CHANNEL_NAMES, INSTITUTIONS
from sim.core.records import BalanceSheet, ChannelTotals, FlowMatrix, RunRecord
from sim.core.registry import MEASURES
from sim.kinds.flows import GROUPS
from sim.kinds.town import FirmsBefore, Town
from sim.measures.balance_sheet import balance_sheet
from sim.measures.distributions import distributions
from sim.measures.equity import net_wealth
from sim.measures.groups import group_flows


def note_month(town: Town) -> None:
    """Note what several measures read of a month that has ended: money between groups, incomes and wealth in order."""
    notes = town.notes
    notes.flows = group_flows(town)
    notes.ordered_income, notes.ordered_wealth = np.sort(town.residents["usual_income"]), np.sort(net_wealth(town))


class Recorder:
    """Collects what a run leaves behind."""

    def __init__(self, town: Town) -> None:
        self._series: dict[str, list[float]] = {}
        self._flows: dict[int, FlowMatrix] = {}
        self._sheets: dict[int, BalanceSheet] = {}
        self._pounds: list[NDArray[np.int64]] = []
        self._first_pounds: NDArray[np.int64] | None = None
        self._received = np.zeros((len(CHANNEL_NAMES), len(INSTITUTIONS)), np.int64)
        self._net = np.zeros_like(self._received)
        self._firms = [(np.array(town.firms.slots), np.array(town.firms["kind"]))]
        self._opening = distributions(town)
        self.bookings = 0
        self.months = 0

    def record(self, town: Town) -> None:
        """Measure the month that has just ended."""
        self.months += 1
        self.bookings += town.ledger.bookings
        self._received += town.ledger.received
        self._net += town.ledger.flows
        self.remember_firms(town)
        note_month(town)
        self._keep_pounds(town.notes.flows.pence)
        for item in MEASURES:
            found = item.function(town)
            values: Mapping[str, float] = found if isinstance(found, Mapping) else {"": found}
            for key, value in values.items():
                self._series.setdefault(f"{item.name}/{key}" if key else item.name, []).append(float(value))
        if self.months == 1 or self.months % 12 == 0:
            self._keep_matrices(town)

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
        if self.months and town.month not in self._flows:
            self._keep_matrices(town)
        last = np.sum(self._pounds, axis=0) if self._pounds else np.zeros((len(GROUPS), len(GROUPS)), np.int64)
        first = self._first_pounds if self._first_pounds is not None else last
        return RunRecord(
            measures={name: np.array(values) for name, values in self._series.items()},
            flow_matrices=self._flows,
            balance_sheets=self._sheets,
            pound_flows={"first year": _rows(first), "last year": _rows(last)},
            channel_totals=ChannelTotals(CHANNEL_NAMES, INSTITUTIONS, self._received, self._received - self._net),
            distributions=_both(self._opening, distributions(town)),
            accounts={
                "months_checked": self.months,
                "bookings": self.bookings,
                "total_money": int(town.ledger.balance.sum()),
                "largest_residual": max((matrix.residual() for matrix in self._flows.values()), default=0),
            },
            warnings=list(town.warnings),
        )


def _rows(pence: NDArray[np.int64]) -> list[tuple[str, str, int]]:
    """The cells that are not nought as (payer group, payee group, pence)."""
    return [(GROUPS[i], GROUPS[j], int(pence[i, j])) for i, j in zip(*np.nonzero(pence), strict=True)]


def _both(opening: dict[str, list[dict[str, Any]]], end: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Tables of the opening and the end, each row saying when."""
    return {name: [{"when": "opening", **row} for row in opening[name]] + [{"when": "end", **row} for row in end[name]] for name in opening}
