"""How many months some payments cover, so that their sum can be told as a year's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

__all__ = ["Period", "period_of"]

#: A calendar month counts when it holds at least this part of the lines of the middle month: stray dates make no month.
LEAST_PART: Final = 0.1


@dataclass(frozen=True, slots=True)
class Period:
    """Months that payments cover.

    Attributes
    ----------
    months : int
        Calendar months that count.
    first, last : str
        The first and the last of them as YYYY-MM; empty when they were given by hand.
    stray : int
        Payments dated outside those months, or without a date; their money counts all the same.
    """

    months: int
    first: str
    last: str
    stray: int

    @property
    def factor(self) -> float:
        """What a sum over the period is multiplied by to be that of a year."""
        return 12.0 / self.months


def period_of(dates: pd.Series) -> Period | None:
    """The period of some payments; None when no date is known.

    Every calendar month with at least a tenth of the lines of the middle month counts as a whole month. A month that the files hold
    only in part counts as whole too, so the year is then told too low; who knows better gives the number of months.

    Parameters
    ----------
    dates : Series of datetime64
        Day of each payment; NaT where it is not known.

    Examples
    --------
    >>> days = pd.to_datetime(pd.Series(["2019-08-01"] * 30 + ["2019-09-02"] * 20 + ["2011-01-01"]))
    >>> period_of(days)
    Period(months=2, first='2019-08', last='2019-09', stray=1)
    """
    lines = dates.dropna().dt.to_period("M").value_counts().sort_index()
    if not len(lines):
        return None
    # The middle month of the lines, not of the calendar: one that half of all lines lie in or before.
    by_size = np.sort(lines.to_numpy())
    middle = by_size[np.searchsorted(np.cumsum(by_size), by_size.sum() / 2.0)]
    counted = lines[lines >= LEAST_PART * middle]
    return Period(len(counted), str(counted.index[0]), str(counted.index[-1]), int(len(dates) - counted.sum()))
