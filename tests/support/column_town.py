"""A town of agents kept in columns, and the same town of Mesa's own agents."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from sim.core.columns import Column
from sim.core.handles import RowAgent, bulk
from sim.core.mesa_bridge import ColumnarModel


class Person(RowAgent):
    first_id = 1_000_000_000

    wealth = Column("float64", 1.0, unit="GBP")
    age = Column("int16", 30)
    habits = Column("int32", -1, width=3)

    def step(self):
        self.wealth = self.wealth + 1

    @bulk
    def earn(self, pay):
        self.wealth += pay


class Organisation(RowAgent):
    first_id = 2_000_000_000

    cash = Column("int64", 0)


class Shop(Organisation):
    pass


class SharedShop(Organisation):
    members = Column("int32", 0)


class Tree(mesa.Agent):
    def __init__(self, model, wealth=0.0):
        super().__init__(model)
        self.wealth = wealth


class PlainPerson(mesa.Agent):
    def __init__(self, model, wealth, age):
        super().__init__(model)
        self.wealth, self.age = wealth, age

    def step(self):
        self.wealth += 1


def total(model):
    return float(model.agents_by_type[Person].agg("wealth", np.sum))


def count(model):
    return len(model.agents)


class Town(ColumnarModel):
    def __init__(self, n=10, firms=4, rng=None):
        super().__init__(rng=rng)
        Person.create_agents(self, n, wealth=np.arange(n), age=np.arange(n) % 3)
        Shop.create_agents(self, firms, cash=100)
        self.datacollector = mesa.DataCollector(
            model_reporters={"total": total, "agents": count},
            agenttype_reporters={Shop: {"cash": "cash"}, SharedShop: {"cash": "cash"}},
        )
        self.datacollector.collect(self)

    def step(self):
        self.agents_by_type[Person].do("earn", 1.0)
        self.datacollector.collect(self)


class PlainTown(mesa.Model):
    def __init__(self, n=10, rng=None):
        super().__init__(rng=rng)
        PlainPerson.create_agents(self, n, [float(i) for i in range(n)], [i % 3 for i in range(n)])


def people(model) -> Any:
    return model.agents_by_type[Person]
