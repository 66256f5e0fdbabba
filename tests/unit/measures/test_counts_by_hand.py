"""Contracts, firms, costs, leakage and work, each worked out on a few rows; and what is said where there is nothing to count."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import Rows
from support.hand_made import town as hand_made

from sim.core.channels import ANCHORS, BANKS, CHANNEL_NAMES, GOVERNMENT, INSTITUTIONS, REGION, WORLD
from sim.kinds.residents import EMPLOYED, INACTIVE, RETIRED, UNEMPLOYED
from sim.measures import business, contracting, cost, leakage, work


def town(**tables: Any) -> Any:
    """A town with some tables, notes and a flow matrix of nought; a pound has a hundred pence."""
    flows = np.zeros((len(CHANNEL_NAMES), len(INSTITUTIONS)), np.int64)
    given = {"structure": SimpleNamespace(minor_units=100, living_wage=800.0), "ledger": SimpleNamespace(flows=flows), **tables}
    return SimpleNamespace(**given)


def flow(place: Any, channel: str, sector: int, pence: int) -> None:
    place.ledger.flows[CHANNEL_NAMES.index(channel), sector] = pence


def contracts(**columns: list[Any]) -> Rows:
    return Rows({name: np.array(values) for name, values in columns.items()})


def test_contracts_free_owed_for_and_let() -> None:
    book = contracts(value=[100, 200, 700], influenceable=[True, False, True], owing=[50, 0, 100])
    place = town(contracts=book, notes=SimpleNamespace(let_value=250))
    assert contracting.influenceable_share(place) == 0.8
    assert contracting.payment_days(place) == 30 * 150 / 1000
    assert contracting.contracts_let(place) == 0.25
    none = town(contracts=contracts(value=np.zeros(0, np.int64), influenceable=np.zeros(0, bool), owing=[]), notes=place.notes)
    assert (contracting.influenceable_share(none), contracting.payment_days(none), contracting.contracts_let(none)) == (1.0, 0.0, 0.0)


def test_firms_that_come_and_go() -> None:
    notes = SimpleNamespace(births=2, founded_by_policy=3, deaths=4, failures=1, habit_changes=30, link_changes=4)
    place = town(firms=Rows(born=np.zeros(3)), notes=notes)
    assert business.firms(place) == 3.0
    assert (business.births(place), business.deaths(place), business.failures(place)) == (5.0, 4.0, 1.0)
    assert business.link_changes(place) == 34.0


def test_survivors_of_the_births_of_a_year() -> None:
    """In month 30 those of months 7 to 18, of which five were born; two live, and one more that a policy founded."""
    firms = Rows(born=np.array([6, 7, 18, 19, 7]), founded_by_policy=np.array([False] * 4 + [True]))
    place = town(month=30, months_before=12, births_by_month={6: 100, 7: 2, 18: 3, 19: 100}, firms=firms)
    assert business.first_year_survival(place) == 0.4
    place.births_by_month = {6: 1, 19: 1}
    assert business.first_year_survival(place) == 1.0


def test_firms_of_the_opening_are_no_births() -> None:
    """In month 5 those of months -18 to -7; the town opened in month -12, so the first births are those of month -11."""
    firms = Rows(born=np.array([-12, -12, -11, -6]), founded_by_policy=np.zeros(4, bool))
    place = town(month=5, months_before=12, births_by_month={-11: 4, -6: 100}, firms=firms)
    assert business.first_year_survival(place) == 0.25


def test_output_and_prices() -> None:
    place = town(firms=Rows(output=np.array([100.0, 300.0]), price=np.array([1.0, 2.0])))
    assert (business.output(place), business.price_level(place)) == (4.0, 1.75)
    assert business.price_level(town(firms=Rows(output=np.array([0.5, 0.5]), price=np.array([2.0, 3.0])))) == 2.5
    assert business.price_level(town(firms=Rows(output=np.zeros(2), price=np.ones(2)))) == 1.0


def test_what_anchors_pay() -> None:
    place = town(anchors=Rows(payroll=np.array([5_000, 1_000]), account=np.array([1, 3])))
    place.ledger.balance = np.array([-900, 200, 300, 500])
    for pence, channel in zip((100, 200, 400, 800, 1600), cost.COSTS, strict=True):
        flow(place, channel, ANCHORS, -pence)
    flow(place, "contracts", ANCHORS, -5_000)
    flow(place, "grants", ANCHORS, -70_000)
    assert (cost.contract_spend(place), cost.policy_costs(place)) == (50.0, 31.0)
    assert (cost.anchor_payroll(place), cost.anchor_reserves(place)) == (60.0, 7.0)
    flow(place, "contracts", ANCHORS, 300)
    assert cost.contract_spend(place) == 0.0
    flow(place, "grants", GOVERNMENT, -200)
    flow(place, "work taxes", GOVERNMENT, 700)
    assert cost.government_balance(place) == 5.0


def test_service_its_price_and_quality() -> None:
    notes = SimpleNamespace(
        service_bought=np.array([10.0, 40.0]), service_in_house=np.array([100.0, 150.0]), invoiced=100.0, passed_outside=250
    )
    place = town(notes=notes, contracts=contracts(value=[100, 300], quality=[0.2, 0.4], bids=[1, 4]))
    assert (cost.service_bought(place), cost.contract_price(place), cost.passed_outside(place)) == (3.0, 2.0, 2.5)
    assert cost.contract_quality(place) == pytest.approx(0.35)
    assert cost.bids(place) == 2.5
    assert cost.contract_quality(town(contracts=contracts(value=[1], quality=[0.9]))) == 0.9
    none = town(contracts=contracts(value=np.zeros(0, np.int64), quality=[], bids=[]), notes=SimpleNamespace(service_bought=np.zeros(2)))
    assert (cost.contract_quality(none), cost.contract_price(none), cost.bids(none)) == (0.5, 1.0, 0.0)


def test_what_leaves_by_channel() -> None:
    place = town()
    for sector, pence in ((GOVERNMENT, 250), (REGION, 1_000), (WORLD, 700), (BANKS, 50), (ANCHORS, 9_999)):
        flow(place, "inputs", sector, pence)
    flow(place, "contracts", WORLD, 3_500)
    flow(place, "contracts", REGION, -400)
    flow(place, "rents", REGION, 1)
    for channel in ("grants", "benefits", "pensions", "exports", "land loans"):
        flow(place, channel, WORLD, 77)
    found = leakage.leakage(place)
    assert {name: pounds for name, pounds in found.items() if pounds} == {"inputs": 20.0, "contracts": 35.0, "rents": 0.01}
    assert {"grants", "benefits", "pensions", "exports", "land loans"}.isdisjoint(found) and "wages" in found
    assert leakage.region_receipts(place) == 10.01
    assert leakage.outside_supplier_receipts(place) == 35.0
    flow(place, "contracts", WORLD, -3_500)
    assert leakage.outside_supplier_receipts(place) == 0.0


def test_jobs_and_who_looks_for_one() -> None:
    place = hand_made()
    assert work.jobs(place) == (2 + 5 + 200 + 10) + (1 + 60 + 2) + (4 + 2) + 1
    assert (work.resident_jobs(place), work.unemployment(place)) == (6.0, 1 / 7)
    assert work.unemployment(town(residents=Rows(status=np.array([UNEMPLOYED])))) == 1.0
    assert work.unemployment(town(residents=Rows(status=np.array([RETIRED, INACTIVE])))) == 0.0
    place.notes.hires = 7
    assert work.job_moves(place) == 7.0


def test_pay_in_the_middle_and_below_the_living_wage() -> None:
    """Five and six pounds an hour are below eight; eight pounds, rounded to the penny a month, are not."""
    place = hand_made()
    assert work.below_living_wage(place) == 2 / 6
    place.residents["gross"] = np.array([100, 300, 500, 700, 900, 1_100, 9, 9, 9, 9])
    assert work.median_pay(place) == 6.0
    status = np.array([INACTIVE, RETIRED])
    idle = town(residents=Rows(status=status, wage=np.zeros(2), hours=np.zeros(2), gross=np.zeros(2)))
    assert (work.below_living_wage(idle), work.median_pay(idle)) == (0.0, 0.0)


def test_half_a_penny_an_hour_is_no_shortfall() -> None:
    """60 hours a week are 260 a month: 799.4 pence an hour are 207,844 pence, 799.6 are 207,896; 207,870 are half a penny short."""
    residents = Rows(status=np.array([EMPLOYED] * 4), hours=np.full(4, 60.0), wage=np.array([207_844, 207_896, 207_869, 207_870]))
    assert work.paid_below_living_wage(town(residents=residents)).tolist() == [True, False, True, False]
    # Six pounds for 10 hours a week, 520 in a year: 26,000 pence a month to the penny.
    place = town(residents=Rows(status=np.array([EMPLOYED] * 2), hours=np.full(2, 10.0), wage=np.array([25_999, 26_000])))
    place.structure.living_wage = 600.5
    assert work.paid_below_living_wage(place).tolist() == [True, False]


@pytest.mark.parametrize(
    ("deprivation", "people", "share"),
    [
        # The worst holds a fifth, the next the rest of a quarter and more: both count, and one looks for work there.
        ([1.0, 5.0, 3.0], [0.5, 0.2, 0.3], 2 / 3),
        # The worst holds a quarter to the last of them: nobody else counts.
        ([1.0, 5.0, 3.0], [0.35, 0.25, 0.4], 1.0),
        ([1.0, 5.0, 3.0], [7.0, 5.0, 8.0], 1.0),
        # A fifth of twenty thousand people, and the next.
        ([1.0, 5.0, 3.0], [10.0, 4.0, 6.0], 2 / 3),
        # Two alike: the first stands first.
        ([5.0, 5.0, 5.0], [0.3, 0.3, 0.4], 0.5),
    ],
)
def test_work_where_deprivation_is_worst(deprivation: list[float], people: list[float], share: float) -> None:
    parts = [SimpleNamespace(deprivation=one, population_share=other) for one, other in zip(deprivation, people, strict=True)]
    status = np.array([EMPLOYED, INACTIVE, RETIRED, EMPLOYED, RETIRED, UNEMPLOYED, EMPLOYED])
    residents = Rows(neighbourhood=np.array([0, 0, 0, 1, 1, 2, 2]), status=status)
    place = town(residents=residents, place=SimpleNamespace(neighbourhoods=parts))
    assert work.deprived_employment(place) == pytest.approx(share)
    place.residents = Rows(neighbourhood=residents["neighbourhood"], status=np.full(7, RETIRED))
    assert work.deprived_employment(place) == 0.0


def test_the_first_stands_first_among_many_alike() -> None:
    """Of 100 parts every second is deprived alike: the first 25 of these hold a quarter of the people, and work there."""
    parts = [SimpleNamespace(deprivation=float(number % 2), population_share=1.0) for number in range(100)]
    status = np.array([EMPLOYED if number % 2 and number < 50 else UNEMPLOYED for number in range(100)])
    place = town(residents=Rows(neighbourhood=np.arange(100), status=status), place=SimpleNamespace(neighbourhoods=parts))
    assert work.deprived_employment(place) == 1.0
