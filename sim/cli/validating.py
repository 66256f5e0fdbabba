"""The command ``validate``: what was published of places, beside what the model answers."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sim.cli.common import FAILED, friendly, print_json
from sim.cli.options import Json, Out, Quiet, Workers

__all__ = ["validate"]


@friendly
def validate(
    places: Annotated[list[str] | None, typer.Argument(help="Names or paths of places; every shipped one when left out.")] = None,
    seeds: Annotated[
        int | None, typer.Option("--seeds", "-s", help="Draws for each place: 12 when left out. Half as many runs more have luck alone.")
    ] = None,
    ranges: Annotated[str, typer.Option("--ranges", help="What is drawn beside luck: none, place (its assumptions) or all.")] = "all",
    scale: Annotated[
        float | None,
        typer.Option("--scale", help="Share of their size at which places are run; 1 is full size. Counts over --residents."),
    ] = None,
    residents: Annotated[float, typer.Option("--residents", help="Places with more residents are run with so many.")] = 50_000,
    quick: Annotated[bool, typer.Option("--quick", help="A quick look: three draws, at most 6,000 residents.")] = False,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare places with what was published of them: published figure, model figure with its 95% interval, hit or miss.

    \b
    Examples:
      localwealth validate
      localwealth validate preston --seeds 40 --scale 1
      localwealth validate my-place.yaml --quick
    """
    from sim.runs.validation.validate import validate as compare_with_facts
    from sim.runs.validation.words import print_validation

    found = compare_with_facts(places or (), seeds, ranges, scale, residents, workers, out, quick=quick, quiet=quiet)
    folder = "" if found.path is None else found.path.as_posix()
    if as_json:
        print_json({"result": folder, **found.manifest, "table": [row.as_dict() for row in found.rows]})
    elif quiet:
        typer.echo(folder)
    else:
        print_validation(found, sys.stdout)
        typer.echo(f"Result: {folder}")
    if found.failures:
        raise typer.Exit(FAILED)
