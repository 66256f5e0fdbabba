"""The month's rules on events: what the alternative and shocks change: demand, prices, credit, who comes and goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass
class EventRules:
    """What the alternative and shocks change; every default leaves the month as it is without policies.

    What is given for each sector, category or anchor is None until a shock sets it.

    Attributes
    ----------
    energy_price : float, price of energy from outside the place against the usual
    export_fall : (sectors,) float64, share by which buyers outside buy less, the government apart
    spending_fall : (categories,) float64, share of residents' usual spending that stays in their pockets
    furlough_share : float, share of pay that the government pays to workers whom firms keep on without work
    furlough_most : int, pence a month that it pays for one worker at most
    credit_line : float, overdrafts that banks grant against the usual
    credit_loans : float, share of an investment that banks lend, against the usual
    anchor_kept : (anchors,) float64, part of an anchor's posts and contracts that is still here
    """

    energy_price: float = 1.0
    export_fall: Floats | None = None
    spending_fall: Floats | None = None
    furlough_share: float = 0.0
    furlough_most: int = 0
    credit_line: float = 1.0
    credit_loans: float = 1.0
    anchor_kept: Floats | None = None
