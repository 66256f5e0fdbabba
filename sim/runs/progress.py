"""A progress bar on stderr, where a person can see it; nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(total: int, words: str, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Show how many of `total` steps are done and the time left.

    Parameters
    ----------
    total : int
        Steps.
    words : str
        What is being done.
    quiet : bool
        Show nothing. Nothing is shown either when stderr is no terminal.

    Yields
    ------
    callable
        To be called after each step.

    Examples
    --------
    >>> with progress_bar(2, "seeds", quiet=True) as step:
    ...     step()
    """
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (SpinnerColumn(), TextColumn(words, markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    left = (TextColumn("left"), TimeRemainingColumn())
    with Progress(*columns, *left, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)
