"""Whether what runs is what the files of the package say, and what its constants are now.

A researcher may put a phase or a constant of their own in place of ours for an afternoon, and so does a test. An opening that was
built in that way must not be taken for ours, nor ours for theirs.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

import numpy as np

import sim

__all__ = ["constants", "is_as_written"]

PACKAGE: Final = str(Path(__file__).parents[2])
#: Packages with the arithmetic of an opening.
PARTS: Final = ("sim.core.", "sim.kinds.", "sim.start.", "sim.month.", "sim.economy", "sim.measures.groups", "sim.measures.neighbours")
#: Where the standard library lies; packages that were installed may lie within it.
LIBRARY: Final = sysconfig.get_paths()["stdlib"]
INSTALLED: Final = ("site-packages", "dist-packages")
PLAIN: Final = (bool, int, float, str)


def is_as_written() -> bool:
    """Whether every function of the model is that of its file, and no file is younger than what was imported.

    Examples
    --------
    >>> import sim.economy
    >>> is_as_written()
    True
    """
    return not _changed_since_import() and all(_of_the_package(function) for module in _modules() for function in _functions(module))


def constants() -> dict[str, Any]:
    """Numbers and texts that modules hold, by module and name, as they are now."""
    found: dict[str, Any] = {}
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, np.ndarray) and not name.startswith("__"):
                found[f"{module.__name__}.{name}"] = [value.dtype.str, value.shape, value.tobytes().hex()]
            elif _plain(value) and not name.startswith("__"):
                found[f"{module.__name__}.{name}"] = repr(value)
    return found


def _modules() -> list[ModuleType]:
    """The modules with the arithmetic of an opening, in order of name."""
    return [sys.modules[name] for name in sorted(sys.modules) if name.startswith(PARTS)]


def _functions(module: ModuleType) -> Iterator[object]:
    """What is called in a module: its functions, whatever stands in their place, and the methods of its classes."""
    for value in vars(module).values():
        if isinstance(value, type):
            if value.__module__ == module.__name__:
                yield from (method for method in vars(value).values() if isinstance(method, FunctionType))
        elif callable(value):
            yield value


def _of_the_package(function: object) -> bool:
    """Whether a function was read from a file of the package or of the standard library, or made by a library from our declarations."""
    if not isinstance(function, FunctionType):
        # Types of annotations, functions in C, and registered things; a stand-in of a test is of no such kind.
        return not type(function).__module__.startswith("unittest") and not isinstance(getattr(function, "func", None), FunctionType)
    return _known_file(function.__code__.co_filename)


@cache
def _known_file(file: str) -> bool:
    """Whether code of this file is ours or of the standard library; code of dataclasses has no file."""
    in_library = file.startswith(LIBRARY) and not any(name in file for name in INSTALLED)
    return file == "<string>" or file.startswith((PACKAGE, "<frozen ")) or in_library


def _plain(value: object) -> bool:
    """Whether a value is a number or a text, or a tuple of such."""
    return isinstance(value, PLAIN) or (isinstance(value, tuple) and all(_plain(each) for each in value))


@cache
def _changed_since_import() -> bool:
    """Whether a file of the package is younger than its import: then what runs here may not be what the files say."""
    ages = [max(found.st_mtime, found.st_ctime) for found in (path.stat() for path in Path(PACKAGE).rglob("*.py"))]
    return max(ages) > sim.IMPORTED_AT
