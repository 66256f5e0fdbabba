"""Words for warnings about rows."""

from __future__ import annotations

import numpy as np

__all__ = ["lines_text", "rows_that"]


def rows_that(number: int, one: str, many: str, noun: str = "row") -> str:
    """So many rows and their verb, in the singular or the plural.

    Examples
    --------
    >>> rows_that(1, "has", "have"), rows_that(2000, "was", "were", "payment")
    ('1 row has', '2,000 payments were')
    """
    return f"{number:,} {noun} {one}" if number == 1 else f"{number:,} {noun}s {many}"


def lines_text(lines: np.ndarray | list[int], most: int = 8) -> str:
    """Line numbers in words, cut when there are many.

    Examples
    --------
    >>> lines_text([4]), lines_text([4, 7, 9]), lines_text(range(3, 20), most=2)
    ('line 4', 'lines 4, 7, 9', 'lines 3, 4 and 15 more')
    """
    shown = ", ".join(str(int(line)) for line in lines[:most])
    more = len(lines) - most
    return f"line{'s' if len(lines) > 1 else ''} {shown}" + (f" and {more:,} more" if more > 0 else "")
