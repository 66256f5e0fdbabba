"""Where to stand when typing the commands that a report shows, and what a folder is called from there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

__all__ = ["Standing", "given_from"]

#: The folder that commands write into when nothing else is said.
USUAL: Final = "results"


class Standing:
    """The folder from which the commands of a report work.

    Parameters
    ----------
    path : Path or None
        The folder of the result; None for one that lies nowhere.

    Examples
    --------
    >>> standing = Standing(Path("/home/ann/results/preston"))
    >>> standing.name, standing.beside("explained"), standing.words
    ('results/preston', 'results/explained', 'in the folder that holds “results”')
    >>> Standing(Path("/home/ann/preston")).name
    'preston'
    """

    def __init__(self, path: Path | None) -> None:
        whole = path.resolve() if path is not None else Path("RESULT")
        usual = whole.parent.name == USUAL
        self.folder = whole.parent.parent if usual else whole.parent
        self.prefix = f"{USUAL}/" if usual else ""
        self.name = self.prefix + whole.name
        self.short = whole.name
        self.words = f"in the folder that holds “{USUAL if usual else whole.name}”"

    def beside(self, name: str) -> str:
        """A folder beside that of the result, as it is called from here."""
        return self.prefix + name

    def called(self, path: str | os.PathLike[str]) -> str:
        """Any folder as it is called from here."""
        found = Path(path) if Path(path).exists() else Path(USUAL) / path
        try:
            return Path(os.path.relpath(found.resolve(), self.folder)).as_posix()
        except ValueError:  # on another drive
            return found.resolve().as_posix()


def given_from(path: Path, explanations: Sequence[str | os.PathLike[str]], sweep: str | os.PathLike[str] | None) -> tuple[str, ...]:
    """The options by which explanations and an experiment were given, as they are typed from where to stand."""
    standing = Standing(path)
    words = [word for folder in explanations for word in ("--explain", standing.called(folder))]
    return (*words, *(["--sweep", standing.called(sweep)] if sweep is not None else []))
