"""Commands about everything that has a name: ``list`` and ``describe``."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from sim.cli.common import catalogue, friendly, levers, print_json
from sim.cli.options import Json
from sim.core.registry import PILLAR_TITLES
from sim.errors import InputError, Problem

__all__ = ["describe", "list_kind"]

WITHOUT_MEASURES: Final = ("levers", "policies", "shocks", "parameters", "places", "scenarios", "experiments", "sectors")
"""What can be listed without importing the measures."""


@friendly
def list_kind(
    kind: Annotated[
        str,
        typer.Argument(
            help="levers (policies and shocks), policies, shocks, measures, figures, parameters, places, scenarios, experiments or sectors."
        ),
    ],
    as_json: Json = False,
) -> None:
    """List everything of one kind.

    \b
    Example:
      localwealth list policies
    """
    entries = (levers() if kind in WITHOUT_MEASURES else catalogue()).list(kind)
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
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[KIND] NAME",
            help="A policy, shock, measure, figure, parameter, place, scenario, experiment or sector, or the file of one; "
            "the kind may stand before the name.",
        ),
    ],
    as_json: Json = False,
) -> None:
    """Say what a name means: unit, bounds, default, source; of a place, what is firm, worked out and assumed.

    \b
    Example:
      localwealth describe local_spend_target
      localwealth describe place preston
    """
    if len(words) > 2:
        message, remedy = "one name is described at a time", f"write: localwealth describe {words[0]}"
        raise InputError([Problem("", None, "", " ".join(words), "a name, or a kind and a name", None, remedy, message, "wrong-form")])
    found = _described(words[-1], words[0] if len(words) == 2 else None)
    if as_json:
        print_json(found)
    elif found["kind"] == "place":
        from sim.runs.words.places import place_lines

        typer.echo("\n".join(place_lines(found)))
    else:
        from sim.runs.words.description import description_lines

        typer.echo("\n".join(description_lines(found)))


def _described(name: str, kind: str | None) -> dict[str, Any]:
    """Everything declared about a name; measures and figures are imported when nothing else has it."""
    try:
        return levers().describe(name, kind)
    except InputError:
        return catalogue().describe(name, kind)
