"""Differences that are a hint only: told from luck when taken alone, but not with the number of measures allowed for."""

from __future__ import annotations

from typing import Final

from sim.runs.statistics.differences import HIGHER, LOWER

__all__ = ["HINT_NOTE", "HINT_SIGN", "UNEVEN_SIGN", "is_hint"]

#: Signs behind a verdict and behind an interval that two methods span together, alike in terminal, tables and report.
HINT_SIGN: Final = "*"
UNEVEN_SIGN: Final = "†"
HINT_NOTE: Final = (
    "* A hint only: told from luck when taken alone, but not by the stricter test that allows for the number of measures (Holm 1979)."
)


def is_hint(decision: str, told_after_holm: bool) -> bool:
    """Whether a difference is a hint only.

    Parameters
    ----------
    decision : str
        What was decided of the difference alone.
    told_after_holm : bool
        Whether it passes Holm's test with all measures of the result.

    Examples
    --------
    >>> is_hint(HIGHER, False), is_hint(HIGHER, True), is_hint("identical", False)
    (True, False, False)
    """
    return decision in (HIGHER, LOWER) and not told_after_holm
