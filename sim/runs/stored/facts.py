"""What a result says about the machine and the program that made it, and nothing about whose machine it was."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from sim import __version__

__all__ = ["available_processors", "platform_facts", "versions", "without_machine_paths"]

#: Distributions whose version may change a number.
PACKAGES: Final = ("Mesa", "numpy", "scipy", "pandas", "networkx", "pyarrow", "pydantic", "ruamel.yaml")


def versions() -> dict[str, str]:
    """Versions of Python and of every package that may change a number; "unknown" for one that is not installed as a package."""
    found = {"localwealth": __version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package.lower()] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package.lower()] = "unknown"
    return found


def platform_facts() -> dict[str, Any]:
    """Kind of machine, without its name, its user or its folders."""
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "implementation": platform.python_implementation(),
        "byte_order": sys.byteorder,
        "processors": available_processors(),
    }


def available_processors() -> int:
    """How many processors this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def without_machine_paths(value: Any) -> Any:
    """A copy of plain values in which no text begins with a folder of this machine.

    A path below the working folder is shown from there; of any other absolute path the last two parts are kept.

    Examples
    --------
    >>> without_machine_paths({"file": "/home/someone/models/town.yaml", "share": 0.2, "lines": ["a/b"]})
    {'file': 'models/town.yaml', 'share': 0.2, 'lines': ['a/b']}
    """
    if isinstance(value, dict):
        return {key: without_machine_paths(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_machine_paths(item) for item in value]
    if isinstance(value, Path) or (isinstance(value, str) and _is_absolute(value)):
        return _shortened(Path(value))
    return value


def _is_absolute(text: str) -> bool:
    """Whether a text is one absolute path; prose that begins with a stroke is none."""
    return "\n" not in text and len(text) < 4096 and Path(text).is_absolute() and len(Path(text).parts) > 2


def _shortened(path: Path) -> str:
    """A path without the folders above the working folder."""
    if not path.is_absolute():
        return path.as_posix()
    here = Path.cwd()
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return "/".join(path.parts[-2:])
