"""A local currency: backed to the penny, spent only where it is accepted, held by those who hold the purse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.books import Auditor
from support.laboratory import Laboratory, use

from sim.core.channels import ANCHORS, CHANNEL_NAMES, FUNDS
from sim.economy import Economy
from sim.errors import MoneyError
from sim.kinds.claims import cash_of, fund_row, in_purse
from sim.kinds.firms import Branch
from sim.kinds.funds import CurrencyIssuer
from sim.month.finance.local_currency import check_backing
from sim.month.turnover import end_firms
from sim.supplyweb import supply_web

CURRENCY: dict[str, Any] = {"anchor": "council", "member_share": 0.3, "budget_share": 0.25, "seller_share": 0.5}


def begun(laboratory: Laboratory, *uses: Any, seed: int = 1) -> Economy:
    """A town at its opening with these uses."""
    town = laboratory.opening(seed)
    return town.with_scenario(laboratory.with_uses(town, uses))


def audited(town: Economy, months: int) -> None:
    """Some months with every month's books checked from the journal."""
    auditor = Auditor(town)
    for _ in range(months):
        auditor.step()


def circulation(town: Economy) -> int:
    """All that lies in purses, pence."""
    return int(in_purse(town, town.residents).sum() + in_purse(town, town.firms).sum())


def between_purses(town: Economy) -> dict[str, int]:
    """Pence paid from purse to purse this month, by channel."""
    purse = np.zeros(len(town.ledger), bool)
    for table in (town.residents, town.firms):
        purse[table["purse"][table["purse"] >= 0]] = True
    found: dict[str, int] = {}
    for item in town.ledger.journal:
        payer, payee = np.broadcast_to(item.payer, item.pence.shape), np.broadcast_to(item.payee, item.pence.shape)
        pence = int(item.pence[purse[payer] & purse[payee]].sum())
        found[item.channel] = found.get(item.channel, 0) + pence
    return {channel: pence for channel, pence in found.items() if pence}


def test_every_unit_is_backed_and_every_account_adds_up(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("local_currency", **CURRENCY, wage_share=0.2, redeem_fee=0.03, demurrage=0.01))
    for _ in range(8):
        audited(town, 1)
        row = fund_row(town, CurrencyIssuer)
        assert cash_of(town, row) == 0, "what it holds is what it owes"
        assert -town.ledger.balance[town.funds["issue"][row]] == circulation(town) > 0
    assert set(between_purses(town)) == {"shopping", "inputs", "wages"}
    town.ledger.book("currency exchange", int(town.funds["account"][row]), 3, np.array([1]))
    with pytest.raises(MoneyError, match="holds"):
        check_backing(town, row)


def test_only_firms_owned_here_hold_a_purse_and_nothing_else_is_paid_from_one(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("local_currency", **CURRENCY))
    audited(town, 4)
    firms = town.firms
    assert not (firms["purse"][firms["kind"] == Branch.code] >= 0).any()
    assert set(between_purses(town)) == {"shopping", "inputs"}, "no wages unless the scenario says so"
    share = (town.residents["purse"] >= 0).mean()
    assert abs(share - 0.3) < 0.03
    flows = town.ledger.flows[CHANNEL_NAMES.index("currency exchange")]
    assert flows[ANCHORS] == 0
    assert flows[FUNDS] == 0 or abs(int(flows.sum())) == 0


def test_a_purse_belongs_to_its_holder(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("local_currency", **CURRENCY))
    audited(town, 3)
    for table, row_of in ((town.residents, town.resident_row), (town.firms, town.firm_row)):
        rows = np.flatnonzero(table["purse"] >= 0)
        np.testing.assert_array_equal(row_of[table["purse"][rows]], rows)
        np.testing.assert_array_equal(town.ledger.sector[table["purse"][rows]], town.ledger.sector[table["account"][rows]])
    spent = sum(int(item.pence.sum()) for item in town.ledger.journal if item.channel == "shopping")
    graph = supply_web(town)
    assert sum(data["pence"] for _, _, key, data in graph.edges(keys=True, data=True) if key == "shopping") == spent
    assert not any("ended residents" in str(node) or "ended community funds" in str(node) for node in graph)
    assert any(data["kind"] == "CurrencyIssuer" for _, data in graph.nodes(data=True))


def test_a_firm_that_ends_changes_back_what_it_holds(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("local_currency", **CURRENCY, redeem_share=0.0))
    audited(town, 4)
    firm = int(np.argmax(in_purse(town, town.firms)))
    purse, held = int(town.firms["purse"][firm]), int(in_purse(town, town.firms)[firm])
    before = circulation(town)
    assert held > 0
    end_firms(town, np.array([firm]))
    assert town.ledger.balance[purse] == 0
    assert before - circulation(town) == held
    check_backing(town, fund_row(town, CurrencyIssuer))


def test_when_it_ends_every_unit_is_changed_back(laboratory: Laboratory) -> None:
    town = begun(laboratory, use("local_currency", **CURRENCY, end=4))
    audited(town, 4)
    assert circulation(town) > 0
    audited(town, 2)
    assert circulation(town) == 0
    assert between_purses(town) == {}


def test_it_changes_where_members_shop_and_not_how_much_the_place_has(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("local_currency", start=3, **CURRENCY), months=12, seeds=(1, 2, 3, 4))
    for measure in ("household_retention", "savings", "jobs"):
        pair.identical(measure, 1, 2)
    pair.rises("currency_in_circulation", 4)
    pair.rises("currency_velocity", 5)
    pair.rises("household_retention", 8)
    # No purchasing power is added: each unit is bought with a pound.
    pair.within("jobs", 0.02 * pair.reference.mean("jobs"), 4)
