"""What happens with the money of the place's funds when they fail, give back or share out, by hand in a small town."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.small_town import held, hold, small_town, with_fund

from sim.core.channels import BANK_ACCOUNT, WORLD_ACCOUNT
from sim.economy import Economy
from sim.kinds.funds import CommunityBank, CreditUnion, InvestmentFund
from sim.kinds.residents import SOCIAL_RENT
from sim.kinds.rules_money import UnionTerms
from sim.month.finance import community_bank, credit_union, investment_fund, reserves
from sim.month.finance.funds import pay_capital
from sim.month.finance.winding_up import close_bank, close_union, repay_funds

TERMS = UnionTerms(
    anchor=0,
    capital=0,
    members=0.5,
    tenants_only=False,
    savings_share=0.1,
    savings_months=2.0,
    loan_rate=0.01,
    largest_loan=300,
    repayment_share=0.2,
    reserve_ratio=0.1,
    default_months=6,
    running_cost=0.0,
)


@pytest.fixture
def town() -> Economy:
    """A town in its seventh month, in which nobody has lost a job of late."""
    town = small_town(month=7)
    town.residents["months_without_work"][:] = 0
    return town


def people(town: Economy, *balances: int) -> list[int]:
    """Accounts of the first residents, who hold this."""
    accounts = [int(account) for account in town.residents["account"][: len(balances)]]
    for account, pence in zip(accounts, balances, strict=True):
        hold(town, account, pence)
    return accounts


def test_a_failed_bank_hands_its_loans_over_and_its_savers_are_paid_in_full(town: Economy) -> None:
    row, fund = with_fund(town, CommunityBank, 100)
    savers, firms, anchor = people(town, 10, 20), town.firms["account"][:2].tolist(), int(town.anchors["account"][0])
    town.firms["bank_debt"][:2], town.firms["loan"][:2] = (300, 40), (5, 6)
    town.residents["bank_deposits"][:2], town.anchors["bank_deposits"][0] = (200, 50), 70
    before = held(town, [*firms, anchor, BANK_ACCOUNT])
    close_bank(town, row)
    assert held(town, [fund, *savers]) == [0, 210, 70]
    # National banks lend 340, get that and the 100 of cash back from the fund, and pay 320 to savers.
    assert held(town, [*firms, anchor, BANK_ACCOUNT]) == [before[0], before[1], before[2] + 70, before[3] - 340 + 440 - 320]
    assert town.firms["loan"][:2].tolist() == [305, 46]
    assert not (town.firms["bank_debt"].any() or town.residents["bank_deposits"].any() or town.anchors["bank_deposits"].any())
    assert town.funds["closed"][row] == 7


def test_a_failed_union_gives_up_its_loans_and_its_savers_are_paid_in_full(town: Economy) -> None:
    row, fund = with_fund(town, CreditUnion, 25)
    savers = people(town, 10, 20)
    town.residents["union_debt"][:2], town.residents["union_savings"][:2] = (500, 40), (0, 30)
    town.funds["losses"][row] = 3
    close_union(town, row)
    assert held(town, [fund, *savers]) == [0, 10, 50]
    assert town.funds["losses"][row] == 543 and town.funds["closed"][row] == 7
    assert not (town.residents["union_debt"].any() or town.residents["union_savings"].any())


def test_of_a_union_whose_policy_ended_members_get_their_savings_and_no_loan(town: Economy) -> None:
    row, fund = with_fund(town, CreditUnion, 500)
    one, other = people(town, 0, 0)
    residents = town.residents
    residents["union_member"][:], residents["union_debt"][:], residents["union_savings"][:] = False, 0, 0
    residents["union_member"][:2], residents["union_savings"][:2] = True, (40, 900)
    residents["rent_arrears"][:2], residents["income"][:2], residents["usual_income"][:2] = 300, 0, 0
    lacks = credit_union.lacking(residents["rent_arrears"][:2], residents["income"][:2], residents["usual_income"][:2], np.zeros(2))
    assert lacks.min() >= 300
    credit_union._help_members(town, row, None)
    taken = min(int(lacks[1]), 900)
    paid = [min(40, int(lacks[0])), taken]
    whole = sum(paid)
    assert sum(held(town, [one, other])) == min(whole, 500) and held(town, [fund]) == [500 - min(whole, 500)]
    assert not residents["union_debt"].any()
    credit_union._help_members(town, row, TERMS)
    assert residents["union_debt"].any() or held(town, [fund]) == [0]


def test_a_firm_that_ends_repays_the_bank_first_then_the_fund_with_what_is_left(town: Economy) -> None:
    bank, at_bank = with_fund(town, CommunityBank, 0)
    fund, at_fund = with_fund(town, InvestmentFund, 0)
    firm = int(town.firms["account"][3])
    hold(town, firm, 250)
    town.firms["bank_debt"][3], town.firms["fund_debt"][3], town.firms["fund_debt"][4] = 200, 80, 9
    repay_funds(town, np.array([3]))
    assert held(town, [firm, at_bank, at_fund]) == [0, 200, 50]
    assert town.funds["losses"][[bank, fund]].tolist() == [0, 30]
    assert town.firms["bank_debt"][3] == town.firms["fund_debt"][3] == 0 and town.firms["fund_debt"][4] == 9


@pytest.mark.parametrize(
    ("capital", "ratio", "cash", "paid"),
    [
        # Equity is the cash, as 2,000 are lent and 2,000 held; a tenth of what is held stays liquid.
        (1000, 0.2, 1500, 500),
        (1000, 0.6, 1500, 300),  # 1,200 of capital are needed for loans of 2,000
        (100, 0.0, 1500, 1300),  # cash less the 200 kept liquid
        (1000, 0.2, 900, 0),
    ],
)
def test_a_banks_surplus_is_what_lies_above_its_capital_and_the_liquidity_kept(
    town: Economy, capital: int, ratio: float, cash: int, paid: int
) -> None:
    row, fund = with_fund(town, CommunityBank, cash, anchor=1)
    town.funds["capital"][row], town.firms["bank_debt"][0], town.residents["bank_deposits"][0] = capital, 2000, 2000
    anchor, received = int(town.anchors["account"][1]), int(town.anchors["received"][1])
    before = held(town, [anchor])[0]
    terms: Any = SimpleNamespace(capital_ratio=ratio, reserve_ratio=0.1)
    community_bank._pay_surplus(town, row, terms)
    assert held(town, [fund, anchor]) == [cash - paid, before + paid]
    assert town.anchors["received"][1] == received + paid


def test_without_terms_a_bank_keeps_its_capital_alone(town: Economy) -> None:
    row, fund = with_fund(town, CommunityBank, 1500)
    town.funds["capital"][row], town.firms["bank_debt"][0], town.residents["bank_deposits"][0] = 1000, 2000, 2000
    community_bank._pay_surplus(town, row, None)
    assert held(town, [fund]) == [1000]


def test_a_member_too_long_out_of_work_loses_savings_against_the_debt(town: Economy) -> None:
    row, fund = with_fund(town, CreditUnion, 1000)
    town.funds["default_months"][row] = 6
    accounts = people(town, 11, 12, 13)
    town.residents["union_debt"][:3], town.residents["union_savings"][:3] = (500, 100, 0), (200, 300, 50)
    town.residents["months_without_work"][:3] = (6, 5, 9)
    credit_union._write_off(town, row)
    assert town.residents["union_debt"][:3].tolist() == [0, 100, 0]
    assert town.residents["union_savings"][:3].tolist() == [0, 300, 50]
    assert town.funds["losses"][row] == 300
    assert held(town, [fund, *accounts]) == [1000, 11, 12, 13]


def test_a_member_who_lacks_money_takes_savings_out_and_then_borrows(town: Economy) -> None:
    row, fund = with_fund(town, CreditUnion, 10_000)
    accounts = people(town, 50, 60, 70, 80)
    residents = town.residents
    residents["union_member"][:] = False
    residents["union_member"][:3] = True
    residents["rent_arrears"][:4], residents["income"][:4], residents["usual_income"][:4] = 100, 0, (500.0, 500.0, 100.0, 900.0)
    residents["union_savings"][:4], residents["union_debt"][:4] = (150, 0, 130, 70), (0, 120, 0, 0)
    residents["months_without_work"][:4] = (5, 0, 6, 0)
    credit_union._help_members(town, row, TERMS)
    # They lack 550, 540 and 130; loans go up to 300 in all; the third needs none; who is no member gets nothing.
    assert residents["union_savings"][:4].tolist() == [0, 0, 0, 70]
    assert residents["union_debt"][:4].tolist() == [300, 300, 0, 0]
    assert held(town, [*accounts, fund]) == [50 + 150 + 300, 60 + 180, 70 + 130, 80, 10_000 - 280 - 480]


def test_a_member_as_long_out_of_work_as_debts_are_written_off_gets_no_loan(town: Economy) -> None:
    row, fund = with_fund(town, CreditUnion, 1000)
    people(town, 0, 0)
    residents = town.residents
    residents["union_member"][:] = False
    residents["union_member"][:2] = True
    residents["rent_arrears"][:2], residents["income"][:2], residents["usual_income"][:2] = 200, 0, 0.0
    residents["months_without_work"][:2] = (6, 5)
    credit_union._help_members(town, row, TERMS)
    assert residents["union_debt"][:2].tolist() == [0, 200]
    # What is lent leaves a tenth of all savings in the fund.
    hold(town, fund, 100)
    residents["union_savings"][5], residents["union_debt"][:2], residents["rent_arrears"][:2] = 900, 0, (0, 400)
    for account in residents["account"][:2].tolist():
        hold(town, account, 0)
    credit_union._help_members(town, row, TERMS)
    assert residents["union_debt"][:2].tolist() == [0, 10]


def test_only_tenants_join_a_union_for_tenants_and_members_stay(town: Economy) -> None:
    row, _ = with_fund(town, CreditUnion, 0)
    from dataclasses import replace

    town.residents["union_member"][:] = False
    town.residents["union_member"][0] = True
    town.residents["tenure"][0] = 0
    credit_union._agree(town, row, replace(TERMS, tenants_only=True, members=1.0))
    tenants = np.isin(town.residents["tenure"], (SOCIAL_RENT, credit_union.PRIVATE_RENT))
    tenants[0] = True
    assert (town.residents["union_member"] == tenants).all() and not tenants.all()
    assert town.funds["loan_rate"][row] == 0.12 and town.funds["repayment_share"][row] == 0.2 and town.funds["default_months"][row] == 6
    credit_union._agree(town, row, replace(TERMS, members=0.0))
    assert (town.residents["union_member"] == tenants).all()


def test_a_fund_gives_back_to_those_who_leave_their_share_of_its_cash(town: Economy) -> None:
    row, fund = with_fund(town, InvestmentFund, 500)
    town.funds["capital"][row], town.anchors["fund_units"][:2] = 600, (300, 100)
    town.rules.money.reserves = {1: 0.1}
    accounts = [WORLD_ACCOUNT, *town.anchors["account"][:2].tolist()]
    before = held(town, accounts)
    investment_fund._give_back(town, row, pension_ended=True)
    # 900 of 1,000 leave: 450 of the cash, 300 and 150.
    assert held(town, [fund, *accounts]) == [50, before[0] + 300, before[1] + 150, before[2]]
    assert town.funds["capital"][row] == 300 and town.anchors["fund_units"][:2].tolist() == [150, 100]
    # Never more than was paid in, and nothing where nobody leaves.
    hold(town, fund, 5000)
    town.rules.money.reserves = {0: 0.1, 1: 0.1}
    investment_fund._give_back(town, row, pension_ended=True)
    assert town.funds["capital"][row] == 0 and held(town, [fund]) == [4700]
    investment_fund._give_back(town, row, pension_ended=True)
    assert held(town, [fund]) == [4700]


def test_reserves_go_to_the_bank_and_come_back_as_it_has_cash(town: Economy) -> None:
    account = int(town.anchors["account"][0])
    _, fund = with_fund(town, CommunityBank, 0)
    hold(town, account, 1000)
    town.rules.money.reserves = {0: 0.4}
    reserves.run(town)
    assert held(town, [account, fund]) == [600, 400] and town.anchors["bank_deposits"][0] == 400
    # With the share at nought all is asked back; the bank has lent 300 of it.
    hold(town, fund, 100)
    town.rules.money.reserves = {}
    reserves.run(town)
    assert held(town, [account, fund]) == [700, 0] and town.anchors["bank_deposits"][0] == 300
    assert not town.anchors["bank_deposits"][1:].any()


def test_reserves_without_a_bank_go_to_the_fund_and_stay_there(town: Economy) -> None:
    account = int(town.anchors["account"][2])
    hold(town, account, 1000)
    town.rules.money.reserves = {2: 0.25}
    reserves.run(town)
    assert held(town, [account]) == [750] and town.anchors["fund_units"].tolist() == [0, 0, 250, *[0] * (len(town.anchors) - 3)]
    assert len(town.funds) == 1 and town.funds["founded"][0] == 7 and town.funds["anchor"][0] == -1
    town.rules.money.reserves = {2: 0.1}
    reserves.run(town)
    assert held(town, [account]) == [750]


def test_capital_adds_up_and_an_anchor_pays_no_more_than_it_has(town: Economy) -> None:
    row, fund = with_fund(town, CommunityBank, 0)
    anchor = int(town.anchors["account"][0])
    hold(town, anchor, 700)
    assert pay_capital(town, row, 0, 500) == 500
    can = 200 + int(town.ledger.credit[anchor])
    assert pay_capital(town, row, 0, 10**15) == can
    assert town.funds["capital"][row] == 500 + can == held(town, [fund])[0]
