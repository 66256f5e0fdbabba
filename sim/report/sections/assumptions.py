"""What the numbers stand on: figures of the place, parameters, sources, each with its mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.declared import declared_parameters
from sim.report.findings.figures import StoredFigure, figures_of
from sim.report.findings.view import View
from sim.report.markup import Markup, element, join, linked
from sim.report.numbers import Cell, count, decimals_for, english_list, plain, text
from sim.report.section import Section, bullets
from sim.report.table import Column, Table, render_table

__all__ = ["assumptions_section"]

MARKS = (
    ("A", "read in an official or primary source"),
    ("B", "read in a secondary source"),
    ("C", "worked out or rounded from such figures"),
    ("assumption", "assumed, with the range that was thought possible"),
)


def assumptions_section(view: View) -> Section:
    """The section on assumptions."""
    scenario = view.result.scenarios[view.result.reference]
    values = scenario["place"]["values"]
    figures = figures_of(values)
    tables = [_figures_table(view, figures, values), _parameter_table(view), _sources_table(values)]
    parts = [_marks(figures), element("h3", "Parameters of the model"), _changed(view), render_table(tables[1], "small-print")]
    parts += [element("h3", f"Figures of {view.place}"), _by_group(tables[0], figures)]
    parts += [element("h3", "Sources"), _sources(values)]
    return Section("assumptions", "What the numbers stand on", join(parts), tables)


def _marks(figures: list[StoredFigure]) -> Markup:
    """How many figures are of which kind."""
    total = len(figures)
    items = []
    for mark, words in MARKS:
        found = sum(figure.mark == mark for figure in figures)
        items.append(f"{mark}: {words} ({count(found).shown} of the {count(total).shown} figures of the place)")
    words = "Every figure carries a mark that says how well it is founded:"
    return join([element("p", words), bullets(items)])


def _number(value: float | None) -> Cell:
    """A figure as given."""
    if value is None:
        return Cell("", None)
    decimals = 0 if float(value).is_integer() else max(decimals_for(value, 3, 5), 2)
    shown = f"{value:,.{decimals}f}"
    return Cell(shown.rstrip("0").rstrip(".") if decimals else shown, value, "#,##0" if not decimals else "#,##0.0####")


def _figures_table(view: View, figures: list[StoredFigure], values: Mapping[str, Any]) -> Table:
    """All figures of the place."""
    titles = {str(key): plain(source.get("title", key)) for key, source in values.get("sources", {}).items()}
    columns = [
        Column("Figure", numeric=False, width=46),
        Column("Part", numeric=False, width=16, on_page=False),
        Column("Value"),
        Column("Low"),
        Column("High"),
        Column("Year", width=8),
        Column("Mark", numeric=False, width=12),
        Column("Source", numeric=False, width=60),
    ]
    rows = [
        [
            text(figure.name, figure.note),
            text(figure.group),
            _number(figure.value),
            _number(figure.low),
            _number(figure.high),
            text(figure.year),
            text(figure.mark),
            text(titles.get(figure.source, figure.source)),
        ]
        for figure in figures
    ]
    return Table("Figures of the place", f"Figures of {view.place}; low and high are the range thought possible", columns, rows)


def _by_group(table: Table, figures: list[StoredFigure]) -> Markup:
    """The same, one part of the place at a time."""
    groups = list(dict.fromkeys(figure.group for figure in figures))
    parts = []
    for group in groups:
        rows = [row for row, figure in zip(table.rows, figures, strict=True) if figure.group == group]
        part = Table(table.name, f"{group}: {len(rows)} figures", table.columns, rows)
        parts.append(element("details", element("summary", f"{group} ({len(rows)} figures)"), render_table(part, "small-print")))
    note = element("p", "All of them: sheet “Figures of the place” of report.xlsx.", class_="print-only note")
    return join([*parts, note])


def _parameter_table(view: View) -> Table:
    """All parameters, with the value of each arm where they differ."""
    declared = declared_parameters()
    scenarios = [view.result.scenarios[arm]["parameters"] for arm in view.result.arms]
    columns = [
        Column("Parameter", numeric=False, width=58),
        Column("Name in a scenario file", numeric=False, width=34, on_page=False),
        Column("Value"),
        Column("Unit", numeric=False, width=20),
        Column("Low"),
        Column("High"),
        Column("Mark", numeric=False, width=12),
        Column("Source", numeric=False, width=60),
    ]
    rows = []
    for name, entry in scenarios[0].items():
        known = declared.get(name)
        rows.append(
            [
                text(known.meaning if known else name, name),
                text(name),
                _number(float(entry["value"])),
                text(entry.get("unit", "")),
                _number(known.low if known else None),
                _number(known.high if known else None),
                text(known.mark if known else "not known"),
                text(known.source if known else "not known to this version of the program"),
            ]
        )
    return Table(
        "Parameters", "Parameters of the model in the reference; low and high are the bounds that a scenario must keep", columns, rows
    )


def _changed(view: View) -> Markup:
    """Parameters that differ from the program's own, or between arms."""
    items = []
    first = view.result.scenarios[view.result.reference]["parameters"]
    for arm in view.result.arms:
        for name, entry in view.result.scenarios[arm]["parameters"].items():
            if entry.get("origin") not in ("default", None) and (arm == view.result.reference or entry["value"] != first[name]["value"]):
                items.append(
                    f"{name} is {_number(float(entry['value'])).shown} {entry.get('unit', '')} in “{view.titles[arm]}” ({entry['origin']})"
                )
    if not items:
        return element("p", "All scenarios use the parameters that come with the program.")
    return element("p", f"Set by a scenario rather than by the program: {english_list(items)}.")


def _sources(values: Mapping[str, Any]) -> Markup:
    """The sources of the place."""
    items = []
    for source in values.get("sources", {}).values():
        licence = f" Licence: {plain(source['licence'])}." if source.get("licence") else ""
        address = plain(source.get("address", ""))
        items.append(join([f"{plain(source.get('title', ''))}. ", linked(address) if address not in ("", "none") else "", licence]))
    return element("ul", *(element("li", item) for item in items), class_="sources")


def _sources_table(values: Mapping[str, Any]) -> Table:
    """The same for the workbook."""
    columns = [
        Column("Key", numeric=False, width=24),
        Column("Title", numeric=False, width=70),
        Column("Address", numeric=False, width=60),
        Column("Licence", numeric=False),
    ]
    rows = [
        [text(key), text(source.get("title", "")), text(source.get("address", "")), text(source.get("licence", ""))]
        for key, source in values.get("sources", {}).items()
    ]
    return Table("Sources", "Sources of the figures of the place", columns, rows)
