"""Agents kept in columns answer as Mesa's own agents do, on every Mesa that is supported."""

from __future__ import annotations

import copy
import gc
import inspect
import pickle
import weakref
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from sim.core.any_set import AnySet
from sim.core.columns import Column, LeftTheModel
from sim.core.handles import RowAgent, RowSet, bulk
from sim.core.mesa_bridge import ColumnarModel
from sim.core.slots import RESERVED


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


@pytest.fixture
def town() -> Town:
    return Town(rng=1)


def people(model) -> Any:
    return model.agents_by_type[Person]


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


def test_get_set_and_agg(town):
    everybody = people(town)
    assert everybody.get("wealth") == [float(i) for i in range(10)]
    assert type(everybody.get("wealth")) is list
    assert everybody.get(["wealth", "age"])[4] == [4.0, 1]
    assert everybody.get("nope", handle_missing="default", default_value=7) == [7] * 10
    with pytest.raises(AttributeError):
        everybody.get("nope")
    with pytest.raises(ValueError, match="handle_missing"):
        AnySet(everybody, town.random).get("wealth", "odd")
    assert everybody.agg("wealth", np.sum) == 45
    assert everybody.agg("wealth", [min, max]) == [0, 9]
    assert everybody.agg("unique_id", len) == 10
    assert everybody.set("wealth", 2.0) is everybody
    assert everybody.get("wealth") == [2.0] * 10
    everybody.where(everybody.age == 1).set("wealth", 5.0)
    assert everybody.agg("wealth", np.sum) == 3 * 5 + 7 * 2
    assert town.agents.get("unique_id")[:2] == [10**9, 10**9 + 1]


def order_of_shuffle(agents):
    seen = []
    agents.shuffle_do(lambda agent: seen.append(agent.wealth))
    return seen


CALLS = [
    lambda s: s.get("wealth"),
    lambda s: s.select(lambda a: a.wealth > 4).get("wealth"),
    lambda s: s.select(at_most=3).get("wealth"),
    lambda s: s.select(lambda a: a.age == 1, at_most=2).get("wealth"),
    lambda s: s.select(at_most=0.5).get("wealth"),
    lambda s: s.sort("age").get("wealth"),
    lambda s: s.sort("age", ascending=True).get("wealth"),
    lambda s: s.sort(lambda a: -a.wealth).get("wealth"),
    lambda s: s.shuffle().get("wealth"),
    lambda s: s.shuffle().shuffle().sort("age").get("wealth"),
    lambda s: s.do("step").get("wealth"),
    lambda s: s.shuffle_do("step").get("wealth"),
    lambda s: s.map("step"),
    lambda s: s.map(lambda a, k: a.wealth + k, 2),
    lambda s: s.map(lambda a, k: a.wealth + k, k=2),
    lambda s: [a.wealth for a in s],
    lambda s: list(s)[2].wealth,
    len,
    lambda s: s.groupby("age").count(),
    lambda s: list(s.groupby("age").agg("wealth", sum).items()),
    lambda s: {k: g.get("wealth") for k, g in s.groupby("age")},
    lambda s: s.groupby(lambda a: a.wealth > 4).agg("wealth", sum),
    lambda s: {k: [a.wealth for a in g] for k, g in s.groupby("age", result_type="list")},
    lambda s: s.groupby("age").map("agg", "wealth", sum),
    lambda s: s.select().get("wealth"),
    lambda s: copy.copy(s).get("wealth"),
    lambda s: [s.random.random() for _ in range(3)],
    order_of_shuffle,
]


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
def test_the_same_answers_as_mesa(call):
    assert call(people(Town(rng=7))) == call(PlainTown(rng=7).agents_by_type[PlainPerson])
    ours = Town(rng=7)
    mixed = AnySet(people(ours), ours.random)
    assert call(mixed) == call(PlainTown(rng=7).agents_by_type[PlainPerson])


def test_changes_in_place(town):
    everybody = people(town)
    some = everybody.where(everybody.wealth > 4)
    assert some.sort("wealth", inplace=True) is some
    assert some.get("wealth") == [9, 8, 7, 6, 5]
    some.shuffle(inplace=True)
    assert sorted(some.get("wealth")) == [5, 6, 7, 8, 9]
    some.select(lambda a: a.wealth < 7, inplace=True)
    assert len(some) == 2
    one = next(iter(everybody))
    some.add(one)
    assert one in some
    assert len(some) == 3
    some.remove(one)
    assert one not in some
    with pytest.raises(KeyError):
        some.remove(one)


def test_the_models_own_sets_cannot_be_changed(town):
    one = next(iter(people(town)))
    for agents in (people(town), town.agents):
        with pytest.raises(TypeError, match="use inplace=False"):
            agents.shuffle(inplace=True)
        with pytest.raises(TypeError, match="the model's own set"):
            agents.add(one)


def test_the_same_seed_shuffles_the_same_way():
    first, second, other = Town(rng=3), Town(rng=3), Town(rng=4)
    assert people(first).shuffle().get("wealth") == people(second).shuffle().get("wealth")
    assert people(first).shuffle().get("wealth") != people(other).shuffle().get("wealth")
    people(second).shuffle()
    assert [a.unique_id for a in first.agents.shuffle()] == [a.unique_id for a in second.agents.shuffle()]


def test_a_bulk_method_runs_once_on_the_set(town):
    everybody = people(town)
    assert everybody.do("earn", 2).agg("wealth", sum) == 65
    one = next(iter(everybody))
    one.earn(5)
    assert one.wealth == 7
    everybody.where(everybody.wealth > 10).do("earn", np.array([1.0]))
    assert everybody.get("wealth")[-1] == 12


def test_those_who_leave_are_gone_from_every_set(town):
    everybody = people(town)
    handles, held = list(everybody), everybody.where(everybody.age == 0)
    handles[3].remove()
    handles[0].remove()
    assert len(everybody) == 8
    assert len(town.agents) == 12
    assert len(held) == 2
    assert handles[3] not in everybody
    assert handles[3] not in held
    assert everybody.get("wealth") == [1, 2, 4, 5, 6, 7, 8, 9]
    assert held.get("wealth") == [6, 9]
    assert handles[9].wealth == 9


def test_a_stale_handle_says_so(town):
    gone = list(people(town))[3]
    gone.remove()
    with pytest.raises(LeftTheModel, match="has left the model"):
        _ = gone.wealth
    with pytest.raises(LeftTheModel):
        gone.wealth = 2
    with pytest.raises(LeftTheModel):
        gone.remove()


def test_the_newborn_never_take_an_old_slot(town):
    everybody = people(town)
    handles, held = list(everybody), everybody.where(everybody.age == 0)
    handles[3].remove()
    handles[9].remove()
    born = Person.create_agents(town, 3, wealth=[10, 11, 12])
    assert born.get("wealth") == [10, 11, 12]
    assert next(iter(born)).unique_id == 10**9 + 10
    assert handles[3] not in everybody
    assert held.get("wealth") == [0, 6]


def test_everybody_may_leave(town):
    everybody = people(town)
    everybody.where(everybody.wealth < 3).do("remove")
    assert len(everybody) == 7
    everybody.shuffle_do("remove")
    assert len(everybody) == 0
    assert everybody.get("wealth") == []
    Person.create_agents(town, 2)
    assert len(everybody) == 2
    Tree(town)
    town.remove_all_agents()
    assert len(town.agents) == 0
    assert len(Person.create_agents(town, 0)) == 0


def test_removal_in_the_middle_of_do_is_as_mesas(town):
    everybody = people(town)
    handles, seen = list(everybody), []
    everybody.do(lambda a: handles[5].remove() if a == handles[1] else seen.append(a.wealth))
    assert seen == [0, 2, 3, 4, 6, 7, 8, 9]
    trees = list(Tree.create_agents(town, 3, wealth=[1.0, 2.0, 3.0]))
    mixed = town.agents.select(lambda a: getattr(a, "wealth", 0) > 1)
    size = len(mixed)
    trees[2].remove()
    handles[9].remove()
    assert len(mixed) == size - 2
    assert trees[2] not in mixed
    assert len(mixed.get("wealth")) == size - 2


def test_whole_pence_are_not_cut_short(town):
    shops = town.agents_by_type[Shop]
    one = next(iter(shops))
    for write in (lambda: setattr(one, "cash", 1.5), lambda: shops.set("cash", 1.5), lambda: Shop(town, cash=1.5)):
        with pytest.raises(TypeError, match="cash holds int64; round or convert"):
            write()
    assert town.every(Organisation).get("cash") == [100] * 4


def test_the_class_follows_the_column(town):
    kinds = town.agents_by_type
    shop = list(kinds[Shop])[1]
    name = shop.unique_id
    shop.cash = 500
    shared = shop.become(SharedShop)
    assert type(shared) is SharedShop
    assert shared == shop
    assert shared.unique_id == name
    assert shared.cash == 500
    assert len(kinds[Shop]) == 3
    assert kinds[SharedShop].get("unique_id") == [name]
    assert len(town.every(Organisation)) == 4
    assert len(kinds[Organisation]) == 0
    shared.members = 12
    assert kinds[SharedShop].members.tolist() == [12]
    with pytest.raises(AttributeError):
        kinds[Shop].get("members")
    assert shared in kinds[SharedShop]
    assert shared in town.every(Organisation)
    assert shared not in kinds[Shop]


def test_a_whole_set_changes_kind(town):
    kinds = town.agents_by_type
    changed = kinds[Shop].where(np.arange(4) < 3).become(SharedShop)
    assert [type(agent) for agent in changed] == [SharedShop] * 3
    assert changed.members.tolist() == [0, 0, 0]
    assert len(kinds[Shop]) == 1
    kinds[Shop].become(SharedShop)
    assert len(kinds[Shop]) == 0
    assert len(kinds[SharedShop]) == 4
    assert len(town.agents) == 14
    with pytest.raises(TypeError, match="Person is not a kind of Organisation"):
        next(iter(changed)).become(Person)


def test_reserved_slots_have_ids_of_their_own(town):
    founded = Shop.create_agents(town, 2, slots=[RESERVED + 5, RESERVED + 400_000_000], cash=7)
    ids = founded.get("unique_id")
    assert len({agent.unique_id for agent in town.agents}) == 16
    assert all(2_000_000_000 < name < 3_000_000_000 for name in ids)
    assert Shop(town).slot == 4
    next(iter(founded)).remove()
    assert founded.get("cash") == [7]


def test_data_collector(town):
    for _ in range(3):
        town.step()
    next(iter(town.agents_by_type[Shop])).become(SharedShop)
    town.step()
    frame = town.datacollector.get_model_vars_dataframe()
    assert frame["total"].tolist() == [45, 55, 65, 75, 85]
    assert frame["agents"].tolist() == [14] * 5
    shops = town.datacollector.get_agenttype_vars_dataframe(Shop)
    shared = town.datacollector.get_agenttype_vars_dataframe(SharedShop)
    assert (len(shops), len(shared)) == (4 * 4 + 3, 1)
    assert shops["cash"].unique().tolist() == [100]
    assert town.steps == 4


def test_agent_reporters():
    town, collector = Town(rng=1), mesa.DataCollector(agent_reporters={"id": "unique_id"})
    collector.collect(town)
    assert len(collector.get_agent_vars_dataframe()) == 14


def test_batch_run():
    later = tuple(int(part) for part in mesa.__version__.split(".")[:2]) >= (3, 5)
    given = {"n": [5, 10]} if later else {"n": [5, 10], "rng": [1, 2]}
    seeds = {"rng": [1, 2]} if later else {}
    out = mesa.batch_run(Town, given, number_processes=1, max_steps=3, data_collection_period=1, display_progress=False, **seeds)
    assert {(row["n"], row["rng"]) for row in out} == {(5, 1), (5, 2), (10, 1), (10, 2)}
    assert max(row["Step"] for row in out) == 3


def by_pickle(model):
    return pickle.loads(pickle.dumps(model))


@pytest.mark.parametrize("clone", [copy.deepcopy, by_pickle])
def test_copies_share_nothing(town, clone):
    # Mesa's collector with agent-type reporters does not pickle, in any version.
    town.datacollector = mesa.DataCollector({"total": total, "agents": count})
    town.held = people(town).where(people(town).wealth > 4)
    town.one = next(iter(town.held))
    town.mixed = town.agents.select(lambda a: True)
    town.label_of = {town.one: "x"}
    twin = clone(town)
    assert twin.one.model is twin
    assert twin.one in twin.held
    assert twin.one not in town.held
    assert twin.label_of[twin.one] == "x"
    assert (len(twin.mixed), len(twin.agents)) == (14, 14)
    twin.one.wealth = 99
    assert town.one.wealth == 5
    assert twin.held.agg("wealth", max) == 99
    twin.step()
    assert (twin.steps, town.steps) == (1, 0)
    assert people(town).agg("wealth", sum) == 45
    assert people(twin).shuffle().get("unique_id") == people(town).shuffle().get("unique_id")
    assert [twin.rng.random() for _ in range(2)] == [town.rng.random() for _ in range(2)]


def test_what_the_browser_page_of_mesa_needs():
    parameters = inspect.signature(Town.__init__).parameters.values()
    assert inspect.Parameter.VAR_POSITIONAL not in {parameter.kind for parameter in parameters}
    town = Town(n=3, rng=5)
    assert town.running
    assert town.steps == 0
    assert len(type(town)(n=4).agents) == 8
    assert callable(town.step)


def family(name: str, **attributes: Any) -> type[RowAgent]:
    return type(name, (RowAgent,), {"__module__": __name__, **attributes})


def test_a_column_may_not_take_a_name_of_mesas():
    with pytest.raises(TypeError, match="Mesa already uses this name"):
        family("Odd", first_id=9_000_000_000, random=Column())
    with pytest.raises(TypeError, match="Mesa already uses this name"):
        family("Odd", first_id=9_000_000_000, where=Column())


def test_a_family_states_its_first_id():
    with pytest.raises(TypeError, match="must state first_id"):
        family("Odd")
    with pytest.raises(TypeError, match="must state first_id"):
        family("Odd", first_id=12)
    with pytest.raises(TypeError, match="can't have a first_id of its own"):
        type("OddShop", (Organisation,), {"first_id": 9_000_000_000})


def test_two_families_may_not_share_ids(town):
    twin = family("Twin", first_id=1_000_000_000)
    with pytest.raises(TypeError, match="Twin and Person have the same first_id"):
        twin(town)


def test_the_data_dictionary_follows_the_declarations(town):
    rows = {row["name"]: row for row in town.dictionary()["Person"]}
    assert list(rows) == ["kind", "wealth", "age", "habits"]
    assert (rows["wealth"]["unit"], rows["wealth"]["dtype"], rows["habits"]["width"]) == ("GBP", "float64", 3)
    assert "members" in {row["name"] for row in town.dictionary()["Organisation"]}


def test_a_row_set_is_made_without_handles(town):
    assert isinstance(people(town), RowSet)
    assert vars(people(town))["_fixed"] is None


def test_a_model_of_columns_is_freed():
    """Mesa 3.3 keeps every model alive that ever made an object agent; a model of columns makes none."""
    town = Town(rng=1)
    town.step()
    handle = next(iter(people(town)))
    held = weakref.ref(town)
    del town, handle
    gc.collect()
    assert held() is None
