"""The command ``localwealth``: arguments to calls. Each command imports what it needs when it is called.

Exit codes: 0 good, 1 a run failed, 2 bad usage or input, 130 interrupted.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, ParamSpec, TypeVar

import typer

from sim.errors import InputError, LocalWealthError, UnknownNameError

if TYPE_CHECKING:
    from sim.runs import Result
    from sim.settings.describe import Catalogue

__all__ = ["app", "main"]

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


class Demo(NamedTuple):
    """What ``localwealth demo`` runs: under a minute on two cores."""

    scenarios: tuple[str, ...]
    seeds: int
    months: int


DEMO: Final = Demo(("anytown/business-as-usual", "anytown/full-package"), seeds=8, months=96)

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")

app = typer.Typer(
    name="localwealth",
    help="Who keeps the money: compare ways to build wealth that stays in a place.\n\nBegin with: localwealth demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
new = typer.Typer(help="Print or write a commented starting file.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(new, name="new")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no table: print the folder alone.")]
Workers = Annotated[int | None, typer.Option("--workers", "-w", help="Processes to use; the result is the same for any number.")]
Months = Annotated[int | None, typer.Option("--months", "-m", help="Months to run; those of the scenario when left out.")]
Seeds = Annotated[str | None, typer.Option("--seeds", "-s", help="A number of seeds, or a list such as 1-10,15.")]
Seed = Annotated[list[int] | None, typer.Option("--seed", help="One seed by its number; may be given again.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Result folder to write; one in results/ when left out.")]
File = Annotated[Path | None, typer.Option("--out", "-o", help="File to write; printed when left out.")]
NoReport = Annotated[bool, typer.Option("--no-report", help="Write no report.")]


def main() -> None:
    """Run the command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="localwealth")


def say(text: str) -> None:
    """Print for a person, on stderr."""
    typer.echo(text, err=True)


def friendly(command: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
    """Turn what a user can cause into words on stderr and an exit code; only a fault of ours shows a traceback."""

    @functools.wraps(command)
    def wrapped(*args: Arguments.args, **named: Arguments.kwargs) -> Returned:
        try:
            return command(*args, **named)
        except KeyboardInterrupt as stop:
            say(str(stop) or "Stopped.")
            raise typer.Exit(INTERRUPTED) from None
        except (InputError, UnknownNameError) as error:
            say(str(error))
            raise typer.Exit(BAD_INPUT) from None
        except LocalWealthError as error:
            say(f"The run failed: {error}")
            raise typer.Exit(FAILED) from None
        except BrokenPipeError:
            # The reader of our output has gone, as in a pipe to head: nothing more to say, nor to flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(FAILED) from None
        except OSError as error:
            say(f"{error.filename or 'A file'}: {error.strerror or error}")
            raise typer.Exit(FAILED) from None

    return wrapped


def show_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from sim import __version__

        typer.echo(f"localwealth {__version__}")
        raise typer.Exit


@app.callback(help=app.info.help)
def common(
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and leave.")] = False,
) -> None:
    """Take the options of the command as a whole."""
    del version


@app.command()
@friendly
def demo(workers: Workers = None, out: Out = None, as_json: Json = False, quiet: Quiet = False) -> None:
    """Compare business as usual with the full package in one place, and write a report. Needs no internet.

    \b
    Example:
      localwealth demo
    """
    _compare(list(DEMO.scenarios), DEMO.seeds, DEMO.months, workers, out or _free("demo"), as_json=as_json, quiet=quiet)


@app.command()
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
    result = run_scenario(scenario, chosen, workers, out or _free(scenario), months, quiet=quiet)
    _show(result, report=False, as_json=as_json, quiet=quiet)


@app.command()
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
    folder = out or _free(*scenarios)
    _compare(scenarios, chosen, months, workers, folder, report=not no_report, as_json=as_json, quiet=quiet)


@app.command()
@friendly
def report(
    results: Annotated[list[str], typer.Argument(help="Result folders, or their names within results/.")],
    as_json: Json = False,
) -> None:
    """Build the report of stored results again, from nothing but their folders.

    \b
    Example:
      localwealth report results/demo
    """
    from sim.report import build_report
    from sim.runs import load_result

    folders = [load_result(name).path for name in results]
    written = [Path(build_report(folder)).as_posix() for folder in folders if folder is not None]
    if as_json:
        _print_json({"reports": written})
    else:
        typer.echo("\n".join(written))


@app.command()
@friendly
def check(
    files: Annotated[list[str], typer.Argument(help="Place or scenario files, or names of shipped ones.")],
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")] = False,
) -> None:
    """Read and check files without running them; every problem at once, with its line.

    \b
    Example:
      localwealth check my-scenario.yaml my-place.yaml
    """
    from sim.settings.load import check_file

    names = _catalogue()
    found = {name: check_file(name, names.policies, names.shocks) for name in files}
    problems = list(dict.fromkeys(problem for listed in found.values() for problem in listed))
    if as_json:
        _print_json({"good": not problems, "problems": [problem.as_dict() for problem in problems]})
    elif problems:
        say(str(InputError(problems)))
    if not (as_json or quiet):
        for name, listed in found.items():
            typer.echo(f"{name}: {'good' if not listed else f'{len(listed)} problem' + 's' * (len(listed) > 1)}")
    if problems:
        raise typer.Exit(BAD_INPUT)


@app.command("list")
@friendly
def list_kind(
    kind: Annotated[str, typer.Argument(help="policies, shocks, measures, parameters, places, scenarios or sectors.")],
    as_json: Json = False,
) -> None:
    """List everything of one kind.

    \b
    Example:
      localwealth list policies
    """
    entries = _catalogue().list(kind)
    if as_json:
        _print_json(entries)
        return
    width = max((len(entry["name"]) for entry in entries), default=0)
    for entry in entries:
        typer.echo(f"{entry['name']:<{width}}  {entry['title']}")


@app.command()
@friendly
def describe(
    name: Annotated[str, typer.Argument(help="A policy, shock, measure, parameter, place, scenario or sector.")],
    as_json: Json = False,
) -> None:
    """Say what a name means: unit, bounds, default, source.

    \b
    Example:
      localwealth describe local_spend_target
    """
    found = _catalogue().describe(name)
    if as_json:
        _print_json(found)
    else:
        from sim.runs.terminal import description_lines

        typer.echo("\n".join(description_lines(found)))


@new.command("scenario")
@friendly
def new_scenario(
    place: Annotated[str, typer.Argument(help="Name or path of a place.")] = "preston",
    out: File = None,
) -> None:
    """Give a commented scenario file to start from.

    \b
    Example:
      localwealth new scenario preston --out my-scenario.yaml
    """
    from sim.settings.new_scenario import new_scenario_text

    names = _catalogue()
    _give(new_scenario_text(place, names.policies, names.shocks), out)


@app.command()
@friendly
def schema(
    kind: Annotated[str, typer.Argument(help="scenario or place.")] = "scenario",
    out: File = None,
) -> None:
    """Give the JSON Schema of our files, with which editors check and complete.

    \b
    Example:
      localwealth schema scenario --out scenario.schema.json
    """
    from sim.settings.schema import json_schema

    names = _catalogue()
    _give(json.dumps(json_schema(kind, names.policies, names.shocks), indent=2) + "\n", out)


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
    from sim.runs.terminal import print_failures, print_result, summary_rows

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
        _print_json({"result": folder, "report": path, **manifest, "summary": summary_rows(result)})
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


def _free(*names: str) -> Path:
    """A result folder that is not there yet, called after scenarios: by name, or by file without its folders."""
    from sim.runs.store import free_name

    return free_name(" and ".join(Path(name).stem if name.endswith((".yaml", ".yml")) else name for name in names))


def _catalogue() -> Catalogue:
    """Everything that has a name."""
    from sim.core.registry import MEASURES, POLICIES, SHOCKS
    from sim.runs.scenarios import fill_registries
    from sim.settings.describe import Catalogue

    fill_registries()
    return Catalogue(POLICIES, SHOCKS, MEASURES)


def _give(text: str, out: Path | None) -> None:
    """Print a text, or write it into a new file."""
    if out is None:
        typer.echo(text, nl=False)
        return
    from sim.runs.store import write_new_file

    write_new_file(out, text)
    say(f"Written: {out.as_posix()}")


def _print_json(value: Any) -> None:
    """Print plain values for a program."""
    typer.echo(json.dumps(value, indent=2, default=str))
