"""Reader of a supplier list: a CSV that a place file names, with one supplier of an anchor in each row."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from sim.settings.reading.files import SourceFile, read_text
from sim.settings.reading.hints import number_remedy
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier import KINDS, SIZES_OF_SUPPLIERS, UNKNOWN, WHERES

__all__ = ["COLUMNS", "MOST_SUPPLIERS", "read_supplier_list"]

Row = dict[str, Any]
Cell = Callable[["_ListReader", int, str, str], Any]

MOST_SUPPLIERS: Final = 2_000
"""All supplier lists of a place together may hold so many rows, so that a stored result can hold them; group the small ones."""
COLUMNS: Final = ("supplier", "kind", "sector", "where", "amount", "contracts", "end", "certainty", "size")
"""Columns of a supplier list, in any order."""
REQUIRED: Final = ("supplier", "sector", "where", "amount")
MOST_NAME: Final = 200
MOST_CONTRACTS: Final = 1_000_000
MOST_AMOUNT: Final = 1e12
#: After so many problems the rest of a list is not read.
MOST_PROBLEMS: Final = 100

_MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])")


def read_supplier_list(source: SourceFile, findings: Findings) -> list[Row] | None:
    """The rows of a supplier list as the values of :class:`sim.settings.suppliers.supplier.Supplier`.

    Parameters
    ----------
    source : SourceFile
        The file: text in UTF-8, comma between cells, names of columns in the first line.
    findings : Findings
        Where problems go, each with its line.

    Returns
    -------
    list of dict or None
        In the order of the file; None when anything is wrong. An empty cell of a column that need not be there is left out.

    Examples
    --------
    >>> from pathlib import Path
    >>> found = Findings()
    >>> read_supplier_list(SourceFile(Path("none-there.csv"), "none-there.csv"), found) is None, found.problems[0].kind
    (True, 'no-such-file')
    """
    before = len(findings.problems)
    text = read_text(source, findings)
    rows = None if text is None else _ListReader(source, findings).read(text)
    return None if len(findings.problems) > before else rows


class _ListReader:
    """Reads one list."""

    def __init__(self, source: SourceFile, findings: Findings) -> None:
        self.source, self.findings = source, findings
        self.lines: dict[tuple[str, str, str], int] = {}

    def found(self, kind: Kind, line: int | None, key: str, message: str, **said: Any) -> None:
        """Keep a problem of this list."""
        self.findings.add(kind, self.source.shown, line, (key,) if key else (), message, **said)

    def read(self, text: str) -> list[Row] | None:
        """All rows that are fit."""
        cells = self.cells(text)
        first = next(cells, None)
        if first is None:
            allowed, remedy = ", ".join(COLUMNS), "write the names of the columns in the first line and a supplier in each line below"
            self.found(Kind.EMPTY_FILE, 1, "", "the supplier list is empty", given="nothing", allowed=allowed, remedy=remedy)
            return None
        names = [name.strip().lower() for name in first[1]]
        if not self.header(first[0], names):
            return None
        before = len(self.findings.problems)
        rows: list[Row] = []
        for line, row in cells:
            if len(rows) >= MOST_SUPPLIERS or len(self.findings.problems) - before >= MOST_PROBLEMS:
                self.too_many(line, len(rows) >= MOST_SUPPLIERS)
                break
            values = self.row(line, names, row)
            if values is not None:
                rows.append(values)
        if not rows and len(self.findings.problems) == before:
            self.found(
                Kind.EMPTY_FILE, 1, "", "the supplier list has no suppliers", given="no rows", allowed="a row each", remedy="add rows"
            )
        return rows

    def cells(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row that is not blank."""
        reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            remedy = "close the quotes, and put cells with commas in quotes"
            self.found(
                Kind.SYNTAX,
                line,
                "",
                f"this line is no row of a CSV: {error}",
                given="",
                allowed="cells with commas between",
                remedy=remedy,
            )

    def too_many(self, line: int, rows: bool) -> None:
        """More rows, or more problems, than anybody needs."""
        what = f"more than {MOST_SUPPLIERS:,} rows" if rows else f"more than {MOST_PROBLEMS} problems"
        remedy = "put the small suppliers of a sector in one row of the kind several" if rows else "correct these first"
        self.found(Kind.TOO_MANY_VALUES, line, "", "the rest of the supplier list is not read", given=what, allowed="fewer", remedy=remedy)

    def header(self, line: int, names: list[str]) -> bool:
        """Whether the columns are known, stand once and are all there."""
        before = len(self.findings.problems)
        for name in dict.fromkeys(names):
            if name not in COLUMNS:
                self.found(Kind.UNKNOWN_KEY, line, name, f"a supplier list has no column {name!r}", given=name, names=COLUMNS)
            elif names.count(name) > 1:
                remedy = "delete one of the two"
                self.found(Kind.DUPLICATE_KEY, line, name, "the column stands twice", given=name, allowed="each column once", remedy=remedy)
        for name in REQUIRED:
            if name not in names:
                remedy = f"add the column {name!r}"
                self.found(
                    Kind.MISSING_KEY,
                    line,
                    name,
                    f"the column {name!r} is missing",
                    given=", ".join(names),
                    allowed=", ".join(COLUMNS),
                    remedy=remedy,
                )
        return len(self.findings.problems) == before

    def row(self, line: int, names: list[str], cells: list[str]) -> Row | None:
        """The values of one row; None when one is unfit."""
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            given, allowed = f"{len(cells)} cells", f"{len(names)} cells"
            self.found(
                Kind.WRONG_FORM,
                line,
                "",
                "the row has more cells than columns",
                given=given,
                allowed=allowed,
                remedy="quote commas in names",
            )
            return None
        before, values = len(self.findings.problems), {}
        for name, cell in zip(names, [*cells, *[""] * len(names)], strict=False):
            text = cell.strip()
            if text:
                values[name] = _CELLS[name](self, line, name, text)
            elif name in ("supplier", "amount"):
                self.found(
                    Kind.MISSING_KEY,
                    line,
                    name,
                    f"the cell {name!r} is empty",
                    given="nothing",
                    allowed=f"the {name}",
                    remedy=f"write the {name}",
                )
        if len(self.findings.problems) == before:
            self.once(line, values)
        return values if len(self.findings.problems) == before else None

    def name(self, line: int, key: str, text: str) -> str:
        """A name."""
        if len(text) > MOST_NAME:
            allowed = f"at most {MOST_NAME} characters"
            self.found(Kind.WRONG_FORM, line, key, "too long a name", given=shown(text), allowed=allowed, remedy=f"write {allowed}")
        return text

    def once(self, line: int, values: Row) -> None:
        """A supplier stands once for each sector and end."""
        name = values["supplier"]
        first = self.lines.setdefault((name.casefold(), values.get("sector", UNKNOWN), values.get("end", "")), line)
        if first != line:
            message = f"{name!r} stands in line {first} and in line {line} with the same sector and end"
            allowed, remedy = "a supplier once for each sector and end", "put the two rows together"
            self.found(Kind.REPEATED_NAME, line, "supplier", message, given=name, allowed=allowed, remedy=remedy)

    def choice(self, line: int, key: str, text: str) -> str:
        """One of some words."""
        if text not in _CHOICES[key]:
            self.found(Kind.NOT_A_CHOICE, line, key, "this is none of the choices", given=text, names=_CHOICES[key])
        return text

    def sector(self, line: int, key: str, text: str) -> str:
        """A sector, or unknown."""
        if text not in (*SECTORS, UNKNOWN):
            self.found(Kind.UNKNOWN_NAME, line, key, f"there is no sector {text!r}", given=text, names=(*SECTORS, UNKNOWN))
        return text

    def money(self, line: int, key: str, text: str) -> float:
        """A year's money, above nought."""
        return self.number(line, key, text, 0.01, MOST_AMOUNT)

    def certainty(self, line: int, key: str, text: str) -> float:
        """A certainty."""
        return self.number(line, key, text, 0.0, 1.0)

    def contracts(self, line: int, key: str, text: str) -> int:
        """A count, as a whole number."""
        value = self.number(line, key, text, 1, MOST_CONTRACTS)
        if value != int(value):
            remedy = "write a whole number"
            self.found(Kind.WRONG_TYPE, line, key, "half a contract", given=text, allowed="a whole number", remedy=remedy)
        return int(value)

    def number(self, line: int, key: str, text: str, low: float, high: float) -> float:
        """A number within bounds; 1.0 after a problem."""
        try:
            value = float(text) if "_" not in text else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            remedy = number_remedy(text)
            self.found(Kind.WRONG_TYPE, line, key, "a value of the wrong type", given=shown(text), allowed="a number", remedy=remedy)
            return 1.0
        if not low <= value <= high:
            allowed = f"{low:.12g} to {high:.12g}"
            remedy = "leave the row out: nothing was bought" if key == "amount" and value <= 0 else f"write a number from {allowed}"
            self.found(Kind.OUT_OF_BOUNDS, line, key, "the value is outside its bounds", given=text, allowed=allowed, remedy=remedy)
            return 1.0
        return value

    def month(self, line: int, key: str, text: str) -> str:
        """A month as YYYY-MM."""
        if not _MONTH.fullmatch(text):
            allowed = "a month as YYYY-MM, such as 2026-03"
            self.found(
                Kind.WRONG_FORM, line, key, "this is no month of the form YYYY-MM", given=text, allowed=allowed, remedy=f"write {allowed}"
            )
        return text


_CHOICES: Final = {"kind": KINDS, "where": WHERES, "size": SIZES_OF_SUPPLIERS}
_CELLS: Final[dict[str, Cell]] = {
    "supplier": _ListReader.name,
    "kind": _ListReader.choice,
    "sector": _ListReader.sector,
    "where": _ListReader.choice,
    "amount": _ListReader.money,
    "contracts": _ListReader.contracts,
    "end": _ListReader.month,
    "certainty": _ListReader.certainty,
    "size": _ListReader.choice,
}
