"""A report on disk: page, workbook and charts, each whole or not at all, and the error for what can't be reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem
from sim.report.charts_folder import write_charts
from sim.report.drawing import Drawing
from sim.report.table import Table
from sim.report.workbook import write_workbook
from sim.runs.sweep.storage import whole_file, write_whole

__all__ = ["BOOK", "PAGE", "refused", "write_report"]

PAGE: Final = "report.html"
BOOK: Final = "report.xlsx"


def write_report(
    folder: Path,
    page: str,
    title: str,
    lines: Sequence[str],
    tables: Sequence[Table],
    created: str,
    drawings: Sequence[Drawing] | None = None,
    source: str = "",
) -> Path:
    """Write page, workbook and charts into a folder; they are replaced when they were there.

    Parameters
    ----------
    folder : Path
        The folder of the result.
    page : str
        The page.
    title : str
        Title of the workbook.
    lines : sequence of str
        What its first sheet says.
    tables : sequence of Table
        One sheet each.
    created : str
        When the result was made, in ISO form; the workbook carries no other time.
    drawings : sequence of Drawing, optional
        Charts that become files in the folder ``charts``; left out, that folder is not touched.
    source : str
        Where the charts are from.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    sim.errors.InputError
        When they can't be written there.
    """
    try:
        if drawings is not None:
            write_charts(folder, drawings, source)
        write_whole(folder / PAGE, page)
        with whole_file(folder / BOOK) as unfinished:
            write_workbook(unfinished, title, lines, tables, _created_at(created))
    except OSError as error:
        raise refused(folder, f"the report can't be written: {error.strerror or error}", "make the folder writable, or copy it") from None
    return folder / PAGE


def _created_at(words: str) -> datetime:
    """When the result was made."""
    try:
        return datetime.fromisoformat(words).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return datetime(2000, 1, 1)


def refused(folder: Path, message: str, remedy: str) -> InputError:
    """The error for a result that can't be reported."""
    return InputError([Problem(folder.as_posix(), None, "", "", "a result with a run that ended", None, remedy, message, "no-report")])
