"""A layout that a mapping file settles, in whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.errors import InputError, Problem, nearest
from sim.spend.files.headings import AMOUNT_FIELDS, meaning_of, plain_heading
from sim.spend.files.layout import Column, Layout, Record, find_layout
from sim.spend.mapping import MappingEntry

__all__ = ["mapped_layout"]


def mapped_layout(sample: Sequence[Record], entry: MappingEntry, mapping_file: str, shown: str) -> Layout | None:
    """The layout of a table as a mapping has it; what the mapping leaves out is found as ever.

    Parameters
    ----------
    sample : sequence of Record
        The first rows.
    entry : MappingEntry
        What the mapping says.
    mapping_file, shown : str
        The mapping and the file, as errors call them.

    Returns
    -------
    Layout or None
        None where the mapping names no line and no header is found.

    Raises
    ------
    sim.errors.InputError
        When a heading, a number or a line of the mapping is not in the file.
    """
    layout = find_layout(sample)
    if entry.header_line is not None:
        layout = _at_line(sample, entry.header_line, layout, mapping_file, entry.line, shown)
    if layout is None:
        return None
    columns = {name: column for name, column in layout.columns.items() if name not in entry.columns}
    problems: list[Problem] = []
    for name, wanted in entry.columns.items():
        position = None if wanted is None else _position(layout, wanted)
        if wanted is not None and position is None:
            problems.append(_no_column(layout, name, wanted, entry, mapping_file, shown))
        elif position is not None:
            columns = {other: column for other, column in columns.items() if column.position != position or other in entry.columns}
            columns[name] = Column(position, layout.header[position].strip(), 1.0)
    if problems:
        raise InputError(problems)
    meanings = [meaning_of(columns[name].heading) for name in AMOUNT_FIELDS if name in columns]
    factor = next((meaning.factor for meaning in meanings if meaning), 1)
    notes = tuple(note for note in layout.notes if not entry.columns)
    return replace(layout, columns=columns, factor=factor, notes=notes)


def _at_line(sample: Sequence[Record], line: int, found: Layout | None, mapping_file: str, entry_line: int, shown: str) -> Layout:
    """The layout with its header at a given line; none for 0."""
    if line == 0:
        lengths = [len(cells) for _, cells in sample if any(cells)]
        return Layout(0, ("",) * max(set(lengths), key=lengths.count, default=0), {})
    if found is not None and found.line == line:
        return found
    cells = next((cells for number, cells in sample if number == line), None)
    if cells is None:
        allowed = f"a line among the first {len(sample):,} rows of {shown}"
        raise InputError(
            [
                Problem(
                    mapping_file,
                    entry_line,
                    "header_line",
                    str(line),
                    allowed,
                    None,
                    "give the line of the header",
                    "no such line",
                    "no-header",
                )
            ]
        )
    alone = find_layout([(line, cells), *[row for row in sample if row[0] > line]])
    if alone is not None and alone.line == line:
        return alone
    return Layout(line, tuple(cells), {})


def _position(layout: Layout, wanted: str | int) -> int | None:
    """The position of a column by heading or number."""
    if isinstance(wanted, int):
        return wanted - 1 if 1 <= wanted <= layout.width else None
    exact = [at for at, heading in enumerate(layout.header) if heading.strip() == wanted.strip()]
    plain = [at for at, heading in enumerate(layout.header) if plain_heading(heading) == plain_heading(wanted) and plain_heading(wanted)]
    return next(iter(exact + plain), None)


def _no_column(layout: Layout, name: str, wanted: str | int, entry: MappingEntry, mapping_file: str, shown: str) -> Problem:
    """The problem of a column that is not there."""
    headings = [heading.strip() for heading in layout.header if heading.strip()]
    allowed = f"a number from 1 to {layout.width}" if isinstance(wanted, int) else ", ".join(headings)[:400]
    near = None if isinstance(wanted, int) else nearest(wanted, headings)
    line, key = entry.column_lines.get(name, entry.line), f"columns.{name}"
    remedy = f"write {near!r}" if near else "write a heading of that line, or the number of the column"
    where = f"{shown} has no such column in line {layout.line}" if layout.line else f"{shown} has no such column"
    return Problem(mapping_file, line, key, str(wanted), allowed, near, remedy, where, "no-column")
