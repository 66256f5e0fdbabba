"""The class of an agent follows its column; families keep their ids and names to themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.column_town import Organisation, Person, SharedShop, Shop, people

from sim.core.columns import Column
from sim.core.handles import RowAgent, RowSet
from sim.core.slots import RESERVED


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
