"""Commands about files of places, scenarios and experiments: ``check``, ``new`` and ``schema``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import BAD_INPUT, catalogue, friendly, give, levers, print_json, say
from sim.cli.options import File, Json
from sim.errors import InputError
from sim.settings.names import NOUNS, is_path

if TYPE_CHECKING:
    from sim.settings.describe import Catalogue

__all__ = ["check", "new_experiment", "new_scenario", "schema"]


@friendly
def check(
    files: Annotated[list[str], typer.Argument(help="Place, scenario or experiment files, or names of shipped ones.")],
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")] = False,
) -> None:
    """Read and check files without running them; every problem at once, with its line.

    \b
    Example:
      localwealth check my-scenario.yaml my-place.yaml
    """
    from sim.settings.load import check_file, kind_of_file, shipped

    experiments = any(name in shipped("experiment") or kind_of_file(name) == "experiment" for name in files)
    names = catalogue() if experiments else levers()
    found = {name: check_file(name, names.policies, names.shocks) for name in files}
    problems = list(dict.fromkeys(problem for listed in found.values() for problem in listed))
    notes = {name: _note(name, names) for name, listed in found.items() if not listed}
    if as_json:
        said = {name: note for name, note in notes.items() if note}
        print_json({"good": not problems, "problems": [problem.as_dict() for problem in problems], "notes": said})
    elif problems:
        say(str(InputError(problems)))
    if not (as_json or quiet):
        for name, listed in found.items():
            typer.echo(f"{name}: {'good' if not listed else f'{len(listed)} problem' + 's' * (len(listed) > 1)}")
            if notes.get(name):
                typer.echo(f"    note:    {notes[name]}")
    if problems:
        raise typer.Exit(BAD_INPUT)


def _note(name: str, names: Catalogue) -> str:
    """What is worth a word on a good scenario file; "" for other files."""
    from sim.settings.load import kind_of_file, load_scenario, shipped
    from sim.settings.scenarios.tax_years import tax_note

    if name not in shipped("scenario") and (any(name in shipped(noun) for noun in NOUNS) or kind_of_file(name) != "scenario"):
        return ""
    return tax_note(load_scenario(name, names.policies, names.shocks).resolved())


@friendly
def new_scenario(
    place: Annotated[str, typer.Argument(help="Name or path of a place.")] = "preston",
    out: File = None,
    usual: Annotated[bool, typer.Option("--usual", help="A short file, business as usual: to base plans on and compare with.")] = False,
) -> None:
    """Give a commented scenario file to start from, or a short one of business as usual.

    \b
    Example:
      localwealth new scenario preston --out my-scenario.yaml
      localwealth new scenario ./my-town.yaml --usual --out usual.yaml
    """
    from sim.settings.scenarios.new import new_scenario_text, usual_text

    names = levers()
    written = _seen_from(out, place)
    give(usual_text(place, written) if usual else new_scenario_text(place, names.policies, names.shocks, written=written), out)


def _seen_from(out: Path | None, given: str) -> str:
    """A path as a file in another folder has to name it: paths in a file count from the folder of that file."""
    if out is None or not out.parent.parts or not is_path(given) or Path(given).expanduser().is_absolute():
        return given
    return Path(os.path.relpath(given, out.parent)).as_posix()


@friendly
def new_experiment(
    scenario: Annotated[str, typer.Argument(help="Name or path of a scenario.")] = "anytown/buy-local",
    out: File = None,
) -> None:
    """Give a commented experiment file to start from.

    \b
    Example:
      localwealth new experiment anytown/buy-local --out my-experiment.yaml
    """
    from sim.settings.experiments.new import new_experiment_text

    names = catalogue()
    give(new_experiment_text(scenario, names.policies, names.shocks), out)


@friendly
def schema(
    kind: Annotated[str, typer.Argument(help="scenario, place or experiment.")] = "scenario",
    out: File = None,
) -> None:
    """Give the JSON Schema of our files, with which editors check and complete.

    \b
    Example:
      localwealth schema scenario --out scenario.schema.json
    """
    from sim.settings.schema import json_schema

    names = catalogue() if kind == "experiment" else levers()
    give(json.dumps(json_schema(kind, names.policies, names.shocks), indent=2) + "\n", out)
