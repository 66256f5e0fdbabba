"""A town at its opening as plain values and arrays, and back.

What is stored can't run code: numbers, text, lists, arrays of numbers, and the fields of a short list of our own classes that hold
nothing else. Reading it makes an empty town from the scenario and puts the values in; names that the empty town does not have, or
arrays of another kind, are refused. What the scenario gives (the place, its parameters, its policies) is never stored, so it is
shared with the scenario and is right whatever the file says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Table
from sim.core.slots import SlotMap
from sim.kinds.flows import GroupFlows
from sim.kinds.listed import ListedSupplier, ListedSuppliers
from sim.kinds.structure import Structure
from sim.kinds.town import FirmsBefore, MonthNotes
from sim.start.regional_accounts import RegionalAccounts

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["ARRAY_TYPES", "StateError", "restore", "state_of"]

Arrays = list[NDArray[Any]]

#: Types of arrays that are stored: truth values and numbers, little-endian or of one byte.
ARRAY_TYPES: Final = frozenset({"|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f4", "<f8"})
#: Our own classes that may stand in a stored opening.
CLASSES: Final = {
    kind.__name__: kind for kind in (Structure, RegionalAccounts, MonthNotes, GroupFlows, FirmsBefore, ListedSupplier, ListedSuppliers)
}
TABLES: Final = ("residents", "firms", "anchors", "funds", "contracts", "premises", "dwellings")
#: What else changes between an empty town and its opening. The recorder is made anew; rules are made afresh each month.
PARTS: Final = (
    "listed",
    "warnings",
    "founded",
    "supported",
    "births_by_month",
    "month",
    "firm_row",
    "resident_row",
    "notes",
    "regional_accounts",
    "structure",
    "respending",
)
#: Fields of a ledger that the empty one has already, or that belong to a month rather than to the opening.
LEDGER_OWN: Final = frozenset({"keep_journal", "journal", "_channel_row"})
#: Fields of a table that are declared, and its arrays, which are stored by name.
TABLE_OWN: Final = frozenset({"columns", "arrays", "model", "family", "_row_of"})
MARK: Final = "$"


class StateError(Exception):
    """A town that can't be stored, or a stored opening that does not fit."""


def state_of(town: Economy) -> tuple[dict[str, Any], Arrays]:
    """The town as plain values, and the arrays that they name by number.

    Raises
    ------
    StateError
        When the town holds anything that is not known here: then it can't be stored.
    """
    if vars(town)["_sellers"] is not None or town.without_policies is not None:
        raise StateError("a town that is no longer at its opening")
    pack = _Packer(_given(town))
    ledger = {name: pack.value(value) for name, value in vars(town.ledger).items() if name not in LEDGER_OWN}
    tables = {name: _packed_table(getattr(town, name), pack) for name in TABLES}
    return {"ledger": ledger, "tables": tables, "parts": {name: pack.value(getattr(town, name)) for name in PARTS}}, pack.arrays


def restore(town: Economy, state: Mapping[str, Any], arrays: Arrays) -> None:
    """Fill an empty town.

    Raises
    ------
    StateError
        When the state does not fit the town.
    """
    unpack = _Unpacker(_given(town), arrays)
    _put(town.ledger, {name: unpack.value(value) for name, value in state["ledger"].items()}, LEDGER_OWN)
    if set(state["tables"]) != set(TABLES) or set(state["parts"]) != set(PARTS):
        raise StateError("other parts than those of a town")
    for name in TABLES:
        _fill_table(getattr(town, name), state["tables"][name], unpack)
    for name in PARTS:
        part = unpack.value(state["parts"][name])
        if hasattr(town, name):
            _same_kind(getattr(town, name), part)
        setattr(town, name, part)
    if town.month != 0 or int(town.ledger.balance.sum()) != 0 or len(town.firm_row) != len(town.ledger):
        raise StateError("books that do not close")


def _given(town: Economy) -> list[object]:
    """What the scenario gives and a town refers to: rows of supplier lists."""
    return [row for anchor in town.place.anchors for row in anchor.suppliers or ()]


def _packed_table(table: Table, pack: _Packer) -> dict[str, Any]:
    """A table without the room it keeps for growth."""
    # Asking for the slots closes up the rows of those who left.
    used = len(table.slots)
    own = {name: value for name, value in vars(table).items() if name not in TABLE_OWN}
    own = {name: value[:used] if isinstance(value, np.ndarray) else value for name, value in own.items()}
    return {
        "own": {name: pack.value(value) for name, value in own.items()},
        "rows": {name: pack.value(value) for name, value in vars(vars(table)["_row_of"]).items()},
        "arrays": {name: pack.value(array[:used]) for name, array in table.arrays.items()},
    }


def _fill_table(table: Table, state: Mapping[str, Any], unpack: _Unpacker) -> None:
    """Put stored rows into an empty table."""
    row_of: SlotMap = vars(table)["_row_of"]
    _put(table, {name: unpack.value(value) for name, value in state["own"].items()}, TABLE_OWN)
    _put(row_of, {name: unpack.value(value) for name, value in state["rows"].items()}, frozenset())
    arrays = {name: unpack.value(value) for name, value in state["arrays"].items()}
    if set(arrays) != set(table.arrays):
        raise StateError("other columns than those of the table")
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.shape != table.columns[name].shape(len(table)):
            raise StateError(f"a column {name} of another length")
        _same_kind(table.arrays[name], array)
        table.arrays[name] = array


def _put(owner: object, values: Mapping[str, Any], own: frozenset[str]) -> None:
    """Set the fields of an object to values of the kinds that it has, all but its own."""
    held = vars(owner)
    if set(values) != set(held) - own:
        raise StateError(f"other fields than those of a {type(owner).__name__}")
    for name, value in values.items():
        _same_kind(held[name], value)
    held.update(values)


def _same_kind(there: object, value: object) -> None:
    """Refuse a value of another type, or an array of another type or number of axes."""
    if type(there) is not type(value):
        raise StateError(f"a {type(value).__name__} where a {type(there).__name__} belongs")
    if isinstance(there, np.ndarray) and isinstance(value, np.ndarray) and (there.dtype, there.ndim) != (value.dtype, value.ndim):
        raise StateError(f"an array of {value.dtype} where one of {there.dtype} belongs")


class _Packer:
    """Makes plain values of what a town holds; one array that is held twice is stored once."""

    def __init__(self, given: list[object]) -> None:
        self.given = {id(item): number for number, item in enumerate(given)}
        self.known: dict[int, int] = {}
        self.arrays: Arrays = []

    def value(self, item: Any) -> Any:
        """A value that JSON can hold."""
        if id(item) in self.given:
            return {MARK: "given", "at": self.given[id(item)]}
        if item is None or type(item) in (bool, int, float, str):
            return item
        if type(item) is np.ndarray:
            return {MARK: "array", "at": self._kept(item)}
        if isinstance(item, (np.bool_, np.integer, np.floating)):
            return {MARK: "number", "at": self._kept(np.array(item))}
        if type(item) is list:
            return [self.value(each) for each in item]
        if type(item) is tuple:
            return {MARK: "tuple", "of": [self.value(each) for each in item]}
        if type(item) is dict:
            return {MARK: "dict", "of": [[self.value(key), self.value(each)] for key, each in item.items()]}
        if CLASSES.get(type(item).__name__) is type(item):
            return {MARK: type(item).__name__, "of": {field.name: self.value(getattr(item, field.name)) for field in fields(item)}}
        raise StateError(f"a {type(item).__name__} can't be stored")

    def _kept(self, array: NDArray[Any]) -> int:
        """The number of an array among those stored."""
        if array.dtype.str not in ARRAY_TYPES:
            raise StateError(f"an array of {array.dtype} can't be stored")
        # Arrays stay in the list, so an id is never that of another.
        if id(array) not in self.known:
            self.known[id(array)] = len(self.arrays)
            self.arrays.append(array)
        return self.known[id(array)]


class _Unpacker:
    """Makes a town's values of plain ones."""

    def __init__(self, given: list[object], arrays: Arrays) -> None:
        self.given, self.arrays = given, arrays
        self.makers: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "given": lambda item: self.given[item["at"]],
            "array": lambda item: self.arrays[item["at"]],
            "number": lambda item: self.arrays[item["at"]][()],
            "tuple": lambda item: tuple(self.value(each) for each in item["of"]),
            "dict": lambda item: {self.value(key): self.value(each) for key, each in item["of"]},
        }

    def value(self, item: Any) -> Any:
        """What a plain value stands for."""
        if isinstance(item, list):
            return [self.value(each) for each in item]
        if not isinstance(item, dict):
            return item
        if item[MARK] in self.makers:
            return self.makers[item[MARK]](item)
        return self._object(CLASSES[item[MARK]], item["of"])

    def _object(self, kind: type, values: Mapping[str, Any]) -> Any:
        """An object of one of our classes, by its own fields and no others."""
        assert is_dataclass(kind)
        names = {field.name for field in fields(kind)}
        if set(values) != names:
            raise StateError(f"other fields than those of a {kind.__name__}")
        return kind(**{name: self.value(value) for name, value in values.items()})
