"""How a result folder is laid out, and the words for what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, Problem

__all__ = [
    "CSV",
    "FORMAT",
    "FORMAT_VERSION",
    "LATER",
    "MANIFEST",
    "MANIFEST_KEYS",
    "PARQUET",
    "RESULTS",
    "UNFINISHED",
    "file_name",
    "files_of",
    "first_line",
    "problem_of",
    "refused",
    "scenario_file",
    "unwritable",
    "yaml_of",
]

FORMAT: Final = "localwealth-result"
FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
MANIFEST_KEYS: Final = ("arms", "seeds", "months", "start", "status", "failures", "measures", "headlines")
UNFINISHED: Final = ".unfinished"
#: Where results lie unless told otherwise, from the working folder.
RESULTS: Final = "results"

PARQUET: Final = ("series", "flow_matrices", "balance_sheets", "pound_flows", "channel_totals", "distributions", "resilience", "summary")
#: Tables that folders of earlier versions do not have; they are read as empty.
LATER: Final = frozenset({"channel_totals", "resilience"})
CSV: Final = ("accounts", "warnings", "timings")


def files_of(manifest: Mapping[str, Any]) -> list[str]:
    """Every file that a result must have."""
    scenarios = [name for arm in manifest["arms"] for name in (arm["file"], yaml_of(Path(arm["file"])).as_posix())]
    return [*(f"{name}.parquet" for name in PARQUET if name not in LATER), *(f"{name}.csv" for name in CSV), *scenarios]


def yaml_of(path: Path) -> Path:
    """The scenario file beside the JSON of an arm."""
    return path.with_name(path.name.removesuffix(".json") + ".yaml")


def scenario_file(number: int, arm: str) -> str:
    """Where the resolved scenario of an arm lies in its folder.

    Examples
    --------
    >>> scenario_file(0, "preston/buy-local")
    'scenarios/0-preston-buy-local.json'
    """
    return f"scenarios/{number}-{file_name(arm)[:80]}.json"


def file_name(text: str) -> str:
    """A text that any file system takes as a name."""
    return re.sub(r"[^A-Za-z0-9_+.]+", "-", text).strip("-.")


def _shown(path: Path) -> str:
    """A path as the user sees it."""
    return path.as_posix()


def first_line(error: Exception) -> str:
    """The first line of an error."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def refused(target: Path, message: str, remedy: str, allowed: str = "a name that is free", given: str | Path | None = None) -> InputError:
    """The error for a name that can't be taken."""
    shown = str(target if given is None else given)
    return InputError([Problem(_shown(target), None, "", repr(shown), allowed, None, remedy, message, "no-such-folder")])


def refuse_taken(target: Path, given: str | Path | None = None) -> None:
    """Refuse a name that no new result can have: none at all, or one that something has.

    Raises
    ------
    sim.errors.InputError
        With what to do instead.
    """
    if target.name in ("", ".."):
        remedy = "give a name with --out, such as results/mine"
        raise refused(target, "this can't become a result folder", remedy, "a name of its own", given)
    try:
        taken = target.exists() or target.is_symlink()
    except OSError as error:
        raise unwritable(target, "folder", error) from None
    if taken:
        raise refused(target, "there is something of this name already", "choose another name with --out, or move the old result away")


def unwritable(target: Path, what: str, error: OSError) -> InputError:
    """The error for a folder or file that can't be made where it should be."""
    message, remedy = f"the {what} can't be made: {error.strerror}", "choose a folder that is there and that you may write to, with --out"
    return refused(target, message, remedy, "a folder you may write to")


def problem_of(path: Path, message: str, remedy: str, near: str | None = None) -> Problem:
    """A problem of a result folder or one of its files."""
    return Problem(_shown(path), None, "", "", "a result folder", near, remedy, message, "no-result")
