"""Mesa's `Agent` and `AgentSet` over a table.

`RowAgent` is one agent: a handle that says which row of which table, made when asked for. Handles are
for people, notebooks and tests; the month runs on columns.
`RowSet` is many agents of one family: a rule (all of a kind) or a list of slots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar

import numpy as np
from mesa.agent import Agent
from numpy.typing import ArrayLike, NDArray

from sim.core.any_set import OWN_SET, AnySet, Groups
from sim.core.columns import Column, Table
from sim.core.slots import IDS_OF_A_FAMILY, Integers, id_offset

if TYPE_CHECKING:
    from sim.core.mesa_bridge import ColumnarModel

Method = TypeVar("Method", bound=Callable[..., Any])


class HasTables(Protocol):
    """What a handle needs of its model."""

    random: Random

    def table(self, kind: type[RowAgent]) -> AgentTable: ...


class AgentTable(Table):
    """The table of one family of agents in one model."""

    def __init__(self, columns: Mapping[str, Column], model: ColumnarModel, family: type[RowAgent]) -> None:
        super().__init__(columns)
        self.model = model
        self.family = family


def bulk(method: Method) -> Method:
    """Mark a method of an agent class to run once on the whole set when `do` names it."""
    method.bulk = True  # type: ignore[attr-defined]
    return method


class RowAgent(Agent):  # type: ignore[misc]
    """An agent kept as one row of a table. Two handles on the same row are equal.

    The class directly under `RowAgent` names a family, which has one table and states its `first_id`.
    Classes under that are kinds within the family, told apart by the column `kind`: change that cell
    and the agent is of the other kind, with the same id, values and history.

    Attributes
    ----------
    first_id : int
        Id of the agent in slot 0, at least 1,000,000,000 from the first id of any other family.
    """

    first_id: ClassVar[int]
    family: ClassVar[type[RowAgent]]
    kinds: ClassVar[tuple[type[RowAgent], ...]]
    code: ClassVar[int]

    kind = Column("int8", low=0, doc="which class of the family this is")

    _table: AgentTable
    _slot: int

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__base__ is RowAgent:
            first = vars(cls).get("first_id")
            stated = isinstance(first, int) and first >= IDS_OF_A_FAMILY and first % IDS_OF_A_FAMILY == 0
            if not stated:
                raise TypeError(f"{cls.__name__} begins a family, so it must state first_id, a multiple of {IDS_OF_A_FAMILY}")
            cls.family, cls.kinds = cls, ()
        elif "first_id" in vars(cls):
            raise TypeError(f"{cls.__name__} is a kind of {cls.family.__name__}: it can't have a first_id of its own")
        cls.code = len(cls.family.kinds)
        cls.family.kinds = (*cls.family.kinds, cls)
        for name in cls.declared():
            if name != "kind" and (hasattr(RowSet, name) or hasattr(Agent, name)):
                raise TypeError(f"{cls.__name__}.{name}: Mesa already uses this name for something else")

    @classmethod
    def declared(cls) -> dict[str, Column]:
        """The columns of this class, with those it inherits."""
        return {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items() if isinstance(value, Column)}

    def __init__(self, model: HasTables, **values: ArrayLike) -> None:
        table = model.table(type(self))
        self._bind(table, int(table.add(1, kind=self.code, **values)[0]))

    def _bind(self, table: AgentTable, slot: int) -> Self:
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_slot", slot)
        return self

    @classmethod
    def create_agents(cls, model: HasTables, n: int, slots: ArrayLike | None = None, **values: ArrayLike) -> RowSet:
        """Create agents at once.

        Parameters
        ----------
        model : ColumnarModel
            The model they enter.
        n : int
            How many.
        slots : array of int64 (n,), optional
            Their slots, if not the next free ones.
        **values : array
            Value of a column: one for all, or an array of `n`.
        """
        table = model.table(cls)
        return RowSet(table, model.random, table.add(n, slots, kind=cls.code, **values))

    def remove(self) -> None:
        """Leave the model."""
        self._table.drop([self._slot])

    def become(self, kind: type[RowAgent]) -> RowAgent:
        """Change to another kind of the same family; use the handle this returns."""
        self.kind = _code(kind, self.family)
        return _handle(self._table, self._slot)

    def _is_present(self) -> bool:
        return len(self._table.living([self._slot])) == 1

    @property
    def model(self) -> ColumnarModel:
        """The model the agent is in."""
        return self._table.model

    @property
    def unique_id(self) -> int:
        """Id that no other agent of the model has or had."""
        return self.first_id + id_offset(self._slot)

    @property
    def slot(self) -> int:
        """Number within the family, kept for life; it picks the agent's luck."""
        return self._slot

    @property
    def pos(self) -> None:
        """No position: a place is a column."""
        return

    def __setattr__(self, name: str, value: Any) -> None:
        declared = isinstance(getattr(type(self), name, None), (Column, property))
        if not declared:
            raise AttributeError(f"{type(self).__name__} has no column {name!r}; declare it on the class")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowAgent) and self._slot == other._slot and self._table is other._table

    def __hash__(self) -> int:
        return hash(self._slot)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _handle, (self._table, self._slot, type(self))


def _handle(table: AgentTable, slot: int, cls: type[RowAgent] | None = None) -> RowAgent:
    kind = cls or table.family.kinds[table.arrays["kind"].item(table.row(slot))]
    handle: RowAgent = object.__new__(kind)
    return handle._bind(table, slot)


def _code(kind: type[RowAgent], family: type[RowAgent]) -> int:
    if kind not in family.kinds:
        raise TypeError(f"{kind.__name__} is not a kind of {family.__name__}")
    return kind.code


class RowSet(AnySet):
    """Agents of one family: all of one kind, all of the family, or a fixed list of slots.

    The first two hold nothing and are always up to date; a fixed list forgets those who leave.
    Columns read and write as attributes: `firms.cash += firms.sales` works on a set as on one agent.
    """

    _table: AgentTable
    _fixed: Integers | None
    _kind: type[RowAgent]
    _exact: bool

    def __init__(self, table: AgentTable, random: Random, slots: Integers | None = None, kind: type[RowAgent] | None = None) -> None:
        self.__dict__.update(_table=table, random=random, _fixed=slots, _kind=kind or table.family, _exact=kind is not None)

    def _rows(self) -> slice | Integers | NDArray[np.bool_]:
        """The rows of the members alive now: a slice, a mask, or an array of row numbers."""
        if self._fixed is not None:
            return self._table.rows(self._slots())
        if not self._exact or len(self._table.family.kinds) == 1:
            return slice(None)
        mask: NDArray[np.bool_] = self._table["kind"] == self._kind.code
        return mask

    def _slots(self) -> Integers:
        """The slots of the members alive now."""
        return self._table.slots[self._rows()] if self._fixed is None else self._table.living(self._fixed)

    def _has_column(self, name: str) -> bool:
        return isinstance(getattr(self._kind, name, None), Column)

    def _is_flat(self, name: object) -> bool:
        """Whether this is the name of a column with one value in a cell."""
        return isinstance(name, str) and self._has_column(name) and getattr(self._kind, name).width == 1

    def to_list(self) -> list[Agent]:
        """Handles on the members, in order."""
        return [_handle(self._table, slot) for slot in self._slots().tolist()]

    def __len__(self) -> int:
        return len(self._slots())

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, RowAgent) and agent._table is self._table and bool((self._slots() == agent._slot).any())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not self._has_column(name):
            raise AttributeError(f"no column or method {name!r}")
        return self._table[name][self._rows()]

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.__dict__:
            self.__dict__[name] = value
        elif self._has_column(name):
            self._table[name][self._rows()] = self._table.columns[name].fit(value)
        else:
            raise AttributeError(f"{self._kind.__name__} has no column {name!r}; declare it on the class")

    def _subset(self, agents: Any, inplace: bool = False) -> RowSet:
        """A fixed set of these agents, given as handles or as an array of slots."""
        slots = agents if isinstance(agents, np.ndarray) else np.array([agent._slot for agent in agents], np.int64)
        if not inplace:
            return RowSet(self._table, self.random, slots, self._kind if self._exact else None)
        if self._fixed is None:
            raise TypeError(OWN_SET)
        self._fixed = slots
        return self

    def _update(self, agents: Iterable[Agent]) -> Self:
        self._subset(agents, inplace=True)
        return self

    # Whole-column forms of Mesa's methods; everything else is inherited ------------------------

    def where(self, mask: ArrayLike) -> RowSet:
        """The members for which the mask (n,), one truth value each, is true."""
        return self._subset(self._slots()[np.asarray(mask, bool)])

    def become(self, kind: type[RowAgent]) -> RowSet:
        """Change every member to another kind of the family; return them as a set of that kind."""
        code, slots = _code(kind, self._table.family), self._slots()
        self._subset(slots).kind = code
        return RowSet(self._table, self.random, slots, kind)

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """As Mesa's, from the column."""
        if isinstance(attr_names, str) and self._is_flat(attr_names):
            return list(getattr(self, attr_names).tolist())
        return super().get(attr_names, handle_missing, default_value)

    def agg(self, attribute: str, func: Any) -> Any:
        """As Mesa's, but `func` is given an array."""
        values = getattr(self, attribute) if self._has_column(attribute) else self.get(attribute)
        return func(values) if callable(func) else [each(values) for each in func]

    def set(self, attr_name: str, value: Any) -> Self:
        """Set a column; `value` may be one for all or an array."""
        setattr(self, attr_name, value)
        return self

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As Mesa's; a method marked `bulk` runs once on the set, and `remove` drops the rows at once."""
        if method == "remove":
            self._table.drop(self._slots())
        elif isinstance(method, str) and hasattr(getattr(self._kind, method), "bulk"):
            getattr(self._kind, method)(self, *args, **kwargs)
        else:
            super().do(method, *args, **kwargs)
        return self

    def shuffle(self, inplace: bool = False) -> RowSet:
        """The same agents in random order."""
        slots = self._slots().tolist()
        self.random.shuffle(slots)
        return self._subset(np.array(slots, np.int64), inplace)

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> AnySet:
        """As Mesa's; by a column without making a handle."""
        if not (isinstance(key, str) and self._is_flat(key)):
            return super().sort(key, ascending, inplace)
        values, slots = getattr(self, key), self._slots()
        if ascending:
            return self._subset(slots[np.argsort(values, kind="stable")], inplace)
        # Python's reverse=True keeps ties in their first order.
        return self._subset(slots[len(slots) - 1 - np.argsort(values[::-1], kind="stable")[::-1]], inplace)

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> Groups:
        """As Mesa's; by a column without making a handle."""
        if callable(by) or result_type != "agentset" or not self._is_flat(by):
            return super().groupby(by, result_type)
        values, first, group = np.unique(getattr(self, by), return_index=True, return_inverse=True)
        slots = self._slots()[np.argsort(group, kind="stable")]
        parts = np.split(slots, np.cumsum(np.bincount(group, minlength=len(values)))[:-1])
        order = np.argsort(first)  # groups in order of first appearance, as Mesa's
        return Groups({values[i].item(): self._subset(parts[i]) for i in order})
