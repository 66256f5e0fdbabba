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
    """Build the report of stored results and experiments again, from nothing but their folders.

    \b
    Examples:
      localwealth report results/demo
      localwealth report results/spare-capacity
    """
    written = [_built(name).as_posix() for name in results]
    if as_json:
        print_json({"reports": written})
    else:
        typer.echo("\n".join(written))


def _built(name: str) -> Path:
    """Build the report of a sweep or of another result."""
    from sim.runs.folder import RESULTS
    from sim.runs.sweep.storage import MANIFEST

    for folder in (Path(name), Path(RESULTS) / name):
        if (folder / MANIFEST).is_file():
            from sim.report import build_sweep_report

            return build_sweep_report(folder)
    from sim.report import build_report
    from sim.runs import load_result

    found = load_result(name).path
    return Path(build_report(found if found is not None else name))
