"""A month's bookings as a chain of accounts, and how accounts are called, on the town made by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import BUILDER, CAFE, COLLEGE, COUNCIL, FIRST_RESIDENT, LAUNDRY, MILL, booking
from support.hand_made import town as hand_made

from sim.core.channels import ANCHORS, CHANNEL_NAMES, FUNDS, LOCAL_FIRMS, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.ledger import Booking
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM
from sim.kinds.flows import FIRST_RESIDENT as POOREST
from sim.measures.trail import (
    ENDED,
    FUND_HOLDERS,
    HOLDERS,
    LANDLORDS,
    End,
    Payments,
    account_name,
    chain_of,
    first_payment,
    holder_of_accounts,
    holders_of_purses,
    merged,
    paid_to_listed,
    payments_of,
)
from sim.settings.sectors import TITLES


def columns(table: Any) -> Any:
    """A table of rows with the names of its columns."""
    table.columns = tuple(table)
    return table


@pytest.fixture
def town() -> Any:
    """The town made by hand, with a fund (12), a firm that has ended (16), and a purse of the first resident (17) and the mill (18)."""
    place = hand_made()
    place.ledger.sector[[12, 16]] = FUNDS, LOCAL_FIRMS
    place.residents["purse"][0], place.firms["purse"][2] = 17, 18
    for table in (place.residents, place.firms, place.anchors):
        columns(table)
    place.firms.slots = np.array([3, 8, 5, 9])
    place.firms.row = [3, 8, 5, 9].index
    place.resident_row = np.full(40, -1)
    place.resident_row[FIRST_RESIDENT:] = range(10)
    place.residents["neighbourhood"] = np.array([1] + [0] * 9)
    place.place.neighbourhoods = [SimpleNamespace(name="Mill Hill"), SimpleNamespace(name="Deepdale")]
    place.place.anchors = [SimpleNamespace(title="The council"), SimpleNamespace(title="The college")]
    row = SimpleNamespace(row=SimpleNamespace(supplier="Grand Builders"))
    place.listed = SimpleNamespace(paid={}, suppliers=[None, row], firm_titles=lambda firms: {8: "Corner café"})
    return place


def test_payments_of_accounts_of_the_place(town: Any) -> None:
    """What the government pays, loans and nought pence are left out; a purse stands for its holder."""
    journal = [
        Booking("grants", np.array(0), np.array(COUNCIL), np.array([900])),
        booking("benefits", (0, FIRST_RESIDENT, 70), (3, FIRST_RESIDENT, 7), (4, FIRST_RESIDENT, 2)),
        booking("new loans", (BUILDER, CAFE, 5_000)),
        booking("shopping", (17, 18, 6), (FIRST_RESIDENT, CAFE, 0), (FIRST_RESIDENT + 1, WORLD_ACCOUNT, 8)),
        Booking("wages", np.array(COUNCIL), np.array([FIRST_RESIDENT, FIRST_RESIDENT + 1]), np.array([20, 30])),
        Booking("council tax", np.array([FIRST_RESIDENT]), np.array(COUNCIL), np.array([1])),
        Booking("rents", np.array(4), np.array([COUNCIL, 3]), np.array([7, 1])),
        Booking("grants", np.array(3), np.array([COUNCIL]), np.array([5])),
    ]
    found = payments_of(journal, holders_of_purses(town))
    rows = list(zip(*(getattr(found, name).tolist() for name in ("payer", "payee", "channel", "pence")), strict=True))
    code = CHANNEL_NAMES.index
    assert rows == [
        (4, FIRST_RESIDENT, code("benefits"), 2),
        (FIRST_RESIDENT, MILL, code("shopping"), 6),
        (FIRST_RESIDENT + 1, WORLD_ACCOUNT, code("shopping"), 8),
        (COUNCIL, FIRST_RESIDENT, code("wages"), 20),
        (COUNCIL, FIRST_RESIDENT + 1, code("wages"), 30),
        (FIRST_RESIDENT, COUNCIL, code("council tax"), 1),
        (4, COUNCIL, code("rents"), 7),
        (4, 3, code("rents"), 1),
    ]
    assert {getattr(found, name).dtype for name in ("payer", "payee", "channel", "pence")} == {np.dtype(np.int64)}
    assert payments_of([], holders_of_purses(town)).pence.tolist() == []


def test_each_purse_stands_for_its_holder(town: Any) -> None:
    del town.anchors["payroll"]
    holder = holders_of_purses(town)
    assert (holder[17], holder[18], len(holder)) == (FIRST_RESIDENT, MILL, 40)
    assert (np.delete(holder, [17, 18]) == np.delete(np.arange(40), [17, 18])).all()
    town.anchors["purse"] = np.array([-1, 19])
    columns(town.anchors)
    assert holders_of_purses(town)[19] == COLLEGE


def payments(*rows: tuple[int, int, str, int]) -> Payments:
    payer, payee, channel, pence = zip(*rows, strict=True)
    return Payments(np.array(payer), np.array(payee), np.array([CHANNEL_NAMES.index(one) for one in channel]), np.array(pence))


def test_end_points_by_account_and_channel() -> None:
    """Rent next door and further away is one end point: owners outside. Pay next door is none of them."""
    given = payments(
        (5, 6, "rents", 40),
        (5, REGION_ACCOUNT, "rents", 10),
        (5, WORLD_ACCOUNT, "rents", 20),
        (5, REGION_ACCOUNT, "wages", 30),
        (6, WORLD_ACCOUNT, "inputs", 50),
        (6, 0, "council tax", 25),
        (6, 3, "mortgage interest", 25),
    )
    chain, ends, target = chain_of(given, 8)
    assert [end.title for end in ends] == [
        "government: council tax",
        "next door: wages",
        "further away: inputs",
        "owners outside: rents",
        "banks: mortgage interest",
        "kept here",
    ]
    assert target.tolist() == [6, 8 + 3, 8 + 3, 8 + 1, 8 + 2, 8 + 0, 8 + 4]
    assert chain.passed_on.toarray()[5].tolist() == [0, 0, 0, 0, 0, 0, 0.4, 0]
    assert chain.leaving.toarray()[5].tolist() == pytest.approx([0, 0.3, 0, 0.3, 0, 0])
    assert chain.leaving.toarray()[6].tolist() == pytest.approx([0.25, 0, 0.5, 0, 0.25, 0])
    assert chain.leaving.toarray()[7].tolist() == [0, 0, 0, 0, 0, 1]
    assert End("kept here", "").title == "kept here"


def test_the_first_account_of_the_place_is_no_end_point() -> None:
    chain, ends, target = chain_of(payments((5, 4, "rents", 30), (5, 3, "mortgage interest", 10)), 6)
    assert [end.title for end in ends] == ["banks: mortgage interest", "kept here"]
    assert target.tolist() == [4, 6]
    assert chain.passed_on.toarray()[5].tolist() == [0, 0, 0, 0, 0.75, 0]


def test_how_a_trail_begins() -> None:
    given = payments(
        (4, 6, "contracts", 7), (4, 6, "wages", 20), (4, 5, "work taxes", 30), (4, 6, "rents", 500), (5, 6, "contracts", 9_000)
    )
    target = given.payee
    assert first_payment(given, target, [4], "contracts", 8).tolist() == [0, 0, 0, 0, 0, 0, 7, 0]
    assert first_payment(given, target, [4], "pay", 8).tolist() == [0, 0, 0, 0, 0, 30, 20, 0]
    assert first_payment(given, target, [4], "everything", 8).tolist() == [0, 0, 0, 0, 0, 30, 527, 0]
    assert first_payment(given, target, [4, 5], "contracts", 8).tolist() == [0, 0, 0, 0, 0, 0, 9_007, 0]


def test_who_holds_each_account(town: Any) -> None:
    given = payments((CAFE, FIRST_RESIDENT + 9, "rents", 5), (FIRST_RESIDENT, CAFE, "shopping", 5), (FIRST_RESIDENT, COUNCIL, "rents", 5))
    found = holder_of_accounts(town, given)
    assert {account: int(found[account]) for account in (0, 1, 2, 3, COUNCIL, 12, 16, CAFE, MILL, FIRST_RESIDENT, FIRST_RESIDENT + 9)} == {
        0: 0, 1: 1, 2: 2, 3: 3, COUNCIL: ANCHOR_GROUP, 12: FUND_HOLDERS, 16: ENDED, CAFE: FIRST_FIRM + 8,
        MILL: FIRST_FIRM + 3 + len(TITLES), FIRST_RESIDENT: POOREST, FIRST_RESIDENT + 9: LANDLORDS,
    }  # fmt: skip
    assert found[BUILDER] == FIRST_FIRM + 5, "the firm in the first row"
    assert holder_of_accounts(town, payments((CAFE, FIRST_RESIDENT, "rents", 5)))[FIRST_RESIDENT] == LANDLORDS, "and the resident"
    assert [HOLDERS[place] for place in (LANDLORDS, FUND_HOLDERS, ENDED)] == [
        "residents who let homes", "funds of the place", "firms that have ended",
    ]  # fmt: skip


def test_accounts_as_a_person_would_call_them(town: Any) -> None:
    assert account_name(town, BUILDER) == f"firm owned here no. 3 ({TITLES[5].lower()})"
    assert account_name(town, CAFE) == f"Corner café (firm owned here no. 8, {TITLES[8].lower()})"
    assert account_name(town, MILL) == f"branch of an outside firm no. 5 ({TITLES[3].lower()})"
    assert account_name(town, LAUNDRY) == f"co-operative no. 9 ({TITLES[13].lower()})"
    assert account_name(town, FIRST_RESIDENT) == "a resident of Deepdale (poorest fifth of incomes)"
    assert account_name(town, FIRST_RESIDENT + 3) == "a resident of Mill Hill (second fifth of incomes)"
    assert account_name(town, FIRST_RESIDENT + 9) == "a resident of Mill Hill (richest fifth of incomes)"
    assert (account_name(town, COUNCIL), account_name(town, COLLEGE)) == ("The council", "The college")
    assert (account_name(town, 12), account_name(town, 16)) == ("a fund of the place", "a firm that has ended")


def test_what_anchors_paid_to_listed_suppliers(town: Any) -> None:
    """The café in the journal, once to all and twice more; one that was listed as outside by its own note, and one with a firm here."""
    town.listed.paid = {(0, 1, REGION_ACCOUNT): 60, (1, 1, WORLD_ACCOUNT): 7, (1, 1, CAFE): 999}
    town.ledger.journal += [
        Booking("contracts", np.array([COUNCIL, COLLEGE, COUNCIL]), np.array(CAFE), np.array([5, 0, 8])),
        booking("inputs", (BUILDER, CAFE, 77)),
    ]
    assert paid_to_listed(town) == {
        (0, "Grand Builders (next door)"): 60,
        (1, "Grand Builders (further away)"): 7,
        (1, "Corner café (in the place)"): 500,
        (0, "Corner café (in the place)"): 13,
    }
    town.ledger.journal = [booking("contracts", (COLLEGE, CAFE, 0), (COUNCIL, CAFE, 1))]
    town.listed.paid = {(1, 1, WORLD_ACCOUNT): 7, (0, 1, 4): 50}
    assert paid_to_listed(town) == {(1, "Grand Builders (further away)"): 7, (0, "Corner café (in the place)"): 1}
    town.listed.paid = {(0, 1, REGION_ACCOUNT): 60, (1, 1, WORLD_ACCOUNT): 7}
    town.listed.firm_titles = lambda firms: {}
    assert list(paid_to_listed(town)) == [(0, "Grand Builders (next door)"), (1, "Grand Builders (further away)")]
    assert town.ledger.sector[COUNCIL] == ANCHORS


def test_two_periods_are_added_up() -> None:
    first = payments((5, 6, "rents", 40), (6, 5, "rents", 1), (0, 7, "wages", 3))
    second = payments((5, 6, "rents", 2), (5, 6, "wages", 8), (7, 0, "wages", 4))
    found = merged(first, second)
    rows = set(zip(*(getattr(found, name).tolist() for name in ("payer", "payee", "channel", "pence")), strict=True))
    rents, wages = CHANNEL_NAMES.index("rents"), CHANNEL_NAMES.index("wages")
    assert rows == {(5, 6, rents, 42), (6, 5, rents, 1), (5, 6, wages, 8), (0, 7, wages, 3), (7, 0, wages, 4)}
    assert len(found.pence) == 5 and found.pence.dtype == np.int64
    # Payees beyond all payers, and beyond the number of channels.
    far = merged(payments((2, 900, "rents", 5)), payments((1, 3, "rents", 6), (2, 900, "rents", 1), (8, 0, "wages", 2)))
    assert far.payer.tolist() == [1, 2, 8] and far.payee.tolist() == [3, 900, 0] and far.pence.tolist() == [6, 6, 2]
    none = Payments(*[np.zeros(0, np.int64)] * 4)
    assert merged(none, none).pence.tolist() == []
