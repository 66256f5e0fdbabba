"""The equations of measures and statistics, worked out as their page writes them and held against the functions it names."""

from __future__ import annotations

import math
from itertools import permutations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats
from support.hand_made import BUILDER, CAFE, LAUNDRY, MILL, town

from sim.core.channels import BRANCHES
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM, FIRST_RESIDENT, OUTSIDE, no_flows
from sim.measures import circulation, equity, multiplier, neighbours, precarity, retention
from sim.measures.formulas import finn, follow, inequality, lm3
from sim.measures.formulas.multiplier import (
    close_households,
    entries_response,
    leontief_inverse,
    miyazawa_multiplier,
    output_multiplier_type1,
    output_multiplier_type2,
)
from sim.runs.explaining.shapley import exact_game
from sim.runs.statistics.bootstrap import bootstrap_t_interval
from sim.runs.statistics.differences import expected_false_alarms, is_too_skewed, pairs_needed, power, skewness
from sim.runs.statistics.resilience import fall_of


def with_usual(found: Any) -> Any:
    """The town made by hand with usual sales and costs: the mill, a branch, keeps a fifth of its sales."""
    found.firms["usual_sales"] = np.array([1000.0, 500.0, 2000.0, 400.0])
    found.firms["usual_costs"] = np.array([900.0, 500.0, 1600.0, 390.0])
    return found


def test_what_stays_is_the_headline_less_a_branchs_surplus_and_work_passed_outside() -> None:
    here = with_usual(town())
    here.notes.passed_outside = 350
    paid, place = 2_000 + 1_000 + 3_000 + 3_500 + 500, 2_000 + 1_000 + 500
    assert retention.retention_place(here)["all"] == pytest.approx(place / paid)
    f, sigma = 350 / place, 1 - 1600 / 2000
    assert here.ledger.sector[MILL] == BRANCHES
    assert retention.retention_stays(here)["all"] == pytest.approx((1 - f) * (2_000 + 1_000 * (1 - sigma) + 500) / paid)
    assert retention.retention_stays(here)["college"] == pytest.approx((1 - f) * 500 / 4_000)


def flows_of_three() -> Any:
    """Anchors pay builders 60 of 100; builders pay residents 50 of their 80, residents pay cafés 40 of 80, cafés pay nobody here."""
    build, cafe, people = FIRST_FIRM + 5, FIRST_FIRM + 8, FIRST_RESIDENT
    flows = no_flows()
    flows.contracts[[build, 2]] = 60, 40
    flows.pence[ANCHOR_GROUP, [build, 2]] = 60, 40
    flows.pence[build, [people, 1]] = 50, 30
    flows.pence[people, [cafe, 0]] = 40, 40
    flows.pence[cafe, 2] = 40
    return flows


def test_lm3_and_the_whole_multiplier_of_the_months_flows() -> None:
    here: Any = SimpleNamespace(notes=SimpleNamespace(flows=flows_of_three()))
    second = 60 * 50 / 80
    assert multiplier.lm3_of_contracts(here) == pytest.approx((100 + 60 + second) / 100)
    hands = 1 + 50 / 80 + 50 / 80 * 40 / 80
    assert multiplier.hands(here) == pytest.approx(hands)
    assert multiplier.local_multiplier(here) == pytest.approx(60 / 100 * hands)
    entry = flows_of_three().contracts[len(OUTSIDE) :].astype(float)
    assert entries_response(flows_of_three().passed_on(), entry).sum() == pytest.approx(60 * hands)
    # Firms of the place alone: the builders' 60 and what cafés get of it in the end.
    assert neighbours.sales_for_each_pound(flows_of_three()) == pytest.approx(1 + 50 / 80 * 40 / 80)
    assert lm3.lm3_of_flows([1.0, 0.0], [[0.0, 0.6], [0.4, 0.0]]) == pytest.approx(1 + 0.6 + 0.6 * 0.4)
    assert lm3.multiplier_after_rounds(0.3, 4) == pytest.approx(sum(0.3**k for k in range(4)))
    assert lm3.multiplier_of_all_rounds(0.3) == pytest.approx(1 / (1 - 0.3))


def test_multipliers_of_input_output_tables() -> None:
    table, income, spending, within = np.array([[0.15, 0.25], [0.2, 0.05]]), np.array([0.3, 0.25]), np.array([0.05, 0.4]), 0.05
    inverse = np.linalg.inv(np.eye(2) - table)
    assert leontief_inverse(table) == pytest.approx(inverse)
    assert output_multiplier_type1(table) == pytest.approx(np.ones(2) @ inverse)
    closed = np.array([[0.15, 0.25, 0.05], [0.2, 0.05, 0.4], [0.3, 0.25, 0.05]])
    assert close_households(table, income, spending, within).tolist() == closed.tolist()
    whole = np.linalg.inv(np.eye(3) - closed)
    assert output_multiplier_type2(table, income, spending, within) == pytest.approx(whole[:2, :2].sum(axis=0))
    assert miyazawa_multiplier(table, income, spending, within) == pytest.approx(1 / (1 - income @ inverse @ spending - within))


def test_following_a_pound_step_by_step() -> None:
    chain = follow.pass_on([0, 0, 1, 1], [1, 2, 0, 3], [30, 70, 20, 60], accounts=2, ends=2)
    passed, leaving = np.array([[0.0, 0.3], [0.25, 0.0]]), np.array([[0.7, 0.0], [0.0, 0.75]])
    course = follow.follow_money(chain, [1.0, 0.0, 0.0, 0.0], payments=3)
    held = np.array([1.0, 0.0])
    for step in range(2):
        assert course.left[step + 1][:2] == pytest.approx(held @ leaving)
        held = held @ passed
        assert course.held[step + 1] == pytest.approx(held)


def test_velocity_and_cycling() -> None:
    flows = flows_of_three()
    ledger = SimpleNamespace(balance=np.array([-999, 500, 300, -100]), sector=np.array([10, 0, 1, 4]))
    here: Any = SimpleNamespace(notes=SimpleNamespace(flows=flows), ledger=ledger)
    assert circulation.velocity(here) == pytest.approx(12 * (60 + 50 + 40) / (500 + 300 - 100))
    web, enters = np.array([[0.0, 60.0], [20.0, 0.0]]), np.array([80.0, 0.0])
    through = enters + web.sum(axis=0)
    again = np.diag(np.linalg.inv(np.eye(2) - web / through[:, None]))
    assert finn.throughflow(web, enters).tolist() == through.tolist()
    assert finn.finn_cycling_index(web, enters) == pytest.approx(float(through @ ((again - 1) / again)) / through.sum())


def test_shares_of_the_ranking_cover_and_swings() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 10.0])
    assert inequality.gini_small_sample(values) == pytest.approx(inequality.gini(values) * 5 / 4)
    top, bottom = 0.5 * 10 / 20, (1 + 2) / 20
    assert inequality.top_share(values) == pytest.approx(top)
    assert inequality.share_between(values, 0.0, 0.5) == pytest.approx((1 + 2 + 0.5 * 3) / 20)
    assert inequality.palma(values) == pytest.approx(top / bottom)
    assert precarity.months_covered([300, -20], [150, 10]).tolist() == [300 / 150, 0.0]
    assert precarity.swings([80, 130], [100.0, 100.0]).tolist() == pytest.approx([0.2, 0.3])


def test_equity_of_firms_is_what_they_have_less_what_they_owe() -> None:
    here = town()
    here.rules = SimpleNamespace(parameters={"firms.capital_to_output": 0.7})
    here.ledger.balance = np.zeros(40, np.int64)
    here.ledger.balance[[BUILDER, CAFE, MILL, LAUNDRY, 39]] = 1_000, -50, 0, 7, 30
    here.firms["purse"] = np.array([-1, 39, -1, -1])
    here.firms["capacity"] = np.array([100.0, 20.0, 900.0, 40.0])
    for name, owed in {"loan": [300, 0, 10, 0], "bank_debt": [0, 9, 0, 0], "fund_debt": [5, 0, 0, 0], "stakes": [0, 0, 0, 60]}.items():
        here.firms[name] = np.array(owed)
    here.contracts["owing"] = np.array([40, 2, 0])
    built = [round(12 * 0.7 * capacity) for capacity in (100, 20, 900, 40)]
    assert equity.capital_value(here).tolist() == built
    expected = [1_000 + 40 + built[0] - 300 - 5, -50 + 30 + 2 + built[1] - 9, built[2] - 10, 7 + built[3] - 60]
    assert equity.firm_equity(here).tolist() == expected


def test_jobs_here_and_elsewhere() -> None:
    here = town()
    here.contracts["category"] = np.array([5, 8, 3])
    here.rules = SimpleNamespace(neighbours=SimpleNamespace(moved=np.array([[4.0] * 18, [0.0] * 18]), region=0.5, world=0.0))
    here.structure.export_pool, here.structure.export_payers = np.full(18, 100.0), np.tile([0.2, 0.5, 0.3], (18, 1))
    here.structure.jobs_per_output = np.where(np.arange(18) == 3, 0.5, 0.25)
    jobs = sum(int(table["workers"].sum() + table["commuters"].sum()) for table in (here.firms, here.anchors))
    # The third contract, worth 9 a month in sector 3, is held further away; adopters bring home 2 in each sector.
    elsewhere = 1.25 * ((9 + 2) * 0.5 + 17 * 2 * 0.25)
    assert neighbours.jobs_in_all(here) == pytest.approx(jobs + elsewhere)


def test_skewed_differences_get_a_second_interval() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 30.0])
    apart, n = values - values.mean(), 5
    g = (apart**3).mean() / (apart**2).mean() ** 1.5 * math.sqrt(n * (n - 1)) / (n - 2)
    assert skewness(values) == pytest.approx(g) == pytest.approx(stats.skew(values, bias=False))
    edge = 2 * math.sqrt(6 * 20 * 19 / (18 * 21 * 23))
    for skew in (0.9, 1.1, -1.1):
        assert is_too_skewed(skew, 20) == (25 * skew**2 >= 20 and abs(skew) > edge)
    few = 2 * math.sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)))
    assert (is_too_skewed(few - 0.01, n), is_too_skewed(few + 0.01, n)) == (False, True)


def test_the_second_interval_is_of_resampled_t_statistics() -> None:
    values = np.exp(np.linspace(-1.2, 1.9, 12))
    samples = np.random.default_rng(4).choice(values, (10_000, 12))
    mean, error = values.mean(), values.std(ddof=1) / math.sqrt(12)
    t = (samples.mean(axis=1) - mean) / (samples.std(axis=1, ddof=1) / math.sqrt(12))
    low, high = bootstrap_t_interval(values)
    # Other resamples move an end by about a hundredth of the interval's length.
    assert low == pytest.approx(mean - np.quantile(t, 0.975) * error, abs=0.06 * (high - low))
    assert high == pytest.approx(mean - np.quantile(t, 0.025) * error, abs=0.06 * (high - low))
    assert high - mean > 1.5 * (mean - low), "it reaches further to the side of the long tail"


def test_false_alarms_and_pairs() -> None:
    assert expected_false_alarms(200) == pytest.approx(200 * (1 - 0.95))
    needed = pairs_needed(0.6, 1.0)
    assert needed is not None
    assert power(0.6, 1.0, needed - 1) < 0.8 <= power(0.6, 1.0, needed)


def test_shares_in_an_effect_are_means_over_all_orders() -> None:
    value = {0: 0.0, 1: 5.0, 2: 2.0, 3: 11.0, 4: -1.0, 5: 3.0, 6: 4.0, 7: 20.0}
    added = np.zeros(3)
    for order in permutations(range(3)):
        before = 0
        for player in order:
            added[player] += value[before | 1 << player] - value[before]
            before |= 1 << player
    found = exact_game(3).shares(np.array([[value[mask]] for mask in range(8)]))
    assert found.ravel() == pytest.approx(added / math.factorial(3))
    assert found.sum() == pytest.approx(value[7])


def test_depth_and_loss_of_a_fall() -> None:
    reference, path = [100.0, 100.0, 100.0, 100.0, 110.0, 110.0, 110.0], [100.0, 70.0, 105.0, 98.0, 109.5, 110.0, 109.0]
    short = [max(b - x, 0.0) for b, x in zip(reference, path, strict=True)]
    found = fall_of(path, reference, start=1)
    assert (found.depth, found.lost) == (max(short), pytest.approx(sum(short)))
    assert found.back == 3.0, "from the fourth month of the shock on it is at most 1% below for three months in a row"
