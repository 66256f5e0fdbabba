"""Sets of agents kept in columns answer as Mesa's own sets do."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from support.column_town import PlainPerson, PlainTown, Town, people

from sim.core.any_set import AnySet


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


def test_a_set_of_any_agents_is_changed_in_place_too(town):
    one, two, three = list(people(town))[:3]
    some = AnySet([one, two, two], town.random)
    some.add(three)
    some.add(one)
    assert some.to_list() == [one, two, three]
    some.discard(two)
    some.discard(two)
    assert some.to_list() == [one, three]
    assert some.select(lambda agent: agent == three, inplace=True) is some and some.to_list() == [three]


def test_an_agent_says_its_kind_and_its_name(town):
    agent = next(iter(people(town)))
    assert repr(agent) == f"<Person {agent.unique_id}>"


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


def test_a_set_of_any_agents_is_a_list_and_writes_to_all(town):
    some = AnySet(people(town), town.random)
    assert some[0].wealth == next(iter(people(town))).wealth
    assert [agent.wealth for agent in some[1:3]] == people(town).get("wealth")[1:3]
    assert some.set("wealth", 4) is some
    assert people(town).get("wealth") == [4] * len(some)
