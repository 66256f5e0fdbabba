"""Who leaves is gone from every set, and no one born takes their place."""

from __future__ import annotations

import pytest
from support.column_town import Person, Tree, people

from sim.core.columns import LeftTheModel


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
