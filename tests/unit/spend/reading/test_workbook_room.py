"""Workbooks that need more room than they should are refused before they are opened; what is in order is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from support.spend_workbooks import HEAD, cells, ods, problem, workbook

from sim.spend import Limits, read_spend


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD + "<sheetData>" + " " * 30_000_000 + "</sheetData></worksheet>")
    assert path.stat().st_size < 100_000
    found = problem(path)
    assert (found.kind, found.message) == ("too-large", "the workbook unpacks to too much")
    assert "times larger than packed" in found.given


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD + "<sheetData>" + " " * 5_000_000 + "</sheetData></worksheet>")
    raw = path.read_bytes()
    lied = raw.replace((5_000_000 + len(HEAD) + 35).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lied != raw
    path.write_bytes(lied)
    assert problem(path).kind in ("too-large", "damaged")


def test_a_cell_at_the_far_corner_is_refused(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = problem(workbook(tmp_path, HEAD + f"<sheetData>{cells}</sheetData></worksheet>"))
    assert (found.kind, found.message) == ("too-large", "a sheet is too large")
    assert found.given == "1,048,576 rows and 16,384 columns between its first and its last filled cell"


def test_a_sheet_that_states_a_huge_size_but_holds_little_is_read(tmp_path: Path) -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Supplier</t></is></c><c r="B1" t="inlineStr"><is><t>Amount</t></is></c></row>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>A Ltd</t></is></c><c r="B2"><v>12.5</v></c></row>'
    empty = (
        "".join(f'<row r="{at}"><c r="A{at}" s="0"/></row>' for at in range(3, 20_000)) + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    sheet = f'{HEAD}<dimension ref="A1:XFD1048576"/><sheetData>{head}{row}{empty}</sheetData></worksheet>'
    reading = read_spend(workbook(tmp_path, sheet))
    assert reading.payments["amount"].tolist() == [1250]
    assert reading.files[0].rows_read == 2


def test_an_opendocument_sheet_is_read_and_empty_rows_to_its_end_cost_nothing(tmp_path: Path) -> None:
    rows = f"<table:table-row>{cells('Supplier', 'Date', 'Amount')}</table:table-row>"
    blank = "<table:table-cell table:number-columns-repeated='16381'/>"
    rows += f"<table:table-row>{cells('A Ltd', '13/08/2019', '£1,200.50')}{blank}</table:table-row>"
    rows += f"<table:table-row table:number-rows-repeated='1048574'>{blank}</table:table-row>"
    reading = read_spend(ods(tmp_path, rows))
    assert reading.files[0].kind == "ods"
    assert reading.payments["amount"].tolist() == [120050]


def test_an_opendocument_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    rows = f"<table:table-row table:number-rows-repeated='1000000'>{cells('A', 'B') * 20}</table:table-row>"
    assert problem(ods(tmp_path, rows)).message == "a sheet is too large"


def test_filled_rows_that_stand_for_others_are_bounded_by_their_cells(tmp_path: Path) -> None:
    """1,200 bytes that say they hold three million cells took ten seconds and 860 MB to read."""
    head = f"<table:table-row>{cells('Supplier', 'Amount')}</table:table-row>"

    def repeated(rows: int) -> Path:
        return ods(tmp_path, f"{head}<table:table-row table:number-rows-repeated='{rows}'>{cells('A Ltd', '5.00')}</table:table-row>")

    limits = Limits(repeated_cells=184)  # and four for each of four that are written
    assert read_spend(repeated(101), limits=limits).payments["amount"].tolist() == [500] * 101
    found = problem(repeated(102), limits)
    assert (found.kind, found.message) == ("too-large", "the workbook unpacks to too much")
    assert found.given == "206 filled cells, 202 of them repeats of others"
    assert found.allowed == "4 repeats for each cell that is written, and 184 more"
    assert problem(repeated(1048576)).given == "2,097,154 filled cells, 2,097,150 of them repeats of others"


def test_cells_repeated_along_each_row_are_read_as_office_programs_write_them(tmp_path: Path) -> None:
    """Equal neighbours become one cell with a number of repeats; a long table of them is no bomb."""
    same = "<table:table-cell office:value-type='float' office:value='0' table:number-columns-repeated='3'/>"
    rows = f"<table:table-row>{cells('Supplier', 'Amount', 'VAT', 'Discount', 'Other')}</table:table-row>"
    rows += "".join(f"<table:table-row>{cells(f'A {row} Ltd', '5.00')}{same}</table:table-row>" for row in range(200))
    assert len(read_spend(ods(tmp_path, rows), limits=Limits(repeated_cells=0)).payments) == 200


def stray(folder: Path, row: int, sheets: int = 1, payments: int = 1) -> Path:
    """A workbook whose sheets hold payments and a stray cell in column J of a row further down."""
    path = folder / "stray.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"Month {number}")
            sheet.write_row(0, 0, ["Supplier", "Amount"])
            for payment in range(payments):
                sheet.write_row(1 + payment, 0, [f"A {number} {payment} Ltd", 12.5])
            sheet.write(row - 1, 9, ".")
    return path


def test_a_stray_cell_far_below_is_refused_with_what_to_do(tmp_path: Path) -> None:
    limits = Limits(blank_cells=975)  # and four for each of five that are filled: 995
    assert len(read_spend(stray(tmp_path, 100), limits=limits).payments) == 1
    found = problem(stray(tmp_path, 101), limits)
    assert (found.kind, found.message) == ("too-large", "the sheets are too large for what they hold")
    assert found.given == "5 filled cells, and 1,005 blank ones before the last of a sheet"
    assert found.allowed == "4 blank cells between others for each filled one, and 975 more"
    assert "delete the stray cells" in found.remedy
    assert "1,990 blank ones" in problem(stray(tmp_path, 100, sheets=2), limits).given


def test_a_large_sheet_may_be_blank_to_four_fifths(tmp_path: Path) -> None:
    """Of 10 columns two are filled: 203 of 1,010 cells with a stray one in row 101, and one payment less is too few."""
    assert len(read_spend(stray(tmp_path, 101, payments=100), limits=Limits(blank_cells=0)).payments) == 100
    assert problem(stray(tmp_path, 101, payments=99), Limits(blank_cells=0)).given.startswith("201 filled cells, and 809 blank ones")


def test_blank_cells_of_an_opendocument_sheet_count_too(tmp_path: Path) -> None:
    far = f"<table:table-row>{cells('Supplier', 'Amount')}</table:table-row><table:table-row>{cells('A Ltd', '5.00')}</table:table-row>"
    far += "<table:table-row table:number-rows-repeated='400000'/>"
    far += f"<table:table-row><table:table-cell table:number-columns-repeated='9'/>{cells('.')}</table:table-row>"
    assert problem(ods(tmp_path, far)).given == "5 filled cells, and 4,000,025 blank ones before the last of a sheet"
    assert len(read_spend(ods(tmp_path, far), limits=Limits(blank_cells=5_000_000)).payments) == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "message", "given"),
    [
        ("xl/workbook.xml", b'r:id="rId2"', b'r:id="rId1"', "two sheets of the workbook are one part of it", "worksheets/sheet1.xml"),
        (
            "xl/_rels/workbook.xml.rels",
            b'Target="worksheets/sheet2.xml"',
            b'Target="/xl/worksheets/Sheet1.xml"',
            "two sheets of the workbook are one part of it",
            "worksheets/sheet1.xml",
        ),
        ("xl/workbook.xml", b'name="Month 1"', b'name="Month 0"', "two sheets of the workbook have the same name", "Month 0"),
    ],
)
def test_a_workbook_with_one_sheet_as_two_is_refused(name: str, old: bytes, new: bytes, message: str, given: str, tmp_path: Path) -> None:
    """One part would be read for each: 1,800 bytes with 30 of them took 47 seconds and 1.8 GB."""
    whole, twice = stray(tmp_path, 3, sheets=2), tmp_path / "twice.xlsx"
    assert len(read_spend(whole).payments) == 2
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(twice, "w") as others:
        assert old in parts.read(name)
        for part in parts.namelist():
            others.writestr(part, parts.read(part).replace(old, new) if part == name else parts.read(part))
    found = problem(twice)
    assert (found.kind, found.message, found.given) == ("damaged", message, given)


def changed(folder: Path, whole: Path, old: bytes, new: bytes, rename: tuple[str, str] = ("", ""), **more: bytes) -> Path:
    """A workbook with other bytes in its parts, a part under another name, and more parts."""
    path = folder / "changed.xlsx"
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(path, "w") as others:
        for part in parts.namelist():
            others.writestr(part.replace(*rename), parts.read(part).replace(old, new))
        for part, content in more.items():
            others.writestr(f"xl/media/{part}.png", content)
    return path


def test_a_sheet_is_one_whatever_its_part_is_called_and_its_names_begin_with(tmp_path: Path) -> None:
    """Two files of 1.3 kilobytes ended the process, for want of room."""
    far = workbook(tmp_path, HEAD + '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>')
    path = changed(tmp_path, far, b"worksheets/sheet1.xml", b"worksheets/aSharedStrings.xml", ("sheet1.xml", "aSharedStrings.xml"))
    assert problem(path).message == "the sheets are too large for what they hold"
    other = HEAD.replace("<worksheet xmlns=", "<é:worksheet xmlns:é=").encode()
    rest = '<é:sheetData><é:row r="1048576"><é:c r="XFD1048576"><é:v>1</é:v></é:c></é:row></é:sheetData></é:worksheet>'.encode()
    with zipfile.ZipFile(far) as parts:
        plain = parts.read("xl/worksheets/sheet1.xml")
    assert problem(changed(tmp_path, far, plain, other + rest)).message == "the sheets are too large for what they hold"


def test_pictures_in_a_workbook_are_not_taken_for_cells(tmp_path: Path) -> None:
    path = changed(tmp_path, stray(tmp_path, 3), b"", b"", picture=bytes(range(256)) + b"<c \xff\x00<c>")
    assert len(read_spend(path).payments) == 1


def test_one_long_text_in_many_cells_is_refused(tmp_path: Path) -> None:
    """810 bytes took 3.8 GB."""
    row = f"<table:table-row table:number-rows-repeated='100000'>{cells('x' * 9000)}</table:table-row>"
    assert "characters in its cells" in problem(ods(tmp_path, row)).given


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_rows_and_lines_are_counted_from_the_first_of_the_sheet_blank_or_not(kind: str, tmp_path: Path) -> None:
    if kind == "xlsx":
        path = tmp_path / "low.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(9, 2, ["Supplier", "Amount"])
            sheet.write_row(11, 2, ["A Ltd", 12.5])
    else:
        indent = "<table:table-cell table:number-columns-repeated='2'/>"
        blank = "<table:table-row table:number-rows-repeated='{}'><table:table-cell/></table:table-row>"
        rows = f"<table:table-row>{indent}{cells('Supplier', 'Amount')}</table:table-row>{blank.format(1)}"
        path = ods(tmp_path, f"{blank.format(9)}{rows}<table:table-row>{indent}{cells('A Ltd', '12.50')}</table:table-row>")
    reading = read_spend(path)
    assert (reading.files[0].header_line, reading.payments["line"].tolist()) == (10, [12])
    assert reading.files[0].positions == {"supplier": 3, "amount": 4}
