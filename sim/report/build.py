"""A report from a stored result folder: report.html, report.xlsx and charts beside it, from nothing else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sim.report.charts_folder import charts_section, drawings_of
from sim.report.findings.beside import explanations_beside, sweep_beside
from sim.report.findings.view import View
from sim.report.months_table import months_table, summary_tables
from sim.report.numbers import month_name
from sim.report.page import render_page
from sim.report.section import Section
from sim.report.sections.assumptions import assumptions_section
from sim.report.sections.compared import compared_section
from sim.report.sections.cost import cost_section
from sim.report.sections.everyone import everyone_section
from sim.report.sections.hangs import hangs_section
from sim.report.sections.headline import headline_section, headline_sentence
from sim.report.sections.limits import limits_section
from sim.report.sections.made import made_section
from sim.report.sections.method import again_section, method_section
from sim.report.sections.owners import owners_section
from sim.report.sections.paths import DRAWN, paths_section
from sim.report.sections.pound import pound_section
from sim.report.sections.resilience import resilience_section
from sim.report.sections.security import security_section
from sim.report.sections.validation import validation_section
from sim.report.standing import given_from
from sim.report.table import Table
from sim.report.written import refused, write_report
from sim.runs.stored.reading import load_result
from sim.runs.stored.result import Result
from sim.runs.words.copies import copy_words

__all__ = ["build_report", "report_sections"]

ORDER = (
    headline_section,
    cost_section,
    everyone_section,
    paths_section,
    resilience_section,
    pound_section,
    owners_section,
    security_section,
    made_section,
    hangs_section,
    compared_section,
    validation_section,
    limits_section,
    method_section,
    again_section,
    assumptions_section,
)


def build_report(
    result_folder: str | os.PathLike[str],
    *,
    explanations: Sequence[str | os.PathLike[str]] = (),
    sweep: str | os.PathLike[str] | None = None,
    charts: bool = True,
) -> Path:
    """Build the report of a stored result.

    Parameters
    ----------
    result_folder : path
        The folder that run or compare has written, or its name within ``results``.
    explanations : sequence of path
        Folders that explain has written, about scenarios of this result; one in the folder of the result is found without being given.
    sweep : path, optional
        The folder that sweep has written, about a scenario of this result.
    charts : bool
        Whether each chart is written as a file of its own too.

    Returns
    -------
    Path
        ``report.html`` in that folder; ``report.xlsx`` and the folder ``charts`` lie beside it. All are replaced when they were there.

    Raises
    ------
    sim.errors.InputError
        When the folder is no result, when no run of it came to its end, when something given is about something else, or when the
        report can't be written there.

    Examples
    --------
    >>> from sim.report import build_report
    >>> build_report("results/anytown-compare")  # doctest: +SKIP
    """
    result = load_result(Path(result_folder))
    folder = result.path if result.path is not None else Path(result_folder)
    if not result.seeds or result.tables["summary"].empty:
        raise refused(folder, "no run of this result came to its end, so there is nothing to report", "run again")
    given = given_from(folder, explanations, sweep)
    experiment = sweep_beside(result, sweep) if sweep is not None else None
    view = View(result, explanations_beside(result, explanations), experiment, given)
    sections = report_sections(view)
    drawings = drawings_of(sections) if charts else None
    listed = charts_section(drawings) if drawings else None
    sections += [listed] if listed else []
    lines, tables = _book(view, sections)
    created = str(result.manifest["created"])
    title = f"localwealth report: {view.place}"
    return write_report(folder, render_page(view, sections), title, lines, tables, created, drawings, source_words(view))


def report_sections(view: View) -> list[Section]:
    """The sections of a report in their order."""
    made = (section(view) for section in ORDER)
    return [section for section in made if section is not None]


def source_words(view: View) -> str:
    """Where the charts of a report are from, for those who meet one alone."""
    seeds, months = len(view.result.seeds), view.result.months
    kind = "paired run" if view.is_comparison else "run"
    runs = f"{seeds} {kind}{'' if seeds == 1 else 's'} of {months} month{'' if months == 1 else 's'}"
    dates = f"{month_name(view.result.dates[0])} to {month_name(view.result.dates[-1])}"
    warning = " An invented place: not to be quoted for a real one." if view.result.manifest["place"]["invented"] else ""
    copy = f" {words}" if (words := copy_words(view.result.manifest["place"])) else ""
    return f"Source: localwealth, a model of {view.place}; {runs}, {dates}.{warning}{copy}"


def _book(view: View, sections: Sequence[Section]) -> tuple[list[str], list[Table]]:
    """What the workbook says on its first sheet, and its tables."""
    result: Result = view.result
    names = view.recorded(list(dict.fromkeys([*result.manifest["headlines"], *DRAWN])))
    tables: list[Table] = [table for section in sections for table in section.tables]
    tables += [*summary_tables(view), months_table(view, names)]
    lines = [
        *(headline_sentence(view, arm) for arm in view.shown_arms),
        "The same numbers as report.html. Shares are stored as parts of 1 and shown as percentages; differences of shares are in points.",
        "Differences are means over paired runs, with their 95% interval. Money is in the currency of the place, prices as in the model.",
        f"Made again with: {result.manifest['command']}",
    ]
    return lines, tables
