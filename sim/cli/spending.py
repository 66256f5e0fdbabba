"""The command ``spend``: published spend files in, a spend analysis out."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.common import friendly, print_json
from sim.cli.options import Json, Out

__all__ = ["spend"]


@friendly
def spend(
    files: Annotated[list[Path], typer.Argument(help="Spend files (CSV, XLS, XLSX, ODS) or contracts (OCDS), or folders of them.")],
    place: Annotated[str | None, typer.Option("--place", "-p", help="Name or path of the place from which suppliers are seen.")] = None,
    out: Out = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Mapping file with corrections of how columns are read.")] = None,
    suppliers: Annotated[Path | None, typer.Option("--suppliers", help="CSV of suppliers with what is known of them; it wins.")] = None,
    top: Annotated[int, typer.Option("--top", help="How many of the largest suppliers to look at.")] = 300,
    anchor: Annotated[
        str | None, typer.Option("--anchor", help="Anchor of the place: write a place file in which it has these suppliers, and scenarios.")
    ] = None,
    months: Annotated[int | None, typer.Option("--months", help="With --anchor: months that the files cover, if dates can't say.")] = None,
    no_public_bodies: Annotated[
        bool, typer.Option("--no-public-bodies", help="With --anchor: what is paid to public bodies is no buying.")
    ] = False,
    buyer: Annotated[str | None, typer.Option("--buyer", help="Of contracts, those of this buyer alone.")] = None,
    today: Annotated[
        datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="Day from which contracts are seen; today when left out.")
    ] = None,
    hash_names: Annotated[bool, typer.Option("--hash-names", help="Write hashes in place of the names of suppliers.")] = False,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No table: print the folder alone.")] = False,
) -> None:
    """Analyse published spend files or contracts: who is paid, how much stays in the place, what is not known. Nothing is sent anywhere.

    \b
    Examples:
      localwealth spend payments-2019-08.csv --place preston
      localwealth spend payments-2019-08.csv --place preston --anchor council --out results/council
      localwealth spend spend-files/ --place preston --suppliers known.csv --out results/preston-spend
    """
    from sim.report.spend.options import SpendOptions
    from sim.report.spend.report import report_spending
    from sim.report.spend.terminal import print_spending, spending_facts
    from sim.runs.stored.store import free_name

    folder = out or free_name(f"spend-{files[0].stem}")
    options = SpendOptions(
        place, mapping, suppliers, top, hash_names, anchor, months, not no_public_bodies, buyer, None if today is None else today.date()
    )
    report = report_spending(files, folder, options)
    if as_json:
        print_json(spending_facts(report))
    elif quiet:
        typer.echo(report.folder.as_posix())
    else:
        print_spending(report, sys.stdout)
