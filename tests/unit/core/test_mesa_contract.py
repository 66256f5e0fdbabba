"""A model of columns works with Mesa's collector, batch runs and page, is copied and is freed, on every Mesa that is supported."""

from __future__ import annotations

import copy
import gc
import inspect
import pickle
import weakref

import mesa
import pytest
from support.column_town import SharedShop, Shop, Town, count, people, total


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


def test_a_model_of_columns_is_freed():
    """Mesa 3.3 keeps every model alive that ever made an object agent; a model of columns makes none."""
    town = Town(rng=1)
    town.step()
    handle = next(iter(people(town)))
    held = weakref.ref(town)
    del town, handle
    gc.collect()
    assert held() is None
