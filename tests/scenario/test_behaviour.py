"""Behaviour: residents decide by their own money, firms by their own order books, and nothing is lost when one goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from support.laboratory import Laboratory

from sim.core.channels import BANK_ACCOUNT, COOPERATIVES, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.economy import Economy
from sim.kinds.firms import Cooperative, LocalSME
from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.trade_claims import owed_to_accounts
from sim.month import production, spending, turnover, work
from sim.month.trade.market import supplier_rows

#: An opening without luck from month to month in sales outside the place.
CALM = {"firms.export_noise": 0.0, "firms.sale_rate": 0.0}


def _dismissed(town: Economy) -> np.ndarray:
    """Employed residents without other means, who lose their jobs and find none; returns their rows."""
    residents = town.residents
    rows = np.flatnonzero((residents["status"] == EMPLOYED) & (residents["rent"] == 0) & (residents["mortgage"] == 0))[:50]
    residents["status"][rows] = UNEMPLOYED
    residents["employer"][rows] = -1
    residents["wage"][rows] = 0
    return rows


def test_who_loses_a_job_draws_on_savings_first_and_then_spends_less(laboratory: Laboratory) -> None:
    town = laboratory.opening(1, {"work.search_success": 0.01})
    rows = _dismissed(town)
    account, out_of_work = town.residents["account"], np.ones(len(rows), bool)
    spent, savings, income = np.zeros((3, 36, len(rows)))
    for month in range(36):
        town.advance()
        out_of_work &= town.residents["status"][rows] == UNEMPLOYED
        spent[month] = town.residents["spending"][rows]
        income[month] = town.residents["income"][rows]
        savings[month] = town.ledger.balance[account[rows]]
        assert (town.ledger.balance[account] >= 0).all()
    assert out_of_work.sum() > 15
    spent, savings, income = spent[:, out_of_work], savings[:, out_of_work], income[:, out_of_work]
    assert (spent[:6].mean(0) > income[:6].mean(0)).mean() > 0.8, "more is spent at first than comes in"
    assert (savings[6] < savings[0]).mean() > 0.8
    assert (spent[-6:].mean(0) < spent[:6].mean(0)).mean() > 0.75, "then spending comes down"
    assert spent[-6:].mean() < 1.1 * income[-6:].mean()


def test_more_savings_more_is_spent_and_none_at_all_nothing_beyond_income(laboratory: Laboratory) -> None:
    rich, poor = laboratory.opening(1), laboratory.opening(1)
    rows = np.arange(100)
    account = rich.residents["account"][rows]
    rich.ledger.begin_month(0)
    rich.ledger.book("estates", WORLD_ACCOUNT, account, np.full(100, 500000))
    poor.ledger.begin_month(0)
    poor.ledger.book("estates", account, WORLD_ACCOUNT, poor.ledger.balance[account])
    rich.advance()
    poor.advance()
    assert (rich.residents["spending"][rows] >= poor.residents["spending"][rows]).all()
    assert rich.residents["spending"][rows].sum() > poor.residents["spending"][rows].sum()
    others = np.arange(200, 300)
    same = rich.residents["usual_income"][others] == poor.residents["usual_income"][others]
    assert (rich.residents["spending"][others] == poor.residents["spending"][others])[same].mean() > 0.9


def _with_orders(town: Economy, factor: float) -> np.ndarray:
    """Sales outside of one sector times a factor; returns the rows of its firms."""
    pool = town.structure.export_pool.copy()
    pool[3] *= factor
    # Towns of one opening share their structure: this one gets a structure of its own.
    town.structure = replace(town.structure, export_pool=pool)
    return np.flatnonzero(town.firms["sector"] == 3)


def test_firms_hire_after_demand_and_not_before(laboratory: Laboratory) -> None:
    usual, growing = laboratory.opening(2, CALM), laboratory.opening(2, CALM)
    _with_orders(growing, 1.4)
    gain = []
    for _ in range(18):
        usual.advance()
        growing.advance()
        jobs = [float((town.firms["workers"] + town.firms["commuters"])[town.firms["sector"] == 3].sum()) for town in (usual, growing)]
        gain.append(jobs[1] - jobs[0])
    assert gain[0] == 0.0, "the month's orders are not known when staff is decided on"
    assert gain[-1] > 5.0
    assert gain[2] < 0.6 * gain[-1], "staff follows as demand is seen to last"


def test_a_firm_without_orders_shrinks_and_others_do_not(laboratory: Laboratory) -> None:
    town = laboratory.opening(2, CALM)
    plain = laboratory.opening(2, CALM)
    _with_orders(town, 0.2)
    for _ in range(12):
        town.advance()
        plain.advance()
    jobs = [np.bincount(each.firms["sector"], each.firms["workers"] + each.firms["commuters"], 18) for each in (plain, town)]
    assert jobs[1][3] < 0.8 * jobs[0][3]
    untouched = [0, 14, 15, 16]
    assert (np.abs(jobs[1] - jobs[0])[untouched] <= 0.05 * jobs[0][untouched] + 3).all()


def test_cooperatives_cut_hours_before_jobs(laboratory: Laboratory) -> None:
    company, cooperative = laboratory.opening(3, CALM), laboratory.opening(3, CALM)
    rows = np.flatnonzero((company.firms["sector"] == 3) & (company.firms["workers"] >= 3))
    accounts = company.firms["account"][rows]
    cooperative.firms["kind"][rows] = Cooperative.code
    cooperative.firms["owner"][rows] = -1
    cooperative.ledger.reclassify(accounts, COOPERATIVES)
    for town in (company, cooperative):
        town.firms["usual_demand"][rows] *= 0.85
        jobs = (town.firms["workers"] + town.firms["commuters"])[rows].sum()
        work.phase(town)
        kept = (town.firms["workers"] + town.firms["commuters"])[rows].sum()
        if town is company:
            assert kept < 0.93 * jobs
            assert (town.firms["hours_factor"][rows] == 1.0).all()
        else:
            assert kept > 0.95 * jobs, "only those who leave of their own will go"
            assert town.firms["hours_factor"][rows].mean() < 0.95
            assert (town.firms["hours_factor"][rows] >= 0.7).all(), "need itself is not lower"


def test_a_failing_firms_debts_are_written_off_and_no_money_is_lost(laboratory: Laboratory) -> None:
    town = laboratory.opening(4)
    row = int(np.argmax(town.firms["loan"]))
    account = int(town.firms["account"][row])
    town.ledger.begin_month(1)
    town.firms["loan"][row] += 10**9
    town.ledger.set_credit(np.array([account]), np.array([10**7]))
    town.ledger.book("inputs", account, WORLD_ACCOUNT, np.array([int(town.ledger.balance[account]) + 10**7]))
    bank = int(town.ledger.balance[BANK_ACCOUNT])
    owner = int(town.firms["owner"][row])
    owned = int(town.ledger.balance[owner])
    workers = np.flatnonzero((town.residents["employer"] == account) & (town.residents["status"] == EMPLOYED))
    loan = int(town.firms["loan"][row])
    noted = town.notes.written_off
    owed_to_it = int(owed_to_accounts(town)[account])
    turnover.end_firms(town, np.array([row]))
    town.ledger.check()
    assert town.ledger.balance[account] == 0
    assert town.notes.written_off - noted == loan + 10**7 - owed_to_it, "what the bank loses is said"
    assert town.ledger.balance[BANK_ACCOUNT] == bank - (10**7 - owed_to_it)
    assert town.ledger.balance[owner] == owned, "owners do not pay their firm's debts"
    assert town.ledger.balance.sum() == 0
    assert (town.residents["status"][workers] == UNEMPLOYED).all()
    assert account not in town.firms["account"].tolist()


def test_what_a_firm_leaves_goes_to_its_owner_after_its_debts(laboratory: Laboratory) -> None:
    town = laboratory.opening(4)
    held, loan = town.ledger.balance[town.firms["account"]], town.firms["loan"]
    row = int(np.flatnonzero((town.firms["kind"] == LocalSME.code) & (town.firms["owner"] >= 0) & (held > loan))[0])
    account, owner = int(town.firms["account"][row]), int(town.firms["owner"][row])
    left = int(held[row] - loan[row])
    before = int(town.ledger.balance[owner])
    town.ledger.begin_month(1)
    turnover.end_firms(town, np.array([row]))
    assert town.ledger.balance[owner] - before == left
    assert town.ledger.balance[account] == 0


def test_a_cooperatives_reserve_falls_to_the_council_when_it_ends(laboratory: Laboratory) -> None:
    town = laboratory.opening(4)
    firms = town.firms
    row = int(np.flatnonzero((firms["workers"] >= 2) & (town.ledger.balance[firms["account"]] > firms["loan"] + 10000))[0])
    firms["kind"][row], firms["owner"][row] = Cooperative.code, -1
    left = int(town.ledger.balance[firms["account"][row]] - firms["loan"][row])
    firms["reserve"][row] = left - 5000
    council = int(town.anchors["account"][0])
    before = int(town.ledger.balance[council])
    town.ledger.begin_month(1)
    turnover.end_firms(town, np.array([row]))
    assert town.ledger.balance[council] - before == left - 5000


def test_customers_of_a_shop_that_closes_go_elsewhere_in_the_place(laboratory: Laboratory) -> None:
    town = laboratory.opening(5)
    shops = np.flatnonzero(town.firms["sector"] == 6)
    habits = town.residents["habits"][:, 2]
    row = int(shops[np.argmax([(habits == account).sum() for account in town.firms["account"][shops]])])
    account = int(town.firms["account"][row])
    customers = np.flatnonzero(habits == account)
    assert len(customers) > 20
    town.ledger.begin_month(1)
    turnover.end_firms(town, np.array([row]))
    spending.compare_sellers(town)
    now = town.residents["habits"][customers, 2]
    assert (now != account).all()
    assert (town.firm_row[now] >= 0).mean() > 0.9
    assert len(set(now.tolist())) > 3


def test_contracts_of_a_firm_that_ends_go_on_next_door_until_let_anew(laboratory: Laboratory) -> None:
    town = laboratory.opening(5)
    held = town.firm_row[town.contracts["supplier"]]
    row = int(held[held >= 0][0])
    mine = held == row
    town.ledger.begin_month(1)
    turnover.end_firms(town, np.array([row]))
    assert (town.contracts["supplier"][mine] == REGION_ACCOUNT).all()
    assert (town.contracts["end"][mine] == town.month).all()
    town.advance()
    assert (town.contracts["start"][mine] == town.month).all()


def test_buyers_of_a_supplier_that_ends_find_another(laboratory: Laboratory) -> None:
    town = laboratory.opening(5)
    rows = supplier_rows(town)
    used = np.bincount(rows[rows >= 0], minlength=len(town.firms))
    alone = np.bincount(town.firms["sector"], minlength=18)[town.firms["sector"]] < 5
    row = int(np.argmax(np.where(alone, 0, used)))
    account, sector = int(town.firms["account"][row]), int(town.firms["sector"][row])
    town.ledger.begin_month(1)
    turnover.end_firms(town, np.array([row]))
    needs = town.structure.local[sector, town.firms["sector"]] > 0.0
    buyers = np.flatnonzero((town.firms["suppliers"][:, sector] == account) & needs)
    assert len(buyers) > 3
    production.choose_suppliers(town)
    found = supplier_rows(town)[buyers, sector]
    assert (found >= 0).all()
    assert (town.firms["sector"][found] == sector).all()


def test_firms_that_are_dear_lose_customers(laboratory: Laboratory) -> None:
    town = laboratory.opening(6, {"firms.price_response": 0.0, "firms.comparison_rate": 1.0})
    sector = np.bincount(town.firms["sector"], minlength=18)
    chosen = np.flatnonzero(town.firms["sector"] == 6)[::2]
    accounts = town.firms["account"][chosen]
    links = np.isin(town.firms["suppliers"], accounts).sum()
    habits = np.isin(town.residents["habits"], accounts).sum()
    assert sector[6] > 10
    for _ in range(12):
        row = town.firm_row[accounts]
        town.firms["price"][row[row >= 0]] = 1.5
        town.advance()
        row = town.firm_row[accounts]
        town.firms["price"][row[row >= 0]] = 1.5
    assert np.isin(town.firms["suppliers"], accounts).sum() < 0.85 * links
    assert np.isin(town.residents["habits"], accounts).sum() < 0.95 * habits
