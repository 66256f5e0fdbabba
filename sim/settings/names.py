"""Names of places, scenarios and experiments to files: ``preston`` and ``preston/buy-local`` wherever the package is, or a path.

In a checkout the shipped files are the folders ``scenarios`` and ``experiments`` beside the package; in a wheel they are package data
in ``sim/shipped``. A name is looked up there and nowhere else; a path is anything that ends in ``.yaml`` or ``.yml``, or
begins with ``.`` or ``/`` or ``~``, or names a file that exists.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Literal

from sim.errors import InputError, Problem, nearest, printable
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind

__all__ = ["NOUNS", "Noun", "experiments_folder", "find_file", "is_path", "name_of_file", "shipped", "shipped_folder"]

Noun = Literal["place", "scenario", "experiment"]

NOUNS: tuple[Noun, ...] = ("place", "scenario", "experiment")
"""Every kind of file."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
_ENDINGS = (".yaml", ".yml")


def shipped_folder() -> Path:
    """The folder with the shipped scenario files and its folder ``places``."""
    return _folder_beside(__file__, "scenarios")


def experiments_folder() -> Path:
    """The folder with the shipped experiment files."""
    return _folder_beside(__file__, "experiments")


@cache
def _folder_beside(module: str, name: str) -> Path:
    """A folder that goes with this module, looked for once: readers of many files ask for it again and again."""
    package = Path(module).resolve().parents[1]
    in_wheel = package / "shipped" / name
    return in_wheel if in_wheel.is_dir() else package.parent / name


def name_of_file(source: SourceFile, folder: Path) -> str:
    """The name by which a file is known: its path in the folder of shipped files, the bare name for another, as it can be printed.

    Examples
    --------
    >>> name_of_file(SourceFile(shipped_folder() / "preston" / "buy-local.yaml", ""), shipped_folder())
    'preston/buy-local'
    """
    path = source.path.resolve()
    return path.relative_to(folder).with_suffix("").as_posix() if path.is_relative_to(folder) else printable(path.stem)


def shipped(noun: Noun) -> tuple[str, ...]:
    """Names of the places, scenarios or experiments that come with the package, in alphabetical order.

    Parameters
    ----------
    noun : {"place", "scenario", "experiment"}
        Which of them.

    Returns
    -------
    tuple of str
        Names such as ``preston`` (places), ``preston/buy-local`` (scenarios) and ``spare-capacity`` (experiments).
    """
    if noun not in NOUNS:
        allowed = ", ".join(NOUNS)
        message = f"there are no shipped files of kind {noun!r}"
        near, remedy = nearest(str(noun), NOUNS), f"write {' or '.join(NOUNS)}"
        raise InputError([Problem("", None, "", str(noun), allowed, near, remedy, message, Kind.UNKNOWN_NAME)])
    if noun == "experiment":
        return tuple(sorted(path.stem for path in experiments_folder().glob("*.yaml")))
    folder = shipped_folder()
    root = folder / "places" if noun == "place" else folder
    names = (path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.yaml"))
    return tuple(sorted(name for name in names if noun == "place" or not name.startswith("places/")))


def is_path(text: str) -> bool:
    """Whether a text is meant as a path and not as a name.

    Examples
    --------
    >>> is_path("preston/buy-local"), is_path("./mine.yaml"), is_path("mine.yml")
    (False, True, True)
    """
    return text.endswith(_ENDINGS) or text.startswith((".", "/", "~", "\\")) or not _NAME.fullmatch(text)


def find_file(
    noun: Noun, given: str, findings: Findings, *, within: SourceFile | None = None, line: int | None = None, key: str = ""
) -> SourceFile | None:
    """The file that a name or a path means, or None after a finding.

    Parameters
    ----------
    noun : {"place", "scenario", "experiment"}
        What is looked for.
    given : str
        A name or a path.
    findings : Findings
        Where problems go.
    within : SourceFile, optional
        The file that gives the name; a relative path in it counts from its folder.
    line : int, optional
        Line of the name in that file.
    key : str
        Key of the name in that file.

    Returns
    -------
    SourceFile or None
    """
    if not is_path(given):
        if given in shipped(noun):
            if noun == "experiment":
                return SourceFile(experiments_folder() / f"{given}.yaml", f"experiments/{given}.yaml")
            inner = f"places/{given}.yaml" if noun == "place" else f"{given}.yaml"
            return SourceFile(shipped_folder() / inner, f"scenarios/{inner}")
        if within is None and _exists(Path(given)):
            return SourceFile(Path(given), given)
    elif _exists(_path(given, within)):
        return _known_file(_path(given, within), given if within is None else str(Path(within.shown).parent / given))
    _not_found(noun, given, findings, within.shown if within else "", line, key)
    return None


def _not_found(noun: Noun, given: str, findings: Findings, file: str, line: int | None, key: str) -> None:
    """A finding for a name or path that leads nowhere."""
    names = shipped(noun)
    kind, message = Kind.UNKNOWN_NAME, f"there is no {noun} {given!r}"
    if is_path(given):
        kind, message = Kind.NO_SUCH_FILE, f"there is no file {given!r}"
    allowed = f"a path, or one of: {', '.join(names)}"
    near = nearest(given, names)
    remedy = f"write {near!r}" if near else f"see: localwealth list {noun}s"
    path = (key,) if key else ()
    findings.add(kind, file, line, path, message, given=given, allowed=allowed, names=names, remedy=remedy)


def _path(given: str, within: SourceFile | None) -> Path:
    """A path as given, from the folder of the file that gives it."""
    path = Path(os.path.expanduser(given))  # noqa: PTH111  (the method of Path raises when there is no home)
    return path if within is None else within.path.parent / path


def _exists(path: Path) -> bool:
    """Whether there is something at a path; a path that can't be one does not exist."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _known_file(path: Path, given: str) -> SourceFile:
    """A file by path; one of the shipped files is shown by its place among them."""
    resolved = path.resolve()
    for name, folder in (("scenarios", shipped_folder()), ("experiments", experiments_folder())):
        if resolved.is_relative_to(folder):
            return SourceFile(resolved, f"{name}/{resolved.relative_to(folder).as_posix()}")
    return SourceFile(path, given)
