"""Custom: what residents went to certain firms to buy this month, from their plans and habits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.categories import CATEGORIES
from sim.kinds.town import Town

Integers = NDArray[np.int64]


def spending_at(town: Town, account: NDArray[np.int32]) -> tuple[Integers, Integers, Integers]:
    """Row of the buyer, place of the firm in `account` and pence planned there, for each resident and category above nought.

    What a full firm passed on next door counts too: custom is who comes, not who was served.
    """
    residents, structure = town.residents, town.structure
    index = np.full(len(town.ledger), -1, np.int64)
    index[account] = np.arange(len(account))
    buyer, category = np.nonzero(index[residents["habits"]] >= 0)
    firm = index[residents["habits"][buyer, category]]
    amount, tenth = residents["spending"][buyer], residents["income_tenth"][buyer]
    amount = amount - np.floor(amount * structure.spending_tax[tenth]).astype(np.int64)
    # The same running totals as in shopping, so that the pence of all categories add up to what was spent.
    running = np.zeros((10, len(CATEGORIES) + 1))
    running[:, 1:] = np.cumsum(structure.spending_shares, axis=1)
    spent = np.rint(amount * running[tenth, category + 1]).astype(np.int64) - np.rint(amount * running[tenth, category]).astype(np.int64)
    some = spent > 0
    return buyer[some], firm[some], spent[some]
