"""The smallest cases of who is paid, who takes part and what is for sale: a penny, one claim, one council, one unit."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town

from sim.core.channels import WORLD_ACCOUNT
from sim.economy import Economy
from sim.kinds.anchors import Council
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import WORKER
from sim.kinds.premises import MEANWHILE, TRUST
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.month.firms import rescue, sale, stakes
from sim.month.firms.owners import by_weight, pay_council, pay_owners
from sim.month.production import compare_suppliers
from sim.month.property.premises import births_raised


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def test_one_claim_of_weight_one_gets_all() -> None:
    assert by_weight(np.array([10]), np.array([0, 0]), np.array([1, 0])).tolist() == [10, 0]
    assert by_weight(np.array([10]), np.array([0, 0]), np.array([0, 0])).tolist() == [5, 5]


@pytest.mark.parametrize("council", [0, 2, None])
def test_the_first_council_is_paid_and_without_one_the_first_anchor(town: Economy, council: int | None) -> None:
    anchors, payer = town.anchors, town.firms["account"][:2]
    other = int(anchors["kind"][np.flatnonzero(anchors["kind"] != Council.code)[0]])
    anchors["kind"][:], anchors["received"][:] = other, 0
    if council is not None:
        anchors["kind"][council:] = Council.code
    for account in payer.tolist():
        hold(town, account, 100)
    row = council or 0
    before = held(town, anchors["account"])[row]
    assert pay_council(town, payer, np.array([30, 12]), "estates").tolist() == [30, 12]
    assert held(town, anchors["account"])[row] == before + 42 and np.flatnonzero(anchors["received"]).tolist() == [row]


def test_each_kind_of_owner_is_paid_and_what_each_firm_paid_comes_back(town: Economy) -> None:
    firms, residents = town.firms, town.residents
    firms["kind"][:5] = (LocalSME.code, LocalSME.code, Branch.code, CommunityFirm.code, Cooperative.code)
    firms["owner"][:5] = (residents["account"][7], -1, -1, -1, -1)
    firms["form"][4] = WORKER
    residents["employer"][np.isin(residents["employer"], firms["account"][4])] = -1
    residents["other_income"][:] = 0
    accounts = firms["account"][:5].tolist()
    for account in accounts:
        hold(town, account, 1000)
    owner, world = int(residents["account"][7]), held(town, [WORLD_ACCOUNT])[0]
    before = held(town, [owner])[0]
    paid = pay_owners(town, np.arange(5), np.array([11, 22, 33, 44, 55]), "payouts")
    # A co-operative without anyone at work keeps what it would pay.
    assert paid.tolist() == [11, 22, 33, 44, 0]
    assert held(town, [owner, WORLD_ACCOUNT]) == [before + 11, world + 55] and residents["other_income"][7] == 11
    assert held(town, accounts) == [989, 978, 967, 956, 1000]


def test_a_rescue_with_a_penny_is_a_rescue(town: Economy) -> None:
    firms, residents = town.firms, town.residents
    row = int(np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["owner"] >= 0))[0])
    account = int(firms["account"][row])
    residents["employer"][residents["employer"] == account] = -1
    residents["status"][:2], residents["employer"][:2], residents["stake"][:2], residents["wage"][:2] = EMPLOYED, account, 0, 100
    for member, pence in zip(residents["account"][:2].tolist(), (1, 0), strict=True):
        hold(town, member, pence)
    firms["usual_sales"][row], firms["usual_costs"][row], firms["stakes"][row], firms["reserve"][row] = 100.0, 0.0, 0, 0
    terms: Any = SimpleNamespace(share=1.0, stake=600, pay_cut=0.0, write_off=0.0, anchor=1, matching=0.0, support_cost=0)
    assert rescue._take_over(town, row, terms)
    assert residents["stake"][:2].tolist() == [1, 0] and residents["stake_in"][0] == account and firms["stakes"][row] == 1


def test_who_has_a_penny_pays_a_penny_of_the_stake(town: Economy) -> None:
    firms, residents = town.firms, town.residents
    residents["status"][residents["status"] == EMPLOYED] = UNEMPLOYED
    residents["stake"][:], residents["stake_in"][:] = 0, -1
    residents["status"][:3], residents["employer"][:3], residents["gross"][:3] = EMPLOYED, firms["account"][0], 1000
    for member, pence in zip(residents["account"][:3].tolist(), (1, 0, 900), strict=True):
        hold(town, member, pence)
    asked = np.zeros(len(firms), np.int64)
    asked[0] = 10
    town.rules.parameters = town.rules.parameters.with_values({"firms.cooperative_stake_months": 2.0})
    stakes._collect(town, asked)
    assert residents["stake"][:3].tolist() == [1, 0, 5]


def test_members_sell_only_what_a_buyer_pays_for(town: Economy) -> None:
    firms, rules = town.firms, town.rules.enterprise
    firms["kind"][:] = LocalSME.code
    firms["kind"][:6] = (*[Cooperative.code] * 5, CommunityFirm.code)
    firms["workers"][:6], firms["commuters"][:6] = (1, 1, 0, 1, 5, 5), (4, 3, 9, 4, 0, 0)
    firms["usual_sales"][:6], firms["usual_costs"][:6] = (100.0, 100.0, 100.0, 50.0, 100.0, 100.0), 50.0
    rules.demutualisation, rules.privatise_community = 12.0, False
    ending = np.zeros(len(firms), bool)
    # Five jobs, one of them a member's, and a surplus; the second is too small, the third has no member, the fourth earns nothing.
    assert sale._put_up_for_sale(town, ending).tolist() == [0, 4]
    rules.privatise_community = True
    assert sale._put_up_for_sale(town, ending).tolist() == [0, 4, 5]
    ending[4] = True
    assert sale._put_up_for_sale(town, ending).tolist() == [0, 5]
    rules.demutualisation = 0.0
    assert sale._put_up_for_sale(town, ending).tolist() == []


def test_births_rise_while_a_unit_for_new_firms_is_free(town: Economy) -> None:
    town.rules.land.extra_births = 0.5
    assert births_raised(town) == 1.0
    town.premises.add(1, owner=9, use=TRUST, tenant=-1)
    assert births_raised(town) == 1.0, "a trust's unit is not for new firms"
    town.premises.add(2, owner=9, use=MEANWHILE, tenant=np.array([0, 3]))
    assert births_raised(town) == 1.0, "both are let"
    town.premises["tenant"][1] = -1
    assert births_raised(town) == 1.5
    town.rules.land.extra_births = 0.0
    assert births_raised(town) == 1.0


def test_a_firm_leaves_any_supplier_here_and_none_elsewhere(town: Economy) -> None:
    firms = town.firms
    draws = np.full((len(firms), 4), 0.5)
    draws[:, 0], draws[:, 3] = 0.0, 0.0  # all compare, and whoever finds another goes over
    given: Any = town
    given.streams = SimpleNamespace(uniform=lambda *_, **__: draws.copy())
    firms["suppliers"][:] = firms["account"][0]
    town.notes.link_changes = 3
    compare_suppliers(town)
    left = firms["suppliers"] != firms["account"][0]
    assert left.any() and left.sum(axis=1).max() == 1 and town.notes.link_changes == 3 + int(left.sum())
    assert (town.firm_row[firms["suppliers"][left]] > 0).all()
    firms["suppliers"][:] = -1
    compare_suppliers(town)
    assert (firms["suppliers"] == -1).all() and town.notes.link_changes == 3 + int(left.sum())
