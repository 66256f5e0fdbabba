"""Mappings of figures whose keys are fixed names: sectors, age groups, sizes of firms, tenures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

from pydantic_core import PydanticCustomError, core_schema

from sim.settings.frozen import FrozenMapping
from sim.settings.places.figure import Bounds, Figure
from sim.settings.sectors import SECTORS

__all__ = ["AGES", "SIZES", "TENURES", "TOLERANCE", "Keyed", "sector_values"]

AGES: tuple[str, ...] = ("16-24", "25-34", "35-49", "50-64", "65+")
"""Age groups of adults."""

SIZES: tuple[str, ...] = ("0-4", "5-9", "10-19", "20-49", "50-99", "100-249", "250+")
"""Size bands of firms, by people employed."""

TENURES: tuple[str, ...] = ("owner", "mortgage", "private", "social")
"""How a home is held: owned outright, owned with a mortgage, rented privately, rented from a social landlord."""

TOLERANCE = 0.001
"""How far a sum of shares may be from one, for rounded published shares."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Names, bounds and sum of a mapping of figures; written beside the type of a field.

    Parameters
    ----------
    noun : str
        What a key is: "sector", "age group".
    names : tuple of str
        The allowed keys; the mapping is put in this order.
    bounds : Bounds
        Unit and bounds of each figure.
    complete : bool
        Whether every name must be there; a name left out of a mapping that need not be complete counts as zero.
    total : float or None
        What the values must add up to, within :data:`TOLERANCE`.
    """

    noun: str
    names: tuple[str, ...]
    bounds: Bounds
    complete: bool = True
    total: float | None = None

    def check(self, figures: FrozenMapping[Figure]) -> FrozenMapping[Figure]:
        """Hand the mapping on in the fixed order, or refuse it; what is wrong stands in the error's context."""
        wrong = {name: figure.value for name, figure in figures.items() if name in self.names and not self.bounds.holds(figure.value)}
        unknown = [name for name in figures if name not in self.names]
        missing = [name for name in self.names if name not in figures] if self.complete else []
        if wrong or unknown or missing:
            context = {"keyed": self, "unknown": unknown, "missing": missing, "wrong": wrong}
            raise PydanticCustomError("keyed", "unfit keys or values", context)
        total = math.fsum(figure.value for figure in figures.values())
        if self.total is not None and abs(total - self.total) > TOLERANCE:
            raise PydanticCustomError("wrong-sum", "a wrong sum", {"total": total, "allowed": self.total})
        return FrozenMapping({name: figures[name] for name in self.names if name in figures})

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """How pydantic applies it: after the figures themselves were read."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """An object with the fixed names as properties."""
        item = cast("dict[str, Any]", handler(schema)).get("additionalProperties", {})
        bounds = {"properties": {"value": {"minimum": self.bounds.low, "maximum": self.bounds.high}}}
        entry = {"allOf": [item, bounds], "x-unit": self.bounds.unit}
        written: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(self.names, entry)}
        if self.complete:
            written["required"] = list(self.names)
        return written


def sector_values(figures: FrozenMapping[Figure]) -> tuple[float, ...]:
    """The eighteen values of a mapping by sector, in the fixed order; a sector left out is zero.

    Parameters
    ----------
    figures : FrozenMapping of Figure
        Figures keyed by sector name.

    Returns
    -------
    tuple of float, length 18

    Examples
    --------
    >>> jobs = FrozenMapping({"mining": Figure(value=7, year=2013, source="census", mark="A")})
    >>> sector_values(jobs)[:3]
    (0.0, 7.0, 0.0)
    """
    return tuple(float(figures[name]) if name in figures else 0.0 for name in SECTORS)
