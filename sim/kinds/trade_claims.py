"""What anchors owe each supplier: a claim of the firm that holds a contract, or of firms outside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.town import Town

Integers = NDArray[np.int64]


def owed_to_accounts(town: Town) -> Integers:
    """Pence invoiced to anchors and not yet paid, by account (accounts,)."""
    contracts = town.contracts
    result = np.zeros(len(town.ledger), np.int64)
    np.add.at(result, contracts["supplier"], contracts["owing"])
    return result
