"""One published figure or assumption, and the bounds that a place file sets for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError, core_schema

__all__ = ["Bounds", "Figure", "Number", "Text", "Year"]

Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
"""A finite number; true, false and text are not numbers."""

Text = Annotated[str, Strict(), Field(min_length=1, max_length=20_000)]
"""Text that is not empty."""

Year = Annotated[int, Strict(), Field(ge=1900, le=2100)]
"""A year of the calendar."""


class Figure(BaseModel):
    """A published figure or an assumption, with where it comes from.

    Parameters
    ----------
    value : float
        The figure, in the unit of the field that holds it.
    year : int
        The year it was measured for.
    source : str
        A key of the place's ``sources``.
    mark : {"A", "B", "C", "assumption"}
        How well it is founded. An assumption needs `low` and `high`.
    low, high : float or None
        Range in which a reader may move the figure: the published interval, or the range of an assumption.
    note : str
        Anything a reader must know, for instance which area it was measured in.

    Examples
    --------
    >>> residents = Figure(value=140202, year=2011, source="census-2011", mark="A")
    >>> float(residents)
    140202.0
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Number = Field(description="the figure, in the unit of the field that holds it")
    year: Year = Field(description="the year it was measured for")
    source: Text = Field(description="a key of the place's sources")
    mark: Literal["A", "B", "C", "assumption"] = Field(
        description="A read in an official or primary source, B in a secondary one, C worked out from such figures, or assumption"
    )
    low: Number | None = Field(default=None, description="low end of the range; an assumption needs it")
    high: Number | None = Field(default=None, description="high end of the range; an assumption needs it")
    note: str = Field(default="", strict=True, max_length=20_000, description="anything a reader must know")

    @model_validator(mode="after")
    def _range_holds_value(self) -> Self:
        """An assumption has a range, and a range holds its value."""
        if self.mark == "assumption" and (self.low is None or self.high is None):
            raise PydanticCustomError("assumption-without-range", "an assumption without a range")
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if not low <= self.value <= high:
            context = {"value": self.value, "low": low, "high": high}
            raise PydanticCustomError("range-misses-value", "the range does not hold the value", context)
        return self

    def __float__(self) -> float:
        return self.value


@dataclass(frozen=True, slots=True)
class Bounds:
    """Unit and bounds of a figure; written beside the type of a field, it is checked when the file is read.

    Parameters
    ----------
    unit : str
        Unit of the figure.
    low, high : float
        Bounds that the value must keep.

    Examples
    --------
    >>> Bounds("share", 0, 1).holds(20.0)
    False
    """

    unit: str
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value keeps the bounds."""
        return self.low <= value <= self.high

    def check(self, figure: Figure) -> Figure:
        """Hand the figure on, or refuse it with the bounds in the error's context."""
        if not self.holds(figure.value):
            context = {"value": figure.value, "low": self.low, "high": self.high, "unit": self.unit}
            raise PydanticCustomError("out-of-bounds", "outside its bounds", context)
        return figure

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """How pydantic applies the bounds: after the figure itself was read."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """The figure's schema with the bounds of its value."""
        inner = handler(schema)
        bounds = {"properties": {"value": {"minimum": self.low, "maximum": self.high}}}
        return cast("dict[str, Any]", {"allOf": [inner, bounds], "x-unit": self.unit})
