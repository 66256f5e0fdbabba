"""From published contracts to an anchor: a year's money, ends, what tells nothing left out and told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.settings.load import load_place, load_scenario
from sim.spend import read_contracts
from sim.spend.anchor.contracts import contract_suppliers
from sim.spend.anchor.files import write_anchor
from sim.spend.matching.places import PlaceAreas

FILE = Path(__file__).parents[3] / "data" / "ocds" / "contracts-finder-releases.jsonl"
TODAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def contracts() -> pd.DataFrame:
    return read_contracts(FILE).contracts


def test_every_contract_counts_or_is_left_out(contracts):
    found = contract_suppliers(contracts, TODAY)
    assert found.table["contracts"].sum() + found.left_out["contracts"].sum() == len(contracts)
    live = contracts[(contracts["start"] <= "2025-06-01") & (contracts["end"] >= "2025-06-01") & (contracts["value"] > 0)]
    assert found.table["contracts"].sum() == len(live) and found.currency == "GBP"
    assert set(found.left_out["reason"]) <= {"another currency", "without dates", "to come", "ended", "no value"}
    days = (live["end"] - live["start"]).dt.days + 1
    assert found.table["amount"].sum() == pytest.approx((live["value"] / (days / 365.25).clip(lower=1.0)).sum(), rel=0.002)


def test_where_and_kind_are_told_where_they_can_be(contracts):
    areas = PlaceAreas(("E06000045",))
    table = contract_suppliers(contracts, TODAY, areas).table
    assert {"outside"} <= set(table["where"]) <= {"place", "outside", "unknown"}
    assert "company" in set(table["kind"])
    assert set(contract_suppliers(contracts, TODAY).table["where"]) == {"unknown"}


def test_one_buyer(contracts):
    buyer = contracts["buyer"].iloc[0]
    found = contract_suppliers(contracts, TODAY, buyer=buyer.upper())
    assert found.table["contracts"].sum() + found.left_out["contracts"].sum() == (contracts["buyer"] == buyer).sum() < len(contracts)


def test_a_contract_book_becomes_an_anchor_and_runs(contracts, tmp_path):
    table = contract_suppliers(contracts, TODAY).table
    made = write_anchor(table, "anytown", "council", tmp_path, months=12, today="2025-06", published="published contracts")
    council = load_place(made.place).anchors[0]
    assert round(council.annual_spend.value * 100) == table["amount"].sum() and council.annual_spend.year == 2025
    assert int(council.contracts.value) == table["contracts"].sum()
    assert {row.end for row in council.suppliers} == set(table["end"])
    text = made.usual.read_text(encoding="utf-8") + "parameters: {behaviour.burn_in_months: 1}\n"
    made.usual.write_text(text, encoding="utf-8")
    town = Economy(load_scenario(made.usual, POLICIES, SHOCKS), seed=1)
    first = min(table["end"])
    ends = town.contracts["end"][town.contracts["anchor"] == 0]
    assert ends.min() == (int(first[:4]) - 2025) * 12 + int(first[5:]) - 6 + 1
    town.step()
