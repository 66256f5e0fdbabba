"""Small sums of enterprise by hand: staff who go along, money that becomes posts, firms within a purse, what is repaid."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kinds.rules_enterprise import SupportedBranch
from sim.month.contracts.in_house import blended_pay, in_equal_parts, labour_part
from sim.month.firms.inward import to_be_repaid
from sim.month.firms.sale import within_purse
from sim.month.labour.staff import commuters_among


@pytest.mark.parametrize(("pence", "number"), [(0, 1), (7, 3), (1_000_001, 32), (5, 9)])
def test_parts_add_up_and_differ_by_a_penny(pence: int, number: int) -> None:
    parts = in_equal_parts(pence, number)
    assert len(parts) == number
    assert parts.sum() == pence
    assert parts.max() - parts.min() <= 1


def test_labour_is_never_more_than_the_contract() -> None:
    assert labour_part(0.25, 0.125) == 0.375
    assert labour_part(0.98, 0.2) == 1.0


def test_pay_of_all_posts_lies_between_both_and_weighs_by_posts() -> None:
    # 90 posts at usual pay and 10 at half of it: 95 hundredths.
    assert blended_pay(90.0, 1.0, 10.0, 0.5) == 0.95
    assert blended_pay(0.0, 1.0, 5.0, 0.7) == pytest.approx(0.7)
    assert blended_pay(0.0, 1.0, 0.0, 0.7) == 1.0


@pytest.mark.parametrize(("workers", "commuters"), [(0, 3), (5, 0), (6, 2), (1, 9)])
def test_commuters_go_in_their_share_and_everyone_is_there(workers: int, commuters: int) -> None:
    for number in range(workers + commuters + 1):
        going = commuters_among(number, workers, commuters)
        assert 0 <= going <= commuters
        assert 0 <= number - going <= workers
        assert abs(going - number * commuters / (workers + commuters)) <= 0.5


def test_a_purse_buys_in_order_what_it_can_still_pay() -> None:
    price = np.array([50, 80, 30, 20, 1])
    wanted = np.array([True, True, True, True, False])
    assert within_purse(price, wanted, 100).tolist() == [True, False, True, True, False]
    assert not within_purse(price, wanted, -5).any()


def test_a_branch_repays_within_its_term_and_its_means() -> None:
    branch = SupportedBranch(account=9, anchor=0, leaves=12, clawback=500, until=60)
    assert to_be_repaid(branch, 59, 10_000) == 500
    assert to_be_repaid(branch, 59, 120) == 120
    assert to_be_repaid(branch, 59, -40) == 0
    assert to_be_repaid(branch, 60, 10_000) == 0
