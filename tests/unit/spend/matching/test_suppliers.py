"""Suppliers of payments as a whole: no penny lost, nobody private shown, what is known wins, what is unknown stays so."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sim.settings.sectors import SECTORS
from sim.spend.suppliers import (
    KINDS,
    NO_NAME,
    PERSON,
    PERSON_NAME,
    SUPPLIER_SIZES,
    TABLE_COLUMNS,
    WHERE,
    KnownSupplier,
    KnownSuppliers,
    PlaceAreas,
    Suppliers,
    match_suppliers,
)

PRESTON = PlaceAreas(("E07000123",), ("E07000126", "E07000118"), ("Preston",), ("Lancashire",))
EMPTY = {
    "body": "Preston City Council",
    "supplier_number": "",
    "category": "",
    "area": "",
    "description": "",
    "postcode": "",
    "redacted": False,
}


def payments(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**EMPTY, **row} for row in rows])


def pay(supplier: str, amount: int, **more: Any) -> dict[str, Any]:
    return {"supplier": supplier, "amount": amount, **more}


def row_of(suppliers: Suppliers, payment: int) -> pd.Series:
    return suppliers.table.loc[suppliers.of_payment.iloc[payment]]


MIXED = payments(
    pay("Acme Tools Ltd", 900, postcode="PR1 2HE", category="Building works"),
    pay("ACME TOOLS LIMITED", 300, postcode="PR7 1AA", category="Taxis"),
    pay("Acme Tools", -100),
    pay("REDACTED", 400, redacted=True, category="Foster care", postcode="PR1 2HE"),
    pay("Mrs J Smith", 50, postcode="SW1A 1AA"),
    pay("John Brown", 70),
    pay("", 10),
    pay("Remedi", 20),
    pay("Lancashire Books Ltd", 5),
)


@pytest.fixture(scope="module")
def mixed() -> Suppliers:
    return match_suppliers(MIXED, PRESTON)


def test_every_payment_has_a_supplier_and_no_penny_is_lost(mixed: Suppliers) -> None:
    assert mixed.of_payment.index.equals(MIXED.index)
    assert set(mixed.of_payment) == set(mixed.table.index)
    sums = MIXED.groupby(mixed.of_payment)["amount"].agg(["sum", "size"])
    assert mixed.table["amount"].equals(sums["sum"].reindex(mixed.table.index).rename("amount"))
    assert mixed.table["payments"].equals(sums["size"].reindex(mixed.table.index).rename("payments"))


def test_the_table_has_its_columns_and_closed_lists(mixed: Suppliers) -> None:
    table = mixed.table
    assert tuple(table.columns) == TABLE_COLUMNS
    assert list(table.index) == [f"s{number:05d}" for number in range(1, len(table) + 1)]
    assert table["amount"].is_monotonic_decreasing
    assert set(table["kind"]) <= set(KINDS)
    assert set(table["sector"]) <= {*SECTORS, "unknown"}
    assert set(table["where"]) <= set(WHERE)
    assert set(table["size"]) <= set(SUPPLIER_SIZES)
    for column in ("kind_certainty", "sector_certainty", "where_certainty"):
        assert table[column].between(0.0, 1.0).all()


def test_spellings_of_one_firm_are_one_row(mixed: Suppliers) -> None:
    row = row_of(mixed, 0)
    assert row_of(mixed, 1).equals(row)
    assert row_of(mixed, 2).equals(row)
    assert (row["name"], row["spellings"], row["payments"], row["amount"]) == ("Acme Tools Ltd", 3, 3, 1100)
    joins = mixed.joins[mixed.joins["key"] == row.name]
    assert joins["spelling"].tolist() == ["Acme Tools Ltd", "ACME TOOLS LIMITED", "Acme Tools"]
    assert joins["certainty"].tolist() == [1.0, 0.98, 0.98]


def test_postcode_and_sector_go_by_value(mixed: Suppliers) -> None:
    row = row_of(mixed, 0)
    assert (row["postcode"], row["where"], row["where_certainty"]) == ("PR1 2HE", "place", 1.0)
    assert row["sector"] == "construction"


def test_nobody_private_is_shown_anywhere(mixed: Suppliers) -> None:
    everything = " ".join([mixed.table.to_csv(), mixed.joins.to_csv(), mixed.of_payment.to_csv()])
    for word in ("Smith", "Brown", "REDACTED", "SW1A"):
        assert word not in everything
    hidden = mixed.table[mixed.table["kind"] == PERSON]
    assert set(hidden["name"]) == {PERSON_NAME}
    assert set(hidden["postcode"]) == {""}
    assert hidden["amount"].sum() == 520


def test_hidden_money_keeps_its_place_and_sector(mixed: Suppliers) -> None:
    assert row_of(mixed, 3)[["where", "sector", "kind_certainty"]].tolist() == ["place", "health-care", 1.0]
    assert row_of(mixed, 4)["where"] == "outside"
    assert row_of(mixed, 5)["where"] == "unknown"


def test_hidden_names_of_two_bodies_share_no_row() -> None:
    two = match_suppliers(payments(pay("Mr A", 1), pay("Mr B", 2), pay("Mr C", 3, body="Chorley Council")))
    assert two.table["spellings"].tolist() == [1, 2]
    assert two.table["amount"].tolist() == [3, 3]


def test_what_is_unknown_stays_unknown_with_its_value(mixed: Suppliers) -> None:
    nameless, remedi = row_of(mixed, 6), row_of(mixed, 7)
    assert (nameless["name"], nameless["kind"], nameless["amount"]) == (NO_NAME, "unknown", 10)
    assert remedi[["kind", "sector", "where", "size"]].tolist() == ["unknown"] * 4
    assert remedi["where_why"] == "no postcode"


def test_a_place_in_a_name_is_a_weak_guess(mixed: Suppliers) -> None:
    assert row_of(mixed, 8)[["where", "where_certainty"]].tolist() == ["region", 0.3]


def test_what_is_known_wins_over_every_guess() -> None:
    known = KnownSuppliers(
        [
            KnownSupplier("Acme Tools Ltd", kind="co-operative", sector="education", where="outside", size="small", company_number="IP1"),
            KnownSupplier("John Brown", kind="company", postcode="PR1 2HE"),
            KnownSupplier("Remedi", kind=PERSON),
        ]
    )
    found = match_suppliers(MIXED, PRESTON, known)
    acme, brown, remedi = (row_of(found, payment) for payment in (1, 5, 7))
    assert acme[["kind", "sector", "where", "size", "company_number"]].tolist() == ["co-operative", "education", "outside", "small", "IP1"]
    assert acme[["kind_certainty", "sector_certainty", "where_certainty"]].tolist() == [1.0, 1.0, 1.0]
    assert brown[["name", "kind", "where"]].tolist() == ["John Brown", "company", "place"]
    assert remedi["name"] == PERSON_NAME
    assert "Remedi" not in found.joins.to_csv()


def test_who_stands_in_the_list_of_the_known_is_no_person_to_hide() -> None:
    known = KnownSuppliers([KnownSupplier("Mary Brown")])
    found = match_suppliers(payments(pay("Mary Brown", 70), pay("John Brown", 30)), PRESTON, known)
    assert (row_of(found, 0)["name"], row_of(found, 0)["kind"]) == ("Mary Brown", "unknown")
    assert row_of(found, 0)["kind_why"] == "named in the list of the known"
    assert row_of(found, 1)["kind"] == PERSON and row_of(found, 1)["name"] != "John Brown"


def test_a_doubtful_person_with_a_legal_form_elsewhere_is_a_firm() -> None:
    both = match_suppliers(payments(pay("Brickman Yale", 5), pay("Brickman Yale Ltd", 9)))
    assert len(both.table) == 1
    assert both.table["kind"].tolist() == ["company"]
    alone = match_suppliers(payments(pay("Brickman Yale", 5)))
    assert alone.table["kind"].tolist() == [PERSON]


def test_without_areas_no_place_is_told() -> None:
    assert match_suppliers(MIXED).table["where"].eq("unknown").all()


def test_no_payments_no_suppliers() -> None:
    none = match_suppliers(MIXED.iloc[:0], PRESTON)
    assert len(none.table) == len(none.of_payment) == len(none.joins) == 0
    assert tuple(none.table.columns) == TABLE_COLUMNS


def test_the_order_of_payments_does_not_matter() -> None:
    turned = MIXED.iloc[::-1]
    first, second = match_suppliers(MIXED, PRESTON), match_suppliers(turned, PRESTON)
    assert first.table.equals(second.table)
    assert first.of_payment.equals(second.of_payment.reindex(MIXED.index))
