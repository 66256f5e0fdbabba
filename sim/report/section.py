"""What a section is, and how its charts and tables are set on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.markup import Markup, element
from sim.report.table import Table, render_details

__all__ = ["Section", "arm_heading", "bullets", "chart_block", "numbered"]


@dataclass(frozen=True)
class Section:
    """One section of the report.

    Parameters
    ----------
    anchor : str
        Name within the page.
    title : str
        Heading, without a number.
    body : Markup
        What stands below the heading.
    tables : sequence of Table
        Tables that the workbook holds.
    """

    anchor: str
    title: str
    body: Markup
    tables: Sequence[Table] = ()


def chart_block(chart: Markup, finding: str, table: Table | None = None, note: str = "", *, small: bool = False) -> Markup:
    """A chart with what it shows in words below, and its numbers one click away."""
    words: list[object] = [finding]
    if note:
        words.append(element("span", " " + note, class_="note"))
    parts: list[object] = [chart, element("figcaption", *words)]
    if table is not None:
        words.append(element("span", f" Numbers: sheet “{table.name}”.", class_="print-only note"))
        parts = [chart, element("figcaption", *words), render_details(table)]
    return element("figure", *parts, class_="small" if small else None)


def bullets(items: Sequence[object]) -> Markup:
    """A list."""
    return element("ul", *(element("li", item) for item in items)) if items else Markup("")


def arm_heading(words: str, title: str, several: bool) -> Markup:
    """A heading of the part about one arm; with one arm alone there is nothing to tell apart."""
    return element("h3", f"{words}: {title}" if several else words)


def numbered(name: str, place: int, several: bool) -> str:
    """Name of a sheet of one arm: with a number when there are several.

    Examples
    --------
    >>> numbered("Headline", 1, True), numbered("Headline", 1, False)
    ('Headline 1', 'Headline')
    """
    return f"{name} {place}" if several else name
