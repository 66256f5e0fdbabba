"""What one run leaves behind: series, flow matrices, balance sheets and the accounting check.

Plain holders on numpy. The economy fills them, the store writes them, and neither needs to know the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["BalanceSheet", "ChannelTotals", "FlowMatrix", "PoundFlow", "RunRecord"]

#: One flow of money between two groups: payer, payee, pence.
PoundFlow = tuple[str, str, int]


def _checked(pence: NDArray[np.int64], rows: tuple[str, ...], columns: tuple[str, ...], what: str) -> None:
    """Refuse a matrix that is not whole pence or does not fit its names."""
    if pence.dtype != np.int64:
        raise ValueError(f"a {what} holds int64 pence, not {pence.dtype}")
    if pence.shape != (len(rows), len(columns)):
        raise ValueError(f"a {what} of {len(rows)} rows and {len(columns)} columns can't hold an array of shape {pence.shape}")


@dataclass(frozen=True, eq=False)
class FlowMatrix:
    """The money that moved in one month: channels by institutional sectors.

    Parameters
    ----------
    channels : tuple of str
        Names of the rows.
    sectors : tuple of str
        Names of the columns.
    pence : ndarray of int64, shape (channels, sectors)
        Receipts positive, payments negative; each row sums to nought (Godley and Lavoie, *Monetary Economics*, 2007, chapter 2).

    Raises
    ------
    ValueError
        When the array is not int64 or does not fit the names.

    Examples
    --------
    >>> matrix = FlowMatrix(("wages",), ("residents", "anchors"), np.array([[500, -500]]))
    >>> matrix.rows()
    [('wages', 'residents', 500), ('wages', 'anchors', -500)]
    """

    channels: tuple[str, ...]
    sectors: tuple[str, ...]
    pence: NDArray[np.int64]

    def __post_init__(self) -> None:
        _checked(self.pence, self.channels, self.sectors, "flow matrix")

    def rows(self) -> list[tuple[str, str, int]]:
        """Every cell as (channel, sector, pence), row by row."""
        return _cells(self.channels, self.sectors, self.pence)

    def residual(self) -> int:
        """The largest row sum in pence, without its sign: 0 when no money was made or lost."""
        return _largest(self.pence.sum(axis=1))


@dataclass(frozen=True, eq=False)
class BalanceSheet:
    """What is held and owed at the end of one month: instruments by institutional sectors.

    Parameters
    ----------
    instruments : tuple of str
        Names of the rows: deposits, loans, equity, real assets.
    sectors : tuple of str
        Names of the columns.
    pence : ndarray of int64, shape (instruments, sectors)
        Assets positive, debts negative. Rows of financial instruments sum to nought, rows of real assets do not.

    Raises
    ------
    ValueError
        When the array is not int64 or does not fit the names.

    Examples
    --------
    >>> BalanceSheet(("deposits",), ("residents", "banks"), np.array([[70, -70]])).rows()
    [('deposits', 'residents', 70), ('deposits', 'banks', -70)]
    """

    instruments: tuple[str, ...]
    sectors: tuple[str, ...]
    pence: NDArray[np.int64]

    def __post_init__(self) -> None:
        _checked(self.pence, self.instruments, self.sectors, "balance sheet")

    def rows(self) -> list[tuple[str, str, int]]:
        """Every cell as (instrument, sector, pence), row by row."""
        return _cells(self.instruments, self.sectors, self.pence)


@dataclass(frozen=True, eq=False)
class ChannelTotals:
    """The money that moved over a whole run: what each institutional sector received and paid through each channel.

    Parameters
    ----------
    channels, sectors : tuple of str
        Names of the rows and the columns.
    received, paid : ndarray of int64, shape (channels, sectors)
        Whole pence, never negative; payments within a sector count on both sides. Both have the same sum in every row.

    Raises
    ------
    ValueError
        When an array is not int64 or does not fit the names.

    Examples
    --------
    >>> ChannelTotals(("wages",), ("residents", "anchors"), np.array([[500, 0]]), np.array([[0, 500]])).rows()
    [('wages', 'residents', 500, 0), ('wages', 'anchors', 0, 500)]
    """

    channels: tuple[str, ...]
    sectors: tuple[str, ...]
    received: NDArray[np.int64]
    paid: NDArray[np.int64]

    def __post_init__(self) -> None:
        _checked(self.received, self.channels, self.sectors, "table of receipts")
        _checked(self.paid, self.channels, self.sectors, "table of payments")

    def rows(self) -> list[tuple[str, str, int, int]]:
        """Every cell in which money moved as (channel, sector, received, paid), row by row."""
        received, paid = _cells(self.channels, self.sectors, self.received), _cells(self.channels, self.sectors, self.paid)
        return [(*cell, other[2]) for cell, other in zip(received, paid, strict=True) if cell[2] or other[2]]


@dataclass
class RunRecord:
    """Everything that one run of one scenario with one seed leaves behind.

    Parameters
    ----------
    measures : dict of str to ndarray of float64, shape (months,)
        Series by name: ``name`` or ``name/key``.
    flow_matrices : dict of int to FlowMatrix
        By month: the first, every twelfth and the last.
    balance_sheets : dict of int to BalanceSheet
        By month, as the flow matrices.
    pound_flows : dict of str to list of (str, str, int)
        ``"first year"`` and ``"last year"``: payer group, payee group, pence summed over twelve months.
    channel_totals : ChannelTotals or None
        Whole pence by channel and sector over all months; None when not recorded.
    distributions : dict of str to list of dict
        Small tables: by income tenth, by neighbourhood, by owner.
    accounts : dict
        The accounting check: months_checked, bookings, total_money, largest_residual.
    warnings : list of str
        What a reader should know before trusting the numbers.
    seconds : float
        How long the run took.

    Examples
    --------
    >>> RunRecord(measures={"jobs": np.array([10.0, 11.0])}).months
    2
    """

    measures: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    flow_matrices: dict[int, FlowMatrix] = field(default_factory=dict)
    balance_sheets: dict[int, BalanceSheet] = field(default_factory=dict)
    pound_flows: dict[str, list[PoundFlow]] = field(default_factory=dict)
    channel_totals: ChannelTotals | None = None
    distributions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    accounts: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def months(self) -> int:
        """How many months were run; 0 when no measure was recorded."""
        return max((len(values) for values in self.measures.values()), default=0)


def _cells(rows: tuple[str, ...], columns: tuple[str, ...], pence: NDArray[np.int64]) -> list[tuple[str, str, int]]:
    """A matrix as (row, column, pence), row by row."""
    return [(row, column, int(pence[i, j])) for i, row in enumerate(rows) for j, column in enumerate(columns)]


def _largest(values: NDArray[np.int64]) -> int:
    """The largest value without its sign; 0 for none."""
    return int(np.abs(values).max()) if values.size else 0
