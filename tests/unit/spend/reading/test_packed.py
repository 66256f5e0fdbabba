"""Packed files that are no workbook, and workbooks that are packed oddly: what they are is said, and what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from struct import pack

import pytest
import xlsxwriter
from python_calamine import CalamineError, PasswordError

from sim.errors import InputError, Problem
from sim.settings.workbooks import old_bounds as old
from sim.settings.workbooks.bounds import check_workbook
from sim.settings.workbooks.sheets import _said
from sim.spend import Limits, read_spend


def packed(path: Path, parts: Mapping[str, str], last: tuple[str, str] | None = None) -> Path:
    """A packed file with these parts; the last may have a name that is there."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in [*parts.items(), *([last] if last else [])]:
            made.writestr(name, text)
    return path


def problem(path: Path, limits: Limits | None = None) -> Problem:
    """The one problem of a file that is refused."""
    with pytest.raises(InputError) as caught:
        read_spend(path, limits=limits)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    ("parts", "says", "remedy"),
    [
        ({"xl/workbook.bin": ""}, "this is a binary workbook (XLSB)", ""),
        ({"word/document.xml": ""}, "this is a text document (Word or OpenDocument)", ""),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "this is a text document (Word or OpenDocument)", ""),
        ({"ppt/presentation.xml": ""}, "this is a presentation", ""),
        ({"one.csv": "", "two.csv": ""}, "this is a packed file (ZIP) with one.csv, two.csv in it", "unpack it, then give the files"),
        ({"xl/workbook.xml": "", "odd/workbook.bin": ""}, "this is a binary workbook (XLSB)", "open it and save it as XLSX"),
    ],
)
def test_what_is_packed_but_no_workbook_is_called_by_its_name(parts: dict[str, str], says: str, remedy: str, tmp_path: Path) -> None:
    found = problem(packed(tmp_path / "spend.xlsx", parts))
    assert found.kind == "not-a-table" and found.message.removesuffix(", not a table of payments") == says
    assert remedy in found.remedy and found.remedy and found.allowed


def test_a_workbook_that_unpacks_to_too_much_or_has_a_part_twice_is_refused(tmp_path: Path) -> None:
    found = problem(packed(tmp_path / "large.xlsx", {"xl/workbook.xml": "x" * 5000}), Limits(unpacked_bytes=4000))
    assert (found.kind, found.given, found.allowed) == ("too-large", "5,000 bytes once unpacked", "at most 4,000 bytes")
    found = problem(packed(tmp_path / "twice.xlsx", {"xl/workbook.xml": "", "xl/a.xml": ""}, ("XL/A.xml", "")))
    assert (found.given, found.allowed) == ("two parts of one name", "parts of different names")


def test_a_workbook_with_encrypted_parts_needs_its_password(tmp_path: Path) -> None:
    path = packed(tmp_path / "spend.xlsx", {"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": "x"})
    raw = bytearray(path.read_bytes())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\x01\x02", at + 1)
    path.write_bytes(raw)
    found = problem(path)
    assert (found.kind, found.message) == ("locked", "the workbook is protected by a password")
    assert "password" in found.remedy


def test_what_the_reader_of_workbooks_says_is_said_in_our_words() -> None:
    for error in (PasswordError("encrypted"), CalamineError("Password protected")):
        with pytest.raises(InputError, match="the workbook is protected by a password"), _said("a.xls"):
            raise error
    with pytest.raises(KeyboardInterrupt), _said("a.xls"):
        raise KeyboardInterrupt


def test_cells_beyond_the_columns_that_are_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Supplier", "Date", "Amount"])
        sheet.write_row(1, 0, ["A Ltd", "13/08/2019", 12.5, "", "stray"])
        sheet.write_row(2, 0, ["B Ltd", "14/08/2019", 1.5])
    reading = read_spend(path, limits=Limits(columns=4))
    assert reading.payments["amount"].tolist() == [1250, 150]
    assert "1 row has cells beyond column 4, which were not read (from line 2)" in " ".join(reading.files[0].warnings)


def record(kind: int, body: bytes) -> bytes:
    """One record of an old workbook."""
    return pack("<HH", kind, len(body)) + body


def size(last_row: int, last_column: int) -> bytes:
    """What a sheet states of its size, both ends from nought."""
    return record(old._DIMENSIONS, pack("<IIHHH", 0, last_row, 0, last_column, 0))


def container(stream: bytes, following: int = 0xFFFFFFFE) -> bytes:
    """An old container whose workbook is so small that it lies in the small sectors: table, names, small table, small sectors."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for at, form, value in (
        (0x1E, "<H", 9),
        (0x20, "<H", 6),
        (0x30, "<I", 1),
        (0x38, "<I", 4096),
        (0x3C, "<I", 2),
        (0x44, "<I", following),
    ):
        head[at : at + len(pack(form, value))] = pack(form, value)
    head[0x4C:] = pack("<109I", 0, *[free] * 108)
    table = pack("<128I", end, end, end, end, *[free] * 124)
    names = bytearray(512)
    for place, (name, first, length) in enumerate((("Root Entry", 3, 512), ("Workbook", 0, len(stream)))):
        text = (name + "\0").encode("utf-16-le")
        names[128 * place : 128 * place + len(text)] = text
        names[128 * place + 0x40 : 128 * place + 0x42] = pack("<H", len(text))
        names[128 * place + 0x74 : 128 * place + 0x7C] = pack("<II", first, length)
    used = max(1, -(-len(stream) // 64))
    small = pack("<128I", *range(1, used), end, *[free] * (128 - used))
    return bytes(head) + table + bytes(names) + small + stream.ljust(512, b"\0")


def spans_of(folder: Path, raw: bytes) -> list[tuple[int, int]]:
    """Rows and columns of the sheets of an old workbook."""
    (folder / "old.xls").write_bytes(raw)
    return [(sheet.rows, sheet.columns) for sheet in old.old_sheets(folder / "old.xls")]


BEGIN, FINISH = record(old._BEGIN, b"\0" * 4), record(old._FINISH, b"")


def stream(*sheets: bytes, again: int = 1) -> bytes:
    """A stream that lists sheets, each `again` times, and the sheets."""
    head = len(BEGIN + FINISH) + 8 * again * len(sheets)
    places, at = [], head
    for sheet in sheets:
        places += [at] * again
        at += len(BEGIN + sheet + FINISH)
    listed = b"".join(record(old._SHEET, pack("<I", place)) for place in places)
    return BEGIN + listed + FINISH + b"".join(BEGIN + sheet + FINISH for sheet in sheets)


def cell(row: int, column: int) -> bytes:
    """A cell with a shared text."""
    return record(0x00FD, pack("<HHHI", row, column, 0, 0))


def bounded(folder: Path, raw: bytes, **limits: int) -> None:
    """Check an old workbook."""
    (folder / "old.xls").write_bytes(raw)
    check_workbook(folder / "old.xls", "old.xls", "xls", Limits(**limits))


def test_a_small_old_workbook_is_measured_sheet_by_sheet(tmp_path: Path) -> None:
    assert spans_of(tmp_path, container(stream(size(4, 2), size(1, 1) + record(0, b"x" * 80)))) == [(5, 3), (2, 2)]


def test_filled_cells_of_an_old_sheet_are_counted_where_they_lie(tmp_path: Path) -> None:
    """Row 10, columns 3 to 6, as several numbers in one record; a text in row 12, column 3: 12 rows, 4 columns, 5 filled, 43 blank."""
    several = record(old._SEVERAL, pack("<HH", 9, 2) + b"\0" * 24 + pack("<H", 5))
    (tmp_path / "old.xls").write_bytes(container(stream(size(20, 8) + several + cell(11, 2))))
    (sheet,) = old.old_sheets(tmp_path / "old.xls")
    assert (sheet.rows, sheet.columns, sheet.characters, sheet.written) == (21, 9, 0, 0)
    assert (sheet.span.size, sheet.span.filled, sheet.span.blank) == ((12, 4), 5, 43)


def shared(folder: Path, texts: bytes, cells: bytes) -> Path:
    """A file that is the stream of an old workbook with one sheet and shared texts."""
    head = len(BEGIN + texts + FINISH) + 8
    path = folder / "old.xls"
    path.write_bytes(BEGIN + record(old._SHEET, pack("<I", head)) + texts + FINISH + BEGIN + cells + FINISH)
    return path


def test_texts_that_cells_of_an_old_workbook_share_count_for_each_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of 300 characters that goes on in a second record, wider there, and a rich one of 4 behind it: six cells of the first."""
    monkeypatch.setattr(old, "_stream", lambda raw: raw)
    first = pack("<II", 7, 2) + pack("<HB", 300, 0) + b"a" * 200
    texts = record(old._TEXTS, first) + record(old._MORE, b"\x01" + b"b\0" * 100 + pack("<HBH", 4, 8, 1) + b"wide" + b"\0" * 4)
    cells = b"".join(cell(row, 0) for row in range(6)) + record(old._SHARED, pack("<HHHI", 6, 0, 0, 1))
    path = shared(tmp_path, texts, cells)
    (found,) = old.old_sheets(path)
    assert (found.characters, found.written, found.span.filled) == (6 * 300 + 4, 304, 7)
    check_workbook(path, "old.xls", "xls", Limits(repeated_characters=0))


def test_one_long_text_in_many_cells_of_an_old_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte with one text of 32,000 characters in 20,000 cells took 3.4 GB."""
    monkeypatch.setattr(old, "_stream", lambda raw: raw)
    texts = record(old._TEXTS, pack("<II", 60, 1) + pack("<HB", 300, 0) + b"a" * 300)
    path = shared(tmp_path, texts, b"".join(cell(row, 0) for row in range(60)))
    beyond = 60 * 300 - 4 * 300 - 100 * 60
    check_workbook(path, "old.xls", "xls", Limits(repeated_characters=beyond))
    with pytest.raises(InputError, match="the workbook unpacks to too much") as caught:
        check_workbook(path, "old.xls", "xls", Limits(repeated_characters=beyond - 1))
    assert (caught.value.problems[0].given, caught.value.problems[0].allowed[:14]) == ("18,000 characters in its cells", "at most 17,999")


def test_blank_cells_of_an_old_sheet_count_behind_a_chart_as_well(tmp_path: Path) -> None:
    for between in (b"", BEGIN + FINISH):
        raw = container(stream(cell(0, 0) + between + cell(9, 1)))
        bounded(tmp_path, raw, blank_cells=10)
        with pytest.raises(InputError, match="too large for what they hold"):
            bounded(tmp_path, raw, blank_cells=9)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (stream(cell(0, 0), again=2), "two of its sheets share their place"),
        (BEGIN + record(old._SHEET, pack("<I", 24)) + FINISH + record(1, BEGIN + cell(9, 9) + FINISH), None),
        (BEGIN + record(old._SHEET, pack("<I", 3)) + FINISH, "a sheet does not begin where it should"),
        (BEGIN + record(old._TEXTS, pack("<II", 1, 2**31 - 1)) + FINISH, "it says that it holds 2,147,483,647 texts"),
    ],
)
def test_an_old_workbook_that_says_what_is_not_so_is_refused(raw: bytes, says: str | None, tmp_path: Path) -> None:
    """A sheet may begin within another record; then it is gone through there, as it will be read."""
    if says is None:
        with pytest.raises(InputError, match="a sheet is too large"):
            bounded(tmp_path, container(raw.replace(cell(9, 9), cell(9, 9) + size(999, 99))), sheet_cells=99_999)
        return
    with pytest.raises(InputError, match="the workbook is damaged") as caught:
        bounded(tmp_path, container(raw))
    assert caught.value.problems[0].given == says


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (container(stream(record(old._DIMENSIONS, pack("<IIHHH", 9, 3, 0, 1, 0)))), "a sheet states a size below nought"),
        (container(b"")[:512], "unpack_from requires a buffer"),
        (container(size(1, 1)).replace("Workbook".encode("utf-16-le"), "Workbock".encode("utf-16-le")), "it holds no workbook"),
        (container(size(1, 1), following=4) + pack("<128I", *[0] * 127, 4), "its table of sectors is longer than the file"),
        (container(size(1, 1))[:512] + pack("<128I", 0, 1, 2, 3, *[0xFFFFFFFF] * 124) + container(size(1, 1))[1024:], "has no end"),
    ],
)
def test_a_damaged_old_workbook_is_told_by_what_is_wrong(raw: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(old.DamagedError, match=says):
        spans_of(tmp_path, raw)
