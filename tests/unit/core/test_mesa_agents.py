"""An agent kept in columns has an identity, reads and writes its columns, and refuses what is none."""

from __future__ import annotations

import mesa
import pytest
from mesa.agent import AgentSet
from support.column_town import Organisation, Person, SharedShop, Shop, Town, Tree, people


def test_it_is_a_mesa_model(town):
    assert isinstance(town, mesa.Model)
    assert isinstance(town.agents, AgentSet)
    assert isinstance(people(town), AgentSet)
    assert set(town.agent_types) == {Person, Organisation, Shop, SharedShop}
    assert len(town.agents) == 14
    assert len(people(town)) == 10
    assert all(isinstance(agent, mesa.Agent) for agent in town.agents)
    assert {type(agent) for agent in town.agents} == {Person, Shop}
    assert len({agent.unique_id for agent in town.agents}) == 14
    with pytest.raises(AttributeError, match="kept by Mesa"):
        town.agents = []


def test_object_agents_live_beside_columns(town):
    tree = Tree(town, 5.0)
    others = Tree.create_agents(town, 2, wealth=[1.0, 2.0])
    assert len(others) == 2
    assert len(town.agents) == 17
    assert tree in town.agents
    assert len(town.agents_by_type[Tree]) == 3
    assert len({agent.unique_id for agent in town.agents}) == 17
    assert town.agents.select(agent_type=(Tree, Person)).agg("wealth", sum) == 45 + 8
    tree.remove()
    assert tree not in town.agents
    assert len(town.agents) == 16


def test_a_handle_and_its_column_are_one(town):
    everybody = people(town)
    one = list(everybody)[3]
    one.wealth = 70
    assert everybody.wealth[3] == 70
    everybody.wealth[3] = 71
    assert one.wealth == 71
    assert type(one.wealth) is float
    assert type(one.age) is int
    new = Person(town, wealth=9)
    assert new.wealth == 9
    assert new in everybody
    assert len(everybody) == 11
    assert new.model is town
    assert new.pos is None
    assert new.random is town.random
    assert new.rng is town.rng
    assert new.slot == 10


def test_a_name_that_is_no_column_is_refused(town):
    one, everybody = next(iter(people(town))), people(town)
    with pytest.raises(AttributeError, match="no column 'welth'; declare it"):
        one.welth = 3
    with pytest.raises(AttributeError):
        _ = one.welth
    with pytest.raises(AttributeError):
        _ = everybody.welth
    with pytest.raises(AttributeError, match="no column 'welth'"):
        everybody.welth = 3
    with pytest.raises(AttributeError, match="no such column"):
        Person(town, welth=3)
    with pytest.raises(AttributeError):
        one.unique_id = 3
    assert len(everybody) == 10


def test_a_wide_column_reads_as_a_tuple(town):
    one = list(people(town))[2]
    assert one.habits == (-1, -1, -1)
    one.habits = (7, 8, 9)
    assert people(town).habits[2].tolist() == [7, 8, 9]
    assert people(town).habits.shape == (10, 3)
    assert people(town).get("habits")[2] == (7, 8, 9)
    assert people(town).get(["age", "habits"])[2] == [2, (7, 8, 9)]
    assert next(iter(people(town).sort("habits"))) == one
    assert [len(group) for _, group in people(town).groupby("habits")] == [9, 1]
    people(town).habits = [1, 2, 3]
    assert one.habits == (1, 2, 3)
    with pytest.raises(ValueError, match="broadcast"):
        one.habits = (1, 2)


def test_identity_and_hash(town):
    everybody = people(town)
    one, again = list(everybody)[2], list(everybody)[2]
    assert one == again
    assert hash(one) == hash(again)
    assert {one: 1}[again] == 1
    assert len({one, again}) == 1
    assert one in everybody
    assert one in town.agents
    assert one != list(everybody)[3]
    shop = list(town.agents_by_type[Shop])[2]
    assert shop != one
    assert shop not in everybody
    assert shop in town.agents
    other = Town(rng=1)
    assert one not in people(other)
    assert one != list(people(other))[2]


def test_whole_pence_are_not_cut_short(town):
    shops = town.agents_by_type[Shop]
    one = next(iter(shops))
    for write in (lambda: setattr(one, "cash", 1.5), lambda: shops.set("cash", 1.5), lambda: Shop(town, cash=1.5)):
        with pytest.raises(TypeError, match="cash holds int64; round or convert"):
            write()
    assert town.every(Organisation).get("cash") == [100] * 4
