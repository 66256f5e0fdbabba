"""Which measures a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["HEADLINES", "headlines"]

#: Series in the order in which a table shows them; those that a run did not record are left out.
HEADLINES: Final = (
    "local_share",
    "local_multiplier",
)
#: Shown when a result has none of the above.
FIRST: Final = 10


def headlines(recorded: Sequence[str]) -> list[str]:
    """The headlines among recorded series; the first series without a key when there are none.

    Examples
    --------
    >>> headlines(["jobs", "local_multiplier", "local_share", "local_share/council"])
    ['local_share', 'local_multiplier']
    >>> headlines(["jobs", "spend/council"])
    ['jobs']
    """
    chosen = [name for name in HEADLINES if name in recorded]
    return chosen or [name for name in recorded if "/" not in name][:FIRST]
