"""Votes and forms, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import CONSUMER, MULTI_STAKEHOLDER, NO_FORM, WORKER
from sim.measures.ownership import cooperatives_by_form, customer_members, economic_democracy


@pytest.fixture
def town() -> Any:
    """Two local firms, one with an owner here; a worker, a consumer and a multi-stakeholder co-operative; a branch; a council's firm."""
    kinds = [LocalSME, LocalSME, Cooperative, Cooperative, Cooperative, Branch, CommunityFirm]
    firms = {
        "kind": np.array([kind.code for kind in kinds], np.int8),
        "form": np.array([NO_FORM, NO_FORM, NO_FORM, CONSUMER, MULTI_STAKEHOLDER, NO_FORM, NO_FORM], np.int8),
        "owner": np.array([1, -1, -1, -1, -1, -1, -1]),
        "workers": np.array([4, 3, 5, 6, 2, 10, 7]),
        "commuters": np.array([1, 0, 1, 0, 0, 10, 0]),
        "account": np.arange(4, 11),
    }
    residents = {"habits": np.array([[7, 4], [4, 4], [2, 8], [7, 8]])}

    class Rows(dict):  # type: ignore[type-arg]
        def __len__(self) -> int:
            return 7

    return SimpleNamespace(firms=Rows(firms), residents=Rows(residents), ledger=range(11))


def test_votes_of_owners_and_members_over_all_people(town: Any) -> None:
    # 37 residents and 12 commuters work, one owner lives here: 50 people. Votes: 1 owner, 5 + 2 members.
    shares = economic_democracy(town)
    assert shares == {
        "all": 8 / 50,
        "local owners": 1 / 50,
        "workers": 7 / 50,
        "community and council": 0.0,
        "outside owners": 0.0,
    }


def test_forms_are_counted_and_none_is_a_worker_cooperative(town: Any) -> None:
    assert cooperatives_by_form(town) == {"worker": 1.0, "consumer": 1.0, "multi-stakeholder": 1.0, "municipal": 0.0}
    assert WORKER not in town.firms["form"]


def test_customers_are_members_where_they_buy(town: Any) -> None:
    # Accounts 7 and 8 are the consumer and the multi-stakeholder co-operative: three of four residents buy there.
    assert customer_members(town) == 0.75


def test_members_of_a_worker_cooperative_are_no_customers(town: Any) -> None:
    # Account 6 is the worker co-operative, 7 the consumer one.
    town.residents["habits"] = np.array([[6, 6], [6, 7]])
    assert customer_members(town) == 0.5
    town.residents["habits"] = np.zeros((0, 2), int)
    assert customer_members(town) == 0.0
    town.residents["habits"] = np.array([[6, 7]])
    town.firms["form"] = np.full(7, WORKER)
    assert customer_members(town) == 0.0


def test_the_vote_of_one_who_is_alone(town: Any) -> None:
    town.firms |= {"workers": np.array([0, 0, 1, 0, 0, 0, 0]), "commuters": np.zeros(7, int), "owner": np.full(7, -1)}
    assert economic_democracy(town)["all"] == economic_democracy(town)["workers"] == 1.0
