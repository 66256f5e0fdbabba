"""What residents shop for: ten categories, each served by one or more of the eighteen sectors."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Category: the sectors (indices) that serve it. Goods are bought through shops: the shop earns its margin, the maker the rest,
#: as national accounts show it. Real estate is absent: rents are paid to landlords.
CATEGORIES: Final = (
    ("goods", (0, 1, 2, 3)),
    ("energy and water", (4,)),
    ("shops", (6,)),
    ("travel", (7,)),
    ("eating out and stays", (8,)),
    ("phone, media and software", (9,)),
    ("banking and insurance", (10,)),
    ("home, legal and other services", (5, 11, 12, 13, 14)),
    ("schooling, health and care", (15, 16)),
    ("culture and personal services", (17,)),
)


def category_matrix() -> NDArray[np.float64]:
    """Membership of sectors in categories (18, 10), ones and noughts."""
    matrix = np.zeros((18, len(CATEGORIES)))
    for column, (_, sectors) in enumerate(CATEGORIES):
        matrix[list(sectors), column] = 1.0
    return matrix
