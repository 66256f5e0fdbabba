"""A list of suppliers of whom something is known: it wins over every guess."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sim.settings.reading.files import SourceFile, read_text
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.sectors import SECTORS
from sim.spend.matching.kinds import KINDS
from sim.spend.matching.names import normal_name
from sim.spend.matching.places import WHERE
from sim.spend.matching.postcodes import postcode_parts

__all__ = ["COLUMNS", "SUPPLIER_SIZES", "KnownSupplier", "KnownSuppliers", "read_known_suppliers"]

COLUMNS: Final = ("name", "kind", "sector", "postcode", "where", "size", "company_number")
"""Columns that the list may have; only the name is needed."""

SUPPLIER_SIZES: Final = ("micro", "small", "medium", "large", "unknown")
"""Sizes of a supplier: fewer than 10 employees, 50, 250, or more."""

_CHOICES: Final = MappingProxyType({"kind": KINDS, "sector": (*SECTORS, "unknown"), "where": WHERE, "size": SUPPLIER_SIZES})
_NAMES: Final = MappingProxyType(
    {"supplier": "name", "supplier name": "name", "number": "company_number", "company number": "company_number"}
)


@dataclass(frozen=True, slots=True)
class KnownSupplier:
    """What is known of one supplier; what is not is empty.

    Parameters
    ----------
    name : str
        As it is to be shown.
    kind, sector, postcode, where, size, company_number : str
        As in :data:`COLUMNS`.
    """

    name: str
    kind: str = ""
    sector: str = ""
    postcode: str = ""
    where: str = ""
    size: str = ""
    company_number: str = ""


class KnownSuppliers:
    """Known suppliers, found by any spelling with the same normal form.

    Parameters
    ----------
    suppliers : iterable of KnownSupplier
        Of two with one normal form the first counts.

    Examples
    --------
    >>> known = KnownSuppliers([KnownSupplier("Acme Tools Ltd", kind="company")])
    >>> known.find("ACME TOOLS LIMITED").kind, known.find("Other Ltd") is None
    ('company', True)
    """

    def __init__(self, suppliers: Iterable[KnownSupplier]) -> None:
        self._exact: dict[tuple[str, str], KnownSupplier] = {}
        self._bare: dict[str, set[KnownSupplier]] = {}
        for supplier in suppliers:
            name = normal_name(supplier.name)
            if self._exact.setdefault((name.base, name.legal), supplier) is supplier:
                self._bare.setdefault(name.base, set()).add(supplier)

    def __len__(self) -> int:
        return len(self._exact)

    def find(self, name: str) -> KnownSupplier | None:
        """The known supplier of that name; a legal form may be left out where no two differ by nothing else."""
        normal = normal_name(name)
        exact = self._exact.get((normal.base, normal.legal))
        if exact is not None:
            return exact
        alike = self._bare.get(normal.base, set())
        only = next(iter(alike)) if len(alike) == 1 else None
        return only if only is not None and "" in (normal.legal, normal_name(only.name).legal) else None


def read_known_suppliers(path: str | Path) -> KnownSuppliers:
    """Read a list of known suppliers.

    Parameters
    ----------
    path : str or Path
        A CSV file in UTF-8 with one header row; columns as in :data:`COLUMNS`, in any order. At most 1,000,000 bytes.

    Returns
    -------
    KnownSuppliers
        Ready for :func:`sim.spend.suppliers.match_suppliers`.

    Raises
    ------
    sim.errors.InputError
        With every problem of the file: columns and values that do not exist, rows without a name, names that stand there twice.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "known.csv"
    >>> _ = path.write_text("name,kind,where\\nAcme Tools Ltd,company,place\\n", encoding="utf-8")
    >>> read_known_suppliers(path).find("Acme Tools Limited").where
    'place'
    """
    findings = Findings()
    reader = _Reader(SourceFile(Path(path), str(path)), findings)
    text = read_text(reader.source, findings)
    suppliers = reader.read(text) if text is not None else []
    findings.raise_if_any()
    return KnownSuppliers(suppliers)


class _Reader:
    """Reads one list and keeps what is wrong with it."""

    def __init__(self, source: SourceFile, findings: Findings) -> None:
        self.source, self.findings = source, findings
        self.lines: dict[tuple[str, str], int] = {}

    def found(self, kind: Kind, line: int | None, key: str, message: str, given: str, allowed: str, remedy: str = "") -> None:
        """Keep a problem."""
        self.findings.add(kind, self.source.shown, line, (key,) if key else (), message, given=given, allowed=allowed, remedy=remedy)

    def read(self, text: str) -> list[KnownSupplier]:
        """The suppliers of a text."""
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        suppliers: list[KnownSupplier] = []
        columns: list[str] | None = None
        try:
            for cells in rows:
                if not any(cell.strip() for cell in cells):
                    continue
                if columns is None:
                    columns = self.columns(cells, rows.line_num)
                elif columns:
                    self.row(columns, cells, rows.line_num, suppliers)
        except csv.Error as error:
            self.found(
                Kind.SYNTAX, rows.line_num, "", "the row can't be read as CSV", str(error), "cells with commas between", "mend the quotes"
            )
        if columns is None:
            self.found(
                Kind.EMPTY_FILE, None, "", "the file is empty", "nothing", f"a header with {', '.join(COLUMNS)}", "write a header row"
            )
        return suppliers

    def columns(self, cells: list[str], line: int) -> list[str]:
        """Names of the columns; empty when they can't be used."""
        names = [cell.strip().lower() for cell in cells]
        names = [_NAMES.get(name, name.replace(" ", "_")) for name in names]
        for name, cell in zip(names, cells, strict=True):
            if name and name not in COLUMNS:
                self.findings.add(
                    Kind.UNKNOWN_KEY, self.source.shown, line, (), f"there is no column {cell.strip()!r}", given=cell.strip(), names=COLUMNS
                )
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.found(Kind.DUPLICATE_KEY, line, name, "the column stands there twice", name, "each column once", "delete one of them")
        if "name" not in names:
            allowed = ", ".join(COLUMNS)
            self.found(Kind.MISSING_KEY, line, "name", "there is no column 'name'", ", ".join(names)[:80], allowed, "add the column 'name'")
            return []
        return names

    def row(self, columns: list[str], cells: list[str], line: int, suppliers: list[KnownSupplier]) -> None:
        """Read one row."""
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            given, allowed = f"{len(cells)} cells", f"at most {len(columns)}"
            self.found(
                Kind.WRONG_FORM, line, "", "the row has more cells than the header", given, allowed, "put cells with commas in quotes"
            )
        values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name in COLUMNS}
        if not normal_name(values.get("name", "")).base:
            self.found(Kind.MISSING_KEY, line, "name", "the row names no supplier", shown(values.get("name", "")), "a name", "write a name")
            return
        self.check(values, line)
        suppliers.append(KnownSupplier(**values))

    def check(self, values: Mapping[str, str], line: int) -> None:
        """Look at the values of one row."""
        for key, choices in _CHOICES.items():
            value = values.get(key, "")
            if value and value not in choices:
                message = f"there is no {key} {value!r}"
                self.findings.add(Kind.NOT_A_CHOICE, self.source.shown, line, (key,), message, given=value, names=choices)
        postcode = values.get("postcode", "")
        if postcode and postcode_parts(postcode) is None:
            self.found(
                Kind.WRONG_FORM,
                line,
                "postcode",
                "this is no postcode",
                postcode,
                "a postcode such as PR1 2HE",
                "correct it or leave it out",
            )
        normal = normal_name(values["name"])
        first = self.lines.setdefault((normal.base, normal.legal), line)
        if first != line:
            message = f"the supplier stands in line {first} already, spelt the same way or nearly"
            self.found(Kind.REPEATED_NAME, line, "name", message, values["name"], "each supplier once", "keep one of the two rows")
