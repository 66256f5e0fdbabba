"""The books of random towns under random policies, shocks and parameters: every month, every account, with ``==``.

A few examples always; 1,000 with ``pytest tests/property --hypothesis-profile=thousand``.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from support.books import Auditor
from support.random_scenarios import Drawn, runs

from sim.economy import Economy

#: Money that never leaves has no half-life and endless hands; a ratio to people who have nothing, or who spend nothing, has no bound.
MAY_BE_INFINITE = frozenset(
    {"half_life", "hands_before_leaving", "local_multiplier", "months_of_cover", "path_length", "income_palma", "wealth_palma"}
)


@given(drawn=runs())
def test_books_close_whatever_happens(drawn: Drawn) -> None:
    audit = Auditor(Economy(drawn.scenario, seed=drawn.seed))
    for _ in range(drawn.scenario.months):
        audit.step()
    record = audit.economy.recorder.finish(audit.economy)
    assert record.accounts["total_money"] == 0 and record.accounts["largest_residual"] == 0
    for name, values in record.measures.items():
        assert not np.isnan(values).any(), f"{name} is no number"
        assert name in MAY_BE_INFINITE or np.isfinite(values).all(), f"{name} is infinite"
