"""Published spend files in: payments, and an account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sim.errors import InputError, Problem, printable
from sim.spend.files.frames import reading_of
from sim.spend.files.layout import Layout, find_layout
from sim.spend.files.mapped import mapped_layout
from sim.spend.files.payments import Given, TableRead, left_out, read_table
from sim.spend.files.same_file import file_behind
from sim.spend.files.sheets import continued, with_repeats, without_summaries
from sim.spend.files.table import collect
from sim.spend.files.tables import RawTable, all_rows, tables_of
from sim.spend.files.unusable import none_usable, usable
from sim.spend.limits import Limits
from sim.spend.mapping import SpendMapping
from sim.spend.reading import SpendReading

__all__ = ["read_spend"]


def read_spend(paths: str | Path | Iterable[str | Path], mapping: SpendMapping | None = None, limits: Limits | None = None) -> SpendReading:
    """Payments of published spend files.

    Parameters
    ----------
    paths : path, or iterable of paths
        Files as councils, trusts, universities and police publish them: text with any delimiter and encoding, XLS, XLSX, ODS. What a
        file holds decides, not its name.
    mapping : SpendMapping, optional
        What the files hold, where the guess is wrong (:func:`sim.spend.read_mapping`).
    limits : Limits, optional
        How large files may be.

    Returns
    -------
    SpendReading
        Payments, rows set aside, and how each file was understood. Rows and value add up.

    Raises
    ------
    sim.errors.InputError
        With every problem of every file that can't be read, or where no total could hold all sums.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "august.csv")
    ...     _ = path.write_text("Supplier Name;Payment Date;Net Amount\\nA Ltd;13/08/2019;£1,200.50\\n")
    ...     payments = read_spend(path).payments
    >>> payments["supplier"].tolist(), payments["amount"].tolist(), str(payments.loc[0, "date"].date())
    (['A Ltd'], [120050], '2019-08-13')
    """
    limits, mapping = limits or Limits(), mapping or SpendMapping()
    chosen = [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]
    if not chosen:
        raise InputError([Problem("", None, "", "", "at least one file", None, "give a file", "no file was given", "no-such-file")])
    problems = list(_given_twice(chosen))
    names = Counter(path.name for path in chosen)
    read: list[TableRead] = []
    for path in chosen:
        try:
            read += _read_file(path, printable(path.name if names[path.name] == 1 else str(path)), mapping, limits)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return reading_of(with_repeats(read)).check()


def _given_twice(paths: Sequence[Path]) -> Iterable[Problem]:
    """A problem for each file that is given more than once: its payments would count twice."""
    for path, times in Counter(file_behind(path) for path in paths).items():
        if times > 1:
            given, remedy = f"{times} times", "give each file once"
            yield Problem(str(path.name), None, "", given, "once", None, remedy, "the file is given more than once", "repeated-name")


def _read_file(path: Path, name: str, mapping: SpendMapping, limits: Limits) -> list[TableRead]:
    """The tables of one file; sheets without payments are set aside where another sheet has some."""
    shown = printable(str(path))
    read: list[TableRead] = []
    failed: list[tuple[RawTable, Layout | None]] = []
    before: Layout | None = None
    for table in tables_of(path, name, shown, mapping, limits):
        layout = _layout(table, mapping, shown) or continued(table, before)
        if layout is None or not usable(layout):
            failed.append((table, layout))
            read.append(left_out(all_rows(table), table.origin, table.notes, limits, shown))
            continue
        read.append(_read(table, layout, limits, shown))
        before = layout
    if len(failed) == len(read):
        raise none_usable(shown, failed)
    return _unmapped(without_summaries(read), path, mapping)


def _unmapped(read: list[TableRead], path: Path, mapping: SpendMapping) -> list[TableRead]:
    """Warn where a mapping is given and none of its entries speaks of the file: most often its pattern is mistyped."""
    if not mapping.entries or any(entry.fits(path, table.reading.sheet) for entry in mapping.entries for table in read):
        return read
    first = read[0].reading
    warning = (
        f"no entry of the mapping file {mapping.file} fits this file ({', '.join(entry.file for entry in mapping.entries)}); it was guessed"
    )
    return [replace(read[0], reading=replace(first, warnings=(warning, *first.warnings))), *read[1:]]


def _layout(table: RawTable, mapping: SpendMapping, shown: str) -> Layout | None:
    """The header and columns of a table."""
    if table.entry is None:
        return find_layout(table.sample)
    return mapped_layout(table.sample, table.entry, mapping.file, shown)


def _read(table: RawTable, layout: Layout, limits: Limits, shown: str) -> TableRead:
    """Payments and rows set aside of a table."""
    above = [row for row in table.sample if row[0] <= layout.line]
    below = (row for row in table.sample if row[0] > layout.line)
    rows = collect(chain(below, table.rest), layout.width, limits, shown)
    entry = table.entry
    given = Given(entry.date_order, entry.comma, entry.reversed_sign, entry.body) if entry else Given()
    return read_table(above, rows, layout, table.origin, given, shown, table.all_notes())
