"""Arithmetic on whole pence worked by hand: rationing, splitting, selling, paying."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.columns import Column, Table
from sim.kinds.firms import Firm
from sim.kinds.forms import CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL, NO_FORM, WORKER
from sim.kinds.membership import members_parts
from sim.month.arithmetic.sharing import fill_rate, parts_in_turn, pick, rationed, split_by_shares
from sim.month.credit import interest_due
from sim.month.firms.investment import capacity_to_build
from sim.month.firms.owners import by_weight
from sim.month.homes import rent_paid
from sim.month.labour.taxes import PayTaxes, tax_on_pay
from sim.month.public_money import benefits_due
from sim.month.surplus import payout, price_level
from sim.month.trade.market import fair_share, sell, served

PENCE = st.integers(0, 10**11)


@given(st.lists(PENCE, min_size=1, max_size=20), st.floats(0.0, 1.5))
def test_rationing_never_gives_more_than_was_wanted_or_less_than_nothing(wanted: list[int], fill: float) -> None:
    amounts = np.array(wanted, np.int64)
    cut = rationed(amounts, np.full(len(wanted), fill))
    assert (cut >= 0).all() and (cut <= amounts).all()
    assert cut.sum() <= max(fill, 0.0) * amounts.sum() + 1e-3 * len(wanted) or fill >= 1.0


def test_a_fill_rate_is_a_share_whatever_the_room() -> None:
    wanted = np.array([0.0, 0.0, 5.0, 5.0, 5.0])
    room = np.array([0.0, -3.0, 0.0, -3.0, 2.0])
    assert fill_rate(wanted, room).tolist() == [1.0, 1.0, 0.0, 0.0, 0.4]


@given(st.lists(PENCE, min_size=1, max_size=20), st.lists(st.floats(0.001, 10.0), min_size=1, max_size=9))
def test_a_split_loses_no_penny_and_no_part_is_below_nought(amounts: list[int], weights: list[float]) -> None:
    cumulative = np.cumsum(weights) / np.sum(weights)
    cumulative[-1] = 1.0
    whole = np.array(amounts, np.int64)
    parts = split_by_shares(whole, np.tile(cumulative, (len(amounts), 1)))
    assert parts.shape == (len(amounts), len(weights))
    np.testing.assert_array_equal(parts.sum(axis=1), whole)
    assert (parts >= 0).all()
    np.testing.assert_array_equal(parts, np.column_stack(list(parts_in_turn(whole, np.tile(cumulative, (len(amounts), 1)).T))))


def test_a_pick_falls_on_weights_and_never_past_the_end() -> None:
    cumulative = np.array([0.0, 2.0, 2.0, 5.0])
    assert pick(cumulative, np.array([0.0, 0.39, 0.41, 1.0])).tolist() == [1, 1, 3, 3]


def test_a_full_firm_serves_all_customers_alike_and_notes_what_was_asked() -> None:
    rows, wanted = np.array([0, 0, 1]), np.array([100, 300, 50])
    sale = served(rows, wanted, np.array([2.0, 1.0]), np.array([100.0, 100.0]))
    # Firm 0 sells at 2: 400 pence ask for 200 at base prices, half of which it can make.
    assert sale.accepted.tolist() == [50, 150, 50]
    assert sale.short.tolist() == [0, 1]
    assert sale.asked.tolist() == [200.0, 50.0]
    assert sale.made.tolist() == [100.0, 50.0]
    assert sale.sales.tolist() == [200, 50]


def test_a_firm_without_orders_is_left_alone() -> None:
    sale = served(np.zeros(0, np.int64), np.zeros(0, np.int64), np.ones(2), np.zeros(2))
    assert sale.accepted.tolist() == []
    assert sale.asked.tolist() == sale.made.tolist() == [0.0, 0.0]


@pytest.fixture
def two_firms() -> Table:
    """Two firms that can make 100 each."""
    table = Table({name: column for name, column in vars(Firm).items() if isinstance(column, Column)})
    table.add(2, account=[10, 11], capacity=[100.0, 100.0], usual_demand=[50.0, 200.0])
    return table


def test_sales_add_up_over_the_markets_of_a_month(two_firms: Table) -> None:
    assert sell(two_firms, np.array([0, 1]), np.array([60, 60])).tolist() == [60, 60]
    assert sell(two_firms, np.array([0]), np.array([60])).tolist() == [40]
    assert two_firms["demand"].tolist() == [120.0, 60.0]
    assert two_firms["output"].tolist() == [100.0, 60.0]
    assert two_firms["sales"].tolist() == [100, 60]


def test_unlimited_sales_know_no_capacity(two_firms: Table) -> None:
    assert sell(two_firms, np.array([0]), np.array([900]), unlimited=True).tolist() == [900]


def test_a_firm_with_too_many_customers_keeps_room_for_all_of_them(two_firms: Table) -> None:
    share = fair_share(two_firms["usual_demand"], two_firms["capacity"])
    assert share.tolist() == [1.0, 0.5]
    assert sell(two_firms, np.array([0, 1]), np.array([40, 40]), at_most=share).tolist() == [40, 20]
    assert two_firms["demand"].tolist() == [40.0, 40.0], "what it cannot serve is asked for all the same"


def test_rent_is_paid_as_far_as_money_goes() -> None:
    paid, owing = rent_paid(np.array([500, 500, 0]), np.array([0, 499, 100]))
    assert paid.tolist() == [0, 499, 0]
    assert owing.tolist() == [500, 1, 0]


def test_benefits_by_status_and_tenure_worked_by_hand() -> None:
    # employed, unemployed, inactive, retired; owner, mortgage, private, social
    status = np.array([0, 1, 2, 3, 1, 3], np.int8)
    tenure = np.array([2, 0, 3, 2, 1, 3], np.int8)
    due = benefits_due(status, tenure, np.full(6, 401), 300, 200)
    assert due.tolist() == [0, 300, 200 + 401, 200, 300, 200]


def test_interest_is_due_on_loan_and_overdraft_but_not_on_deposits() -> None:
    assert interest_due(np.array([0, 1000, 1000]), np.array([-500, -500, 500]), 0.01).tolist() == [5, 15, 10]


def test_members_share_by_weight_and_odd_pence_stay() -> None:
    # 7 by 2:1 is 4.67 and 2.33; those who weigh nothing share 101 alike; nothing is nothing.
    parts = by_weight(np.array([7, 101, 0]), np.array([0, 1, 0, 1, 2]), np.array([2, 0, 1, 0, 5]))
    assert parts.tolist() == [4, 50, 2, 50, 0]


def test_each_form_of_cooperative_has_its_own_members() -> None:
    forms = np.array([NO_FORM, WORKER, CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL, MUNICIPAL], np.int8)
    founders = np.array([-1, 2, 2, 2, 2, -1], np.int16)
    work, custom, founder = members_parts(forms, founders, np.full(6, 1001), 0.3, 0.2)
    assert work.tolist() == [1001, 1001, 0, 300, 801, 1001]
    assert custom.tolist() == [0, 0, 1001, 701, 0, 0]
    assert founder.tolist() == [0, 0, 0, 0, 200, 0]


@pytest.mark.parametrize(
    ("gross", "tax"), [(0, 0), (500, 0), (501, 0), (1000, 50), (1010, 51 + 2), (4000, 350 + 600), (4100, 360 + 600 + 40)]
)
def test_tax_on_pay_by_bands(gross: int, tax: int) -> None:
    rates = PayTaxes(1000.0, 0.2, 4000.0, 0.4, 500.0, 0.1)
    assert tax_on_pay(np.array([gross]), rates).tolist() == [tax]


def test_pay_after_tax_rises_with_pay() -> None:
    rates = PayTaxes(786.0, 0.2, 3454.0, 0.4, 646.0, 0.12)
    gross = np.arange(0, 100000, 37)
    assert (np.diff(gross - tax_on_pay(gross, rates)) > 0).all()


def test_capacity_that_may_not_grow_is_replaced_or_wears_out() -> None:
    capacity, wanted = np.full(3, 100.0), np.array([200.0, 100.0, 0.0])
    np.testing.assert_allclose(capacity_to_build(capacity, wanted, 0.02, 0.1, False), [2.0, 2.0, 0.0])
    np.testing.assert_allclose(capacity_to_build(capacity, wanted, 0.02, 0.1, True), [12.0, 2.0, 0.0])


def test_prices_follow_the_use_of_capacity_within_bounds() -> None:
    use = np.array([0.0, 0.65, 0.85, 1.0, 5.0])
    found = price_level(use * 100.0, np.full(5, 100.0), 0.85, 0.5)
    np.testing.assert_allclose(found, [0.9, 0.9, 1.0, 1.075, 1.5])
    assert (price_level(use * 100.0, np.full(5, 100.0), 0.85, 0.0) == 1.0).all()
    assert price_level(np.array([5.0]), np.array([0.0]), 0.85, 0.5).tolist() == [0.9]


def test_nothing_is_paid_out_of_a_buffer_or_a_debt() -> None:
    assert payout(np.array([-100, 0, 600, 601, 1000]), np.full(5, 600.0), 0.5).tolist() == [0, 0, 0, 0, 200]
