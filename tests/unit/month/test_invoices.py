"""Orders and payments on contracts, worked out by hand."""

from __future__ import annotations

import numpy as np

from sim.month.contracts.invoices import invoices


def _of(value: list[int], owing: list[int], credit: list[int], means: float) -> tuple[list[int], list[int]]:
    found = invoices(np.array(value), np.array(owing), np.array(credit), np.zeros(len(value), np.int64), np.array([means]))
    return found.ordered.tolist(), found.paid.tolist()


def test_paid_at_once_without_credit_and_rationed_alike() -> None:
    assert _of([100, 300], [0, 0], [0, 0], 1000.0) == ([100, 300], [100, 300])
    assert _of([100, 300], [0, 0], [0, 0], 200.0) == ([50, 150], [50, 150])


def test_at_rest_last_months_invoice_is_paid_and_this_months_is_owed() -> None:
    assert _of([100], [100], [100], 1000.0) == ([100], [100])


def test_a_new_contract_waits_for_its_money() -> None:
    assert _of([100], [0], [150], 1000.0) == ([100], [0])
    assert _of([100], [100], [150], 1000.0) == ([100], [50])
    assert _of([100], [150], [150], 1000.0) == ([100], [100])


def test_shorter_terms_are_paid_out_of_what_is_left() -> None:
    assert _of([100], [100], [0], 1000.0) == ([100], [200])
    assert _of([100], [100], [0], 130.0) == ([100], [130])
    assert _of([100], [100], [0], 60.0) == ([60], [60])


def test_an_anchor_that_is_short_orders_less_rather_than_paying_later() -> None:
    ordered, paid = _of([100, 100], [100, 0], [100, 100], 50.0)
    assert (ordered, paid) == ([50, 50], [50, 0])
