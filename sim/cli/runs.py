"""Commands that run scenarios: ``demo``, ``run`` and ``compare``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from sim.cli.common import FAILED, free_folder, friendly, print_json
from sim.cli.options import Json, Months, NoReport, Out, Quiet, Seed, Seeds, Workers

if TYPE_CHECKING:
    from sim.runs import Result

__all__ = ["DEMO", "Demo", "compare", "demo", "run"]


class Demo(NamedTuple):
    """What ``localwealth demo`` runs: under a minute on two cores."""

    scenarios: tuple[str, ...]
    seeds: int
    months: int


DEMO: Final = Demo(("anytown/business-as-usual", "anytown/full-package"), seeds=8, months=96)


@friendly
def demo(workers: Workers = None, out: Out = None, as_json: Json = False, quiet: Quiet = False) -> None:
    """Compare business as usual with the full package in one place, and write a report. Needs no internet.

    \b
    Example:
      localwealth demo
    """
    _compare(list(DEMO.scenarios), DEMO.seeds, DEMO.months, workers, out or free_folder("demo"), as_json=as_json, quiet=quiet)


@friendly
def run(
    scenario: Annotated[str, typer.Argument(help="Name or path of a scenario.")],
    seeds: Seeds = None,
    seed: Seed = None,
    months: Months = None,
    workers: Workers = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run one scenario and write a result folder.

    \b
    Examples:
      localwealth run preston/buy-local
      localwealth run my-scenario.yaml --seeds 10 --out results/mine
    """
    from sim.runs import run as run_scenario
    from sim.runs.seeds import chosen_seeds

    chosen = chosen_seeds(seeds, seed, 1)
    result = run_scenario(scenario, chosen, workers, out or free_folder(scenario), months, quiet=quiet)
    _show(result, report=False, as_json=as_json, quiet=quiet)


@friendly
def compare(
    scenarios: Annotated[list[str], typer.Argument(help="Names or paths of scenarios; the first is the reference.")],
    seeds: Seeds = None,
    seed: Seed = None,
    months: Months = None,
    workers: Workers = None,
    out: Out = None,
    no_report: NoReport = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run scenarios over the same seeds, compare each with the first, and write a result folder with its report.

    \b
    Examples:
      localwealth compare preston/business-as-usual preston/buy-local
      localwealth compare preston/business-as-usual my-scenario.yaml --seeds 50 --workers 4
    """
    from sim.runs.seeds import chosen_seeds

    chosen = chosen_seeds(seeds, seed, 30)
    folder = out or free_folder(*scenarios)
    _compare(scenarios, chosen, months, workers, folder, report=not no_report, as_json=as_json, quiet=quiet)


def _compare(
    scenarios: list[str],
    seeds: int | list[int],
    months: int | None,
    workers: int | None,
    folder: Path,
    *,
    report: bool = True,
    as_json: bool,
    quiet: bool,
) -> None:
    """Compare and show what came of it."""
    from sim.runs import compare as compare_scenarios

    result = compare_scenarios(scenarios, seeds, workers, folder, months, quiet=quiet)
    _show(result, report=report, as_json=as_json, quiet=quiet)


def _show(result: Result, *, report: bool, as_json: bool, quiet: bool) -> None:
    """Print a result, build its report, and leave with 1 when a seed failed."""
    from sim.runs.words.terminal import print_failures, print_result, summary_rows

    folder = "" if result.path is None else result.path.as_posix()
    if quiet and not as_json:
        typer.echo(folder)
    elif not as_json:
        if result.seeds:
            print_result(result, sys.stdout)
        typer.echo(f"Result: {folder}")
    path = _report_of(result) if report else None
    if as_json:
        manifest = {key: result.manifest[key] for key in ("status", "seeds", "failures")}
        print_json({"result": folder, "report": path, **manifest, "summary": summary_rows(result)})
    elif path is not None and not quiet:
        typer.echo(f"Report: {path}")
    print_failures(result, sys.stderr)
    if result.failures:
        raise typer.Exit(FAILED)


def _report_of(result: Result) -> str | None:
    """Build the report of a result in which a seed ran."""
    if not result.seeds or result.path is None:
        return None
    from sim.report import build_report

    return Path(build_report(result.path)).as_posix()
