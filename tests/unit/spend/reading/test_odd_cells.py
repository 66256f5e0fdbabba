"""Cells, rows and tags that are odd in a way no file of the others is: what is read of them, and what is refused."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from sim.errors import InputError, UnknownNameError
from sim.settings.workbooks import bounds as workbook_bounds
from sim.settings.workbooks.limits import WorkbookLimits
from sim.settings.workbooks.ods_tables import OdsTables
from sim.settings.workbooks.room import Room
from sim.settings.workbooks.xlsx_cells import SheetCells, exact_cells, found_cells
from sim.spend import Limits, SpendReading, read_mapping, read_spend, write_mapping
from sim.spend.analysis.contracts import ContractReading, of_buyer
from sim.spend.files import table as table_module
from sim.spend.files.table import collect
from sim.spend.files.text_file import records


def read(folder: Path, text: str, mapping: str = "") -> SpendReading:
    """The reading of a text, with a mapping or without."""
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    if not mapping:
        return read_spend(path)
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    return read_spend(path, mapping=read_mapping(folder / "m.yaml"))


@pytest.mark.parametrize(
    ("cell", "words"), [("2.345", "1 amount has parts of a penny and was rounded to the penny"), ("2.3450", "1 amount")]
)
def test_parts_of_a_penny_are_rounded_and_told(tmp_path: Path, cell: str, words: str) -> None:
    reading = read(tmp_path, f"Supplier,Date,Amount\nA Ltd,13/08/2019,{cell}\nB Ltd,14/08/2019,1.00\n")
    assert reading.payments["amount"].tolist() == [235, 100]
    assert any(words in warning for warning in reading.warnings)
    both = read(tmp_path, f"Supplier,Date,Amount\nA Ltd,13/08/2019,{cell}\nB Ltd,14/08/2019,1.001\n")
    assert any("2 different amounts have parts of a penny and were rounded" in warning for warning in both.warnings)


def test_a_cell_longer_than_rows_are_read_leaves_the_other_rows_as_they_are(tmp_path: Path) -> None:
    """The reader of rows gives up at 131,072 letters; the line is then parted at its delimiters."""
    long = "x" * (csv.field_size_limit() + 1)
    path = tmp_path / "a.csv"
    path.write_text(f'A,1,b\nB,2,{long}\n"C, D",3,d\n', encoding="utf-8", newline="")
    assert list(records(path, "utf-8", ",")) == [(1, ["A", "1", "b"]), (2, ["B", "2", long]), (3, ["C, D", "3", "d"])]


def test_a_row_with_too_many_readings_is_set_aside_without_a_sum(tmp_path: Path) -> None:
    """A name, a sum and an area in one cell: where the sum begins and ends can't be told."""
    rows = "".join(f"Firm {n} Ltd,{n}.50,Area {n} x,R{n}\n" for n in range(1, 9))
    reading = read(tmp_path, f"Supplier,Amount,Area,Reference\n{rows}Acme1234567890Road,R99\n")
    broken = reading.set_aside[reading.set_aside["reason"] == "broken"]
    assert broken["line"].tolist() == [10] and broken["amount"].isna().all()
    assert len(reading.payments) == 8


def test_no_rows_have_no_cells() -> None:
    assert collect([(2, ["A", "1"])], 2, Limits(), "a.csv").cells(np.zeros(0, np.int64)) == []


def test_a_table_is_the_same_in_blocks_and_refused_within_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(number, [f"Firm {number}", str(number)]) for number in range(2, 9)]
    whole = collect(rows, 2, Limits(), "a.csv")
    monkeypatch.setattr(table_module, "_BLOCK", 3)
    parts = collect(rows, 2, Limits(), "a.csv")
    assert [column.num_chunks for column in (*whole.columns, *parts.columns)] == [1, 1, 3, 3]
    assert parts.lines.tolist() == whole.lines.tolist() == list(range(2, 9))
    assert parts.cells(np.arange(7)) == whole.cells(np.arange(7)) == [cells for _, cells in rows]
    with pytest.raises(InputError) as caught:
        collect(rows, 2, Limits(rows=4), "a.csv")
    (told,) = caught.value.problems
    assert (told.kind, told.line) == ("too-large", 7), "at the end of the second block"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"<sheet><row", "no element found|unclosed token"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "names of its own"),
        (b"<a><row r='x'/></a>", "a row called 'x'"),
    ],
)
def test_xml_that_is_none_or_names_its_own_parts_is_refused(xml: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        exact_cells(iter([xml]))


def test_cells_with_shared_texts_are_counted_by_the_parser_too() -> None:
    """The number of a text may come in pieces; what is no number is none."""
    xml = b"<s><row><c t='s'><v>1</v></c><c t='s'><v>1<!-- -->2</v></c><c t='s'><v>x</v></c><c><v>1</v></c></row></s>"
    found = exact_cells(iter([xml]))
    assert (found.span.size, found.exact, found.shared) == ((1, 4), True, Counter({1: 1, 12: 1}))


@pytest.mark.parametrize("cells_of", [exact_cells, found_cells])
def test_formulas_count_once_and_blank_cells_not_however_they_are_written(cells_of: Callable[..., SheetCells]) -> None:
    row = b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="C1"><f>2</f><v>2</v></c><c r="J1" s="0"></c><c r="K1" s="0"/></row>'
    found = cells_of(iter([b"<sheet>", row, b'<row r="9"><c r="A9" s="0"></c></row></sheet>']))
    assert (found.span.size, found.span.filled, found.span.blank) == ((1, 3), 2, 1)


def test_a_blank_cell_at_the_end_of_a_piece_is_not_taken_for_a_filled_one() -> None:
    """Pieces are parted before a tag that opens: otherwise a cell and its end would come apart."""
    blank = b'<c r="B1048576" s="0"></c>'
    filled = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    for beyond in range(8150, 8250):
        found = found_cells(iter([filled + blank + b" " * beyond, b"</row>"]))
        assert (found.span.size, found.exact) == ((1, 1), True)


def test_a_cell_written_again_or_too_late_fills_nothing() -> None:
    """Otherwise one cell, written often, would pay for any number of blank ones."""
    found = found_cells(iter([b'<c r="A1"><v>1</v></c>' * 50 + b'<c r="B30"><v>1</v></c><c r="A7"><v>1</v></c>']))
    assert (found.span.size, found.span.filled, found.span.blank) == ((30, 2), 2, 58)


def tables(xml: str) -> Room:
    """What the tables of a spreadsheet need."""
    room = Room("a.ods", Limits())
    OdsTables(room).read(iter([f"<a>{xml}</a>".encode()]))
    return room


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("<table:table-cell table:number-columns-repeated=5>x</table:table-cell>", "not well-formed"),
        ("<table:table-cell table:number-columns-repeated='many'/>", "something that stands 'many' times"),
        ("<table:table-cell table:number-columns-repeated='00000000005'/>", "something that stands '00000000005' times"),
        ("<table:table-cell><text:p><text:s text:c='-1'/></text:p></table:table-cell>", "something that stands '-1' times"),
    ],
)
def test_a_spreadsheet_that_can_not_be_read_for_sure_is_refused(row: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        tables(f"<table:table><table:table-row>{row}</table:table-row></table:table>")


@pytest.mark.parametrize(
    "times", ["table:number-rows-repeated='30'", "table:number-rows-repeated='+30'", "table:number-rows-repeated='&#51;0'"]
)
def test_repeats_are_counted_however_they_are_written(times: str) -> None:
    cell = "<table:table-cell office:value-type='string'><text:p>a</text:p></table:table-cell>"
    decoys = "x:number-rows-repeated='1' x:y=\"table:number-rows-repeated='1'\""
    room = tables(f"<table:table><table:table-row {decoys} {times}>{cell}</table:table-row            ></table:table>")
    assert (room.filled, room.repeated, room.blank) == (30, 29, 0)


def test_comments_and_tables_of_others_part_no_table() -> None:
    cell = "<table:table-cell office:value='1'/>"
    between = "<table:table-row table:number-rows-repeated='50'/><!--<table:table>--><x:table/>"
    room = tables(f"<table:table><table:table-row>{cell}</table:table-row>{between}<table:table-row>{cell}</table:table-row></table:table>")
    assert (room.filled, room.blank) == (2, 50)
    two = f"<table:table><table:table-row>{cell}</table:table-row></table:table>" * 2
    assert (tables(two).filled, tables(two).blank) == (2, 0)


def test_cells_with_a_style_alone_hold_nothing_and_those_before_the_first_are_made_room_for() -> None:
    blank = "<table:table-cell table:style-name='value' table:number-columns-repeated='9'></table:table-cell>"
    room = tables(f"<table:table><table:table-row>{blank}<table:table-cell office:value='1'/>{blank}</table:table-row></table:table>")
    assert (room.filled, room.blank) == (1, 9)


def test_text_that_stands_more_often_than_it_is_written_is_bounded() -> None:
    """Six cells of "ab" and a thousand spaces, of which one stands there."""
    cell = "<table:table-cell office:value-type='string' table:number-columns-repeated='2'><text:p>ab<text:s text:c='1000'/></text:p>"
    row = f"<table:table><table:table-row table:number-rows-repeated='3'>{cell}</table:table-cell></table:table-row></table:table>"
    all_of_it, allowed = (2 + 1000) * 6, 4 * (2 + 1) + 100
    OdsTables(Room("a.ods", WorkbookLimits(repeated_characters=all_of_it - allowed))).read(iter([row.encode()]))
    with pytest.raises(InputError, match="the workbook unpacks to too much") as caught:
        OdsTables(Room("a.ods", WorkbookLimits(repeated_characters=all_of_it - allowed - 1))).read(iter([row.encode()]))
    assert caught.value.problems[0].given == "6,012 characters in its cells"


def test_a_part_that_unpacks_to_more_than_it_says_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(), "w") as parts:
        pieces = workbook_bounds._Check(parts, "a.xlsx", Limits(unpacked_bytes=4000)).counted(
            zipfile.ZipInfo("xl/a.xml"), io.BytesIO(b"x" * 5000)
        )
        with pytest.raises(InputError, match="the workbook unpacks to too much") as caught:
            list(pieces)
    (told,) = caught.value.problems
    assert (told.given, told.allowed) == ("more than 4,000 bytes once unpacked", "at most 4,000 bytes")


def test_a_mapping_written_of_a_workbook_names_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "spend.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet('Paid "2019"')
        for number, cells in enumerate([["Supplier", "Date", "Amount"], ["A Ltd", "13/08/2019", 12.5]]):
            sheet.write_row(number, 0, cells)
    reading = read_spend(path)
    written = tmp_path / "m.yaml"
    write_mapping(written, reading)
    assert '    sheet: "Paid \\"2019\\""\n' in written.read_text(encoding="utf-8")
    assert read_spend(path, mapping=read_mapping(written)).payments["amount"].tolist() == [1250]


def test_a_mapping_without_a_line_leaves_a_file_without_a_header_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no header was found among the first 2 rows"):
        read(tmp_path, "x,y\nz,w\n", "files:\n  - file: a.csv\n")


def test_a_mapping_can_name_a_header_further_down(tmp_path: Path) -> None:
    text = "Supplier,Date,Amount\nOld Ltd,13/08/2019,1.00\nPayee,Date,Amount\nA Ltd,14/08/2019,2.00\n"
    reading = read(tmp_path, text, "files:\n  - file: a.csv\n    header_line: 3\n")
    assert (reading.payments["supplier"].tolist(), reading.files[0].header_line) == (["A Ltd"], 3)
    assert reading.files[0].columns["supplier"].heading == "Payee"


def test_contracts_of_one_buyer_are_found_whatever_the_case() -> None:
    contracts = pd.DataFrame({"buyer": ["Anytown Council", "Hospital", "ANYTOWN COUNCIL"]})
    assert of_buyer(contracts, " anytown council ").tolist() == [True, False, True]
    assert of_buyer(contracts, None).all()
    with pytest.raises(UnknownNameError, match="Hospitl"):
        of_buyer(contracts, "Hospitl")


def test_a_row_that_was_lost_is_a_fault_of_the_program() -> None:
    frame = pd.DataFrame({"amount": [1, 2]})
    sheet: Any = SimpleNamespace(rows_read=3)
    reading = ContractReading(frame, frame.iloc[:1], (sheet,), "GBP", frame)
    reading.check()
    with pytest.raises(ValueError, match="3 rows were read, 2 are used and 0 set aside"):
        replace(reading, set_aside=frame.iloc[:0]).check()


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (b'uniqueCount="18"', ""),
        (b"uniqueCount = '19'", "says that it holds 19 texts"),
        (b'uniqueCount\n=\t"99999999999999999999"', "says that it holds 9"),
        (b"uniqueCount" + b" " * 33 + b'="19"', "says that it holds texts without end"),
        (b"uniqueCount=" + b" " * 33 + b'"19"', "says that it holds texts without end"),
        (b'uniqueCount="' + b"0" * 30 + b'19"', "says that it holds texts without end"),
        (b'the uniqueCount of a part, count="19"', ""),
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_a_part_that_says_it_holds_more_texts_than_fit_is_refused_however_it_is_cut(
    stated: bytes, words: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_bounds, "_PIECE", piece)
    part = zipfile.ZipInfo("xl/sharedStrings.xml")
    part.file_size = 90  # eighteen texts of five bytes
    with zipfile.ZipFile(io.BytesIO(), "w") as parts:
        pieces = workbook_bounds._Check(parts, "a.xlsx", Limits()).counted(part, io.BytesIO(b"<sst " + stated + b"><si/></sst>"))
        if not words:
            assert b"".join(pieces).endswith(b"</sst>")
            return
        with pytest.raises(InputError, match=re.escape(words)):
            list(pieces)
