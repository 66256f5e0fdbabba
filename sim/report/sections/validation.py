"""What was published of the place beside what the model answers: from the stored validation of the place, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.report.findings.view import View
from sim.report.markup import Markup, element, join
from sim.report.numbers import Cell, english_list, plain, text
from sim.report.section import Section, bullets
from sim.report.table import Column, Table, render_details
from sim.runs.validation.published import how_made, published_rows, sentences
from sim.runs.validation.table import MISS, Row, role_counts
from sim.runs.validation.words import METHOD, ROLE_WORDS, interval_text, published_text, result_text, value_text

__all__ = ["validation_section"]

COLUMNS = (
    Column("Fact", numeric=False, width=60),
    Column("Unit", numeric=False, width=18),
    Column("Published", width=22),
    Column("Model", width=14),
    Column("95% interval", width=24),
    *(Column(title, width=14, on_page=False) for title in ("Interval, from", "to", "Luck alone, from", "to")),
    Column("Mark", numeric=False, width=6),
    Column("Role", numeric=False, width=11),
    Column("Result", numeric=False, width=10),
    Column("Source", numeric=False, width=60, on_page=False),
    Column("About the miss", numeric=False, width=80, on_page=False),
)


#: Heading of the section for a real place, and for an invented one, of which nothing can be published.
HERE: Final = "How the model does against what was published here"
ELSEWHERE: Final = "How the model does against published figures"


def validation_section(view: View) -> Section | None:
    """The section on validation; none for a place without a stored validation, or another place of the same name."""
    place = view.result.manifest["place"]
    rows = [row for row in published_rows(str(place["name"])) if row.figure]
    if not rows or not any(row.of == str(place["title"]) or place["invented"] for row in rows):
        return None
    said = sentences()
    table = Table("Validation", _caption(rows), COLUMNS, [_cells(row, said.get((row.place, row.fact), "")) for row in rows])
    misses = [row for row in rows if row.result == MISS]
    parts: list[object] = [element("p", _lead(rows)), bullets(_by_role(rows))]
    if misses:
        parts += [element("h3", "Where the model misses"), bullets([_miss(row, said) for row in misses])]
    parts += [render_details(table, f"All {len(rows)} facts beside the model"), element("p", METHOD, class_="note")]
    return Section("validation", _title(rows, bool(place["invented"])), join(parts), [table])


def _title(rows: Sequence[Row], invented: bool) -> str:
    """Heading: of an invented place nothing is published, so it says of what the figures are."""
    return f"{ELSEWHERE} ({english_list(list(dict.fromkeys(plain(row.of) for row in rows)))})" if invented else HERE


def _lead(rows: Sequence[Row]) -> str:
    """What was compared, and how it was run."""
    first = rows[0]
    command = next((str(made["command"]) for made in how_made() if first.place in made["places"]), "localwealth validate")
    size = "at full size" if first.size == 1.0 else f"at {first.size:.0%} of its size, with counts and sums brought back to full size"
    runs = f"{first.draws} draws of what is not known, and {first.alone} runs with luck alone" if first.draws else f"{first.alone} runs"
    return (
        f"Stored with the program, not run for this report: {len(rows)} published facts beside the model's own figure. The place was run "
        f"{size}, in {runs}. Made by {command}."
    )


def _by_role(rows: Sequence[Row]) -> list[str]:
    """Hits by role, in words."""
    return [f"{hits} of {facts} hit. {ROLE_WORDS[role]}." for role, (hits, facts) in role_counts(rows).items() if facts]


def _miss(row: Row, said: dict[tuple[str, str], str]) -> Markup:
    """One miss: the two figures, and what is known of the reason."""
    figures = f"{row.fact}: published {published_text(row)}, model {value_text(row, row.model)} ({interval_text(row, row.low, row.high)}). "
    return join([element("strong", figures), said.get((row.place, row.fact), "No reason is known.")])


def _caption(rows: Sequence[Row]) -> str:
    """Caption of the table."""
    return f"{len(rows)} published facts and the model's answers, with the interval of a further run"


def _cells(row: Row, sentence: str) -> list[Cell]:
    """One line."""
    numbers = [
        Cell(published_text(row), row.published),
        Cell(value_text(row, row.model), row.model if row.model == row.model else None),
    ]
    ends = (row.low, row.high, row.luck_low, row.luck_high)
    intervals = [
        text(interval_text(row, row.low, row.high)),
        *(Cell(value_text(row, end), end if end == end else None, "General") for end in ends),  # noqa: PLR0124
    ]
    rest = [text(words) for words in (row.mark, row.role, result_text(row), f"{row.source}, {row.address}", sentence)]
    return [text(row.fact), text(row.unit), *numbers, *intervals, *rest]
