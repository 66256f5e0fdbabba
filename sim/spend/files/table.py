"""Rows of a table as columns of text, in little memory: rows come in one by one, and leave as Arrow columns in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.errors import InputError, Problem
from sim.spend.files.layout import Record
from sim.spend.limits import Limits

__all__ = ["Distinct", "Table", "collect"]

_BLOCK = 20_000


@dataclass(slots=True)
class Distinct:
    """A column as its distinct texts, and which of them each row holds.

    Parameters
    ----------
    codes : ndarray of int32, one a row
    dictionary : pyarrow.LargeStringArray
        The distinct texts, trimmed; two that differ in spaces alone may both stand in it.
    """

    codes: np.ndarray
    dictionary: Any

    @property
    def texts(self) -> list[str]:
        """The distinct texts as a list."""
        texts: list[str] = self.dictionary.to_pylist()
        return texts

    def parts(self) -> Iterator[list[str]]:
        """The distinct texts, some thousands at a time, so that memory stays small."""
        for start in range(0, len(self.dictionary), _BLOCK):
            yield self.dictionary.slice(start, _BLOCK).to_pylist()

    def each(self, ask: Callable[[str], Any], kind: Any) -> np.ndarray:
        """What a function says of the text in each row; it is asked once for each distinct text.

        Examples
        --------
        >>> Distinct(np.array([0, 1, 0]), pa.array(["a", "bcd"])).each(len, np.int64).tolist()
        [1, 3, 1]
        """
        answers = [np.array([ask(text) for text in part], dtype=kind) for part in self.parts()]
        return np.concatenate(answers)[self.codes] if answers else np.zeros(len(self.codes), dtype=kind)

    def counts(self) -> np.ndarray:
        """How often each distinct text stands in the column."""
        return np.bincount(self.codes, minlength=len(self.dictionary))


@dataclass(slots=True)
class Table:
    """The rows of a table below its header that have as many cells as it.

    Parameters
    ----------
    lines : ndarray of int64
        Line of each row.
    columns : list of pyarrow.ChunkedArray of str
        As printed.
    uneven : list of Record
        Rows with other numbers of cells, with their lines.
    blank : list of int
        Lines that hold nothing, not even delimiters.
    rows : int
        Rows of every kind.
    """

    lines: np.ndarray
    columns: list[Any]
    uneven: list[Record] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    rows: int = 0

    def distinct(self, position: int | None) -> Distinct:
        """The distinct texts of a column; one blank text where the column is missing."""
        if position is None or not len(self.lines):
            return Distinct(np.zeros(len(self.lines), dtype=np.int32), pa.array([""], type=pa.large_string()))
        encoded = pc.dictionary_encode(self.columns[position]).combine_chunks()
        encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
        return Distinct(encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), _tidied(encoded.dictionary))

    def free(self, position: int | None) -> None:
        """Give back the memory of a column that is no longer needed."""
        if position is not None:
            self.columns[position] = None

    def filled(self, rows: np.ndarray) -> np.ndarray:
        """Which of some rows hold anything."""
        index, found = pa.array(rows), np.zeros(len(rows), dtype=bool)
        for column in self.columns if len(rows) else ():
            found |= pc.not_equal(_tidied(column.take(index).combine_chunks()), "").to_numpy(zero_copy_only=False)
        return found

    def cells(self, rows: np.ndarray) -> list[list[str]]:
        """The cells of some rows, trimmed."""
        if not len(rows):
            return []
        index = pa.array(rows)
        taken = [column.take(index).to_pylist() for column in self.columns]
        return [[_tidy(text) for text in cells] for cells in zip(*taken, strict=True)]

    def with_rows(self, added: Sequence[Record]) -> Table:
        """The table with more rows in the order of their lines; they have as many cells as the others."""
        if not added:
            return self
        lines = np.concatenate([self.lines, np.array([line for line, _ in added], dtype=np.int64)])
        order = np.argsort(lines, kind="stable")
        more = list(zip(*(cells for _, cells in added), strict=True))
        index = pa.array(order)
        columns = []
        for column, extra in zip(self.columns, more, strict=True):
            whole = pa.chunked_array([*column.chunks, pa.array(extra, type=pa.large_string())], type=pa.large_string())
            columns.append(whole.take(index))
        return Table(lines[order], columns, self.uneven, self.blank, self.rows)


def collect(rows: Iterable[Record], width: int, limits: Limits, file: str) -> Table:
    """The rows of a table as columns.

    Parameters
    ----------
    rows : iterable of Record
        The rows below the header.
    width : int
        Cells in the header.
    limits : Limits
        Bounds of rows and columns.
    file : str
        The file as errors call it.

    Raises
    ------
    sim.errors.InputError
        When there are more rows, or more cells in a row, than the limits allow.

    Examples
    --------
    >>> table = collect([(2, ["A Ltd", "1.00"]), (3, ["B"]), (4, [])], 2, Limits(), "a.csv")
    >>> table.lines.tolist(), table.uneven, table.blank, table.rows
    ([2], [(3, ['B'])], [4], 3)
    """
    if width > limits.columns:
        raise _too_wide(file, None, width, limits)
    blocks: list[list[Any]] = [[] for _ in range(width)]
    lines: list[np.ndarray] = []
    held: list[list[str]] = []
    numbers: list[int] = []
    uneven: list[Record] = []
    blank: list[int] = []
    for line, cells in rows:
        if len(cells) == width:
            held.append(cells)
            numbers.append(line)
            if len(held) >= _BLOCK:
                _flush(held, numbers, blocks, lines)
                _within(limits, sum(map(len, lines)) + len(uneven) + len(blank), line, file)
        elif not any(cells):
            blank.append(line)
        else:
            _put_uneven(line, cells, width, held, numbers, uneven, limits, file)
    _flush(held, numbers, blocks, lines)
    even = np.concatenate(lines) if lines else np.zeros(0, dtype=np.int64)
    total = len(even) + len(uneven) + len(blank)
    _within(limits, total, None, file)
    return Table(even, [pa.chunked_array(chunks, type=pa.large_string()) for chunks in blocks], uneven, blank, total)


def _put_uneven(
    line: int, cells: list[str], width: int, held: list[list[str]], numbers: list[int], uneven: list[Record], limits: Limits, file: str
) -> None:
    """Keep a row of another length; blank cells beyond the header are no cells."""
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        held.append(cells[:width])
        numbers.append(line)
        return
    if len(cells) > limits.columns:
        raise _too_wide(file, line, len(cells), limits)
    uneven.append((line, cells))
    _within(limits, len(uneven), line, file)


def _too_wide(file: str, line: int | None, cells: int, limits: Limits) -> InputError:
    """The error for a row with too many cells."""
    given, allowed, remedy = f"{cells:,} cells", f"at most {limits.columns:,} cells in a row", "check the delimiter"
    return InputError([Problem(file, line, "", given, allowed, None, remedy, "a row is too wide", "too-large")])


def _flush(held: list[list[str]], numbers: list[int], blocks: list[list[Any]], lines: list[np.ndarray]) -> None:
    """Turn the rows held so far into a block of columns."""
    if held:
        for block, column in zip(blocks, zip(*held, strict=True), strict=True):
            block.append(pa.array(column, type=pa.large_string()))
        lines.append(np.array(numbers, dtype=np.int64))
        held.clear()
        numbers.clear()


def _within(limits: Limits, rows: int, line: int | None, file: str) -> None:
    """Refuse a table with too many rows."""
    if rows > limits.rows:
        remedy = "split the file, or give Limits(rows=...) with more"
        raise InputError(
            [
                Problem(
                    file,
                    line,
                    "",
                    f"more than {limits.rows:,} rows",
                    f"at most {limits.rows:,} rows",
                    None,
                    remedy,
                    "there are too many rows",
                    "too-large",
                )
            ]
        )


_JOINERS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\xa0": " ", "\u202f": " ", "\u200b": "", "\ufeff": "", "\x00": ""})


def _tidied(texts: Any) -> Any:
    """Texts of an Arrow array, each without spaces around it and without ends of lines in it."""
    if pc.any(pc.match_substring_regex(texts, r"[\p{Cc}\x{a0}\x{202f}\x{200b}\x{feff}]")).as_py():
        return pa.array([_tidy(text) for text in texts.to_pylist()], type=pa.large_string())
    return pc.utf8_trim_whitespace(texts)


def _tidy(text: str) -> str:
    """A cell without spaces around it and without ends of lines in it."""
    return text.translate(_JOINERS).strip() if not text.isascii() or not text.isprintable() else text.strip()
