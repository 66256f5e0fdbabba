"""Sums that are added up: all of them together must stay countable to the penny."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from sim.errors import InputError, Problem

__all__ = ["MOST_TOGETHER", "refuse_too_much"]

MOST_TOGETHER: Final = 9 * 10**15
"""Pence, ninety trillion pounds: far beyond what any body spends; up to here every sum is exact, kept in 64 bits or as a float."""


def refuse_too_much(sums: Iterable[tuple[pd.Series, pd.Series]], remedy: str) -> None:
    """Refuse sums that no total could hold: beyond 64 bits it would come out wrong, below nought even, in silence.

    Parameters
    ----------
    sums : iterable of tuple of pandas.Series
        The files of rows, and their sums in pence, missing where there is none.
    remedy : str
        What to do.

    Raises
    ------
    sim.errors.InputError
        Naming the file with the largest part, when sums above and below nought come to more than :data:`MOST_TOGETHER` together.

    Examples
    --------
    >>> refuse_too_much([(pd.Series(["a.csv", "a.csv"]), pd.Series([10**14, -(10**14)]))], "split the file")
    """
    sizes = [pd.Series(np.abs(pence.to_numpy(np.float64, na_value=0.0)), index=file) for file, pence in sums]
    whole = sum(float(size.sum()) for size in sizes)
    if whole <= MOST_TOGETHER:
        return
    by_file = pd.concat(sizes).groupby(level=0).sum()
    given = f"{by_file.max() / 100:,.2f} in this file, {whole / 100:,.2f} in all"
    allowed = f"at most {MOST_TOGETHER // 100:,} in all files together, whatever their signs and currencies"
    message = "the sums come to more than can be added up to the penny"
    raise InputError([Problem(str(by_file.idxmax()), None, "", given, allowed, None, remedy, message, "too-large")])
