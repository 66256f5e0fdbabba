"""Firms that workers rescue, that are sold, and that agencies help to begin, by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town

from sim.core.channels import BANK_ACCOUNT, COMMUNITY_FIRMS, COOPERATIVES, WORLD_ACCOUNT
from sim.economy import Economy
from sim.kinds.anchors import Council
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import FORMS, NO_FORM, WORKER
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.rules_ownership import Development
from sim.month.firms import cooperative_founders, rescue, sale

ANCHOR = 1


@pytest.fixture
def town() -> Economy:
    """A town in its third month."""
    return small_town(month=3)


def firm_with(town: Economy, *staff: tuple[int, int, int]) -> tuple[int, int, np.ndarray]:
    """The first firm of a resident, with these workers alone: what each holds, earns and has as a stake elsewhere."""
    firms, residents = town.firms, town.residents
    row = int(np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["owner"] >= 0))[0])
    account = int(firms["account"][row])
    residents["employer"][residents["employer"] == account] = -1
    members = np.flatnonzero(residents["account"] != firms["owner"][row])[: len(staff)]
    for member, (holds, earns, stake) in zip(members.tolist(), staff, strict=True):
        hold(town, int(residents["account"][member]), holds)
        residents["wage"][member], residents["stake"][member] = earns, stake
    residents["status"][members], residents["employer"][members] = EMPLOYED, account
    firms["workers"][row], firms["commuters"][row] = len(staff), 0
    return row, account, members


def terms(**changed: Any) -> Any:
    """A buyout by all workers: 600 each, matched by half, a tenth of pay given up, a quarter of the debts written off."""
    usual = {"share": 1.0, "stake": 600, "pay_cut": 0.1, "write_off": 0.25, "anchor": ANCHOR, "matching": 0.5, "support_cost": 70}
    return SimpleNamespace(**usual | changed)


def test_workers_put_in_what_they_have_and_the_anchor_matches_it(town: Economy) -> None:
    row, account, members = firm_with(town, (1000, 10_005, 0), (250, 20_000, 0), (900, 5_000, 40), (0, 1_000, 0))
    firms, anchor = town.firms, int(town.anchors["account"][ANCHOR])
    firms["usual_sales"][row], firms["usual_costs"][row] = 1000.0, 900.0
    firms["loan"][row], firms["distress"][row], firms["reserve"][row], firms["stakes"][row] = 801, 4, 11, 0
    hold(town, account, -401)
    hold(town, anchor, 10_000)
    town.notes.failures, town.notes.bought_out, town.notes.written_off = 5, 0, 0
    town.anchors["policy_costs"][ANCHOR] = 7
    bank = held(town, [BANK_ACCOUNT])[0]
    assert rescue._take_over(town, row, terms())
    # Stakes of 600 and 250; a stake elsewhere and an empty purse put nothing in. A quarter of 401 and of 801 is given up.
    assert town.residents["stake"][members].tolist() == [600, 250, 40, 0]
    assert held(town, town.residents["account"][members]) == [400, 0, 900, 0]
    assert held(town, [account, anchor, BANK_ACCOUNT]) == [-401 + 100 + 850 + 425, 10_000 - 425, bank - 300 + 200]
    assert (firms["loan"][row], firms["reserve"][row], firms["distress"][row]) == (601, 11 + 425, 0)
    assert town.anchors["policy_costs"][ANCHOR] == 7 + 4 * 70
    assert town.residents["wage"][members].tolist() == [9_004, 18_000, 4_500, 900]
    assert (firms["kind"][row], firms["form"][row], firms["owner"][row], firms["bought_out"][row]) == (Cooperative.code, WORKER, -1, True)
    assert town.ledger.sector[account] == COOPERATIVES
    assert (town.notes.failures, town.notes.bought_out, town.notes.written_off) == (4, 1, 300)


def test_no_rescue_where_trade_does_not_carry_it_or_nobody_has_a_stake(town: Economy) -> None:
    row, _, _ = firm_with(town, (1000, 1000, 0))
    contributions = 1.0 + town.rules.parameters["work.employer_contribution_rate"]
    town.firms["usual_sales"][row], town.firms["usual_costs"][row] = 1000.0, 1001.0 + 100.0 * contributions
    assert not rescue._take_over(town, row, terms())
    town.firms["usual_costs"][row] = 999.0 + 100.0 * contributions
    assert not rescue._take_over(town, row, terms(stake=0))
    assert town.firms["kind"][row] == LocalSME.code
    # Of the failing, those in the share; a firm that one policy took over is not taken over again.
    failing = np.zeros(len(town.firms), bool)
    failing[row] = True
    town.rules.ownership.rescues = [terms(share=0.0), terms(), terms()]
    assert rescue.take_over_failing(town, failing).tolist() == [row]
    assert rescue.take_over_failing(town, ~failing & False).tolist() == []


def test_an_owner_is_paid_from_outside_and_the_firm_is_a_branch(town: Economy) -> None:
    row, account, _ = firm_with(town, (0, 1000, 0))
    firms, owner = town.firms, int(town.firms["owner"][row])
    firms["usual_sales"][row], firms["usual_costs"][row], firms["founder"][row], firms["form"][row] = 1000.0, 900.0, 3, 2
    price = int(1200 * town.rules.parameters["firms.sale_multiple"])
    before, income, sold = held(town, [owner, account]), town.residents["other_income"].copy(), town.notes.sold
    sale.sell_firms(town, np.array([row]), np.zeros(len(firms), bool))
    assert held(town, [owner, account]) == [before[0] + price, before[1]]
    assert (town.residents["other_income"] == income).all(), "the price of a firm is no income"
    assert (firms["kind"][row], firms["owner"][row], firms["form"][row], firms["founder"][row]) == (Branch.code, -1, NO_FORM, -1)
    assert town.notes.sold == sold + 1


def test_the_anchor_buys_first_while_its_purse_lasts(town: Economy) -> None:
    rows = np.flatnonzero((town.firms["kind"] == LocalSME.code) & (town.firms["owner"] >= 0))[:3]
    firms, anchors, rules = town.firms, town.anchors, town.rules.enterprise
    firms["usual_costs"][rows] = 0.0
    multiple = town.rules.parameters["firms.sale_multiple"]
    firms["usual_sales"][rows] = np.array([100.0, 500.0, 200.0])
    price = np.floor(firms["usual_sales"][rows] * 12.0 * multiple).astype(np.int64)
    rules.refusal_anchor, rules.refusal_share, rules.refusal_cost = ANCHOR, 1.0, 9
    anchor = int(anchors["account"][ANCHOR])
    for name, pence in (("payroll_budget", 1000), ("contract_budget", 2000), ("policy_costs", 300)):
        anchors[name][ANCHOR] = pence
    hold(town, anchor, 3300 + int(price[0] + price[2]) + 18 - int(town.ledger.credit[anchor]))
    before = held(town, [anchor])[0]
    sale.sell_firms(town, rows, np.zeros(len(firms), bool))
    assert firms["kind"][rows].tolist() == [CommunityFirm.code, Branch.code, CommunityFirm.code]
    assert held(town, [anchor]) == [before - int(price[0] + price[2])]
    assert anchors["policy_costs"][ANCHOR] == 300 + 18
    assert town.ledger.sector[firms["account"][rows[0]]] == COMMUNITY_FIRMS
    # With a penny less it buys the first alone; what is the council's already is not offered to it.
    anchors["policy_costs"][ANCHOR] = 300
    hold(town, anchor, before - 1)
    firms["kind"][rows] = (LocalSME.code, CommunityFirm.code, LocalSME.code)
    assert sale._first_refusal(town, rows, price).tolist() == [True, False, False]
    hold(town, anchor, 10**9)
    assert sale._first_refusal(town, rows, price).tolist() == [True, False, True]
    assert sale._first_refusal(town, rows, np.zeros(3, np.int64)).tolist() == [False, False, False]
    rules.refusal_share = 0.0
    assert not sale._first_refusal(town, rows, price).any()


@pytest.mark.parametrize("lock", [False, True])
def test_members_who_sell_share_the_price_and_the_reserve_unless_the_law_keeps_it(town: Economy, lock: bool) -> None:
    row, account, members = firm_with(town, (0, 1000, 0), (0, 1000, 0))
    firms = town.firms
    firms["kind"][row], firms["form"][row], firms["owner"][row], firms["reserve"][row] = Cooperative.code, WORKER, -1, 300
    firms["stakes"][row] = 0
    hold(town, account, 500)
    town.rules.enterprise.asset_lock = lock
    council = int(town.anchors["account"][np.flatnonzero(town.anchors["kind"] == Council.code)[0]])
    before = held(town, [council, WORLD_ACCOUNT])
    sale._pay_sellers(town, np.array([row]), np.array([WORLD_ACCOUNT], np.int32), np.array([1000]))
    paid = sum(held(town, town.residents["account"][members]))
    assert paid == (1000 if lock else 1300)
    assert held(town, [council, account]) == [before[0] + (300 if lock else 0), 200]
    assert firms["reserve"][row] == 0


def test_an_agency_founds_as_many_as_its_rate_says_in_the_form_asked(town: Economy) -> None:
    town.rules.ownership.developments = [Development(24.0, "worker", 4, 5.0, 900, 60, ANCHOR)]
    found = cooperative_founders.developed(town)
    assert len(found) == 2, "two a month, and no chance in it"
    share = town.rules.parameters["firms.cooperative_first_members"]
    for item in found:
        assert (item.kind, item.form, item.sector, item.jobs, item.seed_capital, item.entry_stake) == (
            "cooperative",
            "worker",
            4,
            5.0,
            900,
            60,
        )
        assert (item.anchor, item.contract_value, item.contract_months, item.members) == (ANCHOR, 0, 1, max(round(5.0 * share), 1))
    assert found[0].form in FORMS
    town.rules.ownership.developments = [Development(0.0, "worker", 4, 5.0, 900, 60, ANCHOR)]
    assert cooperative_founders.developed(town) == []
    town.rules.ownership.developments = [Development(12.0, "worker", -1, 0.1, 900, 60, ANCHOR)]
    (one,) = cooperative_founders.developed(town)
    assert one.sector in town.structure.template_sector and one.members == 1


def test_founders_come_from_those_out_of_work_and_in_low_pay(town: Economy) -> None:
    residents, firms, structure = town.residents, town.firms, town.structure
    residents["wage"][:], residents["hours"][:] = 10**7, 30.0
    residents["status"][residents["status"] == UNEMPLOYED] = EMPLOYED
    mine = np.flatnonzero((residents["status"] == EMPLOYED) & (town.firm_row[residents["employer"]] > 0))[:2]
    low, out = mine.tolist()
    old = int(town.firm_row[residents["employer"][low]])
    workers = int(firms["workers"][old])
    other = int(town.firm_row[residents["employer"][out]])
    floor = int(np.floor(30.0 * cooperative_founders.WEEKS_A_MONTH * structure.living_wage))
    residents["wage"][low] = floor - 1
    residents["status"][out], residents["employer"][out], residents["wage"][out] = UNEMPLOYED, -1, 0
    row = next(k for k in range(len(firms)) if k not in (old, other))
    assert np.flatnonzero(cooperative_founders.low_pay(town)).tolist() == sorted([low, out])
    residents["talent"][low], residents["talent"][out] = 1e-6, 2.0
    assert cooperative_founders.join(town, row, 5) == 2
    assert firms["workers"][row] == 2 and firms["workers"][old] == workers - 1
    assert residents["employer"][[low, out]].tolist() == [firms["account"][row]] * 2 and (residents["status"][[low, out]] == EMPLOYED).all()
    pay = structure.sector_pay[firms["sector"][row]] * 2.0 * 30.0 / structure.mean_hours
    assert residents["wage"][low] == int(np.ceil(30.0 * cooperative_founders.WEEKS_A_MONTH * structure.living_wage))
    assert residents["wage"][out] == max(int(np.rint(pay)), int(residents["wage"][low]))
