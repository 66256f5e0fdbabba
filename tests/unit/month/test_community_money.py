"""Arithmetic of the place's own funds and currency, worked by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.month.finance.community_bank import beyond_working, most_deposits
from sim.month.finance.credit_union import lacking, monthly_saving
from sim.month.finance.funds import in_turn, paid_in_part
from sim.month.finance.investment_fund import by_share
from sim.month.finance.lending import bearable_debt
from sim.month.finance.local_currency import to_change
from sim.month.finance.paying import within_means
from sim.month.finance.reserves import to_place

PENCE = st.integers(0, 10**11)


@given(st.lists(PENCE, min_size=1, max_size=12), st.integers(-5, 10**12))
def test_a_pool_is_given_out_in_turn_and_never_more_than_it_holds(wanted: list[int], pool: int) -> None:
    asked = np.array(wanted)
    order = np.arange(len(asked))[::-1]
    given_out = in_turn(asked, order, pool)
    assert (given_out >= 0).all()
    assert (given_out <= asked).all()
    assert given_out.sum() == min(max(pool, 0), asked.sum())


def test_the_last_in_turn_gets_what_is_left() -> None:
    assert in_turn(np.array([100, 100, 100]), np.array([1, 2, 0]), 250).tolist() == [50, 100, 100]


@given(st.lists(PENCE, min_size=1, max_size=12), PENCE)
def test_savers_who_ask_together_get_no_more_than_the_cash(asked: list[int], cash: int) -> None:
    paid = paid_in_part(np.array(asked), cash)
    assert paid.sum() <= max(cash, sum(asked) if sum(asked) <= cash else cash)
    assert (paid <= np.array(asked)).all()


def test_a_surplus_bears_the_debt_whose_service_it_covers() -> None:
    # 1,200 a year of interest at 12% and a sixtieth repaid: 100 debt costs 1 + 100/60 in the first month.
    assert bearable_debt(np.array([1.0 + 100 / 60]), 1.0, 60.0, 0.12).round(6).tolist() == [100.0]
    assert bearable_debt(np.array([1.0 + 100 / 60]), 2.0, 60.0, 0.12).round(6).tolist() == [50.0]
    assert np.isinf(bearable_debt(np.array([-5.0]), 0.0, 60.0, 0.12)).all()


def test_what_savers_bring_and_how_much_a_bank_can_use() -> None:
    assert beyond_working(np.array([500, 500]), np.array([120.5, 700.0])).tolist() == [379, -200]
    # Capital of 8 carries loans of 100; 92 of savings are lent, and a tenth of savings is kept in cash.
    assert abs(most_deposits(8, 0.08, 0.1) - 92 / 0.9) < 1e-9
    assert most_deposits(-5, 0.08, 0.1) == 0.0
    assert np.isinf(most_deposits(5, 0.0, 0.1))


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_a_return_is_shared_out_to_the_penny(pence: int, held: list[int]) -> None:
    parts = by_share(pence, np.array(held))
    assert parts.sum() == (pence if sum(held) else 0)
    assert not parts[np.array(held) == 0].any()


def test_reserves_move_toward_their_share() -> None:
    assert to_place(800, 0, 0.25) == 200
    assert to_place(600, 200, 0.25) == 0
    assert to_place(0, 200, 0.25) == -150
    assert to_place(-50, 200, 0.0) == -200


def test_a_member_lacks_arrears_and_lost_income_beyond_what_they_hold() -> None:
    found = lacking(np.array([0, 400, 400]), np.array([900, 900, 900]), np.array([1000.0, 800.0, 1000.0]), np.array([20, 100, 900]))
    assert found.tolist() == [80, 300, 0]


def test_members_save_until_they_hold_enough() -> None:
    saved = monthly_saving(
        np.array([1000, 1000, -5]), 0.1, np.array([0, 480, 0]), np.array([500.0, 500.0, 500.0]), np.array([60, 900, 900])
    )
    assert saved.tolist() == [60, 20, 0]


@given(st.lists(st.tuples(st.integers(0, 3), PENCE), min_size=1, max_size=20), st.lists(PENCE, min_size=4, max_size=4))
def test_nobody_pays_more_out_of_a_purse_than_it_holds(payments: list[tuple[int, int]], purses: list[int]) -> None:
    payer, wanted = np.array([who for who, _ in payments]), np.array([pence for _, pence in payments])
    paid = within_means(payer, wanted, np.array(purses))
    assert (paid >= 0).all()
    assert (paid <= wanted).all()
    for who in range(4):
        assert paid[payer == who].sum() == min(purses[who], wanted[payer == who].sum())


def test_members_top_their_purse_up_and_leave_the_rent_alone() -> None:
    assert to_change(np.array([1000]), 0.25, np.array([300]), np.array([5000]), np.array([0])).tolist() == [0]
    assert to_change(np.array([1000]), 0.25, np.array([100]), np.array([620]), np.array([500])).tolist() == [120]
