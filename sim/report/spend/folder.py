"""The folder of a spend analysis, written whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sim.errors import printable
from sim.report.charts_folder import charts_section, drawings_of, write_charts
from sim.report.drawing import Drawing
from sim.report.section import Section
from sim.report.spend.page import spend_page, spend_sections
from sim.report.spend.sections import headline_sentence
from sim.report.spend.view import SpendView
from sim.report.workbook import write_workbook
from sim.runs.stored.folder import UNFINISHED
from sim.runs.stored.store import claim, csv_text, json_text, release, write_text

__all__ = ["FORMAT", "Writer", "file_facts", "reading_facts", "write_spend"]

FORMAT: Final = "localwealth-spend"
FORMAT_VERSION: Final = 1
LIBRARIES: Final = ("localwealth", "pandas", "python-calamine", "rapidfuzz")
BLOCK: Final = 1 << 20
Writer = Callable[[Path], Any]


def write_spend(
    view: SpendView,
    set_aside: pd.DataFrame,
    facts: Mapping[str, Any],
    folder: Path,
    more: Mapping[str, Writer] | None = None,
    sections: Sequence[Section] = (),
    *,
    charts: bool = True,
) -> Path:
    """Write everything into a new folder.

    Parameters
    ----------
    view : SpendView
        The analysis for readers.
    set_aside : DataFrame
        Rows set aside, as they may be shown.
    facts : mapping
        What was read and how: from :func:`reading_facts`.
    folder : Path
        It must not be there yet.
    more : mapping of str to callable
        Further files by their names, such as mapping.yaml; each is called with the path to write.
    sections : sequence of Section
        Sections of the report beside the usual ones.
    charts : bool
        Whether each chart is written as a file of its own too.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    sim.errors.InputError
        When there is something of this name, finished or not, or the folder can't be made.
    """
    unfinished = claim(folder)
    try:
        shown = spend_sections(view, sections)
        drawings = drawings_of(shown) if charts else []
        _fill(view, set_aside, facts, unfinished, more or {}, shown, drawings)
        (unfinished / "UNFINISHED.txt").unlink()
        target = unfinished.with_name(unfinished.name.removesuffix(UNFINISHED))
        unfinished.rename(target)
    except BaseException:
        release(unfinished)
        raise
    return target


def _fill(
    view: SpendView,
    set_aside: pd.DataFrame,
    facts: Mapping[str, Any],
    folder: Path,
    more: Mapping[str, Writer],
    sections: list[Section],
    drawings: Sequence[Drawing],
) -> None:
    """Every file of the folder."""
    analysis = view.analysis
    listed = charts_section(drawings)
    sections += [listed] if listed else []
    if drawings:
        write_charts(folder, drawings, source_words(view))
    write_text(folder / "report.html", spend_page(view, sections))
    tables = [table for section in sections for table in section.tables]
    lines = [
        headline_sentence(view),
        "The same numbers as report.html. Shares are parts of 1 shown as percentages; values are in the currency of the files.",
        "Private persons and withheld names are counted and valued, and never named.",
    ]
    write_workbook(folder / "report.xlsx", view.title, lines, tables, datetime.fromisoformat(facts["created"]).replace(tzinfo=None))
    (folder / "tables").mkdir()
    for name, table in analysis.tables.items():
        write_text(folder / "tables" / f"{name}.csv", csv_text(table))
    shown = analysis.suppliers.rename(columns={"amount": "pence"}).rename_axis("key").reset_index()
    write_text(folder / "suppliers.csv", csv_text(shown))
    write_text(folder / "set-aside.csv", csv_text(set_aside))
    for name, writer in more.items():
        writer(folder / name)
    write_text(folder / "reading.json", json_text(facts))


def source_words(view: SpendView) -> str:
    """Where the charts of a spend analysis are from, for those who meet one alone."""
    seen = f", seen from {view.place}" if view.place else ""
    period = f", {view.period}" if view.period else ""
    return f"Source: localwealth, from published {'contracts' if view.awarded else 'spending'}: {view.title}{period}{seen}."


def file_facts(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Name, size and SHA-256 of each file.

    Examples
    --------
    >>> file_facts([])
    []
    """
    facts = []
    for path in paths:
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
        facts.append({"file": printable(path.name), "bytes": path.stat().st_size, "sha256": digest.hexdigest()})
    return facts


def reading_facts(view: SpendView, paths: Sequence[Path], command: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, how, and what came of it, as plain values; no name of a private person is among them.

    Parameters
    ----------
    view : SpendView
        The analysis for readers.
    paths : sequence of Path
        The files.
    command : str
        What was called.
    options : mapping
        With which options.
    """
    table = view.analysis.table
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "options": dict(options),
        "versions": {name: metadata.version(name) for name in LIBRARIES},
        "files": file_facts(paths),
        "totals": table("totals").to_dict("records"),
        "set_aside": table("set_aside").to_dict("records"),
        "sheets": table("files").to_dict("records"),
        "guess": table("columns").to_dict("records"),
        "warnings": table("warnings").to_dict("records"),
        "checks": table("checks").to_dict("records"),
        "headline": dict(view.analysis.headline),
    }
