"""What a phase, policy or measure may ask of an economy, and what it notes of the month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.core.calendar import Month
from sim.core.columns import Table
from sim.core.ledger import Ledger
from sim.core.streams import Streams
from sim.kinds.flows import GroupFlows, no_flows
from sim.kinds.listed import ListedSuppliers
from sim.kinds.rules import Rules
from sim.kinds.rules_enterprise import SupportedBranch
from sim.kinds.sellers import SellerLists
from sim.kinds.structure import Structure
from sim.settings.place import Place


@dataclass(frozen=True)
class FirmsBefore:
    """The firms of some months ago: slots and kinds (firms,)."""

    months: int = 1
    slots: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    kind: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))


@dataclass
class MonthNotes:
    """What happened this month beside the bookings: counts and volumes for the measures."""

    hires: int = 0
    vacancies: int = 0
    habit_changes: int = 0
    link_changes: int = 0
    births: int = 0
    deaths: int = 0
    failures: int = 0
    sold: int = 0
    bought_out: int = 0
    founded_by_policy: int = 0
    let_value: int = 0
    invoiced: int = 0
    service_bought: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    service_in_house: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    passed_outside: int = 0
    rent_given_up: int = 0
    written_off: int = 0
    stakes_lost: int = 0
    lifetimes: list[int] = field(default_factory=list)
    flows: GroupFlows = field(default_factory=no_flows)
    """The month's money between groups, summed by the recorder before anything is measured."""
    ordered_income: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Residents' usual incomes in rising order, pence a month; set by the recorder."""
    ordered_wealth: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    """Residents' net wealth in rising order, pence; set by the first measure that reads it."""
    firms_before: FirmsBefore = field(default_factory=FirmsBefore)
    """The firms of a year ago, or of the opening in the first year; set by the recorder."""


class Town(Protocol):
    """An economy as its phases, policies and measures see it."""

    place: Place
    streams: Streams
    ledger: Ledger
    residents: Table
    firms: Table
    anchors: Table
    contracts: Table
    funds: Table
    dwellings: Table
    """Homes that policies build, a row for each adult; empty without such a policy."""
    premises: Table
    """Units that anchors and trusts let to firms; empty without such a policy."""
    listed: ListedSuppliers
    """Suppliers that the place lists by name, and the firms that stand for them; empty without a supplier list."""
    starts: Month
    """Calendar month of the first month."""
    structure: Structure
    rules: Rules
    notes: MonthNotes
    month: int
    firm_row: NDArray[np.int32]
    """Row of the firm that holds an account (accounts,), -1 for others."""
    resident_row: NDArray[np.int32]
    """Row of the resident who holds an account (accounts,), -1 for others."""
    months_before: int
    """Months run before the first, so that slots of new firms begin at nought."""
    founded: int
    """Firms founded by policy so far."""

    supported: list[SupportedBranch]
    """Branches that came for a subsidy and are still here."""

    births_by_month: dict[int, int]
    """Firms founded by chance in each month."""
    warnings: list[str]
    respending: float
    """Sales of firms here that follow from a pound of contract work given to one of them, itself included, at the opening."""

    def refresh_rows(self) -> None:
        """Look up rows by account anew, after firms came or went."""
        ...

    def warn(self, message: str) -> None:
        """Note something the reader of the results should know."""
        ...

    @property
    def sellers(self) -> SellerLists:
        """The firms of each sector by appeal."""
        ...

    @property
    def frozen(self) -> bool:
        """Whether behaviour is frozen for a proof."""
        ...
