"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["File", "Json", "Months", "NoReport", "Out", "Quiet", "Seed", "Seeds", "Workers"]

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no table: print the folder alone.")]
Workers = Annotated[int | None, typer.Option("--workers", "-w", help="Processes to use; the result is the same for any number.")]
Months = Annotated[int | None, typer.Option("--months", "-m", help="Months to run; those of the scenario when left out.")]
Seeds = Annotated[str | None, typer.Option("--seeds", "-s", help="A number of seeds, or a list such as 1-10,15.")]
Seed = Annotated[list[int] | None, typer.Option("--seed", help="One seed by its number; may be given again.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Result folder to write; one in results/ when left out.")]
File = Annotated[Path | None, typer.Option("--out", "-o", help="File to write; printed when left out.")]
NoReport = Annotated[bool, typer.Option("--no-report", help="Write no report.")]
