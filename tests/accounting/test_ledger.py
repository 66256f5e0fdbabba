"""The ledger alone: every error it can raise, read; and what it must do with accounts that move, borrow or come late."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.channels import BANK_ACCOUNT, BANKS, CHANNEL_NAMES, COOPERATIVES, INSTITUTIONS, LOCAL_FIRMS, RESIDENTS, WORLD, WORLD_ACCOUNT
from sim.core.ledger import NO_LIMIT, Ledger
from sim.errors import MoneyError


@pytest.fixture
def ledger() -> Ledger:
    """Two residents (accounts 4 and 5) with 500 pence each and a firm (6) with nothing, in month 3."""
    made = Ledger()
    made.open(2, RESIDENTS)
    made.open(1, LOCAL_FIRMS)
    made.endow(np.array([4, 5]), np.array([500, 500]))
    made.begin_month(3)
    return made


def flow(ledger: Ledger, channel: str) -> dict[str, int]:
    """The cells of one channel that are not nought."""
    row = ledger.flow_matrix().pence[CHANNEL_NAMES.index(channel)]
    return {INSTITUTIONS[k]: int(row[k]) for k in np.flatnonzero(row)}


def test_a_payment_moves_the_same_pence(ledger):
    assert ledger.book("shopping", np.array([4, 5]), np.array([6, 6]), np.array([120, 30])) == 150
    assert ledger.balance.tolist()[3:] == [-1000, 380, 470, 150]
    assert flow(ledger, "shopping") == {"residents": -150, "local firms": 150}
    assert ledger.bookings == 2
    ledger.book("rents", 4, 6, np.array([1]))
    assert ledger.bookings == 3
    ledger.check()


def test_what_a_sector_received_is_kept_apart_from_what_it_paid(ledger):
    ledger.book("inputs", np.array([4, 6]), np.array([6, 4]), np.array([120, 30]))
    assert flow(ledger, "inputs") == {"residents": -90, "local firms": 90}
    received = ledger.received[CHANNEL_NAMES.index("inputs")]
    assert (received[RESIDENTS], received[LOCAL_FIRMS], int(ledger.received.sum())) == (30, 120, 150)
    ledger.begin_month(4)
    assert not ledger.received.any() and ledger.bookings == 0


def test_the_books_close_before_the_first_month_begins():
    made = Ledger()
    made.open(1, RESIDENTS)
    made.endow(np.array([4]), np.array([50]))
    made.check()
    made.open(1, LOCAL_FIRMS)
    made.book("shopping", 4, 5, np.array([50]))
    made.check()
    assert int(made.received.sum()) == 50
    made._balance[4] += 1
    with pytest.raises(MoneyError, match=r"^month 0: the accounts sum to 1 pence"):
        made.check()


def test_one_amount_without_brackets_and_one_of_nought(ledger):
    assert ledger.book("rents", 4, 6, 5) == 5
    assert ledger.journal[0].pence.tolist() == [5]
    assert ledger.book("rents", 4, 6, np.array([0, 3], np.uint32)) == 3
    assert ledger.balance.tolist()[4:] == [492, 500, 8]


@pytest.mark.parametrize(("payer", "payee"), [(4, 6), (np.array([4, 4, 5]), 6), (4, np.array([6, 5, 6])), ([4, 5, 5], [6, 6, 4])])
def test_one_account_may_stand_for_all(ledger, payer, payee):
    before = ledger.balance.copy()
    ledger.book("shopping", payer, payee, np.array([7, 11, 13]))
    expected = before.copy()
    for a, b, pence in zip(np.broadcast_to(payer, 3), np.broadcast_to(payee, 3), (7, 11, 13), strict=True):
        expected[a] -= pence
        expected[b] += pence
    assert (ledger.balance == expected).all()
    ledger.check()


@pytest.mark.parametrize("summed", [False, True])
def test_long_and_short_bookings_agree(summed):
    """However accounts are ordered, repeated or summed by the caller, a long booking gives what short ones give."""
    generator = np.random.default_rng(4)
    payer, payee = generator.integers(4, 304, (2, 5000))
    pence = generator.integers(0, 10**9, 5000)
    long, short = Ledger(), Ledger()
    for one in (long, short):
        one.open(300, generator.integers(0, 6, 1)[0], credit=NO_LIMIT)
        one.begin_month(1)
    long.book("inputs", payer, payee, pence, sums=np.bincount(payee, weights=pence, minlength=304).astype(np.int64) if summed else None)
    for k in range(0, 5000, 50):
        short.book("inputs", payer[k : k + 50], payee[k : k + 50], pence[k : k + 50])
    assert (long.balance == short.balance).all()
    assert (long.flows.sum(axis=1) == 0).all()


def test_sums_beyond_exact_floats_stay_whole():
    """More than 2**53 pence in one booking, where a float would lose the odd penny."""
    ledger = Ledger()
    ledger.open(2, RESIDENTS, credit=NO_LIMIT)
    ledger.begin_month(1)
    ledger.book("rents", np.array([4, 4]), np.array([5, 5]), np.array([2**53, 1]))
    assert int(ledger.balance[5]) == 2**53 + 1
    ledger.check()


def test_accounts_in_a_row_of_several_sectors(ledger):
    """Payers side by side that belong to two sectors: each sector's flow is its own."""
    ledger.book("rents", 0, np.array([4, 5, 6]), np.array([10, 20, 40]))
    assert ledger.balance.tolist()[4:] == [510, 520, 40]
    assert flow(ledger, "rents") == {"residents": 30, "local firms": 40, "government": -70}
    ledger.check()


def test_payers_in_order_with_a_gap_between_them(ledger):
    ledger.endow(6, 100)
    ledger.book("rents", np.array([4, 6]), 0, np.array([10, 20]))
    assert ledger.balance.tolist()[4:] == [490, 500, 80]


def test_payers_one_of_whom_comes_twice(ledger):
    """First and last are as far apart as in a row: 4, 4 and 6; and so are 4, 6, 5 and 7."""
    ledger.open(1, RESIDENTS, credit=100)
    ledger.set_credit(6, 100)
    ledger.book("rents", np.array([4, 4, 6]), 0, np.array([1, 2, 4]))
    ledger.book("rents", np.array([4, 6, 5, 7]), 0, np.array([8, 16, 32, 64]))
    assert ledger.balance.tolist()[4:] == [489, 468, -20, -64]


def test_sums_by_payee_in_several_sectors(ledger):
    """Account 4 gets a single penny, 6 the rest."""
    ledger.book("shopping", np.array([5, 5]), np.array([4, 6]), np.array([1, 30]), sums=np.array([0, 0, 0, 0, 1, 0, 30]))
    assert ledger.balance.tolist()[4:] == [501, 469, 30]
    assert flow(ledger, "shopping") == {"residents": -30, "local firms": 30}
    assert ledger.received[CHANNEL_NAMES.index("shopping")].tolist()[:2] == [1, 30]


def test_sums_by_payee_of_another_total(ledger):
    sums = np.array([0, 0, 0, 0, 0, 9, 140])
    with pytest.raises(MoneyError, match="month 3, shopping: the sums by payee are 149 pence, the payments 150"):
        ledger.book("shopping", np.array([4, 5]), np.array([6, 6]), np.array([120, 30]), sums=sums)


def test_nothing_to_book_is_nothing(ledger):
    assert ledger.book("rents", np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64)) == 0
    assert ledger.journal == [] and ledger.bookings == 0


def test_the_journal_keeps_what_was_booked(ledger):
    pence = np.array([5])
    ledger.book("rents", 4, 6, pence)
    pence[0] = 99
    kept = ledger.journal[0]
    assert kept.channel == "rents" and kept.pence.tolist() == [5]
    assert (kept.payer.tolist(), kept.payee.tolist()) == (4, 6)
    assert kept.payer.dtype == kept.payee.dtype == np.int32
    ledger.begin_month(4)
    assert ledger.journal == [] and not ledger.flows.any()


def test_a_ledger_without_journal_keeps_none():
    ledger = Ledger(keep_journal=False)
    ledger.open(1, RESIDENTS)
    ledger.book("pensions", 0, 4, np.array([5]))
    assert ledger.journal == [] and ledger.bookings == 1


def test_unknown_channel(ledger):
    with pytest.raises(MoneyError, match=r"month 3: no channel is called 'shoping'; there are grants, benefits.*shopping"):
        ledger.book("shoping", 4, 6, np.array([1]))


@pytest.mark.parametrize("pence", [np.array([1.5]), np.array([2.0]), np.array([True]), np.array(["3"])])
def test_amounts_that_are_not_whole_pence(ledger, pence):
    with pytest.raises(MoneyError, match=rf"month 3, rents: amounts must be whole pence, not {pence.dtype}".replace("<", ".")):
        ledger.book("rents", 4, 6, pence)


def test_an_amount_below_nought(ledger):
    with pytest.raises(MoneyError, match="month 3, rents: a payment of -7 pence is below nought"):
        ledger.book("rents", 4, 6, np.array([5, -7]))


def test_a_refused_booking_leaves_no_trace(ledger):
    before = ledger.balance.copy()
    with pytest.raises(MoneyError):
        ledger.book("rents", 4, 6, np.array([5, -7]))
    assert (ledger.balance == before).all() and not ledger.flows.any() and ledger.journal == []


def test_an_account_below_its_limit(ledger):
    ledger.book("rents", 4, 6, np.array([501]))
    with pytest.raises(MoneyError, match="month 3: account 4 holds -1 pence, below its limit of 0"):
        ledger.check()


def test_a_credit_line_is_a_limit_too(ledger):
    ledger.set_credit(np.array([6]), np.array([100]))
    ledger.book("wages", 6, 4, np.array([100]))
    ledger.check()
    ledger.book("wages", 6, 4, np.array([1]))
    with pytest.raises(MoneyError, match="month 3: account 6 holds -101 pence, below its limit of -100"):
        ledger.check()


def test_a_credit_line_is_never_set_below_what_is_owed(ledger):
    ledger.set_credit(np.array([6]), np.array([100]))
    ledger.book("wages", 6, 4, np.array([80]))
    ledger.set_credit(np.array([6]), np.array([10]))
    assert int(ledger.credit[6]) == 80
    assert ledger.available([6, 4]).tolist() == [0, 580]
    ledger.check()


def test_the_outside_has_no_limit(ledger):
    ledger.book("exports", WORLD_ACCOUNT, 6, np.array([10**15]))
    ledger.check()
    assert ledger.available([WORLD_ACCOUNT])[0] > 2**60


def test_money_from_nowhere_is_found(ledger):
    ledger._balance[4] += 1
    with pytest.raises(MoneyError, match="month 3: the accounts sum to 1 pence and should sum to 0"):
        ledger.check()


def test_a_channel_that_loses_pence_is_named(ledger):
    ledger.flows[CHANNEL_NAMES.index("rents"), RESIDENTS] -= 3
    ledger.flows[CHANNEL_NAMES.index("grants"), RESIDENTS] += 2
    with pytest.raises(MoneyError, match="month 3: these channels lose or make pence: grants 2, rents -3"):
        ledger.check()


def test_balances_changed_beside_the_books_are_found(ledger):
    ledger._balance[4] -= 5
    ledger._balance[6] += 5
    with pytest.raises(MoneyError, match="month 3: balances changed by other means than bookings: residents -5, local firms 5"):
        ledger.check()


def test_a_change_within_a_sector_beside_the_books_is_for_the_audit(ledger):
    """The ledger's own check is by sector; account by account the tests' audit replays the journal."""
    ledger._balance[4] -= 5
    ledger._balance[5] += 5
    ledger.check()


def test_a_firm_that_becomes_a_cooperative_takes_its_money_along(ledger):
    ledger.book("shopping", 4, 6, np.array([40]))
    ledger.reclassify(6, COOPERATIVES)
    ledger.book("shopping", 5, 6, np.array([2]))
    assert flow(ledger, "shopping") == {"residents": -42, "local firms": 40, "co-operatives": 2}
    ledger.check()
    ledger.begin_month(4)
    ledger.book("wages", 6, 4, np.array([42]))
    ledger.check()


def test_firms_that_begin_a_month_with_money_move_together(ledger):
    ledger.open(1, LOCAL_FIRMS)
    ledger.endow((6, 7), (70, 80))
    ledger.begin_month(4)
    ledger.book("shopping", 4, np.array([6, 7]), np.array([5, 6]))
    ledger.set_credit((6, 7), (11, 12))
    ledger.reclassify((6, 7), COOPERATIVES)
    ledger.check()
    assert ledger.sector.tolist()[4:] == [RESIDENTS, RESIDENTS, COOPERATIVES, COOPERATIVES]
    assert ledger.credit.tolist()[4:] == [0, 0, 11, 12]


def test_a_move_there_and_back_closes(ledger):
    ledger.book("shopping", 4, 6, np.array([40]))
    ledger.reclassify([6], [COOPERATIVES])
    ledger.book("shopping", 4, 6, np.array([3]))
    ledger.reclassify([6], [LOCAL_FIRMS])
    ledger.check()


def test_a_move_hides_no_loss(ledger):
    ledger.reclassify(6, COOPERATIVES)
    ledger._balance[6] += 5
    ledger._balance[4] -= 5
    with pytest.raises(MoneyError, match="residents -5, co-operatives 5"):
        ledger.check()


def test_accounts_opened_within_the_month_begin_with_nothing(ledger):
    late = ledger.open(200, LOCAL_FIRMS)
    assert late[0] == 7 and late.dtype == np.int32 and not ledger.balance[late].any()
    assert len(ledger) == len(ledger.sector) == len(ledger.credit) == 207
    ledger.book("owner capital", 4, int(late[-1]), np.array([500]))
    ledger.check()
    ledger.begin_month(4)
    ledger.check()


def test_endowments_have_their_other_side_with_the_banks(ledger):
    assert int(ledger.balance[BANK_ACCOUNT]) == -1000
    ledger.endow(6, 25)
    assert int(ledger.balance[BANK_ACCOUNT]) == -1025 and int(ledger.balance.sum()) == 0


def test_rows_and_columns_of_the_flow_matrix(ledger):
    ledger.book("shopping", np.array([4, 5]), 6, np.array([10, 20]))
    ledger.book("inputs", 6, WORLD_ACCOUNT, np.array([4]))
    ledger.book("loan interest", 6, BANK_ACCOUNT, np.array([1]))
    matrix = ledger.flow_matrix()
    assert matrix.channels == CHANNEL_NAMES and matrix.sectors == INSTITUTIONS
    assert not matrix.pence.sum(axis=1).any() and matrix.residual() == 0
    columns = matrix.pence.sum(axis=0)
    assert {INSTITUTIONS[k]: int(columns[k]) for k in (RESIDENTS, LOCAL_FIRMS, WORLD, BANKS)} == {
        "residents": -30, "local firms": 25, "rest of the world": 4, "banks": 1,
    }  # fmt: skip


def test_views_are_for_reading(ledger):
    for name in ("balance", "sector", "credit"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(ledger, name)[0] = 1


def test_one_amount_needs_no_array(ledger):
    assert ledger.book("shopping", 4, 6, 120) == 120
    assert ledger.balance.tolist()[3:] == [-1000, 380, 500, 120]
