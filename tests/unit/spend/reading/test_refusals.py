"""A file that can't be read is refused in words: what it is, where, what is allowed, what to do. Nothing ends in a traceback."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest
from support.spend_workbooks import problem, put

from sim.errors import InputError
from sim.spend import Limits, read_mapping, read_spend
from sim.spend.analysis.files import files_to_read

DATA = Path(__file__).parents[3] / "data" / "spend"
GOOD = "Supplier,Date,Amount\nA Ltd,13/08/2019,12.50\n"


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
