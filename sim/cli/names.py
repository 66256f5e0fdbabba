"""Commands about everything that has a name: ``list`` and ``describe``."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.common import catalogue, friendly, print_json
from sim.cli.options import Json
from sim.core.registry import PILLAR_TITLES

__all__ = ["describe", "list_kind"]


@friendly
def list_kind(
    kind: Annotated[
        str,
        typer.Argument(help="levers (policies and shocks), policies, shocks, measures, figures, parameters, places, scenarios or sectors."),
    ],
    as_json: Json = False,
) -> None:
    """List everything of one kind.

    \b
    Example:
      localwealth list policies
    """
    entries = catalogue().list(kind)
    if as_json:
        print_json(entries)
        return
    width = max((len(entry["name"]) for entry in entries), default=0)
    pillar = None
    for entry in entries:
        if entry.get("pillar") != pillar:
            pillar = entry["pillar"]
            typer.echo(f"\n{PILLAR_TITLES[pillar]}" if entry is not entries[0] else PILLAR_TITLES[pillar])
        typer.echo(f"{'  ' if pillar else ''}{entry['name']:<{width}}  {entry['title']}")
    if kind == "policies":
        typer.echo(f"\n{len(entries)} policies. For shocks beside them: localwealth list levers")


@friendly
def describe(
    name: Annotated[str, typer.Argument(help="A policy, shock, measure, figure, parameter, place, scenario or sector.")],
    as_json: Json = False,
) -> None:
    """Say what a name means: unit, bounds, default, source.

    \b
    Example:
      localwealth describe local_spend_target
    """
    found = catalogue().describe(name)
    if as_json:
        print_json(found)
    else:
        from sim.runs.terminal import description_lines

        typer.echo("\n".join(description_lines(found)))
