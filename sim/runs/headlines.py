"""Which measures a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["HEADLINES", "headlines"]

#: Series in the order in which a table shows them; those that a run did not record are left out.
HEADLINES: Final = (
    "retention_place/all",
    "retention_stays/all",
    "local_multiplier",
    "lm3",
    "jobs",
    "jobs_in_all",
    "unemployment",
    "below_living_wage",
    "equity_share/workers",
    "equity_share/community and council",
    "equity_share/outside owners",
    "income_gini",
    "contract_price",
    "service_bought",
    "policy_costs",
    "region_receipts",
)
#: Shown when a result has none of the above.
FIRST: Final = 10


def headlines(recorded: Sequence[str]) -> list[str]:
    """The headlines among recorded series; the first series without a key when there are none.

    Examples
    --------
    >>> headlines(["jobs", "local_multiplier", "output"])
    ['local_multiplier', 'jobs']
    >>> headlines(["output", "spend/council"])
    ['output']
    """
    chosen = [name for name in HEADLINES if name in recorded]
    return chosen or [name for name in recorded if "/" not in name][:FIRST]
