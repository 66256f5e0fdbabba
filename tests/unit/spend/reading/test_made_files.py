"""Files made in every usual form are read to the row and the penny, whatever delimiter, encoding, order of columns, date or amount form."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.spend import read_spend

HEADINGS = {
    "supplier": ["Supplier Name", "SUPPLIER", "Vendor name", "Payee", "Beneficiary Name", "Name of Supplier", "Merchant Name"],
    "date": ["Payment Date", "Date", "Date Paid", "Transaction Date", "Invoice Payment Date", "PaymentDate"],
    "amount": [
        "Amount",
        "Net Amount (£)",
        "Amount £",
        "Amount excl VAT",
        "NetAmount",
        "Invoice Nett Amount",
        "Value (£)",
        "Amount in Sterling",
    ],
    "category": ["Expense Type", "Expenses Type", "Subjective Description", "Purchase Category"],
    "area": ["Service Area", "Directorate", "Cost Centre Description"],
    "reference": ["Transaction Number", "Invoice Ref", "Payment Number"],
}
AMOUNTS = {
    "plain": lambda pence: f"{pence / 100:.2f}",
    "pound": lambda pence: f"{'-' if pence < 0 else ''}£{abs(pence) / 100:,.2f}",
    "brackets": lambda pence: f"({abs(pence) / 100:,.2f})" if pence < 0 else f"{pence / 100:,.2f}",
    "trailing": lambda pence: f"{abs(pence) / 100:,.2f}{'-' if pence < 0 else ''}",
    "credit": lambda pence: f"{abs(pence) / 100:,.2f}{' CR' if pence < 0 else ''}",
    "spaced": lambda pence: f" £ {pence / 100:,.2f} " if pence >= 0 else f" -£ {abs(pence) / 100:,.2f} ",
    "continental": lambda pence: f"{pence / 100:,.2f}".translate(str.maketrans(",.", ".,")),
}
DATES = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%b-%y", "%d %B %Y", "%d/%m/%y", "%Y%m%d", "%Y-%m-%d 00:00:00", "%m/%d/%Y"]
ROW = st.tuples(
    st.sampled_from(["Ash & Oak Ltd", 'The "Old" Mill', "Brook, Dale and Sons", "REDACTED", "Total Gas & Power Ltd", "Café Zoë"]),
    st.dates(date(2019, 8, 1), date(2019, 8, 31)),
    st.integers(-10_000_000, 10_000_000_000),
    st.sampled_from(["Rent", "Care, residential", "Fuel"]),
)


@st.composite
def spend_files(draw: Any) -> dict[str, Any]:
    """A file as bytes, and what is in it."""
    rows = draw(st.lists(ROW, min_size=2, max_size=25))
    rows = [*rows, ("Ash & Oak Ltd", date(2019, 8, 27), 123456, "Rent")]
    fields = draw(st.permutations(["supplier", "date", "amount", "category", "area", "reference"]))
    style, form = draw(st.sampled_from(sorted(AMOUNTS))), draw(st.sampled_from(DATES))
    delimiter, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    said = {field: draw(st.sampled_from(HEADINGS[field])) for field in fields}
    text = io.StringIO(newline="")
    write = csv.writer(text, delimiter=delimiter, lineterminator=end)
    for title in draw(st.lists(st.sampled_from([["Payments over £500"], [], ["Some Borough Council", "", "", "", "", ""]]), max_size=4)):
        write.writerow(title)
    write.writerow([said[field] for field in fields])
    for at, (supplier, day, pence, category) in enumerate(rows):
        cells = {"supplier": supplier, "date": day.strftime(form), "amount": AMOUNTS[style](pence), "category": category}
        cells |= {"area": "Adults", "reference": f"T{at}"}
        write.writerow([cells[field] for field in fields])
    if draw(st.booleans()):
        total = {"amount": AMOUNTS[style](sum(row[2] for row in rows)), "supplier": "Total"}
        write.writerow([total.get(field, "") for field in fields])
    for _ in range(draw(st.integers(0, 3))):
        write.writerow([""] * len(fields))
    return {"bytes": text.getvalue().encode(encoding), "rows": rows, "delimiter": delimiter}


@given(made=spend_files())
def test_a_file_in_any_usual_form_is_read_exactly(made: dict[str, Any], tmp_path_factory: Any) -> None:
    path = Path(tmp_path_factory.mktemp("made"), "payments.csv")
    path.write_bytes(made["bytes"])
    reading = read_spend(path)
    payments = reading.payments
    found = list(zip(payments["supplier"], (day.date() for day in payments["date"]), payments["amount"], payments["category"], strict=True))
    assert found == [tuple(row) for row in made["rows"]]
    assert payments["redacted"].tolist() == [row[0] == "REDACTED" for row in made["rows"]]
    assert reading.files[0].delimiter == made["delimiter"]
    assert not [warning for warning in reading.warnings if "total printed" in warning]
