"""Commands that read stored results: ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.common import friendly, print_json
from sim.cli.options import Json

__all__ = ["report"]


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
        print_json({"reports": written})
    else:
        typer.echo("\n".join(written))
