"""The console that words and tables go to: as wide as the terminal, within what reads well."""

from __future__ import annotations

import shutil
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console_on"]

#: Narrower than this a table does not read; wider than this the eye loses the line.
NARROWEST, WIDEST = 80, 140


def console_on(stream: IO[str], narrowest: int = NARROWEST, widest: int = WIDEST) -> Console:
    """A console that prints what it is given and nothing of its own.

    Parameters
    ----------
    stream : text stream
        Where to.
    narrowest, widest : int
        Columns; 20 more than the narrowest where there is no terminal.

    Examples
    --------
    >>> import io
    >>> 80 <= console_on(io.StringIO()).width <= 140
    True
    """
    from rich.console import Console

    width = min(max(shutil.get_terminal_size((narrowest + 20, 24)).columns, narrowest), widest)
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
