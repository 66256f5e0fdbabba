"""Precarity, neighbourhoods, fifths, survival and the web: each against a count of its own, person by person and firm by firm."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from support.places import shipped

from sim.economy import Economy
from sim.kinds.firms import Branch, LocalSME
from sim.kinds.flows import GROUPS
from sim.kinds.residents import EMPLOYED, UNEMPLOYED, WEEKS_A_MONTH
from sim.kinds.town import FirmsBefore
from sim.measures import places, precarity
from sim.measures.groups import FINANCIAL
from sim.measures.multiplier import hands, leaves_after
from sim.measures.ownership import jobs_by_owner, survival
from sim.measures.precarity import FIFTHS
from sim.measures.work import below_living_wage, unemployment
from sim.runs.opening.opened import opened

MONTHS = 14


@pytest.fixture(scope="module")
def run() -> tuple[Economy, list[set[int]], list[dict[int, str]]]:
    """A town after fourteen months, with the slots of its firms and their kinds at the end of each month, the opening first."""
    town = opened(shipped("anytown/full-package"), seed=2)
    slots, kinds = [], []
    for month in range(MONTHS + 1):
        if month:
            town.step()
        slots.append(set(town.firms.slots.tolist()))
        kinds.append(dict(zip(town.firms.slots.tolist(), town.firms["kind"].tolist(), strict=True)))
    return town, slots, kinds


@pytest.fixture(scope="module")
def town(run) -> Economy:
    return run[0]


def people(town: Economy) -> list[SimpleNamespace]:
    """Every resident as an object."""
    columns = {name: town.residents[name].tolist() for name in town.residents.columns if name != "habits"}
    rows = zip(*columns.values(), strict=True)
    found = [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in rows]
    for person in found:
        person.savings = int(town.ledger.balance[person.account]) + person.bank_deposits + person.union_savings
        person.outgo = person.spending + person.rent + person.mortgage * float(town.place.housing.mortgage_rate) / 12
        person.fifth = FIFTHS[person.income_tenth // 2]
    return found


def test_cover_person_by_person(town: Economy) -> None:
    everyone = people(town)
    lasting = sorted(max(one.savings, 0) / one.outgo if one.outgo > 0 else np.inf for one in everyone)
    half = len(lasting) // 2
    middle = lasting[half] if len(lasting) % 2 else (lasting[half - 1] + lasting[half]) / 2
    assert precarity.months_of_cover(town) == pytest.approx(middle)
    short = precarity.under_one_month(town)
    for fifth in FIFTHS:
        mine = [one for one in everyone if one.fifth == fifth]
        assert short[fifth] == pytest.approx(sum(one.savings < one.outgo for one in mine) / len(mine))
    assert short["all"] == pytest.approx(sum(one.savings < one.outgo for one in everyone) / len(everyone))


def test_swings_and_dips_person_by_person(town: Economy) -> None:
    everyone = people(town)
    far = [abs(one.income - one.usual_income) / one.usual_income if one.usual_income > 0 else 0.0 for one in everyone]
    assert precarity.income_swings(town)["all"] == pytest.approx(np.mean(far))
    poorest = [part for part, one in zip(far, everyone, strict=True) if one.fifth == FIFTHS[0]]
    assert precarity.income_swings(town)["poorest fifth"] == pytest.approx(np.mean(poorest))
    assert precarity.income_dips(town) == pytest.approx(np.mean([one.income < 0.75 * one.usual_income for one in everyone]))


def test_a_town_of_three_by_hand() -> None:
    """Savings of 2 months, of half a month, and of none; incomes as usual, a tenth above, and half below."""
    table = {
        "account": np.array([0, 1, 2]),
        "income": np.array([1000, 1100, 500]),
        "usual_income": np.array([1000.0, 1000.0, 1000.0]),
        "income_tenth": np.array([0, 1, 9]),
        "spending": np.array([400, 500, 0]),
        "rent": np.array([100, 0, 600]),
        "mortgage": np.array([0, 120_000, 0]),
        "bank_deposits": np.array([500, 0, 0]),
        "union_savings": np.zeros(3, np.int64),
        "purse": np.full(3, -1),
    }
    town = SimpleNamespace(
        residents=table,
        ledger=SimpleNamespace(balance=np.array([500, 500, -20])),
        place=SimpleNamespace(housing=SimpleNamespace(mortgage_rate=0.05)),
    )
    assert precarity.months_of_cover(town) == 0.5
    assert precarity.under_one_month(town)["poorest fifth"] == 0.5
    assert precarity.under_one_month(town)["all"] == pytest.approx(2 / 3)
    assert precarity.income_swings(town)["all"] == pytest.approx(0.2)
    assert precarity.income_dips(town) == pytest.approx(1 / 3)


def test_neighbourhoods_person_by_person(town: Economy) -> None:
    everyone = people(town)
    bound = town.structure.living_wage - 0.5
    without, income, low = places.neighbourhood_unemployment(town), places.neighbourhood_income(town), {}
    low = places.neighbourhood_below_living_wage(town)
    for index, part in enumerate(town.place.neighbourhoods):
        mine = [one for one in everyone if one.neighbourhood == index]
        working = [one for one in mine if one.status == EMPLOYED]
        seeking = sum(one.status == UNEMPLOYED for one in mine)
        assert without[part.name] == pytest.approx(seeking / (seeking + len(working)))
        assert income[part.name] == pytest.approx(sum(one.usual_income for one in mine) / len(mine) / 100)
        below = sum(one.wage / (one.hours * WEEKS_A_MONTH) < bound for one in working)
        assert low[part.name] == pytest.approx(below / len(working))
    assert min(without.values()) <= unemployment(town) <= max(without.values())
    assert min(low.values()) <= below_living_wage(town) <= max(low.values())


def test_fifths_booking_by_booking(town: Economy) -> None:
    everyone = people(town)
    fifth_of = {one.account: one.fifth for one in everyone}
    paid, here = dict.fromkeys(FIFTHS, 0), dict.fromkeys(FIFTHS, 0)
    for booking in town.ledger.journal:
        if booking.channel in FINANCIAL:
            continue
        payers, payees = (np.broadcast_to(side, booking.pence.shape).tolist() for side in (booking.payer, booking.payee))
        for payer, payee, pence in zip(payers, payees, booking.pence.tolist(), strict=True):
            if payer in fifth_of:
                paid[fifth_of[payer]] += pence
                here[fifth_of[payer]] += pence if payee > 3 else 0
    assert places.fifth_retention(town) == pytest.approx({name: here[name] / paid[name] for name in FIFTHS})
    spent = places.fifth_spending(town)
    mine = [one.spending for one in everyone if one.fifth == "richest fifth"]
    assert spent["richest fifth"] == pytest.approx(sum(mine) / len(mine) / 100)
    assert places.fifth_income(town)["all"] == pytest.approx(sum(one.usual_income for one in everyone) / len(everyone) / 100)


def test_survival_firm_by_firm(run) -> None:
    """In month 14 the firms of month 2; in month 1 those of the opening, raised to a year."""
    town, slots, kinds = run
    series = town.recorder.finish(town).measures
    assert series["survival/all"][-1] == pytest.approx(len(slots[2] & slots[14]) / len(slots[2]))
    branches = {slot for slot, kind in kinds[2].items() if kind == Branch.code}
    assert series["survival/outside owners"][-1] == pytest.approx(len(branches & slots[14]) / len(branches))
    assert series["survival/all"][0] == pytest.approx((len(slots[0] & slots[1]) / len(slots[0])) ** 12)
    assert min(series["survival/all"]) < 1.0


def test_survival_by_hand() -> None:
    before = FirmsBefore(6, np.array([1, 2, 3, 4]), np.array([LocalSME.code, LocalSME.code, Branch.code, LocalSME.code]))
    town = SimpleNamespace(notes=SimpleNamespace(firms_before=before), firms=SimpleNamespace(slots=np.array([2, 3, 9])))
    found = survival(town)
    assert found["all"] == pytest.approx(0.25)
    assert found["local owners"] == pytest.approx(1 / 9)
    assert found["outside owners"] == found["workers"] == 1.0


def test_parts_add_up(town: Economy) -> None:
    assert sum(jobs_by_owner(town).values()) == pytest.approx(1.0)
    leaving = leaves_after(town)
    assert sum(leaving.values()) == pytest.approx(1.0)
    counted = sum(int(hand) * part for hand, part in leaving.items() if hand != "more")
    assert counted < hands(town) < counted + leaving["more"] * 100
    assert len(GROUPS) == 4 + 1 + 5 + 36
