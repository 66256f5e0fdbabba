"""A scenario: a place, a time, the policies and shocks in force, the parameters; checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.calendar import Month
from sim.settings.frozen import FrozenMapping
from sim.settings.parameters import Parameters
from sim.settings.place import Place

if TYPE_CHECKING:
    from sim.settings.scenarios.resolved import Resolved

__all__ = ["BASE", "DEFAULT", "OWN", "PLACE", "OptionValue", "Origin", "PolicyUse", "Scenario"]

DEFAULT, PLACE, BASE, OWN = "default", "place", "base scenario", "scenario"
"""Where a value may come from, in order of precedence: each counts over those before it."""

OptionValue = str | int | float | bool | tuple[str, ...] | FrozenMapping[float] | None
"""What an option may hold. Money is in major units as written, shares are 0 to 1, several anchors are a tuple of names."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value comes from.

    Parameters
    ----------
    kind : {"default", "place", "base scenario", "scenario"}
        What set it.
    file : str
        The file as shown to the user; empty for a default.
    line : int or None
        Line in that file.

    Examples
    --------
    >>> str(Origin("base scenario", "scenarios/preston/business-as-usual.yaml", 4))
    'base scenario, scenarios/preston/business-as-usual.yaml, line 4'
    """

    kind: str = DEFAULT
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line is not None else ""
        return ", ".join(part for part in (self.kind, self.file, line) if part)

    def as_dict(self) -> dict[str, str | int | None]:
        """The origin as plain values."""
        return {"origin": self.kind, "file": self.file, "line": self.line}


@dataclass(frozen=True, slots=True)
class PolicyUse:
    """One policy or shock as a scenario uses it, with every option filled.

    Parameters
    ----------
    use : str
        Name of the policy or shock.
    start : int
        First month in force, counted from 1, the first month of the scenario.
    ramp_months : int
        Months from the first effect to full strength; 0 is at once.
    end : int or None
        Last month in force; None is never.
    options : mapping of str to OptionValue
        Every option of the policy, defaults filled in.
    line : int or None
        Line of the use in its file; not compared.
    file : str
        The file as shown to the user; not compared.
    origins : mapping of str to Origin
        Where ``start``, ``ramp_months``, ``end`` and each option come from; not compared.
    """

    use: str
    start: int = 1
    ramp_months: int = 0
    end: int | None = None
    options: Mapping[str, OptionValue] = field(default_factory=FrozenMapping)
    line: int | None = field(default=None, compare=False)
    file: str = field(default="", compare=False)
    origins: Mapping[str, Origin] = field(default_factory=FrozenMapping, compare=False)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything one run needs besides its seed.

    Precedence: a value comes from the declaration's default, unless the place sets it, unless a scenario that this one is based on
    sets it (of several, the nearest counts), unless this scenario sets it. ``policies`` and ``shocks`` do not replace those of the
    base: the base's come first, then its own. ``title`` and ``notes`` are never taken from the base. A key set twice within one
    file, and two uses that contradict, are errors: nothing wins by being last.

    Parameters
    ----------
    name : str
        Name such as ``preston/buy-local``; for a file given by path, its name without ending.
    title : str
        Name for readers.
    place : Place
        The place.
    start : Month
        First month.
    months : int
        How many months are run, 1 to 1200.
    policies, shocks : tuple of PolicyUse
        What is in force, those of the base first.
    parameters : Parameters
        All parameters.
    neighbours : {"unchanged", "same-policies"}
        What the neighbouring region does.
    notes : str
        Why the scenario exists.
    based_on : str or None
        The scenario it is based on, as written.
    path : Path or None
        Its file; not compared.
    place_file : str
        The file of the place as shown to the user; not compared.
    origins : mapping of str to Origin
        Where each setting, and each parameter as ``parameters.NAME``, comes from; not compared.
    residents : int or None
        Residents of the copy of the place that ``place`` then is, with the sums and counts of policies and shocks scaled alike;
        None where it is the place at full size.
    full_residents : int or None
        Residents of the place at full size; None where ``residents`` is. Not compared.
    """

    name: str
    title: str
    place: Place
    start: Month
    months: int
    policies: tuple[PolicyUse, ...] = ()
    shocks: tuple[PolicyUse, ...] = ()
    parameters: Parameters = field(default_factory=lambda: Parameters(()))
    neighbours: str = "unchanged"
    notes: str = ""
    based_on: str | None = None
    path: Path | None = field(default=None, compare=False)
    place_file: str = field(default="", compare=False)
    origins: Mapping[str, Origin] = field(default_factory=FrozenMapping, compare=False)
    residents: int | None = None
    full_residents: int | None = field(default=None, compare=False)

    def resolved(self) -> Resolved:
        """The scenario with every default filled and the origin of every value, as plain values ready for JSON.

        Returns
        -------
        dict
            See :func:`sim.settings.scenarios.resolved.resolved`.
        """
        from sim.settings.scenarios.resolved import resolved

        return resolved(self)

    def parameter_origin(self, name: str) -> Origin:
        """Where the value of a parameter comes from.

        Raises
        ------
        sim.errors.UnknownNameError
            When there is no such parameter.
        """
        self.parameters.declaration(name)
        return self.origins.get(f"parameters.{name}", Origin())

    def same_opening(self, other: Scenario) -> bool:
        """Whether two scenarios start from the same town: same place, same parameters, same first month.

        Arms of one seed for which this holds may share one opening.
        """
        return (self.place, self.parameters, self.start) == (other.place, other.parameters, other.start)
