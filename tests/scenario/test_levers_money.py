"""Money levers: what funds lend, hold and lose, to the penny and against the paired interval."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support.books import Auditor
from support.laboratory import Laboratory, use

from sim.core.channels import ANCHORS, BANK_ACCOUNT, CHANNEL_NAMES, FUNDS, WORLD
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.errors import InputError
from sim.kinds.claims import cash_of, fund_equity, fund_row, held_with, lent_by
from sim.kinds.firms import Branch
from sim.kinds.funds import CommunityBank, CreditUnion, InvestmentFund
from sim.kinds.residents import EMPLOYED, PRIVATE_RENT, UNEMPLOYED
from sim.month.finance import credit_union
from sim.month.finance.lending import loans_asked
from sim.month.turnover import end_firms
from sim.settings.load import load_scenario

BANK: dict[str, Any] = {"anchor": "hospital-trust", "capital": 250000.0, "savers_share": 0.05}
SEEDS = (1, 2, 3, 4)


def begun(laboratory: Laboratory, *uses: Any, seed: int = 1) -> Economy:
    """A town at its opening with these uses."""
    town = laboratory.opening(seed)
    return town.with_scenario(laboratory.with_uses(town, uses))


def audited(town: Economy, months: int) -> None:
    """Some months with every month's books checked from the journal."""
    auditor = Auditor(town)
    for _ in range(months):
        auditor.step()


def invested(town: Economy, months: int) -> int:
    """What firms pay for buildings and equipment in some months, pence."""
    total = 0
    for _ in range(months):
        town.advance()
        total += sum(int(booking.pence.sum()) for booking in town.ledger.journal if booking.channel == "investment")
    return total


def test_a_community_bank_lends_what_it_has_and_keeps_its_ratios(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("community_bank", **BANK, reserve_ratio=0.2, capital_ratio=0.9, running_cost=0.0))
    audited(town, 1)
    row = fund_row(town, CommunityBank)
    assert town.funds["capital"][row] == 250000_00
    lent, held = lent_by(town, CommunityBank.code), held_with(town, CommunityBank.code)
    assert lent > 0
    assert held > 0
    assert cash_of(town, row) == 250000_00 + held - lent, "in the first month nothing else has moved: no money was made"
    grew = 0
    for _ in range(11):
        before, lost = lent_by(town, CommunityBank.code), int(town.funds["losses"][row])
        audited(town, 1)
        lent, equity = lent_by(town, CommunityBank.code), fund_equity(town, row)
        assert equity == cash_of(town, row) + lent - held_with(town, CommunityBank.code)
        if lent > before and town.funds["losses"][row] == lost:
            grew += 1
            assert lent * 0.9 <= equity, "it lends no more than its capital carries"
    assert grew > 0
    assert not town.firms["bank_debt"][town.firms["kind"] == Branch.code].any(), "branches have their owners' banks"
    assert town.firms["bank_debt"].max() <= 50000_00


def test_a_community_bank_lets_firms_invest_what_they_lacked_cash_for(laboratory: Laboratory) -> None:
    late = use("community_bank", start=4, **BANK)
    pair = laboratory.compare(late, months=8, seeds=SEEDS[:3])
    for measure in ("jobs", "mean_income", "savings", "rent_arrears"):
        pair.identical(measure, 1, 3)
    assert (pair.other.measures["local_lending/community bank"][:, 4:] > 0).all()
    pair.identical("births", 1)
    more = [invested(begun(laboratory, late, seed=seed), 7) - invested(begun(laboratory, seed=seed), 7) for seed in SEEDS[:2]]
    assert min(more) > 0, more


def test_savers_of_a_community_bank_spend_as_before(laboratory: Laboratory) -> None:
    # A bank that lends to nobody and costs nothing, and savings laid there by hand: only their place differs.
    idle = use("community_bank", **{**BANK, "savers_share": 0.0}, largest_loan=0.0, deposit_rate=0.0, running_cost=0.0)
    plain, saved = begun(laboratory), begun(laboratory, idle)
    for town in (plain, saved):
        town.advance()
    residents, row = saved.residents, fund_row(saved, CommunityBank)
    laid = np.maximum(saved.ledger.balance[residents["account"]] - residents["usual_income"].astype(np.int64), 0)
    saved.ledger.begin_month(saved.month)
    saved.ledger.book("fund deposits", residents["account"], int(saved.funds["account"][row]), laid)
    residents["bank_deposits"][:] = laid
    for town in (plain, saved):
        town.advance()
    same = plain.residents["spending"] == residents["spending"]
    assert laid.sum() > 0
    assert same.mean() > 0.97


def test_a_firm_that_ends_is_the_banks_loss(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("community_bank", **BANK))
    audited(town, 2)
    row = fund_row(town, CommunityBank)
    borrower = int(np.argmax(town.firms["bank_debt"]))
    owed = int(town.firms["bank_debt"][borrower])
    account = int(town.firms["account"][borrower])
    lost, has = int(town.funds["losses"][row]), max(int(town.ledger.balance[account]), 0)
    to_banks = int(town.firms["loan"][borrower])
    before = fund_equity(town, row)
    end_firms(town, np.array([borrower]))
    assert account not in town.firms["account"].tolist()
    loss = owed - min(max(has - to_banks, 0), owed)
    assert loss > 0
    assert town.funds["losses"][row] - lost == loss
    assert before - fund_equity(town, row) == loss


def test_a_bank_that_fails_is_closed_and_its_savers_are_paid_by_deposit_protection(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("community_bank", **BANK))
    audited(town, 4)
    row, firms = fund_row(town, CommunityBank), town.firms
    held = town.residents["bank_deposits"].copy()
    assert held.any()
    # All that it lent is lost at once, and more than its capital.
    town.ledger.begin_month(town.month)
    town.ledger.book("fund loans", int(town.funds["account"][row]), BANK_ACCOUNT, np.array([cash_of(town, row)]))
    firms["bank_debt"][:] = 0
    before = town.ledger.balance[town.residents["account"]].copy()
    town.advance()
    paid = [booking for booking in town.ledger.journal if booking.channel == "fund deposits" and booking.payer.ndim == 0]
    given = np.zeros(len(town.ledger), np.int64)
    for booking in paid:
        if int(booking.payer) == BANK_ACCOUNT and booking.payee.ndim:
            np.add.at(given, booking.payee, booking.pence)
    np.testing.assert_array_equal(given[town.residents["account"]], held)
    assert town.funds["closed"][row] == town.month
    assert not town.residents["bank_deposits"].any()
    assert cash_of(town, row) == 0
    assert before.sum() > 0
    audited(town, 2)
    assert fund_row(town, CommunityBank) == -1, "a bank that failed is not set up again"


def test_withdrawals_are_no_more_than_the_bank_has(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("community_bank", end=6, **{**BANK, "savers_share": 0.3}, reserve_ratio=0.0))
    audited(town, 7)
    held = held_with(town, CommunityBank.code)
    # The bank has lent nearly all it has, and everyone needs their savings at once.
    row = fund_row(town, CommunityBank)
    town.ledger.begin_month(town.month)
    lent = cash_of(town, row) - 1000_00
    town.ledger.book("fund loans", int(town.funds["account"][row]), int(town.firms["account"][0]), np.array([lent]))
    town.firms["bank_debt"][0] += lent
    town.residents["usual_income"][:] *= 10000.0
    town.advance()
    assert 0 <= cash_of(town, row) < len(town.residents)
    assert 0 < held_with(town, CommunityBank.code) < held


def test_reserves_go_to_the_bank_where_there_is_one_and_stay_reserves(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("community_bank", **{**BANK, "savers_share": 0.0}), use("local_reserves", share=0.25))
    plain = begun(laboratory)
    plain.advance()
    audited(town, 1)
    anchors, ledger = town.anchors, town.ledger
    assert not anchors["fund_units"].any()
    # The council has income after savings are placed; the others have not.
    for row in range(1, len(anchors)):
        whole = int(plain.ledger.balance[plain.anchors["account"][row]]) - (250000_00 if row == 1 else 0)
        assert anchors["bank_deposits"][row] == whole // 4
        assert ledger.balance[anchors["account"][row]] == whole - whole // 4
    placed = anchors["bank_deposits"].copy()
    audited(town, 1)
    assert (anchors["reserves"] >= placed).all(), "what is placed still counts as reserves"


def test_reserves_come_back_when_they_end_though_pension_money_stays(laboratory: Laboratory) -> None:
    reserves = use("local_reserves", anchors=("hospital-trust",), share=0.5, end=3)
    town = begun(laboratory, use("pension_investment", yearly_amount=2e6), reserves)
    audited(town, 3)
    row, placed = fund_row(town, InvestmentFund), int(town.anchors["fund_units"].sum())
    assert placed > 0
    audited(town, 6)
    assert int(town.anchors["fund_units"].sum()) < placed, "what firms repay goes back to the anchor"
    assert lent_by(town, InvestmentFund.code) > 0
    assert cash_of(town, row) >= 0


def test_reserves_in_a_fund_bear_their_share_of_losses(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("local_reserves", share=0.3))
    audited(town, 3)
    row = fund_row(town, InvestmentFund)
    lent = lent_by(town, InvestmentFund.code)
    assert lent > 0
    assert town.funds["capital"][row] == 0
    assert fund_equity(town, row) <= town.anchors["fund_units"].sum()
    pair = laboratory.compare(use("local_reserves", share=0.3), months=8, seeds=SEEDS[:3])
    pair.rises("local_lending/investment fund", 3)
    pair.falls("anchor_reserves", 3)
    pair.identical("births", 1)


def test_pension_money_is_called_when_firms_ask_and_its_return_leaves(laboratory: Laboratory) -> None:
    pension = use("pension_investment", yearly_amount=1000000.0, end=8)
    town = begun(laboratory, pension)
    audited(town, 1)
    row = fund_row(town, InvestmentFund)
    assert cash_of(town, row) == 0, "nothing lies idle"
    assert town.funds["capital"][row] == lent_by(town, InvestmentFund.code) > 0
    assert town.funds["capital"][row] <= round(1000000_00 / 12)
    audited(town, 7)
    paid_in, due = int(town.funds["capital"][row]), lent_by(town, InvestmentFund.code)
    flows = town.ledger.flows[CHANNEL_NAMES.index("fund interest")]
    assert flows[WORLD] > 0
    assert flows[ANCHORS] == 0
    assert paid_in == due + int(town.funds["losses"][row]) + cash_of(town, row), "what is repaid is lent again"
    audited(town, 3)
    assert town.funds["capital"][row] < paid_in, "after the end what is repaid goes back"
    assert cash_of(town, row) == 0


@pytest.mark.parametrize("cover", [0.0, 2.0])
def test_only_firms_short_of_cash_are_lent_to_and_only_what_they_can_bear(cover: float, laboratory: Laboratory) -> None:
    town = laboratory.opening(2)
    for _ in range(3):
        town.advance()
    wanted = loans_asked(town, "bank_debt", 0.06, 50000_00, cover)
    firms = town.firms
    surplus = firms["usual_sales"] - firms["usual_costs"]
    assert (wanted > 0).any()
    rich = town.ledger.balance[firms["account"]] > firms["usual_costs"] * 12.0
    assert not wanted[rich].any()
    if cover:
        assert not wanted[surplus <= 0].any()
    else:
        assert wanted[surplus <= 0].any()


UNION: dict[str, Any] = {"anchor": "housing-association", "member_share": 0.4, "capital": 50000.0}


def hard_up(town: Economy) -> int:
    """Row of a private tenant in work who is left with a pound and owes a month's rent, with the books in order."""
    residents, ledger = town.residents, town.ledger
    rows = np.flatnonzero((residents["tenure"] == PRIVATE_RENT) & (residents["status"] == EMPLOYED) & residents["union_member"])
    row = int(rows[0])
    ledger.begin_month(town.month)
    ledger.book("rents", int(residents["account"][row]), int(residents["landlord"][row]), ledger.balance[[residents["account"][row]]] - 100)
    residents["rent_arrears"][row] = residents["rent"][row]
    residents["income"][row] = 0
    return row


def test_a_member_in_arrears_takes_out_savings_then_borrows_and_pays_the_rent(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("credit_union", **{**UNION, "member_share": 1.0}, loan_rate=0.02, largest_loan=500.0))
    audited(town, 3)
    row, fund = hard_up(town), fund_row(town, CreditUnion)
    residents, account = town.residents, int(town.residents["account"][hard_up(town)])
    saved, worth = int(residents["union_savings"][row]), fund_equity(town, fund)
    credit_union.run(town)
    assert residents["union_savings"][row] == 0
    assert residents["union_debt"][row] == 500_00, "no more than the largest loan"
    assert town.ledger.balance[account] == 100 + saved + 500_00
    flows = town.ledger.flows[:, FUNDS]
    earned = int(flows[CHANNEL_NAMES.index("fund interest")] + flows[CHANNEL_NAMES.index("policy costs")])
    assert fund_equity(town, fund) == worth + earned, "lending changes what it holds and not what it is worth"
    audited(town, 1)
    assert residents["rent_arrears"][row] < residents["rent"][row], "the loan goes to the landlord first"


def fall_on_hard_times(town: Economy) -> NDArray[np.bool_]:
    """Every fifth tenant in work loses all savings and half the income they are used to; returns who (residents,)."""
    residents, ledger = town.residents, town.ledger
    hit = (residents["rent"] > 0) & (residents["status"] == EMPLOYED) & (residents.slots % 5 == 0)
    ledger.begin_month(town.month)
    ledger.book("rents", residents["account"][hit], residents["landlord"][hit], ledger.balance[residents["account"][hit]])
    residents["usual_income"][hit] *= 2.0
    return hit


def test_members_on_hard_times_spend_more_of_what_they_are_used_to(laboratory: Laboratory) -> None:
    spent = []
    for uses in ((), (use("credit_union", **{**UNION, "member_share": 1.0}),)):
        town = begun(laboratory, *uses)
        audited(town, 2)
        hit = fall_on_hard_times(town)
        months = []
        for _ in range(3):
            town.advance()
            months.append(int(town.residents["spending"][hit].sum()))
        spent.append(months)
    assert spent[1][0] == pytest.approx(spent[0][0], rel=0.02), "help comes at the end of the month"
    assert spent[1][1] > 1.02 * spent[0][1]
    assert town.residents["union_debt"][hit].sum() > 0


def test_a_union_moves_nothing_before_it_starts_and_finds_nobody_a_job(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("credit_union", start=3, **UNION), months=8, seeds=SEEDS[:3])
    for measure in ("rent_arrears", "savings", "jobs", "mean_income"):
        pair.identical(measure, 1, 2)
    pair.rises("local_lending/credit union", 4)
    pair.rises("local_saving/credit union", 4)
    pair.within("jobs", 0.01 * pair.reference.mean("jobs"), 3)


def test_who_is_too_long_without_work_does_not_repay(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("credit_union", **UNION, default_months=6))
    audited(town, 2)
    residents, fund = town.residents, fund_row(town, CreditUnion)
    row = int(np.flatnonzero(residents["union_member"] & (residents["status"] == UNEMPLOYED))[0])
    residents["union_debt"][row] = 300_00
    residents["union_savings"][row] = 100_00
    residents["months_without_work"][row] = 6
    lost = int(town.funds["losses"][fund])
    town.ledger.begin_month(town.month)
    credit_union.run(town)
    assert residents["union_debt"][row] == 0
    assert residents["union_savings"][row] == 0
    assert town.funds["losses"][fund] - lost == 200_00, "savings go against the debt first"


def test_a_union_that_fails_is_closed_and_savers_are_paid(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("credit_union", **UNION))
    audited(town, 6)
    fund, held = fund_row(town, CreditUnion), town.residents["union_savings"].copy()
    before = town.ledger.balance[town.residents["account"]].copy()
    town.ledger.begin_month(town.month)
    town.ledger.book("fund loans", int(town.funds["account"][fund]), BANK_ACCOUNT, np.array([cash_of(town, fund)]))
    credit_union.run(town)
    gained = town.ledger.balance[town.residents["account"]] - before
    assert held.any()
    assert (gained[held > 0] <= held[held > 0]).all(), "interest and repayments apart they have their savings back"
    assert gained.sum() > 0.9 * held.sum()
    assert town.funds["closed"][fund] == town.month
    audited(town, 2)


def test_a_place_can_have_one_community_bank_only(tmp_path: Path) -> None:
    use_of = "  - {{use: community_bank, anchor: {}, capital: 1000, savers_share: 0.1}}\n"
    uses = use_of.format("council") + use_of.format("college")
    file = tmp_path / "two-banks.yaml"
    file.write_text(f"title: Two banks\nbased_on: anytown/business-as-usual\npolicies:\n{uses}")
    with pytest.raises(InputError, match="community_bank is in force twice"):
        load_scenario(str(file), POLICIES, SHOCKS)
