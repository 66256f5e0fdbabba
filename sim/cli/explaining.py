"""The command ``explain``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import FAILED, friendly, print_json
from sim.cli.options import Json, Months, NoReport, Out, Quiet, Seed, Seeds, Workers

if TYPE_CHECKING:
    from sim.runs import Explanation

__all__ = ["explain"]


@friendly
def explain(
    scenario: Annotated[str, typer.Argument(help="Name or path of a scenario with policies.")],
    reference: Annotated[
        str | None,
        typer.Option("--reference", "-r", help="A scenario with fewer policies; the scenario without its policies when left out."),
    ] = None,
    by: Annotated[str, typer.Option("--by", "-b", help="Who shares the effect: pillar or lever.")] = "lever",
    measures: Annotated[
        str | None, typer.Option("--measures", help="Measures to explain, with commas between; the headlines when left out.")
    ] = None,
    permutations: Annotated[
        int, typer.Option("--permutations", "-p", help="Orders drawn for each seed when there are more than eight members; even.")
    ] = 10,
    seeds: Seeds = None,
    seed: Seed = None,
    months: Months = None,
    workers: Workers = None,
    out: Out = None,
    no_report: NoReport = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say which lever or pillar of a scenario made how much of its effect (Shapley shares), and write a result folder.

    Runs that the folder holds already are not run again: stop with Ctrl-C and go on later, or ask again with other measures.

    \b
    Examples:
      localwealth explain anytown/full-package --by pillar
      localwealth explain anytown/full-package --measures jobs,lm3 --seeds 50
    """
    from sim.runs import explain as explain_scenario
    from sim.runs.explaining.explain import usual_folder
    from sim.runs.seeds import chosen_seeds

    chosen = chosen_seeds(seeds, seed, 30)
    names = [name.strip() for name in measures.split(",") if name.strip()] if measures is not None else None
    folder = out or usual_folder(scenario, reference, months)
    explanation = explain_scenario(scenario, reference, by, chosen, months, names, permutations, workers, folder, quiet=quiet)
    _show(explanation, report=not no_report, as_json=as_json, quiet=quiet)


def _show(explanation: Explanation, *, report: bool, as_json: bool, quiet: bool) -> None:
    """Print an explanation, build its report, and leave with 1 when a seed failed."""
    from sim.runs.explaining.words import explanation_rows, print_explanation
    from sim.runs.words.terminal import write_failures

    result = explanation.result
    folder = "" if result.path is None else result.path.as_posix()
    if quiet and not as_json:
        typer.echo(folder)
    elif not as_json:
        print_explanation(explanation, sys.stdout)
        typer.echo(f"Result: {folder}")
    path = None
    if report and explanation.seeds:
        from sim.report import build_report

        path = Path(build_report(folder)).as_posix()
    if as_json:
        print_json({"result": folder, "report": path, **explanation.facts, **explanation_rows(explanation)})
    elif path is not None and not quiet:
        typer.echo(f"Report: {path}")
    write_failures(explanation.failures, sys.stderr)
    if explanation.failures:
        raise typer.Exit(FAILED)
