"""`ColumnarModel`: a `mesa.Model` whose agents may live in tables.

Only public names of Mesa are used or overridden: `Model.__init__(rng=)`, `agents`,
`agents_by_type`, `agent_types`, `remove_all_agents`.
"""

from __future__ import annotations

from typing import Any

import mesa
from mesa.agent import AgentSet

from sim.core.any_set import AnySet
from sim.core.columns import ColumnDescription
from sim.core.handles import AgentTable, RowAgent, RowSet


class ColumnarModel(mesa.Model):  # type: ignore[misc]
    """A Mesa model that may hold both ordinary agents and agents kept in columns.

    Parameters
    ----------
    rng : int or numpy Generator, optional
        Seed of Mesa's own generators. They shuffle sets; no decision of the model may use them.
    """

    def __init__(self, rng: Any = None) -> None:
        super().__init__(rng=rng)
        self._tables: dict[type[RowAgent], AgentTable] = {}
        self._row_sets: dict[type[RowAgent], RowSet] = {}

    @property
    def scenario(self) -> Any:
        """What the run was asked for: any object. From 3.5 on Mesa keeps one of its own kind here, and would write to it."""
        return self._asked_for

    @scenario.setter
    def scenario(self, value: Any) -> None:
        self._asked_for = value

    def table(self, kind: type[RowAgent]) -> AgentTable:
        """The table of this kind's family, made when first asked for.

        Raises
        ------
        TypeError
            If another family of the model begins at the same id.
        """
        family = kind.family
        if family not in self._tables:
            for other in self._tables:
                if other.first_id == family.first_id:
                    raise TypeError(f"{family.__name__} and {other.__name__} have the same first_id {family.first_id}")
            columns = {name: column for each in family.kinds for name, column in each.declared().items()}
            self._tables[family] = AgentTable(columns, self, family)
            for each in family.kinds:
                self._row_sets[each] = RowSet(self._tables[family], self.random, kind=each)
        return self._tables[family]

    def every(self, family: type[RowAgent]) -> RowSet:
        """All agents of a family, whatever their kind."""
        return RowSet(self.table(family), self.random)

    def dictionary(self) -> dict[str, list[ColumnDescription]]:
        """The data dictionary of all families, by the name of the family."""
        return {family.__name__: table.dictionary() for family, table in self._tables.items()}

    @property
    def agents(self) -> AnySet:
        """All agents, of every kind."""
        return AnySet(self._sets, self.random)

    @agents.setter
    def agents(self, value: Any) -> None:  # noqa: ARG002
        raise AttributeError("model.agents is kept by Mesa: choose another name for your own collection")

    def _sets(self) -> list[AgentSet]:
        return [super().agents, *self._row_sets.values()]

    @property
    def agents_by_type(self) -> dict[type[Any], AgentSet]:
        """The set of agents of each kind."""
        return {**super().agents_by_type, **self._row_sets}

    @property
    def agent_types(self) -> list[type[Any]]:
        """All kinds of agent in the model."""
        return list(self.agents_by_type)

    def remove_all_agents(self) -> None:
        """Remove every agent."""
        super().remove_all_agents()
        for table in self._tables.values():
            table.drop(table.slots)
