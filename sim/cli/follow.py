"""The command ``follow``: where a hundred pounds of one anchor's spend went."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.common import friendly, print_json
from sim.cli.options import Json

__all__ = ["follow"]


@friendly
def follow(
    scenario: Annotated[str, typer.Argument(help="Name or path of a scenario.")],
    anchor: Annotated[str, typer.Option("--anchor", "-a", help="Name of the anchor, or all.")],
    month: Annotated[int | None, typer.Option("--month", help="Month to read, counted from 1; the last when left out.")] = None,
    year: Annotated[bool, typer.Option("--year", help="Sum the twelve months that end with it.")] = False,
    pounds: Annotated[float, typer.Option("--pounds", "-p", help="Money to follow.")] = 100.0,
    hops: Annotated[int, typer.Option("--hops", help="Payments to show one by one.")] = 6,
    of: Annotated[str, typer.Option("--of", help="contracts, pay or everything.")] = "contracts",
    seed: Annotated[int, typer.Option("--seed", help="Number of the run.")] = 1,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder to write a page and tables into.")] = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, and no table when a folder is written.")] = False,
) -> None:
    """Follow a hundred pounds of an anchor's spend, payment by payment, from the bookings of a simulated month.

    \b
    Examples:
      localwealth follow anytown/buy-local --anchor council
      localwealth follow preston/business-as-usual --anchor university --month 12 --year --out results/university
    """
    from sim.runs.following.follow import follow as find
    from sim.runs.following.words import print_trail

    if out is not None:
        from sim.report.follow_page import refuse_what_is_there

        refuse_what_is_there(out)
    trail = find(scenario, anchor, month=month, year=year, pounds=pounds, payments=hops, seed=seed, of=of, quiet=quiet)
    written: list[str] = []
    if out is not None:
        from sim.report.follow_page import write_follow

        written = [path.as_posix() for path in write_follow(trail, out)]
    if as_json:
        print_json({**trail.as_dict(), "files": written})
        return
    if not (quiet and written):
        print_trail(trail, sys.stdout)
    for path in written:
        typer.echo(f"Written: {path}")
