"""A file that can't be read is refused in words: what it is, where, what is allowed, what to do. Nothing ends in a traceback."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from sim.errors import InputError, Problem
from sim.spend import Limits, read_mapping, read_spend
from sim.spend.analysis.files import files_to_read

DATA = Path(__file__).parents[3] / "data" / "spend"
GOOD = "Supplier,Date,Amount\nA Ltd,13/08/2019,12.50\n"


def problem(path: Path | list[Path], limits: Limits | None = None) -> Problem:
    """The first problem of a file that is refused."""
    with pytest.raises(InputError) as caught:
        read_spend(path, limits=limits)
    return caught.value.problems[0]


def put(folder: Path, content: bytes | str, name: str = "spend.csv") -> Path:
    """A file with some content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"", "empty-file", "the file is empty"),
        (b"\n\n ,, \n", "empty-file", "the file holds no filled cell"),
        (b"%PDF-1.7 ...", "not-a-table", "this is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "not-a-table", "this is a picture (PNG)"),
        (b"\xff\xd8\xff\xe0 JFIF", "not-a-table", "this is a picture (JPEG)"),
        (b"\x1f\x8b\x08\x00", "not-a-table", "this is a packed file (gzip)"),
        (b"<!DOCTYPE html><html><body><h1>Not found</h1></body></html>", "not-a-table", "this is a web page without a table"),
        (b'{"releases": []}', "not-a-table", "this is JSON"),
        (b"<?xml version='1.0'?><feed/>", "not-a-table", "this is XML"),
        (bytes(range(32)) * 100, "not-a-table", "this is no text and no workbook"),
        (b"PK\x03\x04 and then nothing", "damaged", "the workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-table", "an Office file without a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "damaged", "the workbook is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked", "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "not-a-table", "a text document (Word)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), "not-a-table", "a presentation"),
        (b'<?xml?><W xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "not-a-table", "this is a workbook as XML of 2003"),
        (b"Some words\nand some more\n", "no-header", "no header was found among the first 2 rows"),
        (b"Supplier,Date,Comment\nA,13/08/2019,none\nB,14/08/2019,none\n", "no-amounts", "no column of amounts was found"),
        (b"Date,Amount,Expense Type\n13/08/2019,12.50,Rent\n", "no-suppliers", "no column of suppliers was found"),
        (b"Supplier,Date,Amount\nA,13/08/2019,much\nB,14/08/2019,more\n", "no-sums", "column 'Amount' holds no sum that can be read"),
    ],
)
def test_what_is_no_spend_file_is_refused_in_words(content: bytes, kind: str, says: str, tmp_path: Path) -> None:
    found = problem(put(tmp_path, content))
    assert found.kind == kind
    assert says in found.message
    assert found.file.endswith("spend.csv")
    assert found.remedy


def test_errors_of_columns_name_the_line_and_the_headings(tmp_path: Path) -> None:
    found = problem(put(tmp_path, "Payments\nSupplier,Date,Comment\nA,13/08/2019,none\nB,14/08/2019,none\n"))
    assert (found.line, found.given) == (2, "Supplier, Date, Comment")
    assert "mapping file" in found.remedy
    found = problem(put(tmp_path, "Supplier,Date,Amount\nA,13/08/2019,much\n"))
    assert (found.line, found.key, found.given) == (2, "amount", "much")


def test_a_missing_file_a_folder_and_a_file_given_twice(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    assert problem(tmp_path / "none.csv").message == "there is no such file"
    assert problem(tmp_path).message == "it can't be read as a file"
    assert problem([path, path]).message == "the file is given more than once"
    assert problem([]).message == "no file was given"


def test_paths_that_lead_nowhere_are_told_beside_what_else_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    with pytest.raises(InputError) as caught:
        read_spend([tmp_path / "a.csv", tmp_path / "no\0name.csv", put(tmp_path, b"", "c.csv")])
    said = {found.file.rpartition("/")[2]: (found.message, found.given) for found in caught.value.problems}
    assert said == {
        "a.csv": ("it can't be read as a file", "Too many levels of symbolic links"),
        "no\\x00name.csv": ("it can't be read as a file", "embedded null byte"),
        "c.csv": ("the file is empty", ""),
    }
    assert files_to_read([tmp_path / "a.csv", tmp_path / "a.csv"]) == ([tmp_path / "a.csv"], [])


def test_half_of_a_character_in_an_encoding_that_a_mapping_names_is_told_with_its_line(tmp_path: Path) -> None:
    path = put(tmp_path, b"Supplier,Date,Amount\nA Ltd,13/08/2019,1.00\nB +2AA- Ltd,13/08/2019,12.50\n")
    (tmp_path / "m.yaml").write_text("files:\n  - file: spend.csv\n    encoding: utf-7\n")
    with pytest.raises(InputError) as caught:
        read_spend(path, read_mapping(tmp_path / "m.yaml"))
    (told,) = caught.value.problems
    assert (told.line, told.given, told.message) == (3, "half of a character", "it is no text in the encoding 'utf-7'")


def test_a_cell_of_a_page_that_spans_no_number_of_columns_that_can_be_read_spans_one(tmp_path: Path) -> None:
    head = f"<tr><td colspan='{'9' * 5000}'>Supplier</td><td>Date</td><td>Amount</td></tr>"
    path = put(tmp_path, f"<html><table>{head}<tr><td>A Ltd</td><td>13/08/2019</td><td>12.50</td></tr></table></html>", "page.xls")
    assert read_spend(path).payments[["supplier", "amount"]].to_numpy().tolist() == [["A Ltd", 1250]]


def test_every_problem_of_every_file_comes_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_spend([put(tmp_path, b"", "a.csv"), put(tmp_path, GOOD, "b.csv"), put(tmp_path, b"%PDF", "c.csv")])
    assert [found.kind for found in caught.value.problems] == ["empty-file", "not-a-table"]


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(file_bytes=10), "the file is too large"),
        (Limits(rows=2), "there are too many rows"),
        (Limits(line_characters=15), "a line is too long"),
        (Limits(columns=2), "a row is too wide"),
    ],
)
def test_a_file_beyond_a_limit_is_refused(limits: Limits, says: str, tmp_path: Path) -> None:
    found = problem(put(tmp_path, GOOD + "B Ltd,14/08/2019,1.00\n" * 3), limits)
    assert says in found.message
    assert found.kind == "too-large"


def test_a_row_with_too_many_cells_is_refused_with_its_line(tmp_path: Path) -> None:
    found = problem(put(tmp_path, GOOD + "x," * 600 + "\n"))
    assert (found.line, found.message) == (3, "a row is too wide")


def workbook(folder: Path, sheet: str, name: str = "spend.xlsx") -> Path:
    """A small workbook whose first sheet is replaced by some XML."""
    plain, path = folder / "plain.xlsx", folder / name
    with xlsxwriter.Workbook(str(plain)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Supplier", "Date", "Amount"])
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, sheet if info.filename == "xl/worksheets/sheet1.xml" else old.read(info))
    return path


HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


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


def ods(folder: Path, rows: str) -> Path:
    """An OpenDocument sheet of some rows."""
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    text = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = f"<office:body><office:spreadsheet><table:table table:name='A'>{rows}</table:table></office:spreadsheet></office:body>"
    path = folder / "spend.ods"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr("content.xml", f"<?xml version='1.0'?><office:document-content {spaces} {text}>{body}</office:document-content>")
    return path


def cells(*texts: str) -> str:
    """Cells of an OpenDocument row."""
    return "".join(f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>" for text in texts)


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


def test_a_workbook_cut_short_or_with_wrong_bytes_is_refused(tmp_path: Path) -> None:
    whole = (DATA / "north-middlesex-nhs-trust-2020-08.xlsx").read_bytes()
    assert problem(put(tmp_path, whole[:5000], "spend.xlsx")).kind == "damaged"
    with zipfile.ZipFile(DATA / "north-middlesex-nhs-trust-2020-08.xlsx") as parts:
        start = parts.getinfo("xl/worksheets/sheet1.xml").header_offset + 100
    broken = whole[:start] + bytes(200) + whole[start + 200 :]
    assert zlib.crc32(broken) != zlib.crc32(whole)
    assert problem(put(tmp_path, broken, "spend.xlsx")).kind == "damaged"


@pytest.mark.parametrize(
    ("text", "line", "kind", "says"),
    [
        ("files:\n  - file: a.csv\n    heder_line: 3\n", 3, "unknown-key", "there is no key 'heder_line' here"),
        ("files:\n  - file: a.csv\n    columns:\n      suplier: Payee\n", 4, "unknown-key", "there is no key 'suplier' here"),
        ("files:\n  - file: a.csv\n    date_order: day_first\n", 3, "not-a-choice", "is no date order"),
        ("files:\n  - file: a.csv\n    header_line: first\n", 3, "wrong-type", "a whole number from 0 is needed"),
        ("files:\n  - file: a.csv\n    columns: Payee\n", 3, "wrong-type", "fields with headings is needed"),
        ("files:\n  - header_line: 3\n", 2, "missing-key", "an entry needs a file"),
        ("file: a.csv\n", 1, "unknown-key", "there is no key 'file' here"),
        ("files:\n  - a.csv\n", 2, "wrong-type", "an entry with keys is needed"),
        ("files:\n  - file: a.csv\n    columns:\n      amount: -3\n", 4, "wrong-type", "a heading, a number from 1, or none is needed"),
        ("files:\n  - file: a.csv\n    encoding: utf8x\n", 3, "not-a-choice", "there is no encoding 'utf8x'"),
        ("files:\n  - file: a.csv\n    encoding: base64\n", 3, "not-a-choice", "there is no encoding 'base64'"),
        ("files:\n  - file: a.csv\n    body: [a]\n", 3, "wrong-type", "a text is needed"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_its_lines(text: str, line: int, kind: str, says: str, tmp_path: Path) -> None:
    path = put(tmp_path, text, "mapping.yaml")
    with pytest.raises(InputError) as caught:
        read_mapping(path)
    found = [one for one in caught.value.problems if one.kind == kind]
    assert says in found[0].message
    assert found[0].line == line


def test_a_mapping_that_names_what_the_file_has_not_is_refused(tmp_path: Path) -> None:
    spend = put(tmp_path, "Payee Ltd,When,Net Sum\nA,13/08/2019,1.00\n", "a.csv")
    mapping = put(
        tmp_path, "files:\n  - file: a.csv\n    header_line: 1\n    columns:\n      supplier: Payee Lt\n      amount: 7\n", "m.yaml"
    )
    with pytest.raises(InputError) as caught:
        read_spend(spend, read_mapping(mapping))
    heading, number = caught.value.problems
    assert (heading.line, heading.nearest, heading.remedy) == (5, "Payee Ltd", "write 'Payee Ltd'")
    assert (number.line, number.allowed) == (6, "a number from 1 to 3")
    mapping.write_text("files:\n  - file: a.csv\n    header_line: 40\n")
    with pytest.raises(InputError, match="no such line"):
        read_spend(spend, read_mapping(mapping))
