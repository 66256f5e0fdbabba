"""The command ``localwealth``: arguments to calls. Each command imports what it needs when it is called.

Exit codes: 0 good, 1 a run failed, 2 bad usage or input, 4 a sweep ended with runs that failed, 130 interrupted.
"""

from __future__ import annotations

import sys
import warnings
from typing import Annotated, TextIO

import typer

from sim.cli import explaining, files, follow, names, own_place, page, reports, runs, spending, sweeping, validating
from sim.cli.common import say
from sim.errors import RenamedKeyWarning

__all__ = ["app", "main"]

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

# In the order of the help.
app.command("demo")(runs.demo)
app.command("run")(runs.run)
app.command("compare")(runs.compare)
app.command("sweep")(sweeping.sweep)
app.command("explain")(explaining.explain)
app.command("follow")(follow.follow)
app.command("validate")(validating.validate)
app.command("spend")(spending.spend)
app.command("report")(reports.report)
app.command("page")(page.page)
app.command("check")(files.check)
app.command("list")(names.list_kind)
app.command("describe")(names.describe)
app.command("schema")(files.schema)
new.command("scenario")(files.new_scenario)
new.command("experiment")(files.new_experiment)
new.command("place")(own_place.new_place)


def main() -> None:
    """Run the command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    warnings.showwarning = say_warning
    app(prog_name="localwealth")


def say_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: str | None = None
) -> None:
    """What a file says in an old way, in words; any other warning as Python shows it. All of it on stderr."""
    del file
    if issubclass(category, RenamedKeyWarning):
        say(f"Note: {message}.")
    else:
        say(warnings.formatwarning(message, category, filename, lineno, line).rstrip("\n"))


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
