"""Suppliers of payments made at random: whatever the names, no penny is lost and nobody who is hidden is shown."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sim.spend.matching.kinds import kind_of
from sim.spend.matching.names import normal_name
from sim.spend.matching.parties import DOUBTFUL_PERSON
from sim.spend.suppliers import PERSON, PlaceAreas, match_suppliers

WORDS = (
    "Acme",
    "Tools",
    "Ltd",
    "LIMITED",
    "Mrs",
    "Zebedee",
    "Quixley",
    "&",
    "Co.",
    "(UK)",
    "t/a",
    "REDACTED",
    "Council",
    "12",
    "-",
    "The",
    "",
    "Café",
)
NAMES = st.one_of(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), st.text(max_size=12))
PAYMENT = st.fixed_dictionaries(
    {
        "body": st.sampled_from(["A", "B", ""]),
        "supplier": NAMES,
        "supplier_number": st.sampled_from(["", "C1", "C2"]),
        "amount": st.integers(-(10**12), 10**12),
        "category": st.sampled_from(["", "Taxis", "85000000-9", "Rents"]),
        "area": st.sampled_from(["", "Adult social care"]),
        "description": st.text(max_size=5),
        "postcode": st.sampled_from(["", "PR1 2HE", "PR5 0AA", "BT1 1AA", "ZZ9 9ZZ", "nowhere"]),
        "redacted": st.booleans(),
    }
)
PRESTON = PlaceAreas(("E07000123",), ("E07000126",), ("Preston",), ("Lancashire",))


@given(st.lists(PAYMENT, max_size=12))
def test_money_stays_and_hidden_names_stay_hidden(rows: list[dict[str, Any]]) -> None:
    columns = ["body", "supplier", "supplier_number", "amount", "category", "area", "description", "postcode", "redacted"]
    payments = pd.DataFrame(rows, columns=columns).astype({"amount": "int64", "redacted": bool})
    found = match_suppliers(payments, PRESTON)
    assert found.of_payment.isin(found.table.index).all()
    assert found.table["amount"].sum() == payments["amount"].sum()
    assert found.table["payments"].sum() == len(payments)
    assert found.table["spellings"].ge(1).all()
    shown = " ".join([*found.table["name"], *found.joins["spelling"], *found.table["kind_why"]])
    always_hidden = payments["redacted"].groupby(payments["supplier"]).all()
    for name, hidden in always_hidden.items():
        kind = kind_of(str(name))
        if hidden or (kind.value == PERSON and kind.certainty > DOUBTFUL_PERSON):
            assert name not in set(found.joins["spelling"])
    if "Quixley" in shown:
        assert payments.loc[~payments["redacted"], "supplier"].str.contains("Quixley").any()


@given(NAMES)
def test_case_and_spaces_do_not_matter(name: str) -> None:
    assert normal_name(f"  {name}  ") == normal_name(name)
    if name.isascii():
        assert normal_name(name.upper()) == normal_name(name.lower())
