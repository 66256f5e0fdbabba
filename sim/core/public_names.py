"""Public names of a package that lead to the modules they live in, so that nothing heavy is read before it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

__all__ = ["from_homes"]


def from_homes(package: str, homes: Mapping[str, str], public: Sequence[str]) -> Callable[[str], Any]:
    """What a package uses as its ``__getattr__``.

    Parameters
    ----------
    package : str
        Name of the package, for the error.
    homes : mapping of str to str
        Module of each name.
    public : sequence of str
        Names that the error lists.

    Raises
    ------
    AttributeError
        From what is returned, for a name without a home.

    Examples
    --------
    >>> from_homes("sim", {"PARAMETERS": "sim.settings.parameters"}, ["PARAMETERS"])("PARAMETERS")[0].group
    'accounts'
    """

    def found(name: str) -> Any:
        """The public name, from the module it lives in."""
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(public)}")
        return getattr(import_module(homes[name]), name)

    return found
