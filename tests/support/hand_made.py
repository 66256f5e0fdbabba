"""A town made by hand: two anchors, four firms, ten residents and one month's bookings, small enough to work figures out on paper."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.core.channels import ANCHORS, BRANCHES, COOPERATIVES, LOCAL_FIRMS, REGION_ACCOUNT, RESIDENTS, WORLD_ACCOUNT
from sim.core.ledger import Booking
from sim.kinds.firms import Branch, Cooperative, LocalSME
from sim.kinds.flows import FIRST_FIRM, GROUPS, GroupFlows
from sim.kinds.flows import FIRST_RESIDENT as FIRST_RESIDENT_GROUP
from sim.kinds.residents import EMPLOYED, INACTIVE, RETIRED, UNEMPLOYED

COUNCIL, COLLEGE, BUILDER, CAFE, MILL, LAUNDRY, FIRST_RESIDENT = 10, 11, 20, 21, 22, 23, 30
"""Accounts."""


class Rows(dict[str, Any]):
    """Columns by name, as long as they are."""

    def __len__(self) -> int:
        return len(next(iter(self.values())))


class Books:
    """Bookings of one month."""

    def __init__(self, *journal: Booking) -> None:
        self.journal = list(journal)
        self.sector = np.zeros(40, np.int8)
        self.sector[[COUNCIL, COLLEGE]] = ANCHORS
        self.sector[[BUILDER, CAFE, MILL, LAUNDRY]] = LOCAL_FIRMS, LOCAL_FIRMS, BRANCHES, COOPERATIVES
        self.sector[FIRST_RESIDENT:] = RESIDENTS

    def __len__(self) -> int:
        return 40


def booking(channel: str, *payments: tuple[int, int, int]) -> Booking:
    """Payments of (payer, payee, pence) through a channel."""
    payer, payee, pence = (np.array(column) for column in zip(*payments, strict=True))
    return Booking(channel, payer.astype(np.int32), payee.astype(np.int32), pence.astype(np.int64))


JOURNAL = (
    booking(
        "contracts",
        (COUNCIL, BUILDER, 2_000),
        (COUNCIL, MILL, 1_000),
        (COUNCIL, REGION_ACCOUNT, 3_000),
        (COLLEGE, WORLD_ACCOUNT, 3_500),
        (COLLEGE, CAFE, 500),
    ),
    booking("wages", (COUNCIL, FIRST_RESIDENT, 3_000), (COUNCIL, REGION_ACCOUNT, 1_000), (BUILDER, FIRST_RESIDENT + 1, 900)),
    booking("inputs", (BUILDER, WORLD_ACCOUNT, 700), (CAFE, BUILDER, 100)),
    booking("subcontracts", (BUILDER, WORLD_ACCOUNT, 200)),
    booking("business taxes", (BUILDER, 0, 100)),
    booking("rents", (FIRST_RESIDENT + 9, FIRST_RESIDENT, 300), (CAFE, WORLD_ACCOUNT, 40)),
    booking("mortgage interest", (FIRST_RESIDENT + 1, 3, 50)),
)


def residents() -> Rows:
    """Ten adults: six in work, one looking for it, one inactive, two of 65 and over; a tenth of income each."""
    status = [EMPLOYED] * 6 + [UNEMPLOYED, INACTIVE, RETIRED, RETIRED]
    hours = np.array([20.0, 30.0, 40.0, 40.0, 40.0, 40.0, 37.0, 0.0, 0.0, 0.0])
    pence_an_hour = np.array([500.0, 600.0, 800.0, 1000.0, 1200.0, 2000.0, 0.0, 0.0, 0.0, 0.0])
    return Rows(
        account=np.arange(FIRST_RESIDENT, FIRST_RESIDENT + 10),
        status=np.array(status, np.int8),
        hours=hours,
        wage=np.rint(hours * pence_an_hour * 52 / 12).astype(np.int64),
        income=np.full(10, 1_000, np.int64),
        spending=np.array([10, 30, 50, 70, 90, 110, 130, 150, 170, 190], np.int64),
        income_tenth=np.arange(10, dtype=np.int8),
        purse=np.full(10, -1, np.int32),
    )


def firms() -> Rows:
    """A builder of 3 founded in month 1, a café of 5 as old as the hills, a mill of 260, a laundry of 12 that a policy founded."""
    return Rows(
        account=np.array([BUILDER, CAFE, MILL, LAUNDRY]),
        kind=np.array([LocalSME.code, LocalSME.code, Branch.code, Cooperative.code], np.int8),
        sector=np.array([5, 8, 3, 13], np.int8),
        workers=np.array([2, 5, 200, 10], np.int32),
        commuters=np.array([1, 0, 60, 2], np.int32),
        sales=np.array([3_000, 600, 9_000, 400], np.int64),
        born=np.array([1, -90, -90, 1], np.int32),
        founded_by_policy=np.array([False, False, False, True]),
        purse=np.full(4, -1, np.int32),
    )


def passed_on() -> GroupFlows:
    """Builders pass a quarter of what they pay to cafés; residents of the poorest fifth half of it; nobody else anything."""
    build, cafe, poorest = FIRST_FIRM + 5, FIRST_FIRM + 8, FIRST_RESIDENT_GROUP
    pence = np.zeros((len(GROUPS), len(GROUPS)), np.int64)
    pence[build, [cafe, 2]] = 25, 75
    pence[poorest, [cafe, 1]] = 50, 50
    return GroupFlows(pence, np.zeros(len(GROUPS), np.int64))


def town() -> Any:
    """The whole of it, at the end of month 13."""
    notes = SimpleNamespace(flows=passed_on(), births=1, founded_by_policy=1, deaths=1, ordered_wealth=np.array([-5, 10, 20, 30, 40, 100]))
    tenths = np.full((10, 10), 0.1)
    structure = SimpleNamespace(minor_units=100, spending_tax=np.zeros(10), spending_shares=tenths, living_wage=800.0)
    accounts = SimpleNamespace(
        product_tax=np.array([0.06]),
        production_tax=np.array([0.04]),
        firm_output=np.array([10.0]),
        anchor_output=np.array([10.0]),
        labour=np.array([0.5]),
        surplus=np.array([0.1]),
        housing_value_added=1_000.0,
    )
    place = SimpleNamespace(
        population=SimpleNamespace(residents=20.0),
        housing=SimpleNamespace(house_price=100_000.0),
        anchors=[SimpleNamespace(name="council"), SimpleNamespace(name="college")],
        anchor_names=("council", "college"),
    )
    anchors = Rows(
        account=np.array([COUNCIL, COLLEGE]),
        sector=np.array([14, 15], np.int8),
        workers=np.array([4, 2], np.int32),
        commuters=np.array([1, 0], np.int32),
        payroll=np.array([5_000, 1_000], np.int64),
    )
    row = np.full(40, -1)
    row[[BUILDER, CAFE, MILL, LAUNDRY]] = range(4)
    return SimpleNamespace(
        place=place,
        month=13,
        residents=residents(),
        firms=firms(),
        anchors=anchors,
        contracts=Rows(anchor=np.array([0, 1, 0]), supplier=np.array([BUILDER, CAFE, 2]), value=np.array([3, 1, 9])),
        firm_row=row,
        ledger=Books(*JOURNAL),
        notes=notes,
        structure=structure,
        regional_accounts=accounts,
        births_by_month={1: 2},
        respending=1.25,
    )
