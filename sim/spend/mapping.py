"""The mapping file: what published files hold, for a person to check and to correct."""

from __future__ import annotations

import glob
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast

from sim.settings.reading.files import SourceFile, unprintable
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Entry, Items, Keys, Node, Scalar
from sim.settings.reading.yaml_reader import read_tree
from sim.spend.files.dates import DateOrder
from sim.spend.files.headings import FIELDS
from sim.spend.reading import FileReading, SpendReading

__all__ = ["MappingEntry", "SpendMapping", "read_mapping", "write_mapping"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "date_order": ("day-first", "month-first", "year-first"),
    "decimal": ("point", "comma"),
    "payments": ("positive", "negative"),
    "delimiter": (",", ";", "tab", "|"),
}
_KEYS = ("file", "sheet", "header_line", "columns", "date_order", "decimal", "payments", "delimiter", "encoding", "body")
_HEAD = """\
# How localwealth reads these files. Change what is wrong and give the file back with --mapping.
# file:        a name, or a pattern such as "payments-*.csv"; the first entry that fits a file counts
# sheet:       name of the sheet; leave it out for text files
# header_line: line of the header, from 1; 0 where there is none (columns then need numbers)
# columns:     field: heading, or number of the column from 1, or none. Fields:
#              {fields}
# date_order:  day-first, month-first or year-first (also month names and real dates)
# Also: decimal (point or comma), payments (positive, or negative where payments are printed below nought),
#       delimiter (, ; tab |), encoding, body (who published it).
"""


@dataclass(frozen=True, slots=True)
class MappingEntry:
    """What the mapping says of the files that a pattern names.

    Parameters
    ----------
    file, sheet : str
        Patterns; a blank sheet fits every sheet.
    line : int
        Line of the entry in the mapping file, for errors.
    header_line : int or None
        Line of the header; 0 for none, None to find it.
    columns : mapping of str to str, int or None
        By field: heading, or number from 1, or None for no such column.
    date_order : str or None
    comma : bool or None
        Whether the comma parts pounds from pence.
    reversed_sign : bool
        Whether payments are printed below nought.
    delimiter, encoding, body : str
        Blank where the mapping does not say.
    column_lines : mapping of str to int
        By field: the line in the mapping file.
    """

    file: str
    sheet: str = ""
    line: int = 0
    header_line: int | None = None
    columns: Mapping[str, str | int | None] = field(default_factory=dict)
    date_order: DateOrder | None = None
    comma: bool | None = None
    reversed_sign: bool = False
    delimiter: str = ""
    encoding: str = ""
    body: str = ""
    column_lines: Mapping[str, int] = field(default_factory=dict)

    def fits(self, path: Path, sheet: str) -> bool:
        """Whether the entry speaks of a file and sheet."""
        named = fnmatchcase(path.name, self.file) or fnmatchcase(str(path), self.file) or path.name == self.file
        return named and (not self.sheet or self.sheet.strip() == sheet.strip() or fnmatchcase(sheet, self.sheet))


@dataclass(frozen=True, slots=True)
class SpendMapping:
    """A mapping file.

    Parameters
    ----------
    entries : tuple of MappingEntry
        In the order of the file.
    file : str
        The mapping file as given, for errors.
    """

    entries: tuple[MappingEntry, ...] = ()
    file: str = ""

    def entry(self, path: Path, sheet: str = "") -> MappingEntry | None:
        """The first entry that fits a file and sheet, or None.

        Examples
        --------
        >>> SpendMapping((MappingEntry("pay-*.csv"),)).entry(Path("data/pay-2019.csv")).file
        'pay-*.csv'
        """
        return next((entry for entry in self.entries if entry.fits(path, sheet)), None)


def write_mapping(path: str | Path, reading: SpendReading) -> None:
    """Write how files were understood, to correct and to give back.

    Parameters
    ----------
    path : path
        The YAML file to write.
    reading : SpendReading
        What was read.

    Examples
    --------
    >>> import tempfile
    >>> from sim.spend import read_spend
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     spend, mapping = Path(folder, "august.csv"), Path(folder, "mapping.yaml")
    ...     _ = spend.write_text("Supplier,Date,Amount\\nA Ltd,13/08/2019,12.50\\n")
    ...     write_mapping(mapping, read_spend(spend))
    ...     read_mapping(mapping).entries[0].columns["amount"]
    'Amount'
    """
    fields = ", ".join(FIELDS)
    lines = [_HEAD.format(fields=fields), "files:"]
    for read in reading.files:
        if read.columns:
            lines += _entry_lines(read)
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _entry_lines(read: FileReading) -> list[str]:
    """The lines of one entry."""
    lines = [f"  - file: {_quoted(glob.escape(Path(read.file).name))}"]
    if read.sheet:
        lines.append(f"    sheet: {_quoted(read.sheet)}")
    lines += [f"    header_line: {read.header_line}", "    columns:"]
    headings = Counter(guess.heading for guess in read.columns.values())
    for name, guess in read.columns.items():
        plain = guess.heading and headings[guess.heading] == 1 and unprintable(guess.heading) is None and read.header_line
        value = _quoted(guess.heading) if plain else str(read.positions[name])
        sure = "" if guess.certainty >= 1 else f"  # a guess, certainty {guess.certainty:.1f}: please check"
        lines.append(f"      {name}: {value}{sure}")
    if read.date_order != "none":
        lines.append(f"    date_order: {read.date_order}")
    return [*lines, *(f"    # {' '.join(warning.split())}" for warning in read.warnings if unprintable(warning) is None)]


def _quoted(text: str) -> str:
    """Text as a YAML value in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def read_mapping(path: str | Path) -> SpendMapping:
    """Read a mapping file.

    Parameters
    ----------
    path : path
        The YAML file.

    Returns
    -------
    SpendMapping
        Its entries.

    Raises
    ------
    sim.errors.InputError
        With every problem, its line and the nearest name.
    """
    findings = Findings()
    source = SourceFile(Path(path), str(path))
    tree = read_tree(source, findings)
    findings.raise_if_any()
    reader = _Reader(str(path), findings)
    entries = reader.entries(cast(Keys, tree))
    findings.raise_if_any()
    return SpendMapping(entries, str(path))


@dataclass(slots=True)
class _Reader:
    """Reads the tree of a mapping file and keeps what is wrong."""

    file: str
    findings: Findings

    def entries(self, tree: Keys) -> tuple[MappingEntry, ...]:
        """Every entry."""
        for entry in tree:
            if entry.key != "files":
                self.unknown(entry, ("files",), ())
        listed = tree.entry("files")
        if listed is None or not isinstance(listed.node, Items):
            line = listed.line if listed else 1
            remedy = "write files: and below it entries that begin with '- file:'"
            self.findings.add(Kind.WRONG_TYPE, self.file, line, ("files",), "a list of entries is needed", allowed="a list", remedy=remedy)
            return ()
        return tuple(self.entry(node, ("files", at)) for at, node in enumerate(listed.node.items))

    def entry(self, node: Node, path: tuple[str | int, ...]) -> MappingEntry:
        """One entry."""
        if not isinstance(node, Keys):
            self.wrong(node, path, "an entry with keys", "write '- file: NAME' and keys below it")
            return MappingEntry("")
        said: dict[str, Any] = {"line": node.line}
        for key in node:
            if key.key not in _KEYS:
                self.unknown(key, _KEYS, path)
            elif key.key == "columns":
                said["columns"], said["column_lines"] = self.columns(key, (*path, "columns"))
            elif key.key in _CHOICES:
                said.update(self.choice(key, path))
            elif key.key == "header_line":
                said["header_line"] = self.number(key, path)
            elif key.key == "encoding":
                said["encoding"] = self.encoding(key, path)
            else:
                said[key.key] = self.text(key, path)
        if node.entry("file") is None:
            remedy = "write file: NAME"
            self.findings.add(
                Kind.MISSING_KEY, self.file, node.line, (*path, "file"), "an entry needs a file", allowed="a name", remedy=remedy
            )
        return MappingEntry(**{"file": "", **said})

    def columns(self, key: Entry, path: tuple[str | int, ...]) -> tuple[dict[str, str | int | None], dict[str, int]]:
        """Headings or numbers by field."""
        if not isinstance(key.node, Keys):
            self.wrong(key.node, path, "fields with headings", "write a field and a heading on each line")
            return {}, {}
        columns: dict[str, str | int | None] = {}
        for entry in key.node:
            value = entry.node.value if isinstance(entry.node, Scalar) else entry.node
            if entry.key not in FIELDS:
                self.unknown(entry, FIELDS, path)
            elif value is None or value == "none":
                columns[entry.key] = None
            elif isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
                columns[entry.key] = value
            else:
                self.wrong(entry.node, (*path, entry.key), "a heading, a number from 1, or none", "write the heading in quotes")
        return columns, {entry.key: entry.line for entry in key.node}

    def choice(self, key: Entry, path: tuple[str | int, ...]) -> dict[str, Any]:
        """A key with few values."""
        value = key.node.value if isinstance(key.node, Scalar) else None
        allowed = _CHOICES[key.key]
        if value not in allowed:
            given = shown(value)
            message = f"{given} is no {key.key.replace('_', ' ')}"
            self.findings.add(Kind.NOT_A_CHOICE, self.file, key.node.line, (*path, key.key), message, given=str(value), names=allowed)
            return {}
        if key.key == "decimal":
            return {"comma": value == "comma"}
        if key.key == "payments":
            return {"reversed_sign": value == "negative"}
        return {key.key: "\t" if value == "tab" else value}

    def number(self, key: Entry, path: tuple[str | int, ...]) -> int | None:
        """A line number."""
        value = key.node.value if isinstance(key.node, Scalar) else None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.wrong(key.node, (*path, key.key), "a whole number from 0", "write the line of the header, or 0 for none")
        return None

    def text(self, key: Entry, path: tuple[str | int, ...]) -> str:
        """A text."""
        if isinstance(key.node, Scalar) and key.node.text:
            return key.node.text
        self.wrong(key.node, (*path, key.key), "a text", "write a text, in quotes if need be")
        return ""

    def encoding(self, key: Entry, path: tuple[str | int, ...]) -> str:
        """The name of an encoding of text."""
        name = self.text(key, path)
        try:
            "".encode(name or "utf-8")
        except (LookupError, ValueError):
            names = ("utf-8", "cp1252", "utf-16", "latin-1", "mac-roman")
            message = f"there is no encoding {name!r}"
            self.findings.add(Kind.NOT_A_CHOICE, self.file, key.node.line, (*path, "encoding"), message, given=name, names=names)
            return ""
        return name

    def unknown(self, entry: Entry, names: tuple[str, ...], path: tuple[str | int, ...]) -> None:
        """Keep an unknown key."""
        message = f"there is no key {entry.key!r} here"
        self.findings.add(Kind.UNKNOWN_KEY, self.file, entry.line, (*path, entry.key), message, given=entry.key, names=names)

    def wrong(self, node: Node, path: tuple[str | int, ...], allowed: str, remedy: str) -> None:
        """Keep a value of the wrong type."""
        given = shown(node.value) if isinstance(node, Scalar) else "a list" if isinstance(node, Items) else "a mapping"
        self.findings.add(Kind.WRONG_TYPE, self.file, node.line, path, f"{allowed} is needed", given=given, allowed=allowed, remedy=remedy)
