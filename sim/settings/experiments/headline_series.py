"""The series that a reader should see first, and that an experiment measures when it names none."""

from __future__ import annotations

from typing import Final

__all__ = ["HEADLINES"]

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
