"""Land, money, wealth and what is owned, each worked out on a few rows; and what is said where there is nothing."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import Rows, booking

from sim.core.ledger import Booking
from sim.kinds.dwellings import SOCIAL, TRUST_SALE
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL, NO_FORM
from sim.kinds.funds import CommunityBank, CreditUnion, CurrencyIssuer, InvestmentFund, LandTrust
from sim.kinds.premises import LEASE, TRUST
from sim.kinds.residents import EMPLOYED, MORTGAGE, OWNER, PRIVATE_RENT, SOCIAL_RENT, UNEMPLOYED
from sim.measures import distributions, equity, land, money, ownership, places, precarity, wealth


def town(**tables: Any) -> Any:
    """A town of some tables; a pound has a hundred pence and mortgages cost six per cent a year."""
    housing = SimpleNamespace(mortgage_rate=0.06)
    structure = SimpleNamespace(minor_units=100)
    return SimpleNamespace(**{"structure": structure, "place": SimpleNamespace(housing=housing), **tables})


class Ledger:
    """Balances, sectors and a journal."""

    def __init__(self, balance: list[int], journal: list[Any] | None = None) -> None:
        self.balance, self.journal = np.array(balance), journal or []

    def __len__(self) -> int:
        return len(self.balance)


def test_premises_and_homes() -> None:
    premises = Rows(
        tenant=np.array([-1, 0, 5]), forgone=np.array([0, 100, 250]), value=np.array([1, 2_000, 4_000]), use=np.array([LEASE, TRUST, TRUST])
    )
    dwellings = Rows(
        use=np.array([SOCIAL, TRUST_SALE, SOCIAL, SOCIAL, TRUST_SALE]),
        resident=np.array([0, 9, 8, -1, -1]),
        paid=np.array([10, 20, 40, 80, 160]),
        market=np.array([0, 1_000, 0, 0, 0]),
        price=np.array([0, 700, 0, 0, 0]),
        loan=np.array([100, 0, 200, 50, 0]),
    )
    place = town(premises=premises, dwellings=dwellings)
    assert (land.premises_let(place), land.rent_forgone(place)) == (2.0, 3.5)
    assert land.homes_provided(place) == {"anchors": 1.0, "land trusts": 0.5}
    # Homes that anchors let, at what was paid (130); a trust's home sold, at what its locked price gives up (300); one unsold (160).
    assert land.land_held(place) == (130 + 300 + 160 + 6_000) / 100
    assert land.homes_debt(place) == 3.5


def test_what_rent_takes() -> None:
    residents = Rows(
        rent=np.array([100, 200, 300, 50]),
        usual_income=np.array([1_000.0, -50.0, 600.0, 500.0]),
        tenure=np.array([PRIVATE_RENT, PRIVATE_RENT, SOCIAL_RENT, OWNER]),
        income_tenth=np.array([9, 0, 1, 2]),
    )
    assert land.rent_burden(town(residents=residents)) == {
        "private tenants": 0.3,
        "social tenants": 0.5,
        "poorest fifth": pytest.approx(500 / 600),
    }
    residents["usual_income"] = np.zeros(4)
    assert land.rent_burden(town(residents=residents))["social tenants"] == 300.0


def test_what_is_left_after_housing() -> None:
    """Of twenty the two with least: one who pays 400 of 500 in rent, one whose 200,000 of debt cost 1,000 a month of 1,200."""
    income, rent, debt = np.linspace(2_000.0, 1_050.0, 20), np.zeros(20), np.zeros(20)
    income[[3, 7]], rent[3], debt[7] = (500.0, 1_200.0), 400.0, 200_000.0
    assert land.income_after_housing(town(residents=Rows(usual_income=income, rent=rent, mortgage=debt))) == pytest.approx(1.5)
    few = Rows(usual_income=np.array([700.0, 300.0, 500.0]), rent=np.zeros(3), mortgage=np.zeros(3))
    assert land.income_after_housing(town(residents=few)) == 3.0


def test_tenures() -> None:
    residents = Rows(tenure=np.array([OWNER, MORTGAGE, MORTGAGE, PRIVATE_RENT]))
    assert land.tenure(town(residents=residents)) == {"owner": 0.25, "mortgage": 0.5, "private": 0.25, "social": 0.0}
    assert land.tenure(town(residents=Rows(tenure=np.array([SOCIAL_RENT]))))["social"] == 1.0
    assert set(land.tenure(town(residents=Rows(tenure=np.zeros(0, np.int8)))).values()) == {0.0}


@pytest.fixture
def funds() -> Any:
    """A bank, a credit union, an investment fund, an issuer of currency and two land trusts."""
    kinds = (CommunityBank, CreditUnion, InvestmentFund, CurrencyIssuer, LandTrust, LandTrust)
    table = Rows(
        kind=np.array([kind.code for kind in kinds]),
        closed=np.full(6, -1),
        account=np.array([0, 1, 2, 3, 4, 5]),
        issue=np.array([-1, -1, -1, 6, -1, -1]),
        capital=np.array([0, 0, 3_000, 0, 500, 250]),
        losses=np.array([100, 200, 400, 0, 0, 0]),
    )
    # Purses: 7 and 8 of residents, 9 of a firm; the issuer owes 600 of currency on account 6.
    residents = Rows(
        account=np.array([10, 11, 12]),
        purse=np.array([7, -1, 8]),
        bank_deposits=np.array([50, 0, 0]),
        union_savings=np.array([20, 10, 0]),
        union_debt=np.array([0, 5, 0]),
    )
    firms = Rows(account=np.array([13, 14]), purse=np.array([9, -1]), bank_debt=np.array([70, 30]), fund_debt=np.array([0, 900]))
    anchors = Rows(bank_deposits=np.array([150, 250]), fund_units=np.array([400, 600]))
    journal = [
        booking("shopping", (7, 9, 100), (8, 9, 25), (10, 13, 9_999), (7, 13, 5_000), (11, 9, 3_000)),
        booking("shopping", (9, 8, 75)),
    ]
    balance = [0, 0, 1_100, 0, 0, 0, -600, 300, 200, 100, 1_000, 2_000, -50, 0, 0]
    return town(funds=table, residents=residents, firms=firms, anchors=anchors, ledger=Ledger(balance, journal))


def test_lent_saved_and_lost(funds: Any) -> None:
    assert money.local_lending(funds) == {"community bank": 1.0, "credit union": 0.05, "investment fund": 9.0}
    assert money.local_saving(funds) == {"community bank": 4.5, "credit union": 0.3}
    assert money.fund_losses(funds) == {"community bank": 1.0, "credit union": 2.0, "investment fund": 4.0}
    assert land.trust_subsidy(funds) == 7.5


def test_the_pension_fund_bears_its_part_of_a_loss(funds: Any) -> None:
    """Paid in 3,000 of 4,000; 1,100 of cash and 900 lent are left, of which three quarters are its own: 1,500 short."""
    assert money.pension_shortfall(funds) == 15.0
    funds.ledger.balance[2] = 9_999
    assert money.pension_shortfall(funds) == 0.0
    funds.funds["capital"][2], funds.anchors["fund_units"][:] = 0, 0
    assert money.pension_shortfall(funds) == 0.0
    funds.funds["kind"][2] = CommunityBank.code
    assert money.pension_shortfall(funds) == 0.0


def test_a_fund_in_the_first_row_counts(funds: Any) -> None:
    turned = Rows({name: column[[2, 3, 0, 1, 4, 5]] for name, column in funds.funds.items()})
    assert money.pension_shortfall(SimpleNamespace(**{**vars(funds), "funds": turned})) == 15.0
    issuer = Rows({name: column[[3, 2, 0, 1, 4, 5]] for name, column in funds.funds.items()})
    assert money.currency_in_circulation(SimpleNamespace(**{**vars(funds), "funds": issuer})) == 6.0


def test_local_currency(funds: Any) -> None:
    """From purse to purse 100 + 25 + 75 in the month, twelve times that in a year, of 600 that circulate."""
    assert money.currency_in_circulation(funds) == 6.0
    assert money.currency_velocity(funds) == 4.0
    # One purse pays several or is paid by them, and somebody without one pays all.
    one, two, nobody = np.array(9), np.array([7, 8]), np.array(10)
    funds.ledger.journal += [Booking("wages", *sides, np.array([30, 70])) for sides in ((one, two), (two, one), (nobody, two))]
    assert money.currency_velocity(funds) == 8.0
    funds.ledger.journal[2:] = [Booking("inputs", one, np.array(7), np.array([100]))]
    assert money.currency_velocity(funds) == 6.0
    del funds.ledger.journal[2:]
    funds.ledger.balance[6] = -1
    assert money.currency_velocity(funds) == 2_400.0
    funds.funds["closed"][3] = 7
    assert (money.currency_in_circulation(funds), money.currency_velocity(funds)) == (0.0, 0.0)


def test_savings_and_incomes(funds: Any) -> None:
    assert wealth.savings(funds) == (1_000 + 50 + 20 + 300 + 2_000 + 10 - 50 + 200) / 100
    funds.residents |= {"rent_arrears": np.array([150, 0, 50]), "income": np.array([100, 200, 600])}
    assert (wealth.rent_arrears(funds), wealth.mean_income(funds)) == (2.0, 3.0)
    ordered = np.array([-30.0, 0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 120.0])
    funds.notes = SimpleNamespace(ordered_income=ordered, ordered_wealth=ordered.astype(np.int64))
    assert wealth.poorest_fifth_income(funds) == -0.15
    for share in (wealth.income_top_tenth, wealth.wealth_top_tenth):
        assert share(funds) == pytest.approx(0.3)
    # Ranks times amounts: 3, 4, ... 10 by 10, 20, ... 120 are 3,160; 2 x 3,160 / (10 x 400) less 11 / 10.
    for index in (wealth.income_gini, wealth.wealth_gini):
        assert index(funds) == pytest.approx(2 * 3_160 / 4_000 - 1.1)
    assert wealth.income_palma(funds) == pytest.approx(120 / (0 + 0 + 10 + 20))
    funds.notes.ordered_income = np.array([500.0, 700.0])
    assert wealth.poorest_fifth_income(funds) == 5.0


@pytest.fixture
def owners() -> Any:
    """An owner here and one outside, a worker and a consumer co-operative, one shared by both, a council's firm and a branch."""
    kinds = (LocalSME, LocalSME, Cooperative, Cooperative, Cooperative, CommunityFirm, Branch)
    firms = Rows(
        kind=np.array([kind.code for kind in kinds]),
        account=np.arange(4, 11),
        owner=np.array([11, -1, -1, -1, -1, -1, -1]),
        form=np.array([NO_FORM, NO_FORM, NO_FORM, CONSUMER, MULTI_STAKEHOLDER, NO_FORM, NO_FORM]),
        founder=np.full(7, -1),
        workers=np.array([1, 1, 2, 3, 0, 4, 5]),
        commuters=np.array([0, 1, 0, 0, 0, 0, 2]),
        sales=np.array([10, 20, 30, 40, 50, 60, 70]),
        capacity=np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 100.0]),
        loan=np.array([100, 0, 0, 0, 0, 0, 2_000]),
        bank_debt=np.array([10, 0, 0, 0, 0, 0, 0]),
        fund_debt=np.array([20, 0, 0, 0, 0, 0, 0]),
        stakes=np.array([0, 0, 40, 0, 0, 0, 0]),
        purse=np.array([3, -1, -1, -1, -1, -1, -1]),
    )
    residents = Rows(
        account=np.array([11, 12, 13]),
        purse=np.full(3, -1),
        status=np.array([UNEMPLOYED, EMPLOYED, EMPLOYED]),
        employer=np.array([6, 6, 7]),
        property_value=np.array([5_000, 0, 0]),
        pension_wealth=np.array([0, 700, 0]),
        stake=np.array([0, 40, 0]),
        mortgage=np.array([3_000, 0, 0]),
        rent_arrears=np.array([0, 60, 0]),
        union_debt=np.array([0, 0, 80]),
        bank_deposits=np.zeros(3, np.int64),
        union_savings=np.zeros(3, np.int64),
        income_tenth=np.array([9, 0, 0]),
        neighbourhood=np.array([0, 1, 1]),
        usual_income=np.array([900.0, 100.0, 200.0]),
        spending=np.array([90, 10, 30]),
    )
    parameters = {
        "firms.capital_to_output": 1.5,
        "firms.multi_stakeholder_work_share": 0.5,
        "firms.municipal_anchor_share": 0.15,
        "procurement.small_firm_jobs": 250,
    }
    place = SimpleNamespace(housing=SimpleNamespace(mortgage_rate=0.06), neighbourhoods=[SimpleNamespace(name=one) for one in "ABC"])
    return town(
        firms=firms,
        residents=residents,
        contracts=Rows(supplier=np.array([4, 4]), owing=np.array([6, 7])),
        ledger=Ledger([0, 0, 0, 9, 500, 100, 151, 90, 60, 30, 80, 1_000, 2_000, 3_000]),
        rules=SimpleNamespace(parameters=parameters),
        place=place,
        notes=SimpleNamespace(ordered_wealth=np.zeros(0, np.int64), stakes_lost=250),
    )


def test_book_equity_of_firms(owners: Any) -> None:
    """The first: 500 and a purse of 9, invoices of 13 and capital of 18, less 130 of debts; the co-operative owes its stakes."""
    assert equity.capital_value(owners).tolist() == [18, 0, 0, 0, 0, 0, 1_800]
    assert equity.firm_equity(owners).tolist() == [410, 100, 111, 90, 60, 30, -120]


def test_net_wealth_of_residents(owners: Any) -> None:
    """A member has half of 111, rounded down; whoever works for the customers' co-operative has no part, nor has one out of work."""
    assert equity.equity_of_residents(owners).tolist() == [410, 55, 0]
    assert equity.equity_of_residents(owners).dtype == equity.firm_equity(owners).dtype == np.int64
    expected = [1_000 + 5_000 - 3_000 + 410, 2_000 + 700 + 40 - 60 + 55, 3_000 - 80]
    assert equity.net_wealth(owners).tolist() == expected
    assert wealth.ordered_wealth(owners).tolist() == sorted(expected)
    owners.residents["mortgage"] = np.zeros(3)
    assert wealth.ordered_wealth(owners).tolist() == sorted(expected), "put in order once a month"


def test_parts_of_members_by_form(owners: Any) -> None:
    """An owner who works in the co-operative has both; half of -111 is -56; a seventh of a municipal one is the anchor's (0.15 of 111)."""
    owners.residents |= {"status": np.full(3, EMPLOYED), "employer": np.array([6, 8, 4])}
    owners.firms["workers"][4] = 1
    assert equity.equity_of_residents(owners).tolist() == [410 + 55, 30, 0]
    owners.firms["form"][2], owners.firms["founder"][2] = MUNICIPAL, 0
    assert equity.equity_of_residents(owners).tolist() == [410 + 95 // 2, 30, 0]
    owners.firms["form"][2], owners.firms["workers"][2] = NO_FORM, 1
    assert equity.equity_of_residents(owners).tolist() == [410 + 111, 30, 0]
    owners.ledger.balance[6] -= 222
    owners.firms["workers"][2] = 2
    assert equity.equity_of_residents(owners).tolist() == [410 - 56, 30, 0]


def test_who_owns_and_employs(owners: Any) -> None:
    whole = 410 + 100 + 111 + 90 + 60 + 30
    assert ownership.equity_share(owners) == pytest.approx(
        {"local owners": 510 / whole, "workers": 261 / whole, "community and council": 30 / whole, "outside owners": 0.0}
    )
    assert ownership.jobs_by_owner(owners) == pytest.approx(
        {"local owners": 3 / 19, "workers": 5 / 19, "community and council": 4 / 19, "outside owners": 7 / 19}
    )
    assert (ownership.cooperatives(owners), ownership.cooperative_jobs(owners)) == (3.0, 5.0)
    assert (ownership.member_stakes(owners), ownership.stakes_lost(owners)) == (0.4, 2.5)
    owners.firms["commuters"][2] = 4
    assert ownership.cooperative_jobs(owners) == 9.0


def test_one_penny_of_equity_and_one_job_are_shared_out(owners: Any) -> None:
    owners.ledger.balance[:] = 0
    owners.ledger.balance[9] = 1
    owners.contracts["owing"][:] = 0
    owners.firms |= {"workers": np.array([0, 0, 0, 0, 0, 1, 0]), "commuters": np.zeros(7, np.int64)}
    assert ownership.equity_share(owners)["community and council"] == 1.0
    assert ownership.jobs_by_owner(owners)["community and council"] == 1.0
    assert ownership.economic_democracy(owners)["local owners"] == 0.5
    owners.ledger.balance[9] = 0
    owners.firms |= {"workers": np.zeros(7, np.int64), "owner": np.full(7, -1)}
    assert set(ownership.equity_share(owners).values()) == set(ownership.jobs_by_owner(owners).values()) == {0.0}
    assert set(ownership.economic_democracy(owners).values()) == {0.0}


def test_tables_of_tenths_neighbourhoods_and_owners(owners: Any) -> None:
    found = distributions.distributions(owners)
    assert list(found) == ["income_tenth", "neighbourhood", "ownership"]
    first, second, last = found["income_tenth"][0], found["income_tenth"][1], found["income_tenth"][9]
    assert first == {
        "tenth": 1,
        "residents": 2,
        "mean_usual_income": 150.0,
        "mean_spending": 20.0,
        "mean_savings": 2_500.0,
        "mean_net_wealth": (2_735 + 2_920) / 2,
    }
    assert (second["tenth"], second["residents"], second["mean_net_wealth"]) == (2, 0, 0.0)
    assert (last["tenth"], last["mean_spending"], len(found["income_tenth"])) == (10, 90.0, 10)
    assert found["neighbourhood"] == [
        {"neighbourhood": "A", "residents": 1, "mean_usual_income": 900.0, "unemployment": 1.0},
        {"neighbourhood": "B", "residents": 2, "mean_usual_income": 150.0, "unemployment": 0.0},
        {"neighbourhood": "C", "residents": 0, "mean_usual_income": 0.0, "unemployment": 0.0},
    ]
    assert {tuple(row) for row in found["ownership"]} == {("owner", "firms", "jobs", "sales", "equity")}
    assert {row["owner"]: tuple(row.values())[1:] for row in found["ownership"]} == {
        "LocalSME": (2, 3, 30, 510),
        "Cooperative": (3, 5, 120, 261),
        "CommunityFirm": (1, 4, 60, 30),
        "Branch": (1, 7, 70, -120),
    }


def test_one_of_three_looks_for_work_where_they_live(owners: Any) -> None:
    owners.residents |= {"neighbourhood": np.array([1, 1, 1]), "usual_income": np.array([1.0, 2.0, 6.0])}
    parts = distributions.distributions(owners)["neighbourhood"]
    assert [(part["residents"], part["mean_usual_income"], part["unemployment"]) for part in parts] == [
        (0, 0, 0),
        (3, 3.0, 1 / 3),
        (0, 0, 0),
    ]


def test_a_neighbourhood_where_nobody_lives(owners: Any) -> None:
    found = places.by_neighbourhood(owners, np.array([1, 2, 3]), np.array([2, 4, 8]))
    assert found == {"A": 0.5, "B": 5 / 12, "C": 0.0}
    owners.residents["neighbourhood"] = np.array([0, 0, 2])
    assert places.by_neighbourhood(owners, np.array([1, 2, 3]), np.array([2, 4, 0])) == {"A": 0.5, "B": 0.0, "C": 0.0}


def test_cover_of_one_who_spends_nothing(owners: Any) -> None:
    """The first pays 75, 10 in rent and 15 in interest of 1,000; the other two pay nothing, then a penny, and more than they hold."""
    owners.residents |= {"rent": np.array([10, 0, 0]), "spending": np.array([75, 0, 0]), "income": np.array([100, 74, 75])}
    owners.residents["usual_income"] = np.full(3, 100.0)
    assert precarity.usual_outgo(owners).tolist() == [100.0, 0.0, 0.0]
    assert precarity.months_of_cover(owners) == math.inf
    assert precarity.income_dips(owners) == pytest.approx(1 / 3)
    owners.residents |= {"spending": np.array([75, 1, 2_000])}
    assert precarity.months_of_cover(owners) == 10.0
    nobody = town(residents=Rows(income_tenth=np.zeros(0, np.int8)))
    assert set(precarity.by_fifth(nobody, np.zeros(0)).values()) == {0.0}
