"""The model against input-output theory: with frozen behaviour it is the linear system of its own accounts."""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy

import numpy as np
import pytest
from support.frozen import TINY, Accounts, export_receipts, frozen_town, inject, receipts, run_to_rest
from support.places import shipped

from sim.core.channels import LOCAL_INSTITUTIONS
from sim.economy import Economy
from sim.kinds.firms import Branch
from sim.measures.formulas.lm3 import lm3
from sim.runs.opening.opened import opened
from sim.settings.sectors import SECTORS

PROMISED = 1e-9


@pytest.fixture(scope="module", params=[TINY, 1.0], ids=["tiny", "anytown"])
def town(request) -> Economy:
    """A frozen town at rest."""
    made = frozen_town(request.param)
    run_to_rest(made)
    return made


@pytest.fixture(scope="module")
def accounts(town) -> Accounts:
    return Accounts.of(town)


def test_at_rest_incomes_solve_the_system_of_the_accounts(accounts):
    """income = outside (I - Q)^-1, account by account."""
    gap = np.abs(accounts.response(accounts.outside) - accounts.income)
    assert gap.max() <= PROMISED * accounts.income.max()


def test_every_member_passes_on_no_more_than_it_gets_or_owes_it(accounts):
    assert (accounts.passed_on.sum(axis=1) >= 0).all() and accounts.passed_on.nnz > len(accounts.member)


@pytest.mark.parametrize("sector", ["other-manufacturing", "construction", "wholesale-retail", "professional", "health-care"])
def test_a_permanent_injection_has_the_type_two_multiplier(town, accounts, sector):
    """Extra outside demand for good: the response of all local receipts is entry (I - Q)^-1 1, households closed in."""
    changed = deepcopy(town)
    inject(changed, SECTORS.index(sector), 0.1)
    run_to_rest(changed)
    entry = (export_receipts(changed) - export_receipts(town))[accounts.member].astype(float)
    response = (receipts(changed) - receipts(town))[accounts.member].astype(float)
    assert entry.sum() > 0.0
    expected = accounts.response(entry)
    assert response.sum() == pytest.approx(expected.sum(), rel=PROMISED)
    assert np.abs(response - expected).max() <= PROMISED * expected.sum()
    # The households are in it: firms alone (type I) answer less, by far more than the promised error.
    firms = np.isin(accounts.member, town.firms["account"])
    open_households = Accounts(
        accounts.member[firms], accounts.income[firms], accounts.outside[firms], accounts.passed_on[firms][:, firms].tocsr()
    )
    assert open_households.response(entry[firms]).sum() < 0.999 * response.sum()


def test_two_injections_add_up(town, accounts):
    """Linear: both at once are the sum of each alone."""
    alone = []
    for sectors in ((5,), (6,), (5, 6)):
        changed = deepcopy(town)
        for sector in sectors:
            inject(changed, sector, 0.1)
        run_to_rest(changed)
        alone.append((receipts(changed) - receipts(town))[accounts.member].astype(float))
    assert alone[0].sum() + alone[1].sum() == pytest.approx(alone[2].sum(), rel=PROMISED)


def test_three_rounds_by_hand_are_lm3(town, accounts):
    """LM3 of a pound paid to one firm: pound by pound through the journal, against the first three terms of the series."""
    firms = town.firms["account"].tolist()
    inside = set(accounts.member.tolist())
    paid: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    income: dict[int, int] = defaultdict(int)
    for booking in town.ledger.journal:
        for payer, payee, pence in zip(
            *(np.broadcast_to(x, booking.pence.shape).tolist() for x in (booking.payer, booking.payee, booking.pence)), strict=True
        ):
            if booking.channel == "council tax":
                income[payer] -= pence
                continue
            income[payee] += pence
            if payer in inside and payee in inside:
                paid[payer][payee] += pence
    place = {account: k for k, account in enumerate(accounts.member.tolist())}
    for firm in firms[:: max(len(firms) // 8, 1)]:
        if income[firm] <= 0:
            continue
        second = {payee: pence / income[firm] for payee, pence in paid[firm].items()}
        third = sum(share * sum(paid[payee].values()) / income[payee] for payee, share in second.items() if income[payee] > 0)
        by_hand = lm3(1.0, sum(second.values()), third)
        entry = np.zeros(len(accounts.member))
        entry[place[firm]] = 1.0
        once = accounts.passed_on.T @ entry
        series = (entry.sum() + once.sum() + (accounts.passed_on.T @ once).sum()) / entry.sum()
        assert by_hand == pytest.approx(series, rel=1e-12)


def test_the_measure_lm3_by_hand():
    """The measure of a usual month, recomputed from its journal in plain loops."""
    town = opened(shipped("anytown/business-as-usual"), seed=4)
    for _ in range(3):
        town.step()
    financial = {"new loans", "repayments", "write-offs", "owner capital", "estates", "firm sales", "seed capital"}
    group = groups_by_hand(town)
    local = {g for g in group.values() if g[0] in ("anchor", "fifth", "firms")}
    contracts, paid, stays = 0, defaultdict(int), defaultdict(int)
    entry: dict[tuple[str, int, bool], int] = defaultdict(int)
    for booking in town.ledger.journal:
        if booking.channel in financial:
            continue
        for payer, payee, pence in zip(
            *(np.broadcast_to(x, booking.pence.shape).tolist() for x in (booking.payer, booking.payee, booking.pence)), strict=True
        ):
            paid[group[payer]] += pence
            stays[group[payer]] += pence * (group[payee] in local)
            if booking.channel == "contracts":
                contracts += pence
                entry[group[payee]] += pence * (group[payee] in local)
    second = sum(entry.values())
    third = sum(pence * stays[g] / paid[g] for g, pence in entry.items() if paid[g])
    assert town.recorder.finish(town).measures["lm3"][-1] == pytest.approx((contracts + second + third) / contracts, rel=1e-12)


def groups_by_hand(town: Economy) -> dict[int, tuple[str, int, bool]]:
    """Group of every account, as the measure defines them: fifths of residents, firms by sector and whether a branch."""
    group: dict[int, tuple[str, int, bool]] = {account: ("outside", account, False) for account in range(4)}
    for account in range(4, len(town.ledger)):
        # Firms that ended this month are counted with the first sector's local firms.
        group[account] = ("firms", 0, False) if town.ledger.sector[account] in LOCAL_INSTITUTIONS else ("outside", account, False)
    for resident in town.residents.rows(town.residents.slots).tolist():
        group[int(town.residents["account"][resident])] = ("fifth", int(town.residents["income_tenth"][resident]) // 2, False)
    for anchor in town.anchors["account"].tolist():
        group[anchor] = ("anchor", 0, False)
    for account, sector, kind in zip(*(town.firms[name].tolist() for name in ("account", "sector", "kind")), strict=True):
        group[account] = ("firms", sector, kind == Branch.code)
    return group
