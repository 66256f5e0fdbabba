"""Every number of the analysis of a made-up reading, counted by hand; and that no name of a person is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from made_up_spending import made_up_reading, made_up_suppliers

from sim.spend.analysis.analyse import SpendAnalysis, analyse
from sim.spend.analysis.lines import join_lines
from sim.spend.analysis.names import NameGuard, hashed_name, masked_row


@pytest.fixture(scope="module")
def found() -> SpendAnalysis:
    return analyse(made_up_reading(), made_up_suppliers(), top=2)


def by(table: pd.DataFrame, column: str, name: str) -> dict[str, float]:
    return dict(table.set_index(column)[name])


def test_rows_and_value_read_used_and_set_aside(found: SpendAnalysis) -> None:
    rows, pence = (by(found.table("totals"), "item", name) for name in ("rows", "pence"))
    assert (rows["read"], rows["used"], rows["set aside"]) == (10, 7, 3)
    assert (pence["read"], pence["used"], pence["set aside"]) == (2_500_00, 1_250_00, 1_250_00)
    assert (rows["of which credits and negatives"], pence["of which credits and negatives"]) == (1, -50_00)
    assert pence["of which payments"] == 1_300_00
    assert (rows["of which without a date"], pence["of which without a date"]) == (1, 200_00)
    assert pence["of which to private persons or with the name withheld"] == 100_00


def test_where_it_goes_of_all_and_of_what_is_known(found: SpendAnalysis) -> None:
    where = found.table("where", "all")
    assert by(where, "where", "pence") == {"place": 800_00, "region": 250_00, "outside": 0, "unknown": 200_00}
    assert by(where, "where", "share") == {"place": 0.64, "region": 0.2, "outside": 0.0, "unknown": 0.16}
    known = by(where, "where", "share_of_known")
    assert known["place"] == pytest.approx(800 / 1050)
    assert known["outside"] == 0.0
    assert np.isnan(known["unknown"])
    assert by(where, "where", "suppliers") == {"place": 1, "region": 1, "outside": 0, "unknown": 1}, "a person is no supplier"


def test_the_top_leaves_out_persons_and_what_is_smaller(found: SpendAnalysis) -> None:
    assert by(found.table("where", "top"), "where", "pence") == {"place": 700_00, "region": 250_00, "outside": 0, "unknown": 0}
    assert (found.headline["top_place"], found.headline["top_outside"]) == (pytest.approx(700 / 950), 0.0)
    assert found.headline["all_place_of_known"] == pytest.approx(800 / 1050)
    largest = found.table("largest_suppliers")
    assert largest["name"].tolist() == ["Hill Builders Ltd", "=Caterers"]
    assert largest["running_share"].tolist() == pytest.approx([0.56, 0.76])


def test_groups_by_kind_sector_size_area_and_category(found: SpendAnalysis) -> None:
    assert by(found.table("kinds", "all"), "kind", "pence") == {"company": 900_00, "person or withheld": 100_00, "unknown": 250_00}
    assert found.table("sectors", "all")["sector"].tolist() == ["construction", "accommodation-food", "information", "unknown"]
    assert by(found.table("sizes", "all"), "size", "share_of_known")["small"] == pytest.approx(700 / 900)
    assert found.table("areas")["area"].tolist() == ["Roads", "Schools", "Care", "not given"]
    roads = found.table("areas").iloc[0]
    assert (roads["place_pence"], roads["place_share"], roads["unknown_pence"]) == (700_00, 1.0, 0)
    assert by(found.table("categories"), "category", "pence")["[name withheld]"] == 80_00
    matrix = found.table("sector_by_where", "all").set_index(["sector", "where"])["pence"]
    assert matrix["information", "unknown"] == 200_00
    assert matrix.sum() == 1_250_00


def test_periods_of_three_lengths_with_the_undated_last(found: SpendAnalysis) -> None:
    table = found.table("periods")
    pence = {step: by(part, "period", "pence") for step, part in table.groupby("step")}
    assert pence["month"] == {"2019-03": 300_00, "2019-04": 600_00, "2019-05": 150_00, "undated": 200_00}
    assert pence["quarter"] == {"2019-01 to 03": 300_00, "2019-04 to 06": 750_00, "undated": 200_00}
    assert pence["financial year"] == {"2018-19": 300_00, "2019-20": 750_00, "undated": 200_00}
    assert table[table["step"] == "month"]["period"].tolist()[-1] == "undated"


def test_concentration_is_that_of_named_suppliers(found: SpendAnalysis) -> None:
    share = by(found.table("concentration"), "measure", "share")
    assert share["largest 1"] == pytest.approx(700 / 1150)
    assert "largest 5" not in share
    assert share["herfindahl"] == pytest.approx((700**2 + 250**2 + 200**2) / 1150**2)
    assert by(found.table("concentration"), "measure", "suppliers")["suppliers that make 80%"] == 2


def test_certainty_of_each_guess_by_value(found: SpendAnalysis) -> None:
    table = found.table("certainty").set_index(["what", "certainty"])["pence"]
    assert table["where", "certain"] == 700_00
    assert table["where", "above four fifths"] == 350_00
    assert table["where", "unknown"] == 200_00
    assert table["sector", "below a half"] == 200_00
    assert table["sector"].sum() == table["kind"].sum() == 1_250_00


def test_all_checks_agree_and_one_that_does_not_stops_it(found: SpendAnalysis, reading: Any, suppliers: Any) -> None:
    assert found.table("checks")["agrees"].all()
    assert len(found.table("checks")) == 16
    suppliers.table.loc["s1", "amount"] += 1
    with pytest.raises(ValueError, match="pence of all suppliers make the whole: expected 125000, found 125001"):
        analyse(reading, suppliers)


def test_the_account_of_the_reading(found: SpendAnalysis, reading: Any) -> None:
    file = found.table("files").iloc[0]
    assert (file["rows_read"], file["rows_used"], file["rows_set_aside"], file["pence"], file["delimiter"]) == (10, 7, 3, 1_250_00, "comma")
    assert by(found.table("columns"), "field", "certainty") == {"supplier": 1.0, "amount": 0.6}
    aside = found.table("set_aside").set_index("reason")
    assert aside.loc["total", ["rows", "rows_with_amount", "pence"]].tolist() == [1, 1, 1_250_00]
    assert aside.loc["no-amount", ["rows", "rows_with_amount", "pence"]].tolist() == [1, 0, 0]


def test_no_name_of_a_person_is_in_any_table(found: SpendAnalysis, reading: Any) -> None:
    for name, table in {**found.tables, "suppliers": found.suppliers}.items():
        words = table.to_csv().casefold()
        assert "ann" not in words.replace("annual", ""), name
        assert "pr1 9zz" not in words, name
    person = found.suppliers.loc["s4"]
    assert (person["name"], person["kind_why"], person["amount"]) == ("Private person or withheld", "", 100_00)
    assert found.table("warnings")["warning"].tolist() == ["line 9 repeats line 8: [name withheld], foster care"]


def test_hashed_names_stand_for_all(reading: Any, suppliers: Any) -> None:
    hashed = analyse(reading, suppliers, hash_names=True)
    assert hashed.suppliers["name"].tolist()[0] == hashed_name("HILL  builders ltd")
    assert hashed.suppliers["name"].tolist()[3] == "Private person or withheld"
    words = "".join(table.to_csv() for table in [*hashed.tables.values(), hashed.suppliers])
    assert not [name for name in ("Hill", "Caterers,", "Software", "01234567", "PR1") if name in words]


def test_a_file_of_credits_alone_has_no_shares(reading: Any, suppliers: Any) -> None:
    reading.payments["amount"] = -reading.payments["amount"].abs()
    suppliers.table["amount"] = reading.payments.groupby("key")["amount"].sum()
    reading.files[0].pence_used = int(reading.payments["amount"].sum())
    found = analyse(reading, suppliers)
    assert found.headline["all_place"] is None
    assert found.table("where")["share"].isna().all()
    assert found.table("concentration").empty


def test_a_reading_with_nothing_in_it(reading: Any, suppliers: Any) -> None:
    empty = replace(reading, payments=reading.payments.iloc[:0], set_aside=reading.set_aside.iloc[:0], files=())
    found = analyse(empty, replace(suppliers, table=suppliers.table.iloc[:0], of_payment=suppliers.of_payment.iloc[:0]))
    assert found.headline["rows_read"] == 0
    assert (found.headline["first_date"], found.headline["all_place"]) == ("", None)


def test_a_payment_without_its_supplier_is_a_fault_of_the_program(reading: Any, suppliers: Any) -> None:
    lost = replace(suppliers, of_payment=suppliers.of_payment.map(lambda one: "nobody"))
    with pytest.raises(ValueError, match="a payment has no supplier in the table"):
        join_lines(reading.payments, lost, suppliers.table, 2, NameGuard([]))


def test_rows_set_aside_show_known_words_only() -> None:
    assert masked_row("Sub-Total for O'Neill, Mary Ann,,£1,200.50") == "Sub-Total for …, …,,£1,200.50"
    assert masked_row("05/05/2019;Ann Lee;GB29NWBK60161331926819;12345678901") == "05/05/2019;…;…;…"


def test_a_guard_takes_the_longest_name_and_leaves_single_words() -> None:
    guard = NameGuard(["Lee", "Ann Lee", "Ann Lee Jones"])
    assert guard.clean("ANN LEE JONES and Ann, Lee at Lee Road") == "[name withheld] and [name withheld] at Lee Road"
    assert guard.clean("lee") == "[name withheld]"
    assert guard.clean("") == ""
