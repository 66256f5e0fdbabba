"""A table: one object from which both the page and the workbook are written, so that they can't differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.report.markup import Markup, element, join
from sim.report.numbers import Cell

__all__ = ["Column", "Table", "render_details", "render_table"]


#: Tables of no more rows are kept on one printed page.
WHOLE: Final = 6


@dataclass(frozen=True)
class Column:
    """A column.

    Parameters
    ----------
    title : str
        What stands above it, with the unit when all cells have one.
    numeric : bool
        Whether its cells are set to the right.
    width : int
        Width in a workbook, in letters.
    on_page : bool
        Whether the page shows it; the workbook always does.
    """

    title: str
    numeric: bool = True
    width: int = 14
    on_page: bool = True


@dataclass(frozen=True)
class Table:
    """A table of cells.

    Parameters
    ----------
    name : str
        Name of the sheet, at most 31 letters.
    caption : str
        What the table shows, with period and unit.
    columns : sequence of Column
        The first is the head of each row.
    rows : sequence of sequence of Cell
        As many cells as columns.
    note : str
        What a reader must know to read it; empty for none.
    drawings : mapping of int to sequence of Markup
        Drawings beside numbers for the page alone: by the place of the column before which they stand, one for each row.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    drawings: dict[int, tuple[str, Sequence[Markup]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.name}: a row has more or fewer cells than there are columns")


def render_table(table: Table, class_: str = "") -> Markup:
    """A table as HTML: a caption, heads with their scope, and numbers that can be copied into a spreadsheet."""
    heads = [element("th", column.title, scope="col", class_=_class(column)) for column in table.columns]
    drawn = {at: element("th", title, scope="col", class_="words") for at, (title, _) in table.drawings.items()}
    rows = [_row(table, place, row) for place, row in enumerate(table.rows)]
    body = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *_shown(table, heads, drawn))),
        element("tbody", *rows),
        class_=class_ or None,
    )
    note = element("p", table.note, class_="note") if table.note else ""
    label = f"Table: {table.caption}"
    whole = " whole" if len(table.rows) <= WHOLE else ""
    return join([element("div", body, class_=f"scroll{whole}", role="group", aria_label=label, tabindex="0"), note])


def render_details(table: Table, words: str = "The numbers of this chart as a table") -> Markup:
    """A table one click away."""
    return element("details", element("summary", words), render_table(table))


def _row(table: Table, place: int, row: Sequence[Cell]) -> Markup:
    """One row; the first cell that the page shows is its head."""
    head = next((at for at, column in enumerate(table.columns) if column.on_page), 0)
    cells = [
        element("th", *_parts(cell), scope="row", class_="words") if at == head else element("td", *_parts(cell), class_=_class(column))
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True))
    ]
    drawn = {at: element("td", drawings[place], class_="drawing") for at, (_, drawings) in table.drawings.items()}
    return element("tr", *_shown(table, cells, drawn))


def _parts(cell: Cell) -> list[object]:
    """What stands in a cell."""
    return [cell.shown, element("small", cell.under)] if cell.under else [cell.shown]


def _class(column: Column) -> str | None:
    """How a column is set."""
    return None if column.numeric else "words"


def _shown(table: Table, cells: Sequence[Markup], drawn: dict[int, Markup]) -> list[Markup]:
    """The cells of a row that the page shows, with the drawings before the columns where they belong."""
    shown: list[Markup] = []
    for at, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
        if at in drawn:
            shown.append(drawn[at])
        if column.on_page:
            shown.append(cell)
    return shown
