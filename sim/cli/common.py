"""What every command does with its words and its errors."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import typer

from sim.errors import InputError, LocalWealthError, UnknownNameError

if TYPE_CHECKING:
    from sim.settings.describe import Catalogue

__all__ = ["BAD_INPUT", "FAILED", "INTERRUPTED", "catalogue", "free_folder", "friendly", "give", "levers", "print_json", "say"]

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")


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


def free_folder(*names: str) -> Path:
    """A result folder that is not there yet, called after scenarios: by name, or by file without its folders."""
    from sim.runs.stored.store import free_name

    return free_name(" and ".join(Path(name).stem if name.endswith((".yaml", ".yml")) else name for name in names))


def levers() -> Catalogue:
    """What can be named without the measures and the figures: they need Mesa and take a second to import."""
    from sim.core.registry import POLICIES, SHOCKS
    from sim.runs.scenarios import fill_levers
    from sim.settings.describe import Catalogue

    fill_levers()
    return Catalogue(POLICIES, SHOCKS)


def catalogue() -> Catalogue:
    """Everything that has a name."""
    from sim.core.registry import MEASURES, POLICIES, SHOCKS
    from sim.runs.scenarios import fill_registries
    from sim.runs.validation.figures import described
    from sim.settings.describe import Catalogue

    fill_registries()
    return Catalogue(POLICIES, SHOCKS, MEASURES, figures=described())


def give(text: str, out: Path | None) -> None:
    """Print a text, or write it into a new file."""
    if out is None:
        typer.echo(text, nl=False)
        return
    from sim.runs.stored.store import write_new_file

    write_new_file(out, text)
    say(f"Written: {out.as_posix()}")


def print_json(value: Any) -> None:
    """Print plain values for a program."""
    typer.echo(json.dumps(value, indent=2, default=str))
