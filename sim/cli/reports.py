"""Commands that read stored results: ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.common import friendly, print_json
from sim.cli.options import Json
from sim.errors import InputError, Problem

__all__ = ["report"]

ONE = "name the result that the explanation or the experiment belongs to"
ONE_RESULT = "--explain and --sweep belong to one result"
OF_SWEEP = "an experiment has no place for --explain and --sweep"


@friendly
def report(
    results: Annotated[list[str], typer.Argument(help="Result folders, or their names within results/.")],
    explanations: Annotated[
        list[str] | None,
        typer.Option("--explain", help="A folder written by explain about a scenario of the result; may be given several times."),
    ] = None,
    sweep: Annotated[str | None, typer.Option("--sweep", help="A folder written by sweep about a scenario of the result.")] = None,
    as_json: Json = False,
) -> None:
    """Build the report of stored results and experiments again, from nothing but their folders.

    \b
    Examples:
      localwealth report results/demo
      localwealth report results/spare-capacity
      localwealth report results/demo --explain results/demo-explained --sweep results/spare-capacity
    """
    beside: dict[str, Any] = {}
    if explanations:
        beside["explanations"] = [_found(name) for name in explanations]
    if sweep is not None:
        beside["sweep"] = _found(sweep)
    if beside and len(results) > 1:
        raise InputError([Problem("", None, "results", f"{len(results)} results", "one result", None, ONE, ONE_RESULT, "usage")])
    written = [_built(name, beside).as_posix() for name in results]
    if as_json:
        print_json({"reports": written})
    else:
        typer.echo("\n".join(written))


def _found(name: str) -> Path:
    """A folder as it was named, or within the folder of results."""
    from sim.runs.stored.folder import RESULTS

    return next((folder for folder in (Path(name), Path(RESULTS) / name) if folder.is_dir()), Path(name))


def _built(name: str, beside: dict[str, Any]) -> Path:
    """Build the report of a sweep or of another result."""
    from sim.runs.sweep.storage import MANIFEST

    folder = _found(name)
    if (folder / MANIFEST).is_file():
        if beside:
            raise InputError([Problem(folder.as_posix(), None, "", "", "the result of run or compare", None, ONE, OF_SWEEP, "usage")])
        from sim.report import build_sweep_report

        return build_sweep_report(folder)
    from sim.report import build_report
    from sim.runs import load_result

    found = load_result(name).path
    return Path(build_report(found if found is not None else name, **beside))
