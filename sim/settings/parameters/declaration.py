"""What a parameter of the model is: a name, a default, bounds, and where the figure comes from."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

__all__ = ["MARKS", "Parameter"]

MARKS: tuple[str, ...] = ("A", "B", "C", "assumption")
"""How well a figure is founded: A in an official or primary source, B in a secondary one, C worked out from these, or assumption."""

_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter. The declaration feeds the checks, the descriptions, the schema and the bounds of sweeps.

    Parameters
    ----------
    name : str
        ``group.name``, both whole words in lower case.
    default : float
        The value when a scenario sets none; within `low` and `high`.
    unit : str
        Unit of the value: "share", "pounds a month", "months".
    low, high : float
        The bounds a scenario must keep.
    meaning : str
        One sentence for a reader who does not know the code.
    source : str
        Where the default comes from; for an assumption, why it is believed.
    mark : {"A", "B", "C", "assumption"}
        How well the default is founded.

    Raises
    ------
    ValueError
        When the declaration contradicts itself.

    Examples
    --------
    >>> Parameter("households.example", 0.4, "share", 0.0, 1.0, "An example.", "Assumed.", "assumption").group
    'households'
    """

    name: str
    default: float
    unit: str
    low: float
    high: float
    meaning: str
    source: str
    mark: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"parameter {self.name!r}: a name is group.name in lower case, such as 'households.local_shopping'")
        if not all(math.isfinite(value) for value in (self.default, self.low, self.high)):
            raise ValueError(f"parameter {self.name}: default, low and high must be finite numbers")
        if not self.low <= self.default <= self.high:
            raise ValueError(f"parameter {self.name}: default {self.default} is not within {self.low} and {self.high}")
        if self.mark not in MARKS:
            raise ValueError(f"parameter {self.name}: mark {self.mark!r} is not one of {', '.join(MARKS)}")
        if not (self.meaning and self.unit and self.source):
            raise ValueError(f"parameter {self.name}: meaning, unit and source must not be empty")

    @property
    def group(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]
