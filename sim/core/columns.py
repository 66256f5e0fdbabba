"""Columns and tables: one array for each property, one row for each agent.

A `Column` is declared on a class; a `Table` holds the arrays of one family. The declaration feeds
the storage, the checks, the handles and the data dictionary. Nothing here knows about Mesa.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypedDict, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from sim.core.slots import LEFT, NEVER, Integers, SlotMap, check_range
from sim.errors import LocalWealthError


class LeftTheModel(LocalWealthError, LookupError):
    """The agent has left the model, so it has no values any more."""


class ColumnDescription(TypedDict):
    """One row of the data dictionary."""

    name: str
    dtype: str
    width: int
    unit: str
    low: float | None
    high: float | None
    default: Any
    doc: str


class Column:
    """Declares one property; on the class it is the declaration, on one agent it reads or writes one cell.

    Parameters
    ----------
    dtype : dtype-like
        NumPy type of a cell; money is ``int64`` pence.
    default : scalar
        Value of a new row when none is given.
    unit : str
        Unit of the values, empty for codes and account numbers.
    low, high : float or None
        Bounds, both allowed. They are tested by `Table.out_of_bounds`, not at each write.
    doc : str
        Meaning, for the data dictionary.
    width : int
        Values in a cell. Above 1 the column is an array (rows, width) and a handle reads a tuple.
    by_place : bool
        Whether the first values of all cells lie side by side, then the second ones: quicker where a wide column is read place by place.

    Examples
    --------
    >>> table = Table({"savings": Column("int64", 100, unit="pence", low=0), "habits": Column("int32", -1, width=2)})
    >>> table.add(2, savings=[5, 7]).tolist(), table["savings"].tolist(), table["habits"].shape
    ([0, 1], [5, 7], (2, 2))
    """

    def __init__(
        self,
        dtype: DTypeLike = "float64",
        default: Any = 0,
        unit: str = "",
        low: float | None = None,
        high: float | None = None,
        doc: str = "",
        width: int = 1,
        by_place: bool = False,
    ) -> None:
        if width < 1:
            raise ValueError(f"a column's width is 1 or more, not {width}")
        self.name = ""
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.default, self.unit, self.low, self.high, self.doc, self.width = default, unit, low, high, doc, width
        self.order: Literal["C", "F"] = "F" if by_place else "C"
        self.__doc__ = doc
        self.fit(default)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, agent: None, owner: type | None = None) -> Self: ...
    @overload
    def __get__(self, agent: object, owner: type | None = None) -> Any: ...
    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        table = agent._table
        if self.width == 1:
            return table.arrays[self.name].item(table.row(agent._slot))
        return tuple(table.arrays[self.name][table.row(agent._slot)].tolist())

    def __set__(self, agent: Any, value: Any) -> None:
        table = agent._table
        table.arrays[self.name][table.row(agent._slot)] = self.fit(value)

    def shape(self, rows: int) -> tuple[int, ...]:
        """Shape of an array of this many rows."""
        return (rows,) if self.width == 1 else (rows, self.width)

    def fit(self, value: ArrayLike) -> NDArray[Any]:
        """The value as an array, refused if it would be cut short: pounds into whole pence, say.

        Raises
        ------
        TypeError
            If the type of the value can't become the column's without loss of kind.
        """
        array = np.asarray(value)
        if not np.can_cast(array.dtype, self.dtype, "same_kind"):
            raise TypeError(f"{self.name or 'this column'} holds {self.dtype}; round or convert this {array.dtype} yourself")
        return array

    def describe(self, name: str = "") -> ColumnDescription:
        """The row of this column in the data dictionary."""
        return {
            "name": name or self.name,
            "dtype": self.dtype.name,
            "width": self.width,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "default": self.default,
            "doc": self.doc,
        }


class Table:
    """The arrays of one family.

    Each row has a slot, kept for life and never used again. Rows are the living in order of arrival,
    with no gaps: leavers are only marked when they leave, and their rows are closed up when somebody
    next asks for a whole column. So a row number is good until the next leaver; a slot is good for ever.

    Parameters
    ----------
    columns : mapping of str to Column
        The columns by name.

    Examples
    --------
    >>> people = Table({"age": Column("int16", 30, unit="years", low=0)})
    >>> slots = people.add(3, age=[20, 40, 60])
    >>> people.drop(slots[:1])
    >>> len(people), people["age"].tolist(), people.row(2)
    (2, [40, 60], 1)
    """

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = dict(columns)
        for name, column in self.columns.items():
            column.name = column.name or name
        self.arrays: dict[str, NDArray[Any]] = {name: np.empty(c.shape(0), c.dtype, c.order) for name, c in self.columns.items()}
        self._slot_of: Integers = np.empty(0, np.int64)
        self._row_of = SlotMap()
        self._used = 0
        self._leavers = 0
        self._next_slot = 0

    def __len__(self) -> int:
        return self._used - self._leavers

    @property
    def nbytes(self) -> int:
        """Bytes held, room for growth included."""
        return sum(array.nbytes for array in self.arrays.values()) + self._slot_of.nbytes + self._row_of.nbytes

    def add(self, n: int, slots: ArrayLike | None = None, **values: ArrayLike) -> Integers:
        """Append rows.

        Parameters
        ----------
        n : int
            How many rows.
        slots : array of int64 (n,), optional
            Their slots, never used before, in the ordinary or the reserved range. Without it they get the
            next free slots of the sequence.
        **values : array
            Value of a column: one for all, or (n,), or (n, width) for a wide column. Columns not named get their default.

        Returns
        -------
        array of int64 (n,)
            The slots.

        Raises
        ------
        AttributeError
            If a column does not exist.
        TypeError
            If a value does not fit its column.
        ValueError
            If a value or `slots` has the wrong length, or a slot was used before. Nothing is written then.
        """
        unknown = values.keys() - self.columns.keys()
        if unknown:
            raise AttributeError(f"no such column: {sorted(unknown)}; there are {sorted(self.columns)}")
        # Everything is checked before anything is written, so a bad value leaves no half-made rows.
        new = {name: np.broadcast_to(self.columns[name].fit(value), self.columns[name].shape(n)) for name, value in values.items()}
        taken = self._next_slots(n) if slots is None else self._fresh(n, np.asarray(slots))
        first, last = self._used, self._used + n
        self._slot_of = _room(self._slot_of, last)
        self._slot_of[first:last] = taken
        self._row_of.put(taken, np.arange(first, last))
        for name, column in self.columns.items():
            self.arrays[name] = _room(self.arrays[name], last, column.order)
            self.arrays[name][first:last] = new.get(name, column.default)
        self._used = last
        return taken

    def _next_slots(self, n: int) -> Integers:
        """The next free slots of the sequence; slots given by hand are passed over."""
        found: list[Integers] = []
        missing = n
        while missing:
            window = np.arange(self._next_slot, self._next_slot + missing)
            check_range(window[-1:])
            found.append(window[self._row_of.rows(window) == NEVER])
            missing -= len(found[-1])
            self._next_slot += len(window)
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _fresh(self, n: int, slots: NDArray[Any]) -> Integers:
        """Slots given by hand, refused unless all are free."""
        if slots.shape != (n,) or (n and slots.dtype.kind not in "iu"):
            raise ValueError(f"slots must be {n} whole numbers, not {slots.dtype} of shape {slots.shape}")
        slots = slots.astype(np.int64)
        check_range(slots)
        if len(np.unique(slots)) < n:
            raise ValueError("a slot is given twice")
        used = slots[self.has(slots)]
        if len(used):
            raise ValueError(f"slot {used[0]} was used before; a slot is never used again")
        return slots

    def has(self, slots: ArrayLike) -> NDArray[np.bool_]:
        """Whether each slot is or was somebody's (n,)."""
        known: NDArray[np.bool_] = self._row_of.rows(np.asarray(slots, np.int64)) != NEVER
        return known

    def drop(self, slots: ArrayLike) -> None:
        """Mark these as gone.

        Raises
        ------
        LeftTheModel
            If one has left already.
        """
        leaving = np.unique(np.asarray(slots, np.int64))
        self.rows(leaving)
        self._row_of.put(leaving, LEFT)
        self._leavers += len(leaving)

    def row(self, slot: int) -> int:
        """The row of one slot now."""
        row = self._row_of.row(slot)
        if row < 0:
            raise LeftTheModel(f"agent {slot} has left the model" if row == LEFT else f"no agent ever had slot {slot}")
        return row

    def rows(self, slots: ArrayLike) -> Integers:
        """The rows of slots now (n,)."""
        rows = self._row_of.rows(np.asarray(slots, np.int64)).astype(np.int64)
        if (rows < 0).any():
            raise LeftTheModel(f"{(rows < 0).sum()} of these {len(rows)} agents have left the model or were never in it")
        return rows

    def living(self, slots: ArrayLike) -> Integers:
        """Those of the slots whose agents are in the model now."""
        wanted = np.asarray(slots, np.int64)
        return wanted[self._row_of.rows(wanted) >= 0]

    @property
    def slots(self) -> Integers:
        """The slots of all the living, in order of arrival (rows,): a view for reading."""
        self._close_up()
        view = self._slot_of[: self._used]
        view.flags.writeable = False
        return view

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The whole column (rows,) or (rows, width), a view: write into it to change the agents. Do not keep it."""
        if self._leavers:
            self._close_up()
        return self.arrays[name][: self._used]

    def __setitem__(self, name: str, values: ArrayLike) -> None:
        """Write a whole column: one value for all, or one for each of the living."""
        self._close_up()
        column = self.arrays[name][: self._used]
        # After ``table["sales"] += paid`` the view itself comes back: it holds the sums already.
        if not (isinstance(values, np.ndarray) and values.base is not None and np.shares_memory(values, column)):
            column[:] = self.columns[name].fit(values)

    def dictionary(self) -> list[ColumnDescription]:
        """The data dictionary: name, type, width, unit, bounds, default and meaning of each column."""
        return [column.describe(name) for name, column in self.columns.items()]

    def out_of_bounds(self) -> list[str]:
        """One sentence for each column with a value outside its bounds, or that is no number; for tests and checks."""
        found = []
        for name, column in self.columns.items():
            values = self[name]
            wrong = np.isnan(values) if column.dtype.kind == "f" else np.zeros(values.shape, bool)
            if column.low is not None:
                wrong |= values < column.low
            if column.high is not None:
                wrong |= values > column.high
            if wrong.any():
                worst = values[wrong][0].item()
                found.append(f"{name}: {int(wrong.sum())} values outside {column.low} to {column.high} {column.unit}, the first {worst}")
        return found

    def _close_up(self) -> None:
        if not self._leavers:
            return
        slots = self._slot_of[: self._used]
        keep = self._row_of.rows(slots) >= 0
        self._slot_of = slots[keep]
        self._used, self._leavers = len(self._slot_of), 0
        self._row_of.put(self._slot_of, np.arange(self._used))
        for name, array in self.arrays.items():
            self.arrays[name] = np.asarray(array[: len(keep)][keep], order=self.columns[name].order)


def _room(array: NDArray[Any], size: int, order: Literal["C", "F"] = "C") -> NDArray[Any]:
    """The array, or a larger copy of it if it has no room for `size` rows."""
    if size <= len(array):
        return array
    larger = np.empty((max(size, len(array) * 3 // 2), *array.shape[1:]), array.dtype, order)
    larger[: len(array)] = array
    return larger
