"""Six files as really published: the analysis has their totals to the penny, and no file of a report names a person."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from sim.report.spend.options import SpendOptions
from sim.report.spend.page import spend_page, spend_sections
from sim.report.spend.report import report_spending
from sim.report.spend.view import SpendView
from sim.spend import read_spend
from sim.spend.analysis.analyse import analyse
from sim.spend.suppliers import match_suppliers

FOLDER = Path(__file__).parents[3] / "data" / "spend"
PERSON = "person or withheld"
#: Rows, pence and negatives from the README of the files.
TOTALS = {
    "manchester-city-council-2019-08.csv": (399, 1007741384, 23),
    "warwickshire-county-council-2010-12.csv": (341, 173587293, 0),
    "lambeth-2012-06.csv": (365, 388659392, 0),
    "barts-health-nhs-trust-2020-12.xls": (211, 6011041354, 0),
    "barking-dagenham-ccg-2020-07.csv": (321, 2467683192, 20),
    "north-middlesex-nhs-trust-2020-08.xlsx": (47, 903446253, 0),
}


@pytest.mark.parametrize("name", TOTALS)
def test_totals_are_those_of_the_file(name: str) -> None:
    reading = read_spend(FOLDER / name)
    suppliers = match_suppliers(reading.payments)
    found = analyse(reading, suppliers)
    totals = found.table("totals").set_index("item")
    credit = totals.loc["of which credits and negatives"]
    assert (totals.at["used", "rows"], totals.at["used", "pence"], credit["rows"]) == TOTALS[name]
    assert found.table("checks")["agrees"].all()
    hidden = reading.payments["supplier"][suppliers.table["kind"].reindex(suppliers.of_payment).to_numpy() == PERSON]
    assert not set(hidden) & set(found.suppliers["name"])


def test_no_file_of_a_report_names_one_of_its_private_persons(tmp_path: Path) -> None:
    report = report_spending([FOLDER / "barking-dagenham-ccg-2020-07.csv"], tmp_path / "out", SpendOptions(place="preston"))
    paths = [path for path in report.folder.rglob("*") if path.is_file() and path.suffix not in (".xlsx", ".png")]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    book = openpyxl.load_workbook(report.folder / "report.xlsx", read_only=True)
    texts += [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    assert len(texts) > 1000
    assert not [text for text in texts if re.search(r"\bIndividual \d", text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("", "0 used with £0.00"),
        ("Mrs Jane Exampleton,13/02/2020,100.00\n", "0 suppliers with a name"),
        ("Hill Builders Ltd,13/02/2020,-100.00\nFar Software plc,14/02/2020,100.00\n", "2 used with £0.00"),
        ("<script>x</script> Ltd,,5.00\n$x_1$ Ltd,,7.00\n", "&lt;script&gt;x&lt;/script&gt;"),
    ],
)
def test_files_with_little_in_them_make_a_page(tmp_path: Path, rows: str, says: str) -> None:
    path = tmp_path / "few.csv"
    path.write_text("Supplier,Date,Amount\n" + rows, encoding="utf-8")
    reading = read_spend(path)
    view = SpendView(analyse(reading, match_suppliers(reading.payments)))
    page = spend_page(view, spend_sections(view))
    assert says in page
    assert "<script" not in page
    assert "exampleton" not in page.casefold()
