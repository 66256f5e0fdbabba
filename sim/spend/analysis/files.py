"""Which files to read: those named, and those of a folder that are of a kind that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem
from sim.spend.files.same_file import file_behind

__all__ = ["ENDINGS", "files_to_read"]

#: How the names of files end that a folder is searched for.
ENDINGS: Final = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".json", ".jsonl")


def files_to_read(given: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files to read, each once, and those of folders that are of another kind.

    Parameters
    ----------
    given : iterable of Path
        Files, taken whatever they are called, and folders, of which files with one of :data:`ENDINGS` are taken.

    Returns
    -------
    tuple of list of Path and list of Path
        Those to read in the order given, those of a folder in the order of their names; and those left out.

    Raises
    ------
    sim.errors.InputError
        When a folder holds nothing to read.

    Examples
    --------
    >>> files_to_read([Path("may.csv"), Path("may.csv")])
    ([PosixPath('may.csv')], [])
    """
    chosen: list[Path] = []
    left: list[Path] = []
    problems: list[Problem] = []
    for path in given:
        if not path.is_dir():
            chosen.append(path)
            continue
        within = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        fit = [file for file in within if file.suffix.lower() in ENDINGS]
        chosen += fit
        left += [file for file in within if file not in fit]
        if not fit:
            problems.append(_nothing_in(path, left))
    if problems:
        raise InputError(problems)
    once: dict[Path, Path] = {}
    for path in chosen:
        once.setdefault(file_behind(path), path)
    return list(once.values()), left


def _nothing_in(path: Path, left: list[Path]) -> Problem:
    """A folder without a file to read."""
    given = ", ".join(file.name for file in left[:5]) or "nothing"
    allowed = f"files that end in {', '.join(ENDINGS)}"
    remedy = "name another folder, or the files themselves"
    return Problem(path.as_posix(), None, "", given, allowed, None, remedy, "this folder holds no file that can be read", "nothing-to-read")
