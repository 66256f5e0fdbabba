"""1,200 months of the invented town: books exact every month, nothing near the bounds of 64 bits, time and memory flat.

What is seen on the way is printed: ``python -m pytest -m long tests/scenario/test_hundred_years.py -rA``.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from time import process_time
from typing import Any

import numpy as np
import pytest
from support.places import shipped

from sim.economy import Economy
from sim.kinds.residents import EMPLOYED

MONTHS, LOOK = 1200, 120
SCENARIOS = ("anytown/business-as-usual", "anytown/full-package", "anytown/full-package-export-recession")
#: No account may hold more than this share of what 64 bits hold, nor may the sum of all deposits.
MOST = 2**63 // 1000


def bytes_held(town: Economy) -> int:
    """Bytes of tables and accounts."""
    tables = (town.residents, town.firms, town.anchors, town.funds, town.contracts, town.premises, town.dwellings)
    return sum(table.nbytes for table in tables) + town.ledger._balance.nbytes * 3


def look(town: Economy, seconds: float) -> dict[str, Any]:
    """A line about a town."""
    ledger = town.ledger
    return {
        "month": town.month,
        "firms": len(town.firms),
        "in work": int(np.count_nonzero(town.residents["status"] == EMPLOYED)),
        "pounds with residents": int(ledger.balance[town.residents["account"]].sum()) // 100,
        "pounds with firms": int(ledger.balance[town.firms["account"]].sum()) // 100,
        "largest account": int(np.abs(ledger.balance).max()),
        "accounts": len(ledger),
        "bytes": bytes_held(town),
        "ms a month": round(1000 * seconds, 1),
    }


@pytest.mark.long
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_hundred_years(name, record_property):
    town = Economy(replace(shipped(name), months=MONTHS), seed=1)
    seen = []
    while town.month < MONTHS:
        began = process_time()
        for _ in range(LOOK):
            town.step()  # the ledger checks each month's books with ==
            assert not town.ledger.flow_matrix().residual()
        gc.collect()
        seen.append(look(town, (process_time() - began) / LOOK))
        print(seen[-1])  # noqa: T201
    record_property("measured", f"{name}: {seen[0]} to {seen[-1]}")
    record = town.recorder.finish(town)
    assert record.accounts["total_money"] == 0 and record.accounts["largest_residual"] == 0
    assert int(town.ledger.balance.sum()) == 0
    assert max(found["largest account"] for found in seen) < MOST
    assert all(np.isfinite(record.measures[each]).all() for each in ("jobs", "retention_place/all", "median_pay"))
    # A town that has neither died nor outgrown itself: people are as many as ever, so firms and posts keep their order of size.
    for what in ("firms", "in work"):
        values = [found[what] for found in seen]
        assert 0.5 * values[0] < min(values) and max(values) < 2.0 * values[0], (what, values)
    # Accounts of firms that ended are never used again, so they add some; nothing else grows.
    assert seen[-1]["bytes"] < 1.5 * seen[0]["bytes"]
    assert seen[-1]["accounts"] < 3 * seen[0]["accounts"]
