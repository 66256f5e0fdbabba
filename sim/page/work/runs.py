"""One arm of the page: a town opened once, copied, and run while the measures that the page shows are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.kinds.flows import GROUPS
from sim.measures.recorder import Recorder
from sim.page.work.openings import Openings
from sim.settings.experiments.headline_series import HEADLINES

if TYPE_CHECKING:
    from sim.core.records import RunRecord
    from sim.settings.scenario import Scenario

__all__ = ["PAGE_MEASURES", "ArmRun", "arm_run"]

Floats = NDArray[np.float64]

#: What the page measures in every month: the headlines, what cost, losers and hidden branches need, owners, places and incomes.
PAGE_MEASURES: Final = (
    *HEADLINES,
    "equity_share/local owners",
    "spend_by_owner/branches",
    "cooperatives",
    "contract_spend",
    "anchor_payroll",
    "government_balance",
    "outside_supplier_receipts",
    "neighbourhood_income",
    "neighbourhood_unemployment",
    "fifth_income",
)


@dataclass(frozen=True, eq=False)
class ArmRun:
    """What one run of one arm left behind for the page.

    Parameters
    ----------
    seed, months : int
        Which run, and how long.
    series : mapping of str to ndarray of float64, shape (months,)
        Measures by name, as a full run records them.
    received : mapping of str to int
        Pence that each group of accounts received in the last twelve months.
    warnings : tuple of str
        What a reader should know.
    """

    seed: int
    months: int
    series: Mapping[str, Floats]
    received: Mapping[str, int]
    warnings: tuple[str, ...] = ()


class _PageRecorder(Recorder):
    """Records the measures of the page and, as a full recorder does, what groups received in the last year."""

    look: Callable[[], None] | None = None

    def record(self, town: Any) -> None:
        """Measure the month that has just ended, unless the run is left."""
        if self.look is not None:
            self.look()
        super().record(town)
        self._keep_pounds(town.notes.flows.pence)

    def received(self) -> dict[str, int]:
        """Pence that each group received in the last twelve months; those that received nothing left out."""
        pence = np.sum(self._pounds, axis=(0, 1)) if self._pounds else np.zeros(len(GROUPS), np.int64)
        return {group: int(amount) for group, amount in zip(GROUPS, pence, strict=True) if amount}


def arm_run(scenario: Scenario, seed: int = 1, months: int | None = None, openings: Openings | None = None) -> ArmRun:
    """Run one arm with one seed.

    Parameters
    ----------
    scenario : Scenario
        The arm.
    seed : int
        The luck of the run.
    months : int, optional
        Months to run; those of the scenario when left out.
    openings : Openings, optional
        Where towns at their opening are kept; nowhere when left out.

    Returns
    -------
    ArmRun
        Its series are those of `sim.run` to the last bit.

    Examples
    --------
    >>> import sim
    >>> found = arm_run(sim.load("anytown/buy-local"), seed=1, months=2)
    >>> found.months, len(found.series["jobs"])
    (2, 2)
    """
    openings = Openings(1) if openings is None else openings
    town = openings.town(scenario, seed)
    recorder = _PageRecorder(town, PAGE_MEASURES)
    recorder.look = openings.look
    record: RunRecord = town.run(scenario.months if months is None else months, record=recorder)
    return ArmRun(seed, record.months, record.measures, recorder.received(), tuple(record.warnings))
