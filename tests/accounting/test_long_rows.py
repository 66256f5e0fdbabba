"""Bookings of many accounts in a row, which are read as one slice, and amounts that no float holds."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.at_rows import at_rows
from sim.core.channels import COOPERATIVES, LOCAL_FIRMS, RESIDENTS
from sim.core.ledger import LONG, NO_LIMIT, Ledger
from sim.errors import MoneyError

MANY = LONG + 20
#: A whole number of pence that a float holds, though not the one after it.
ODD = 2**53


@pytest.fixture
def ledger() -> Ledger:
    """Residents from account 4 on, the first with 1 penny, the next with 2 and so on."""
    made = Ledger()
    accounts = made.open(MANY, RESIDENTS)
    made.endow(accounts, np.arange(1, MANY + 1))
    made.begin_month(1)
    return made


def test_a_long_row_has_what_its_accounts_have(ledger):
    row = np.arange(7, 7 + LONG)
    assert ledger.available(row).tolist() == list(range(4, 4 + LONG))
    turned = row[::-1]
    assert ledger.available(turned).tolist() == list(range(3 + LONG, 3, -1))
    assert ledger.available(row[:3]).tolist() == [4, 5, 6]


def test_the_journal_of_a_long_row(ledger):
    row = np.arange(7, 7 + LONG)
    ledger.book("rents", row, row[::-1], np.ones(LONG, np.int64))
    ledger.open(LONG, RESIDENTS)
    later = np.arange(LONG, 2 * LONG)
    ledger.book("rents", 4, later, np.zeros(LONG, np.int64))
    first, second = ledger.journal
    assert (first.payer == row).all() and (first.payee == row[::-1]).all() and (second.payee == later).all()
    assert first.payer.dtype == first.payee.dtype == second.payee.dtype == np.int32
    with pytest.raises(ValueError, match="read-only"):
        second.payee[0] = 1
    ledger.check()


def test_pence_that_no_float_holds_stay_whole_to_the_check():
    ledger = Ledger()
    ledger.open(1, RESIDENTS, credit=NO_LIMIT)
    ledger.open(1, LOCAL_FIRMS)
    ledger.begin_month(1)
    ledger.book("shopping", 4, 5, np.array([ODD + 1]))
    ledger.reclassify(5, COOPERATIVES)
    ledger.check()
    ledger._balance[5] += 1
    ledger._balance[4] -= 1
    with pytest.raises(MoneyError, match=r"residents -1, co-operatives 1$"):
        ledger.check()


def test_rows_of_an_empty_column_have_its_type():
    found = at_rows(np.zeros(0, np.int8), np.array([[-1, -1]]))
    assert found.dtype == np.int8 and found.tolist() == [[0, 0]]
