"""The command ``new place``: a complete place file from a handful of figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.common import friendly, give, say
from sim.cli.options import File
from sim.errors import InputError, Problem

__all__ = ["new_place"]

WORKBOOKS = (".xlsx", ".xls", ".ods")
"""Endings under which nobody would look for CSV."""


@friendly
def new_place(
    name: Annotated[str | None, typer.Argument(help="Short name of the place, such as my-town; that of the table when left out.")] = None,
    table: Annotated[Path | None, typer.Option("--from", "-f", help="Table with a handful of figures, CSV or XLSX.")] = None,
    template: Annotated[bool, typer.Option("--template", help="Give a table to fill in, and nothing else.")] = False,
    country: Annotated[
        str | None, typer.Option("--country", help="uk, or other: figures of the United Kingdom then only stand in, with wider ranges.")
    ] = None,
    out: File = None,
) -> None:
    """Make a place file from a handful of figures: from a table, or asked for one by one.

    What is not given is filled from national figures, each marked as an assumption with a range.

    \b
    Example:
      localwealth new place --template --out my-town.csv
      localwealth new place my-town --from my-town.csv --out my-town.yaml
    """
    if template:
        from sim.settings.own_place.template import template_text

        if out is not None and out.suffix.lower() in WORKBOOKS:
            remedy = f"give --out {out.with_suffix('.csv').as_posix()}; a spreadsheet program opens it, and may save it as XLSX"
            message = "the template is written as CSV, not as a workbook"
            raise InputError([Problem(out.as_posix(), None, "--out", out.suffix, ".csv", None, remedy, message, "wrong-form")])
        give(template_text(), out)
        return
    from sim.settings.own_place.make import place_text, place_text_from_table

    if table is not None:
        said = {key: word for key, word in (("name", name), ("country", country)) if word is not None}
        give(place_text_from_table(table, said), out)
        return
    if not at_terminal():
        remedy = "fill in the table that localwealth new place --template gives, then: localwealth new place --from TABLE.csv"
        message = "figures are asked for at a terminal only"
        raise InputError([Problem("", None, "--from", "nothing", "a table, CSV or XLSX", None, remedy, message, "missing-key")])
    from sim.settings.own_place.questions import ask_for_place

    give(place_text(ask_for_place(name or "my-place", country, ask, say)), out)


def at_terminal() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty()


def ask(question: str, default: str) -> str:
    """Ask on stderr, so that a printed file stays clean."""
    answer: str = typer.prompt(question, default=default, show_default=bool(default), err=True)
    return answer
