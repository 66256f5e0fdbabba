"""What was given to a spend analysis: files named twice, our own workbooks, options that nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.errors import InputError, Problem
from sim.report.spend.options import SpendOptions
from sim.report.workbook import is_own_workbook

__all__ = ["without_own_workbooks", "words_on_given"]


def without_own_workbooks(chosen: Iterable[Path], given: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files to read without workbooks that localwealth has written itself, and those.

    Parameters
    ----------
    chosen : iterable of Path
        Files to read.
    given : sequence of Path
        What the user named: a workbook of ours that is named itself, and not found in a folder, is refused.

    Raises
    ------
    sim.errors.InputError
        When one of ours was named, or when nothing else is left.
    """
    files = list(chosen)
    own = [path for path in files if is_own_workbook(path)]
    rest = [path for path in files if path not in own]
    refused = [path for path in own if path in given or not rest]
    if refused:
        message, allowed = "this is a report of localwealth, and no spend file", "spend files as they were published, or contracts"
        remedy = "name the files that the report was made from"
        raise InputError([Problem(path.as_posix(), None, "", path.name, allowed, None, remedy, message, "own-report") for path in refused])
    return rest, own


def words_on_given(given: Sequence[Path], chosen: Sequence[Path], options: SpendOptions, *, contracts: bool) -> list[str]:
    """What a user should know of what was given: each note a sentence.

    Parameters
    ----------
    given : sequence of Path
        Files and folders as named.
    chosen : sequence of Path
        Files that are read, each once.
    options : SpendOptions
        What was asked.
    contracts : bool
        Whether the files hold contracts.

    Examples
    --------
    >>> words_on_given([Path("may.csv")] * 2, [Path("may.csv")], SpendOptions(buyer="X", months=3), contracts=False)
    ['may.csv was named twice and is read once.', '--buyer picks contracts; these are payments, so it does nothing.', \
'--months counts only with --anchor, so it does nothing.']
    """
    named = [path.resolve() for path in given]
    folders = {path.resolve() for path in given if path.is_dir()}
    within = [path.resolve() for path in chosen if path.resolve().parent in folders]
    notes = [f"{path.name} was named twice and is read once." for path in chosen if (named + within).count(path.resolve()) > 1]
    if options.buyer is not None and not contracts:
        notes.append("--buyer picks contracts; these are payments, so it does nothing.")
    if options.months is not None and options.anchor is None:
        notes.append("--months counts only with --anchor, so it does nothing.")
    elif options.months is not None and contracts:
        notes.append("--months counts for payments; contracts say how long they last, so it does nothing.")
    return notes
