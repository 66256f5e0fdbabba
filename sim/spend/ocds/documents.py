"""The JSON values of a file one by one, each with its line: of one document, of a list, of a package, or of a file of lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.spend.ocds.limits import ContractLimits
from sim.spend.ocds.strict_json import JsonFault, StrictReader, after_space, position

__all__ = ["Element", "JsonFile"]

#: Keys of the standard's packages that hold a list of parts.
PARTS: Final = ("releases", "records")


@dataclass(frozen=True, slots=True)
class Element:
    """One JSON value of a file.

    Parameters
    ----------
    value : object
        A release, a record, or something else.
    line : int
        Line of the file where it begins, from 1.
    shape : str
        How the file holds it: "document", "list", "releases", "records" or "lines".
    """

    value: Any
    line: int
    shape: str


@dataclass
class JsonFile:
    """A JSON file, read in parts.

    Parameters
    ----------
    source : SourceFile
        The file.
    limits : ContractLimits
        Bounds.
    findings : Findings
        Where problems go.
    """

    source: SourceFile
    limits: ContractLimits
    findings: Findings
    reader: StrictReader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = StrictReader(self.limits.depth)

    def elements(self) -> Iterator[Element]:
        """Every part of the file, in order.

        Yields
        ------
        Element
            Parts up to the first that is no JSON; in a file of lines every line that is JSON.
        """
        try:
            if not self.source.path.is_file():
                missing = not self.source.path.exists()
                kind, message = (Kind.NO_SUCH_FILE, "there is no such file") if missing else (Kind.NOT_A_FILE, "this is no file")
                self._add(kind, None, message, "", "a file of contracts", "check the path")
                return
            with self.source.path.open("rb") as stream:
                yield from self._lines(stream) if _holds_lines(stream, self.limits) else self._document(stream)
        except OSError as error:
            self._add(Kind.NOT_A_FILE, None, "it can't be read as a file", error.strerror or str(error), "a readable file", "give a file")

    def _document(self, stream: BinaryIO) -> Iterator[Element]:
        """The parts of a file that is one document."""
        most = self.limits.document_bytes
        raw = stream.read(most + 1)
        if len(raw) > most:
            remedy = "give the same contracts as one release a line (JSON lines)"
            self._add(Kind.TOO_LARGE, None, "the file is too large", f"more than {most:,} bytes", f"at most {most:,} bytes", remedy)
            return
        text = self._decoded(raw, 1)
        if text is None:
            return
        try:
            yield from _Walk(self.reader, text).parts()
        except JsonFault as fault:
            self._fault(fault, text, 1)

    def _lines(self, stream: BinaryIO) -> Iterator[Element]:
        """The values of a file with one on each line."""
        number = size = 0
        while raw := stream.readline(self.limits.line_bytes + 1):
            number, size = number + 1, size + len(raw)
            if len(raw) > self.limits.line_bytes:
                allowed = f"at most {self.limits.line_bytes:,} bytes a line"
                self._add(Kind.TOO_LARGE, number, "the line is too long", f"{len(raw):,} bytes and more", allowed, "leave this line out")
                return
            if size > self.limits.lines_bytes:
                allowed = f"at most {self.limits.lines_bytes:,} bytes"
                self._add(Kind.TOO_LARGE, number, "the file is too large", f"more than {size:,} bytes", allowed, "give it in parts")
                return
            yield from self._line(raw, number)
            if len(self.findings.problems) >= self.limits.problems:
                return

    def _line(self, raw: bytes, number: int) -> Iterator[Element]:
        """The value of one line; none for a blank line or after a problem."""
        text = self._decoded(raw.rstrip(), number) if raw.strip() else None
        if text is None:
            return
        try:
            value, end = self.reader.value(text, 0)
            _nothing_after(text, end)
        except JsonFault as fault:
            self._fault(fault, text, number)
        else:
            yield Element(value, number, "lines")

    def _decoded(self, raw: bytes, line: int) -> str | None:
        """Bytes as text; None after a finding."""
        try:
            return raw.decode("utf-8-sig" if line == 1 else "utf-8")
        except UnicodeDecodeError as error:
            where, given = line + raw[: error.start].count(b"\n"), f"byte 0x{raw[error.start]:02x}"
            self._add(Kind.NOT_TEXT, where, "this is no text in UTF-8", given, "text in UTF-8", "save the file as UTF-8 text")
            return None

    def _fault(self, fault: JsonFault, text: str, first_line: int) -> None:
        """Keep a fault with its line and column."""
        line, column = position(text, fault.at)
        message = f"{fault.message} (column {column})"
        self._add(fault.kind, first_line - 1 + line, message, fault.given, fault.allowed, fault.remedy)

    def _add(self, kind: Kind, line: int | None, message: str, given: str, allowed: str, remedy: str) -> None:
        self.findings.add(kind, self.source.shown, line, (), message, given=given, allowed=allowed, remedy=remedy)


@dataclass
class _Walk:
    """Goes through one document and reads its parts one at a time, so that they need not be in memory together."""

    reader: StrictReader
    text: str
    at: int = 0
    line: int = 1
    counted: int = 0

    def parts(self) -> Iterator[Element]:
        """The parts of a list or a package; the whole where it is neither."""
        self._space()
        if self._stands("["):
            yield from self._list("list")
        elif self._stands("{"):
            yield from self._object()
        else:
            line = self._line()
            yield Element(self._value(), line, "document")
        _nothing_after(self.text, self.at)

    def _object(self) -> Iterator[Element]:
        """Keys of the outermost object; the lists of parts are given part by part."""
        rest: dict[str, Any] = {}
        line, found = self._line(), False
        self._pass("{")
        while not self._stands("}"):
            at, key = self.at, self._value()
            if not isinstance(key, str):
                raise self._expected("a key in quotation marks", at)
            self._pass(":")
            if key in PARTS and self._stands("[") and "ocid" not in rest:
                found = True
                yield from self._list(key)
            else:
                if key in rest:
                    self.reader.repeated[key] = self.reader.repeated.get(key, 0) + 1
                rest[key] = self._value()
            self._next("}")
        self._pass("}")
        if not found:
            yield Element(rest, line, "document")

    def _list(self, shape: str) -> Iterator[Element]:
        """The values of a list."""
        self._pass("[")
        while not self._stands("]"):
            line = self._line()
            yield Element(self._value(), line, shape)
            self._next("]")
        self._pass("]")

    def _next(self, closing: str) -> None:
        """Past a comma to what must follow it, or to the closing bracket."""
        self._space()
        if self._stands(closing):
            return
        self._pass(",")
        if self._stands(closing):
            raise self._expected("a value after the comma", self.at)

    def _stands(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def _space(self) -> None:
        self.at = after_space(self.text, self.at)

    def _value(self) -> Any:
        value, self.at = self.reader.value(self.text, self.at)
        return value

    def _pass(self, sign: str) -> None:
        """Past a sign that must stand here, and the space behind it."""
        self._space()
        if not self._stands(sign):
            raise self._expected(repr(sign), self.at)
        self.at += 1
        self._space()

    def _expected(self, what: str, at: int) -> JsonFault:
        if at >= len(self.text):
            return JsonFault(Kind.SYNTAX, "the JSON ends too early", "the end", what, "get the whole file again", at)
        return JsonFault(Kind.SYNTAX, "this is no JSON", repr(self.text[at : at + 20]), what, "get the file again, or mend it", at)

    def _line(self) -> int:
        """Line of the place reached; every character is counted once."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line


def _nothing_after(text: str, end: int) -> None:
    """A fault when more stands behind the value."""
    end = after_space(text, end)
    if end < len(text):
        given = repr(text[end : end + 20])
        raise JsonFault(Kind.SYNTAX, "more stands behind the JSON", given, "nothing", "delete it, or put it on a line of its own", end)


def _holds_lines(stream: BinaryIO, limits: ContractLimits) -> bool:
    """Whether the first line is a whole JSON object and more lines follow; the stream is set back to its start."""
    first = b""
    while not first.strip(b"\xef\xbb\xbf \t\r\n"):
        first = stream.readline(limits.line_bytes)
        if not first:
            break
    whole = first.endswith(b"\n") and first.rstrip().endswith(b"}")
    more = whole and any(stream.readline(2).strip() for _ in range(1000))
    stream.seek(0)
    if not more:
        return False
    try:
        text = first.decode("utf-8-sig")
        value, end = StrictReader(limits.depth).value(text, 0)
        _nothing_after(text, end)
    except (JsonFault, UnicodeDecodeError):
        return first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and len(first) > 2 and b'"ocid"' in first
    return isinstance(value, dict)


def source_of(path: str | Path) -> SourceFile:
    """A path as the user gave it.

    Examples
    --------
    >>> source_of("a.json").shown
    'a.json'
    """
    return SourceFile(Path(path), str(path))
