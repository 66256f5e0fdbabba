"""Spend files made for a test, workbooks by their parts, and the problem that one of them has."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from sim.errors import InputError, Problem
from sim.spend import Limits, read_spend


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
