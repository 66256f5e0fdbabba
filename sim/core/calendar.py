"""Months: dates, month indexes, ramps and what a yearly share is in a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self, overload

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month.

    Parameters
    ----------
    year : int
        Year, 1 to 9999.
    month : int
        Month of the year, 1 to 12.

    Raises
    ------
    ValueError
        If there is no such month.

    Examples
    --------
    >>> start = Month.parse("2013-11")
    >>> str(start + 3), Month(2014, 2) - start, Month(2014, 2).index(start), start.at(1) == start
    ('2014-02', 3, 4, True)
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= MONTHS_OF_A_YEAR or not 1 <= self.year <= 9999:
            raise ValueError(f"there is no month {self.month} of the year {self.year}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """A month from ``YYYY-MM``; ValueError for anything else."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if found is None:
            raise ValueError(f"{text!r} is no month; write it as 2013-04")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __add__(self, months: int) -> Month:
        years, month = divmod(self._count + months, MONTHS_OF_A_YEAR)
        return Month(years, month + 1)

    @overload
    def __sub__(self, other: int) -> Month: ...
    @overload
    def __sub__(self, other: Month) -> int: ...
    def __sub__(self, other: Month | int) -> Month | int:
        """The month so many months earlier, or how many months lie between two."""
        return self._count - other._count if isinstance(other, Month) else self + -other

    @property
    def _count(self) -> int:
        return self.year * MONTHS_OF_A_YEAR + self.month - 1

    def index(self, start: Month) -> int:
        """Month index when `start` is month 1: nought and below before it."""
        return self - start + 1

    def at(self, index: int) -> Month:
        """The month with this index when this one is month 1."""
        return self + (index - 1)


@dataclass(frozen=True, slots=True)
class Ramp:
    """How strongly something is in force, month by month.

    Parameters
    ----------
    start : int
        First month in force, as a month index; month 1 is the first of the scenario.
    ramp_months : int
        Months until full strength: the first has 1 / ramp_months, and so on in equal steps. Nought or 1 is full at once.
    end : int or None
        Last month in force; None for never ending.

    Examples
    --------
    >>> [Ramp(3, 4, 7).strength(month) for month in range(2, 9)]
    [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 0.0]
    """

    start: int
    ramp_months: int = 0
    end: int | None = None

    def __post_init__(self) -> None:
        if self.ramp_months < 0:
            raise ValueError(f"a ramp has nought months or more, not {self.ramp_months}")
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a ramp that starts in month {self.start} can't end in month {self.end}")

    def strength(self, month: int) -> float:
        """Strength in a month, 0 to 1."""
        if month < self.start or (self.end is not None and month > self.end):
            return 0.0
        return min(1.0, (month - self.start + 1) / max(self.ramp_months, 1))


def monthly_chance(yearly: float) -> float:
    """The chance in a month that gives a chance of `yearly` in twelve.

    Examples
    --------
    >>> round(1 - (1 - monthly_chance(0.3)) ** 12, 12)
    0.3
    """
    if not 0.0 <= yearly <= 1.0:
        raise ValueError(f"a chance is from 0 to 1, not {yearly}")
    return float(1.0 - (1.0 - yearly) ** (1.0 / MONTHS_OF_A_YEAR))
