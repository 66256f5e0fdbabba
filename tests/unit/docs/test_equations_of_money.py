"""The equations of the model that move money, worked out as the page writes them and held against the functions it names."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats
from support.hand_made import Rows

from sim.month.contracts.bids import asking_price, eligible, social_value
from sim.month.contracts.contract_budgets import affordable_factor
from sim.month.contracts.invoices import invoices
from sim.month.contracts.trade_credit import months_of_credit
from sim.month.firms.founding import birth_places
from sim.month.firms.investment import capacity_to_build, plan_investment
from sim.month.labour.employers import posts_factor, wanted_jobs
from sim.month.spending import affordable_spending, planned_spending
from sim.month.surplus import payout
from sim.month.trade.neighbours import sales_lost
from sim.settings.sectors import SECTORS
from sim.start.balance_sheets import linked_draws
from sim.start.final_demand import local_pull, shopping_kept
from sim.start.input_output import local_coefficients, technical_coefficients
from sim.start.place_demand import place_levels


def clip(value: float, low: float, high: float) -> float:
    """A value held between two others."""
    return min(max(value, low), high)


def test_output_and_coefficients() -> None:
    jobs = {SECTORS[0]: 20.0, SECTORS[1]: 80.0}
    place = SimpleNamespace(
        name="two sectors",
        labour=SimpleNamespace(jobs_by_sector=jobs),
        pay=SimpleNamespace(median_weekly=400.0, mean_to_median=1.25),
        anchors=[],
    )
    pay, output = np.full(18, 30_000.0), np.full(18, 1000.0)
    pay[0], compensation = 60_000.0, np.full(18, 250.0)
    compensation[0] = 500.0
    nation = SimpleNamespace(compensation_per_job=pay, compensation=compensation, output=output)
    found = place_levels(place, nation, {"work.employer_contribution_rate": 0.1})  # type: ignore[arg-type]
    # Mean pay is 400 x 52 x 1.25 = 26,000; pay of the first sector is twice that of the second: 20 x 2w + 80 w = 100 x 26,000.
    second = 100 * 26_000 / (20 * 2 + 80)
    assert found.pay_per_job[:2] == pytest.approx([2 * second, second])
    assert found.output[:2] == pytest.approx([20 * 2 * second * 1.1 / 0.5, 80 * second * 1.1 / 0.25])
    assert technical_coefficients(np.array([[30.0, 50.0]]), np.array([100.0, 200.0])).tolist() == [[30 / 100, 50 / 200]]
    assert local_coefficients(np.array([[0.2, 0.2]]), np.array([[0.4, 1.7]])).tolist() == [[0.2 * 0.4, 0.2]]


def test_shopping_kept_has_one_strength_for_all_sectors_and_keeps_what_is_asked() -> None:
    spending, domestic, pull = np.array([60.0, 40.0]), np.array([0.9, 0.5]), np.array([1.0, 0.3])
    kept = shopping_kept(spending, domestic, pull, domestic, 35.0)
    assert float(spending @ kept) == pytest.approx(35.0)
    strength = [-math.log(1 - kept[s] / domestic[s]) / pull[s] for s in (0, 1)]
    assert strength[0] == pytest.approx(strength[1])
    held = shopping_kept(spending, domestic, pull, np.array([0.2, 0.5]), 25.0)
    assert held[0] == 0.2 and float(spending @ held) == pytest.approx(25.0)
    assert shopping_kept(spending, domestic, pull, np.array([0.1, 0.1]), 35.0).tolist() == [0.1, 0.1]
    quotients = np.full(18, 0.5)
    assert set(local_pull(quotients, 0.25).tolist()) == {0.5, 0.5 * 0.25}


def test_savings_go_with_income_by_a_copula_of_ranks() -> None:
    rank = np.array([0.75, 0.25])
    expected = [math.sqrt(1 - 0.6**2) * stats.norm.ppf(u) + 0.6 * stats.norm.ppf(r) for u, r in zip((0.3, 0.9), rank, strict=True)]
    assert linked_draws(np.array([0.3, 0.9]), np.array([7.0, 2.0]), 0.6) == pytest.approx(stats.norm.cdf(expected))


def anchors_town(**anchors: Any) -> Any:
    """Two anchors with nothing beside them; the second has no contracts of its own."""
    columns = {
        "usual_income": np.array([1100.0, 500.0]),
        "reserves": np.array([900, 100]),
        "reserve_target": np.array([1200, 100]),
        "contract_budget": np.array([400, 100]),
        "payroll_budget": np.array([600, 400]),
        "payroll": np.array([630, 400]),
        "paid_share": np.ones(2),
    }
    contracts = {
        "anchor": np.array([0, 0, 0]),
        "value": np.array([220, 90, 110]),
        "base_value": np.array([200, 100, 100]),
        "end": np.array([90, 14, 9]),
    }
    rules = SimpleNamespace(
        parameters={"procurement.budget_smoothing": 12.0, "procurement.cut_to_posts": 0.5},
        monthly_cost=np.array([20.0, 0.0]),
        events=SimpleNamespace(anchor_kept=None),
    )
    return SimpleNamespace(month=10, anchors=Rows(**{**columns, **anchors}), contracts=Rows(**contracts), rules=rules)


def test_what_an_anchor_lets_is_worth_what_it_can_afford() -> None:
    # The third contract is let now; the second ends within a year, the first runs on.
    factor = affordable_factor(anchors_town(), np.array([2]))[0]
    u = 1 + (1100 + (900 - 1200) / 12 - 20 - 400 - 630) / 400
    assert factor == pytest.approx(clip(u - ((220 + 90) - u * (200 + 100)) / (100 + 100), 0.2, 1.5))
    assert affordable_factor(anchors_town(usual_income=np.array([200.0, 500.0])), np.array([2]))[0] == 0.2
    assert affordable_factor(anchors_town(usual_income=np.array([9000.0, 500.0])), np.array([2]))[0] == 1.5


def test_posts_follow_their_part_of_a_gap_beyond_what_reserves_bear() -> None:
    income = 900.0
    gap = income + (900 - 1200) / 12 - 400 - 600
    found = posts_factor(anchors_town(usual_income=np.array([income, 500.0])))
    assert found.tolist() == pytest.approx([1 + 0.5 * (gap + 0.02 * (400 + 600)) / 600, 1.0])
    within = 1000.0 + 300 / 12 - 0.02 * 1000
    assert posts_factor(anchors_town(usual_income=np.array([within, 500.0])))[0] == 1.0


def test_who_may_bid_and_at_what_price() -> None:
    value, sales = np.array([30.0, 30.0, 30.0]), np.array([60.0, 59.0, 60.0])
    assert eligible(value, sales, np.array([15.0, 15.0, 14.0]), 0.5, 0.5).tolist() == [True, False, False]
    asked = asking_price(np.array([[0, 1]]), np.array([[1.1, 9.0]]), 0.02, np.array([[0.4 * 0.015]]), np.array([[1.05, 0.98]]))
    assert asked[0] == pytest.approx([1.1 * 1.02 * (1 + 0.4 * 0.015) * 1.05, 1.0 * (1 + 0.4 * 0.015) * 0.98])
    parts, yes = np.array([[0.4, 0.3, 0.2, 0.1]]), np.array([[True]])
    assert social_value(parts, np.array([[0.5]]), yes, ~yes, np.array([[1.0]]))[0, 0] == pytest.approx(0.4 * 0.5 + 0.3 + 0.1)


@pytest.mark.parametrize(("owed", "days"), [(0, 30), (100, 30), (100, 45), (250, 15), (0, 90)])
def test_what_is_due_on_a_contract(owed: int, days: int) -> None:
    value, credit = 100, 100 * days // 30
    due = min(value, max(owed + value - credit, 0))
    just_enough = invoices(*(np.array([x]) for x in (value, owed, credit, 0)), np.array([float(due)]))
    assert (just_enough.ordered.tolist(), just_enough.paid.tolist()) == ([value], [due])
    plenty = invoices(*(np.array([x]) for x in (value, owed, credit, 0)), np.array([1e9]))
    assert plenty.paid.tolist() == [max(owed + value - credit, 0)], "what is owed beyond the due is paid where money is left"
    rules = SimpleNamespace(parameters={"procurement.payment_days": float(days)}, contracting=SimpleNamespace(prompt_payment=()))
    assert months_of_credit(SimpleNamespace(contracts=[0], frozen=False, rules=rules)).tolist() == [days / 30]  # type: ignore[arg-type]


def test_jobs_plans_and_payouts() -> None:
    wanted = wanted_jobs(np.array([90.0, 500.0, 1.0]), np.array([200.0, 300.0, 9.0]), np.array([0.1, 0.02, 0.1]))
    assert wanted.tolist() == pytest.approx([90 * 0.1, 300 * 0.02, 1.0])
    plan = planned_spending(*(np.array([x]) for x in (1300, 1000.0, 4000, 5000, 0.4)), 0.05)
    assert plan[0] == pytest.approx(1000 + 0.4 * 300 + 0.05 * (4000 - 5000))
    housing, available = np.array([600, 600, 600]), np.array([9000, 700, 500])
    assert affordable_spending(plan.repeat(3) - 600, available, housing).tolist() == [math.floor(plan[0]) - 600, 100, 0]
    assert payout(np.array([1003, 700]), np.array([500.0 + 200.0, 800.0]), 0.35).tolist() == [math.floor(0.35 * 303), 0]


@pytest.mark.parametrize("grows", [1.0, 0.0])
def test_capacity_is_rebuilt_and_follows_demand(grows: float) -> None:
    wear, speed, use = 0.08 / 12, 0.1, 0.85
    demand, capacity = np.array([102.0, 68.0]), np.array([100.0, 100.0])
    gaps = [d / use - 100.0 if grows or d / use < 100.0 else 0.0 for d in demand]
    expected = [max(wear * 100.0 + speed * gap, 0.0) for gap in gaps]
    assert capacity_to_build(capacity, demand / use, wear, speed, bool(grows)).tolist() == pytest.approx(expected)
    parameters = {
        "firms.target_use": use,
        "firms.wear_rate": 0.08,
        "firms.growth_speed": speed,
        "firms.capacity_growth": grows,
        "firms.capital_to_output": 0.7,
        "firms.cash_buffer": 1.5,
        "finance.investment_loan_share": 0.3,
    }
    town: Any = SimpleNamespace(
        firms={"capacity": capacity, "usual_demand": demand, "usual_costs": np.array([40.0, 40.0]), "account": np.array([0, 1])},
        ledger=SimpleNamespace(balance=np.array([100, 20])),
        rules=SimpleNamespace(parameters=parameters, events=SimpleNamespace(credit_loans=1.0)),
    )
    plan = plan_investment(town)
    assert plan.cost.tolist() == pytest.approx([12 * 0.7 * built for built in expected])
    assert plan.own_part.tolist() == pytest.approx([0.7 * 12 * 0.7 * built for built in expected])
    assert plan.own_cash.tolist() == pytest.approx([100 - 0.5 * 1.5 * 40, 0.0])


def test_places_for_births_and_sales_lost_to_adopters() -> None:
    assert birth_places(3.2) == math.ceil(6.4) + 4
    bought, moved = np.array([500.0, 500.0, 30.0]), np.array([[60.0, -40.0, 60.0], [20.0, 10.0, 20.0]])
    assert sales_lost(bought, moved, 0.5, 0.25).tolist() == [0.5 * 60 + 0.25 * 20, -0.5 * 40 + 0.25 * 10, 30.0]
