"""The sections of the report of a spend analysis that say how sure it is, what was read, and how to read it."""

from __future__ import annotations

from typing import Final

from sim.report.markup import Markup, element, join
from sim.report.section import Section, bullets
from sim.report.spend.tables import count, plain_table
from sim.report.spend.view import SpendView
from sim.report.table import Table, render_details, render_table

__all__ = ["UNSURE", "account_section", "method_section", "unsure_columns", "unsure_section"]

#: Guesses of columns less sure than this are pointed out.
UNSURE: Final = 0.7
CONTRACTS_NOTE: Final = (
    "A contract counts with the whole value that its notice names, shared equally among its suppliers, in the period in which it was "
    "awarded: it is not what was paid. Frameworks often name none, or a ceiling."
)
PAYMENTS_NOTE: Final = (
    "Payments are those above the threshold of the publisher. Pay of staff, small payments and what is paid by card are mostly not in them."
)
TOTALS_NOTE: Final = (
    "Value set aside is that of rows that are no payments, most of all totals printed in the files: it repeats what was used, and is "
    "not added to it."
)
#: Warnings that the page shows before the rest, which is one click away.
FIRST: Final = 20


def unsure_section(view: SpendView) -> Section:
    """What is not known, and how sure the guesses are."""
    table = plain_table(
        view,
        "How sure",
        "How sure kind, sector and where are, by value",
        view.analysis.table("certainty"),
        ["Guess", "Certainty", "Suppliers", "Value", "Share"],
        "Certainty is the matcher's own measure from 0 to 1; facts from a supplier list are certain.",
    )
    words = [
        "What is not known is never shared out among what is known: it stands in a row of its own, with its value.",
        "How much goes to suppliers in deprived wards, which other analyses of this kind report, is not known here: there is no table of "
        "wards in this program, and few files hold a postcode.",
        "Where a supplier is means the postcode or place that the file or a supplier list gives, or its name tells. An invoice "
        "address may be a head office or a payment centre, not where the work is done.",
    ]
    return Section("unsure", "What is not known, and how sure the rest is", join([bullets(words), render_table(table)]), [table])


def account_section(view: SpendView) -> Section:
    """What was read, used and set aside; the guess; warnings; checks."""
    tables = _account_tables(view)
    totals, aside, files, columns, warnings, checks = tables
    agreed = "Rows and value add up to the penny in every table." if view.analysis.table("checks")["agrees"].all() else "SUMS DO NOT AGREE."
    parts: list[object] = [
        element("p", agreed),
        render_table(totals),
        render_table(aside) if aside.rows else element("p", "No row was set aside."),
    ]
    parts += [element("h3", "Files, and how their columns were read"), render_table(files, "small-print groups"), _unsure_words(view)]
    if columns.rows:
        parts += [
            render_table(columns),
            element("p", "To correct a column, change mapping.yaml and run again with --mapping.", class_="note"),
        ]
    parts += [element("h3", "Warnings"), *_warnings(warnings), render_details(checks, "The sums that were checked")]
    return Section("account", "What was read", join(parts), tables)


def _account_tables(view: SpendView) -> list[Table]:
    """Totals, rows set aside, files, columns, warnings, checks."""
    table = view.analysis.table
    layout = ["Kind", "Encoding", "Delimiter", "Line of heads", "Dates"]
    aside_note = (
        "Each row, with the words of headings and totals alone, is in set-aside.csv; the rest of its text stands in the file at that line."
    )
    return [
        plain_table(
            view, "Rows and value", "Rows and value read, used and set aside", table("totals"), ["What", "Rows", "Value"], TOTALS_NOTE
        ),
        plain_table(
            view,
            "Set aside",
            "Rows set aside, by reason",
            table("set_aside"),
            ["File", "Sheet", "Reason", "Rows", "With an amount", "Value"],
            aside_note,
        ),
        plain_table(
            view, "Files", "Files as they were read", table("files"), ["File", "Sheet", *layout, "Rows read", "Used", "Set aside", "Value"]
        ),
        plain_table(
            view,
            "Columns",
            "Which column is taken for what",
            table("columns"),
            ["File", "Sheet", "What", "Head of the column", "Certainty"],
        ),
        plain_table(view, "Warnings", "Warnings of the reading", table("warnings"), ["File", "Sheet", "Warning"]),
        plain_table(view, "Checks", "Sums that must agree", table("checks"), ["Check", "Expected", "Found", "Agrees"]),
    ]


def unsure_columns(view: SpendView) -> list[str]:
    """Columns whose guess is not sure, in words."""
    columns = view.analysis.table("columns")
    found = columns[columns["certainty"] < UNSURE]
    return [f"{row.field} is taken from “{row.column}” in {row.file} ({row.certainty:.0%} sure)" for row in found.itertuples()]


def _unsure_words(view: SpendView) -> Markup:
    """Columns to look at."""
    found = unsure_columns(view)
    return join([element("p", "Look at these before relying on the numbers:"), bullets(found)]) if found else Markup("")


def _warnings(table: Table) -> list[Markup]:
    """The first warnings, and the rest one click away."""
    if not table.rows:
        return [element("p", "There are none.")]
    shown = [f"{row[0].shown}{', ' + row[1].shown if row[1].shown else ''}: {row[2].shown}" for row in table.rows[:FIRST]]
    more = [render_details(table, f"All {count(len(table.rows)).shown} warnings")] if len(table.rows) > FIRST else []
    return [bullets(shown), *more]


def method_section(view: SpendView) -> Section:
    """How to read the numbers."""
    top = count(view.analysis.top).shown
    words = [
        f"The {top} largest are the suppliers with the most value over the whole period after credits, as in published analyses of "
        "anchors. The spellings of one supplier are joined first; how they are joined is a guess.",
        "Value is the amount printed in the files, net of VAT where they give it. Credits and negatives are taken off.",
        "A share below 0% or above 100% comes of credits: more was paid back than paid in one part of a group.",
        "“Share of all” counts what is not known; “of what is known” leaves it out, and would be right if the unknown were like the rest. "
        "It seldom is: read both.",
        CONTRACTS_NOTE if view.awarded else PAYMENTS_NOTE,
        "Rows that name private persons, or withhold a name, are counted and valued. No name, postcode or description of theirs is in this "
        "page or in any file beside it.",
        "That money is paid to a supplier in the place does not say that it stays there: see what is spent again with a model run.",
    ]
    return Section("method", "How to read these numbers", bullets(words))
