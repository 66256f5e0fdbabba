"""The co-operatives' fund, stakes of members and the ends of firms: by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town

from sim.core.channels import FUNDS
from sim.economy import Economy
from sim.errors import MoneyError
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.forms import WORKER
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.month import surplus, turnover
from sim.month.firms import rescue, solidarity, stakes
from sim.month.firms.owners import by_weight


@pytest.fixture
def town() -> Economy:
    """A town in its third month, with the first two firms co-operatives and nobody at work but whom a test puts there."""
    town = small_town(month=3)
    town.residents["status"][town.residents["status"] == EMPLOYED] = UNEMPLOYED
    town.residents["employer"][:] = -1
    town.residents["stake"][:], town.residents["stake_in"][:] = 0, -1
    firms = town.firms
    firms["kind"][:], firms["stakes"][:], firms["distress"][:] = LocalSME.code, 0, 0
    firms["kind"][:2], firms["form"][:2] = Cooperative.code, WORKER
    return town


def at_work(town: Economy, *places: tuple[int, int]) -> None:
    """The first residents work at these rows of firms and were paid this much."""
    residents = town.residents
    for row, (firm, gross) in enumerate(places):
        residents["status"][row], residents["employer"][row] = EMPLOYED, town.firms["account"][firm]
        residents["gross"][row], residents["wage"][row] = gross, 1000


def fund(town: Economy, cash: int) -> int:
    """Set the fund up with cash; its account."""
    town.rules.ownership.solidarity_share = 0.5
    nothing = np.zeros(len(town.firms), np.int64)
    solidarity.pay_in(town, nothing, nothing)
    account = solidarity.account_of_fund(town)
    hold(town, account, cash)
    return account


def test_cooperatives_pay_in_their_share_of_what_they_do_not_keep(town: Economy) -> None:
    town.rules.ownership.solidarity_share = 0.0
    pence, kept = np.full(len(town.firms), 101), np.zeros(len(town.firms), np.int64)
    assert not solidarity.pay_in(town, pence, kept).any() and solidarity.account_of_fund(town) == -1
    town.rules.ownership.solidarity_share = 0.5
    kept[1] = 80
    for firm in town.firms["account"][:3].tolist():
        hold(town, firm, 1000)
    for total in (71, 142):
        given = solidarity.pay_in(town, pence, kept)
        # Half of 101 down to whole pence, and the 21 above what the second keeps; who is no co-operative pays nothing.
        assert given[:3].tolist() == [50, 21, 0] and not given[3:].any()
        assert held(town, [solidarity.account_of_fund(town)]) == [total]
    assert held(town, town.firms["account"][:3]) == [900, 958, 1000]
    assert town.funds["founded"].tolist() == [3] and town.funds.slots.tolist() == [solidarity.SLOT]
    assert town.ledger.sector[solidarity.account_of_fund(town)] == FUNDS


def test_what_was_lacking_for_wages_is_the_rest_of_what_was_paid(town: Economy) -> None:
    at_work(town, (0, 300), (0, 100), (1, 0), (2, 500))
    firms = town.firms
    firms["paid_share"][:3], firms["hours_factor"][:3], firms["distress"][:3] = (0.25, 0.0, 0.5), (1.0, 0.5, 1.0), 1
    # A quarter was 400: 1,200 are lacking. Where nothing was paid half a wage of 1,000 is. The third is no co-operative.
    assert solidarity.short_of_wages(town)[:3].tolist() == [1200, 500, 0]
    firms["distress"][0] = 0
    assert solidarity.short_of_wages(town)[:3].tolist() == [0, 500, 0], "who paid in full of late needs nothing"


def test_the_fund_bridges_wages_as_far_as_it_has_money(town: Economy) -> None:
    at_work(town, (0, 300), (1, 0))
    firms = town.firms
    firms["paid_share"][:2], firms["hours_factor"][:2], firms["distress"][:2] = (0.5, 0.0), 1.0, 1
    accounts = firms["account"][:2].tolist()
    for account in accounts:
        hold(town, account, 0)
    own = fund(town, 1000)
    town.rules.ownership.solidarity_bridging = 0.0
    solidarity.bridge(town)
    assert held(town, [own, *accounts]) == [1000, 0, 0]
    town.rules.ownership.solidarity_bridging = 0.5
    solidarity.bridge(town)
    assert held(town, [own, *accounts]) == [350, 150, 500], "half of 300 and of 1,000"
    solidarity.bridge(town)
    # 349 of 650 wanted: a penny is left for rounding, and each gets the same part.
    assert held(town, [own, *accounts]) == [350 - 80 - 268, 150 + 80, 500 + 268]


def test_wages_are_bridged_at_the_end_of_each_month(town: Economy) -> None:
    at_work(town, (0, 300))
    town.firms["paid_share"][0], town.firms["distress"][0] = 0.5, 1
    own = fund(town, 1000)
    town.rules.ownership.solidarity_share, town.rules.ownership.solidarity_bridging = 0.0, 0.5
    surplus.phase(town)
    assert held(town, [own]) == [850]


def test_a_founded_cooperative_gets_capital_of_the_fund_as_far_as_it_has_it(town: Economy) -> None:
    firm = int(town.firms["account"][0])
    hold(town, firm, 0)
    town.rules.ownership.solidarity_capital = 400
    assert solidarity.capital_from_fund(town, firm) == 0, "no fund, no capital"
    own = fund(town, 500)
    assert solidarity.capital_from_fund(town, firm) == 400 and held(town, [own, firm]) == [100, 400]
    assert solidarity.capital_from_fund(town, firm) == 100 and held(town, [own, firm]) == [0, 500]
    hold(town, own, 500)
    town.rules.ownership.solidarity_capital = 0
    assert solidarity.capital_from_fund(town, firm) == 0 and held(town, [own, firm]) == [500, 500]


def test_who_has_a_stake_elsewhere_pays_none_until_that_is_settled(town: Economy) -> None:
    at_work(town, (0, 1000), (0, 1000), (0, 1000), (0, 30), (0, 1000), (2, 1000))
    residents, accounts = town.residents, town.residents["account"][:6].tolist()
    for account in accounts:
        hold(town, account, 700)
    hold(town, accounts[4], 40)
    residents["stake"][:3], residents["stake_in"][:3] = (0, 550, 100), (-1, town.firms["account"][0], town.firms["account"][1])
    town.firms["stakes"][:2] = (550, 100)
    town.rules.parameters = town.rules.parameters.with_values({"firms.cooperative_stake_months": 4.0})
    asked = np.zeros(len(town.firms), np.int64)
    asked[0] = 600
    stakes._collect(town, asked)
    # A fourth of 600; the 50 that are missing; nothing for who has one elsewhere; the pay of 30; the 40 held.
    assert residents["stake"][:6].tolist() == [150, 600, 100, 30, 40, 0]
    assert held(town, accounts) == [550, 650, 700, 670, 0, 700] and town.firms["stakes"][:2].tolist() == [550 + 270, 100]
    assert residents["stake_in"][:6].tolist() == [*[town.firms["account"][0]], *town.firms["account"][[0, 1, 0, 0]].tolist(), -1]


def test_stakes_of_those_who_left_are_paid_back_each_in_the_same_part(town: Economy) -> None:
    at_work(town, (0, 0), (1, 0), (2, 0))
    residents, firms = town.residents, town.firms
    accounts = residents["account"][:4].tolist()
    for account in accounts:
        hold(town, account, 0)
    residents["stake"][:4], residents["stake_in"][:4] = (900, 400, 200, 100), firms["account"][[0, 0, 2, 0]]
    firms["stakes"][:3] = (1400, 0, 200)
    for row, cash in ((0, 251), (2, 9000)):
        hold(town, int(firms["account"][row]), cash)
    stakes._give_back(town)
    # The first still works there. Of 500 owed to two who do not, 250 are there; the third's firm is a co-operative no more.
    assert held(town, accounts) == [0, 200, 200, 50]
    assert residents["stake"][:4].tolist() == [900, 200, 0, 50] and firms["stakes"][:3].tolist() == [1150, 0, 0]
    assert residents["stake_in"][:4].tolist() == [firms["account"][0], firms["account"][0], -1, firms["account"][0]]


def test_a_firm_that_ends_pays_stakes_before_its_owners_and_notes_what_is_lost(town: Economy) -> None:
    at_work(town, (0, 0), (0, 0))
    residents, firms, notes = town.residents, town.firms, town.notes
    for name in ("loan", "bank_debt", "fund_debt", "reserve"):
        firms[name][:2] = 0
    town.contracts["owing"][:] = 0
    residents["stake"][:3], residents["stake_in"][:3] = (600, 200, 70), firms["account"][[0, 0, 1]]
    firms["stakes"][:2], firms["loan"][0] = (800, 70), 10
    accounts, account = residents["account"][:3].tolist(), int(firms["account"][0])
    for one in accounts:
        hold(town, one, 0)
    hold(town, account, 411)
    notes.stakes_lost, notes.written_off = 5, 7
    turnover.end_firms(town, np.array([0]))
    # The bank gets its 10, members half of what they put in; the last penny can't be halved.
    assert held(town, accounts) == [300, 100, 0] and notes.stakes_lost == 5 + 400
    assert residents["stake"][:3].tolist() == [0, 0, 70] and held(town, [account]) == [0]
    assert notes.written_off == 7
    second = int(np.flatnonzero(firms["account"] == residents["stake_in"][2])[0])
    firms["loan"][second] = 90
    hold(town, int(firms["account"][second]), 20)
    turnover.end_firms(town, np.array([second]))
    assert notes.written_off == 7 + 70 and notes.stakes_lost == 405 + 70, "the bank comes first and loses 70; the stake is lost"


def test_banks_give_up_whole_pence_of_loan_and_overdraft(town: Economy) -> None:
    account = int(town.firms["account"][0])
    town.ledger.set_credit(np.array([account]), 1000)
    town.firms["loan"][0], town.notes.written_off = 7, 0
    hold(town, account, 0)
    rescue._write_off(town, 0, 1.0)
    assert (town.firms["loan"][0], town.notes.written_off) == (0, 7) and held(town, [account]) == [0]
    hold(town, account, -1)
    rescue._write_off(town, 0, 1.0)
    assert town.notes.written_off == 8 and held(town, [account]) == [0]


def test_cooperatives_close_of_themselves_as_much_less_often_as_they_survive_longer(town: Economy) -> None:
    firms = town.firms
    firms["kind"][:], firms["distress"][:], firms["born"][:] = Cooperative.code, 0, -999
    firms["workers"][:], firms["commuters"][:] = 1, 0
    usual = turnover.closing_chance(
        3 - firms["born"],
        np.ones(len(firms), np.int64),
        town.structure.closure_hazard,
        town.rules.parameters["firms.closure_size_scale"],
        town.structure.closure_scale,
    )
    draws: Any = np.ones((len(firms), 2))
    draws[0, 0], draws[1, 0], draws[2, 0], draws[3, 0] = usual[0] * 0.2106, usual[1] * 0.2109, usual[2] * 0.99, usual[3] * 0.99
    firms["kind"][3] = Branch.code
    streams: Any = SimpleNamespace(uniform=lambda *_, **__: draws.copy())
    town.streams = streams
    town.rules.parameters = town.rules.parameters.with_values({"firms.cooperative_survival": 1.0})
    # 82% of co-operatives and 39% of others live five years: log .82 / log .39 = 0.21076 of the chance.
    assert np.flatnonzero(turnover._decide(town)[0]).tolist() == [0, 3]
    town.rules.parameters = town.rules.parameters.with_values({"firms.cooperative_survival": 0.0})
    assert np.flatnonzero(turnover._decide(town)[0]).tolist() == [0, 1, 2, 3]


def test_a_firm_of_twelve_months_is_in_its_second_year() -> None:
    hazard = np.array([0.5, 0.0])
    ages = np.array([0, 11, 12])
    assert turnover.closing_chance(ages, np.zeros(3, np.int64), hazard, 10.0, 1.0).tolist() == [0.5, 0.5, 0.0]


def test_parts_of_nobody_are_none_and_what_can_not_be_shared_is_refused() -> None:
    none = np.zeros(0, np.int64)
    assert by_weight(none, none, none).tolist() == [] and by_weight(np.array([7]), none, none).tolist() == []
    with pytest.raises(MoneyError, match="can't be shared"):
        by_weight(np.array([-1]), np.array([0]), np.array([1]))
    with pytest.raises(MoneyError, match="can't be shared"):
        by_weight(np.array([1, 5]), np.array([1, 1]), np.array([1, -1]))
    # A third of 10 to the power of 18 is beyond what a fraction of 53 bits holds.
    shares = by_weight(np.array([10**18]), np.zeros(3, np.int64), np.array([10**6, 10**6, 10**6]))
    assert shares.tolist() == [333_333_333_333_333_333] * 3
