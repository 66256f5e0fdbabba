"""What published files do: totals, footers, repeated headers, VAT, credits, lost commas, stray quotation marks, several sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sim.spend import SpendMapping, SpendReading, read_mapping, read_spend, write_mapping
from sim.spend.mapping import MappingEntry

HEADER = "Supplier,Date,Amount"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads a text as a file."""

    def reader(text: str, name: str = "spend.csv", encoding: str = "utf-8") -> SpendReading:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_spend(path)

    return reader


def pence(reading: SpendReading) -> list[int]:
    """The amounts read."""
    return reading.payments["amount"].tolist()


def aside(reading: SpendReading) -> list[tuple[int, str]]:
    """Lines set aside below the header, with their reasons."""
    rows = reading.set_aside
    return [(line, reason) for line, reason in zip(rows["line"], rows["reason"], strict=True) if reason not in ("title", "header")]


def says(reading: SpendReading, words: str) -> bool:
    """Whether some warning has the words."""
    return any(words in warning for warning in reading.warnings)


def test_totals_notes_blank_lines_and_headers_again_are_set_aside_with_their_reason(read: Any) -> None:
    rows = "A,13/08/2019,10.00\nSub-total,,10.00\nB,14/08/2019,5.00\nSub total,,5.00\n,,\nSupplier,Date,Amount\nC,15/08/2019,1.00\n"
    reading = read(f"{HEADER}\n{rows}Grand Total:,,16.00\nSource: the ledger,,\n")
    assert pence(reading) == [1000, 500, 100]
    kinds = [(3, "total"), (5, "total"), (6, "blank"), (9, "total"), (10, "note")]
    assert [one for one in aside(reading) if one[1] != "header"] == kinds
    assert reading.files[0].rows_set_aside == {"blank": 1, "header": 2, "note": 1, "total": 3}
    assert not says(reading, "total printed")


def test_a_total_that_differs_from_its_rows_is_a_warning(read: Any) -> None:
    reading = read(f"{HEADER}\nA,13/08/2019,10.00\nTotal,,12.00\n")
    assert says(reading, "line 3: the total printed is £12.00, the payments above it come to £10.00: £2.00 apart")


def test_a_sum_alone_is_a_total_only_where_it_fits(read: Any) -> None:
    reading = read(f"{HEADER}\nA,13/08/2019,10.00\n,,7.00\nB,14/08/2019,5.00\n,,15.00\n")
    assert pence(reading) == [1000, 500]
    assert aside(reading) == [(3, "no-details"), (5, "total")]
    assert reading.files[0].pence_set_aside == 2200


def test_a_firm_called_total_is_a_supplier(read: Any) -> None:
    reading = read(f"{HEADER}\nTotal Fitness Ltd,,10.00\nTOTAL,13/08/2019,5.00\n")
    assert pence(reading) == [1000, 500]


def test_a_row_without_a_readable_amount_is_kept_aside_and_named(read: Any) -> None:
    reading = read(f"{HEADER}\nA,13/08/2019,10.00\nB,14/08/2019,tbc\nC,15/08/2019,\n")
    assert pence(reading) == [1000]
    assert aside(reading) == [(3, "no-amount"), (4, "no-amount")]
    assert says(reading, "1 row has an amount that can't be read (line 3)")


def test_payments_without_date_or_supplier_count_and_are_named(read: Any) -> None:
    reading = read(f"{HEADER}\nA,soon,10.00\n,14/08/2019,5.00\nB,15/08/2019,1.00\n")
    assert pence(reading) == [1000, 500, 100]
    assert says(reading, "1 payment has no date that can be read (line 2)")
    assert says(reading, "1 payment names no supplier (line 3)")


@pytest.mark.parametrize(
    ("header", "row", "expected", "warning"),
    [
        ("Supplier,Date,Net,VAT,Gross", "A,13/08/2019,100.00,20.00,120.00", 10000, ""),
        ("Supplier,Date,Amount inc VAT,VAT Amount", "A,13/08/2019,120.00,20.00", 12000, "'Amount inc VAT', with VAT, was counted"),
        ("Supplier,Date,Gross Amount,Net Amount,VAT", "A,13/08/2019,120.00,100.00,20.00", 10000, ""),
        ("Supplier,Date,Amount (exc. VAT),Amount (incl. VAT)", "A,13/08/2019,100.00,120.00", 10000, ""),
        ("Supplier,Date,Net Amount,Gross Amount", "A,13/08/2019,,120.00", 12000, "the one with VAT was counted (line 2)"),
        ("Supplier,Date,Debit,Credit", "A,13/08/2019,,120.00", -12000, "amounts are debits less credits"),
        ("Supplier,Date,Amount,Dr/Cr", "A,13/08/2019,120.00,CR", -12000, "1 row says credit in 'Dr/Cr', counted below nought"),
        ("Supplier,Date,Amount (£000)", "A,13/08/2019,1.5", 150000, "amounts were multiplied by 1,000"),
        ("Supplier,Date,£", "A,13/08/2019,1.5", 150, ""),
        ("Supplier,Date,Amount,VAT Registration Number", "A,13/08/2019,1.5,123456789", 150, ""),
    ],
)
def test_the_right_column_of_money_counts(header: str, row: str, expected: int, warning: str, read: Any) -> None:
    reading = read(f"{header}\n{row}\n")
    assert pence(reading) == [expected]
    assert says(reading, warning) if warning else not says(reading, "VAT")


def test_two_columns_that_could_be_the_amount_are_named(read: Any) -> None:
    reading = read("Supplier,Date,Invoice Amount,Line Amount\nA,13/08/2019,100.00,40.00\n")
    assert pence(reading) == [4000]
    assert says(reading, "several columns could be the amount (Invoice Amount, Line Amount); Line Amount was taken")


def test_a_column_of_sums_without_a_known_heading_is_found_by_what_it_holds(read: Any) -> None:
    reading = read("Supplier,Paid When,How Much\nA,13/08/2019,100.00\nB,14/08/2019,40.00\n")
    assert pence(reading) == [10000, 4000]
    assert reading.files[0].columns["amount"].certainty == 0.5
    assert says(reading, "column 3 (How Much) was taken for the amount by what it holds")


def test_dates_that_contradict_each_other_are_named_with_lines(read: Any) -> None:
    reading = read(f"{HEADER}\nA,13/08/2019,1.00\nB,14/08/2019,1.00\nC,08/15/2019,1.00\n")
    assert [str(day.date()) for day in reading.payments["date"]] == ["2019-08-13", "2019-08-14", "2019-08-15"]
    assert says(reading, "most are day-first, 1 dates can only be read the other way (line 4)")


def test_dates_that_could_be_either_are_read_day_first_with_a_warning(read: Any) -> None:
    reading = read(f"{HEADER}\nA,03/08/2019,1.00\nB,04/09/2019,1.00\n")
    assert [str(day.date()) for day in reading.payments["date"]] == ["2019-08-03", "2019-09-04"]
    assert says(reading, "the day was taken first, as in Britain")


def test_a_comma_lost_or_one_too_many_is_mended_where_one_reading_fits(read: Any) -> None:
    rows = "".join(f"Firm {at},{at % 9 + 10}/08/2019,Rent,10.00\n" for at in range(30))
    reading = read(f"Supplier,Date,Expense Type,Amount\n{rows}Late Ltd24/08/2019,Rent,5.00\nOak, Ash & Co,24/08/2019,Rent,7.00\n")
    assert reading.payments["supplier"].tolist()[-2:] == ["Late Ltd", "Oak, Ash & Co"]
    assert pence(reading)[-2:] == [500, 700]
    assert says(reading, "2 rows had lost or surplus delimiters; rebuilt (lines 32, 33)")


def test_a_row_that_fits_in_several_ways_is_broken_and_keeps_its_value(read: Any) -> None:
    rows = "".join(f"Firm {at},{at % 9 + 10}/08/2019,10.00,thing {at}\n" for at in range(30))
    reading = read(f"Supplier,Date,Amount,Description\n{rows}Oak,Ash,24/08/2019,7.00,this,that\nsome,more\n")
    assert aside(reading) == [(32, "broken"), (33, "broken")]
    assert says(reading, "2 rows do not fit the columns; set aside as broken (lines 32, 33)")
    assert reading.files[0].pence_read == 30000 + reading.files[0].pence_set_aside


def test_a_row_that_lacks_only_blank_cells_at_its_end_is_a_payment(read: Any) -> None:
    reading = read("Supplier,Date,Amount,Description\nA,13/08/2019,10.00\nB,14/08/2019,5.00,thing\n")
    assert pence(reading) == [1000, 500]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(read: Any) -> None:
    rows = 'A,13/08/2019,1.00\n"B,14/08/2019,2.00\nC,15/08/2019,3.00\nD "Dee" Ltd,16/08/2019,4.00\n'
    reading = read(f"{HEADER}\n{rows}")
    assert pence(reading) == [100, 200, 300, 400]
    assert reading.payments["line"].tolist() == [2, 3, 4, 5]


def test_a_cell_may_hold_several_lines(read: Any) -> None:
    reading = read(f'{HEADER},Description\nA,13/08/2019,1.00,"one\ntwo, three"\nB,14/08/2019,2.00,x\n')
    assert reading.payments["description"].tolist() == ["one two, three", "x"]
    assert reading.payments["line"].tolist() == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str, read: Any) -> None:
    reading = read("Supplier,Date,Amount (£)\nCafé Zoë,13/08/2019,£1.00\n", encoding=encoding)
    assert reading.payments["supplier"].tolist() == ["Café Zoë"]
    assert pence(reading) == [100]


def test_a_web_page_under_the_name_of_a_workbook_is_read(read: Any) -> None:
    rows = "<tr><td>A &amp; B<td>13/08/2019<td>£1,000.00</tr>"
    reading = read(f"<html><table>\n<tr><th>Supplier<th>Date<th>Amount</tr>\n{rows}</table></html>", "spend.xls")
    assert reading.payments["supplier"].tolist() == ["A & B"]
    assert (pence(reading), reading.files[0].kind) == ([100000], "html")


def book(folder: Path, sheets: dict[str, list[list[Any]]], hidden: str = "") -> Path:
    """A workbook with some sheets."""
    path = folder / "book.csv"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            if name == hidden:
                page.hide()
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return path


PAID = [["Supplier", "Date", "Amount"], ["A", date(2019, 8, 13), 10.1], ["B", date(2019, 8, 14), 20.2]]


def test_sheets_are_read_and_those_without_payments_set_aside(tmp_path: Path) -> None:
    more = [["C", date(2019, 9, 1), 0.1 + 0.2]]
    reading = read_spend(book(tmp_path, {"About": [["Contact us"]], "Aug": PAID, "Aug (2)": more, "Empty": []}))
    assert pence(reading) == [1010, 2020, 30]
    assert [(file.sheet, file.kind, file.rows_used) for file in reading.files if file.rows_read] == [
        ("About", "xlsx", 0),
        ("Aug", "xlsx", 2),
        ("Aug (2)", "xlsx", 1),
    ]
    assert says(reading, "book.csv (Aug (2)): the sheet has no header; its rows fit the sheet before it")


def test_a_sheet_that_sums_up_another_is_not_counted_twice(tmp_path: Path) -> None:
    summary = [["Supplier", "Total Amount"], ["A", 10.1], ["B", 20.2]]
    reading = read_spend(book(tmp_path, {"Summary": summary, "Data": PAID}, hidden="Data"))
    assert pence(reading) == [1010, 2020]
    assert reading.files[0].rows_set_aside == {"header": 1, "summary": 2}
    assert says(reading, "book.csv (Summary): the sheet sums up sheet 'Data'")
    assert says(reading, "book.csv (Data): the sheet is hidden in the workbook")


def test_two_sheets_with_the_same_rows_are_warned_of(tmp_path: Path) -> None:
    reading = read_spend(book(tmp_path, {"Aug": PAID, "Copy": PAID}))
    assert says(reading, "book.csv (Copy): the amounts are those of sheet 'Aug', row by row: they may count twice")


def test_two_files_with_the_same_rows_are_warned_of(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"{HEADER}\nA,13/08/2019,10.00\nB,14/08/2019,5.00\n")
    reading = read_spend([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert pence(reading) == [1000, 500, 1000, 500]
    assert reading.warnings == ("b.csv: the amounts are those of a.csv, row by row: they may count twice",)


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "spend.csv", tmp_path / "b" / "spend.csv"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"{HEADER}\nA,13/08/2019,10.00\n")
    assert read_spend(paths).payments["file"].tolist() == [str(path) for path in paths]


def test_the_mapping_that_is_written_reads_the_file_the_same(tmp_path: Path) -> None:
    path = tmp_path / "odd [1].csv"
    path.write_text('Spend\nPayee,When,"Sum ""net"": £",Sum paid\nA,13/08/2019,10.00,12.00\nB,14/08/2019,5.00,6.00\n')
    first = read_spend(path)
    write_mapping(tmp_path / "mapping.yaml", first)
    mapping = read_mapping(tmp_path / "mapping.yaml")
    assert read_spend(path, mapping).payments.equals(first.payments)


def test_a_mapping_corrects_the_guess(tmp_path: Path) -> None:
    path = tmp_path / "pay-2019.csv"
    path.write_text("A;03-08-2019;-1.000,50;6\nB;04-08-2019;-5,00;7\n")
    columns = "{supplier: 1, date: 2, amount: 3, vat: none}"
    lines = [
        "files:",
        "  - file: pay-*.csv",
        "    header_line: 0",
        "    date_order: month-first",
        "    decimal: comma",
        "    payments: negative",
        "    delimiter: ;",
    ]
    (tmp_path / "m.yaml").write_text("\n".join([*lines, "    body: Some Council", f"    columns: {columns}"]))
    reading = read_spend(path, read_mapping(tmp_path / "m.yaml"))
    assert pence(reading) == [100050, 500]
    assert [str(day.date()) for day in reading.payments["date"]] == ["2019-03-08", "2019-04-08"]
    assert reading.payments["body"].tolist() == ["Some Council", "Some Council"]


def test_a_reading_that_does_not_add_up_is_a_fault(read: Any) -> None:
    reading = read(f"{HEADER}\nA,13/08/2019,10.00\n")
    short = SpendReading(reading.payments.iloc[:0], reading.set_aside, reading.files)
    with pytest.raises(ValueError, match="do not add up"):
        short.check()


def test_payments_above_the_header_are_named_and_their_value_kept(read: Any) -> None:
    reading = read(f"Z,12/08/2019,3.00\n{HEADER}\nA,13/08/2019,10.00\n")
    assert (pence(reading), reading.files[0].pence_set_aside) == ([1000], 300)
    assert says(reading, "1 row looks like a payment above the header; set aside (line 1)")


def test_the_body_is_taken_from_a_title_that_names_it(read: Any) -> None:
    reading = read(f"Somewhere Borough Council,,\nPayments over £500,,\n{HEADER}\nA,13/08/2019,10.00\n")
    assert reading.payments["body"].tolist() == ["Somewhere Borough Council"]
    assert says(reading, "the publishing body was taken from the title in line 1")


WITHHELD = """
REDACTED; Redacted Personal Information; Redacted - Personal Data; Name withheld; Personal data; Individual; Private Individual;
WITHHELD UNDER GDPR; Redacted (Section 40); *** REDACTED ***; XXXXXX; Redacted: commercial confidentiality; Data Protection
"""
FIRMS = """
INDIVIDUAL CARE SERVICES; QUALITY FOSTERING LIMITED; YOUTH JUSTICE BOARD; Swiis Foster Care Ltd; Restore Datashred Limited;
Private Hire Taxis Ltd; Personal Care Co; Confidential Waste Ltd; Individual 12; Data Protection Advice Ltd; Hidden Gems CIC
"""


@pytest.mark.parametrize("name", WITHHELD.strip().replace("\n", " ").split("; "))
def test_a_name_that_is_withheld_is_told(name: str, read: Any) -> None:
    assert read(f"{HEADER}\n{name},13/08/2019,10.00\n").payments["redacted"].tolist() == [True]


@pytest.mark.parametrize("name", FIRMS.strip().replace("\n", " ").split("; "))
def test_a_firm_with_such_a_word_in_its_name_is_a_firm(name: str, read: Any) -> None:
    assert read(f"{HEADER}\n{name},13/08/2019,10.00\n").payments["redacted"].tolist() == [False]


def test_a_mapping_that_speaks_of_no_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "june.csv"
    path.write_text("Supplier,Date,Amount\nHill Builders Ltd,23/06/2019,10.00\n", encoding="utf-8")
    other = SpendMapping((MappingEntry("jnue*.csv"),), "mapping.yaml")
    told = read_spend(path, mapping=other).files[0].warnings[0]
    assert told == "no entry of the mapping file mapping.yaml fits this file (jnue*.csv); it was guessed"
    assert not read_spend(path, mapping=SpendMapping((MappingEntry("june*.csv"),), "mapping.yaml")).files[0].warnings
