"""The publishing body, where a title above the header names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.spend.files.layout import Record

__all__ = ["body_above"]

_KIND = re.compile(
    r"\b(?:council|trust|university|college|police|constabulary|authority|nhs|ccg|health board|integrated care board|commissioner|"
    r"fire and rescue service|fire service|combined authority)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\d|£|:|\b(?:spend\w*|payments?|paid|expenditure|report|invoices?|suppliers?|transparency|publication|data|total)\b", re.IGNORECASE
)


def body_above(above: Sequence[Record]) -> tuple[int, str] | None:
    """A title that is the name of a public body and nothing else.

    Parameters
    ----------
    above : sequence of Record
        Rows above the header.

    Returns
    -------
    int, str or None
        Its line and the name; None where no title is one.

    Examples
    --------
    >>> body_above([(1, ["Warwickshire County Council", ""]), (2, ["Monthly Expenditure over £500", ""])])
    (1, 'Warwickshire County Council')
    >>> body_above([(1, ["Council spending 2019"]), (2, ["Lambeth", "Council"])]) is None
    True
    """
    for line, cells in above:
        filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
        if len(filled) == 1 and len(filled[0]) <= 100 and _KIND.search(filled[0]) and not _NO_NAME.search(filled[0]):
            return line, filled[0]
    return None
