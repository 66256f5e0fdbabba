"""Pay offered to those who take a new job: more where few look for work, less where many do."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.town import Town

#: Unemployment is taken to be this high at least, so that a town without it does not offer pay without limit.
LEAST_UNEMPLOYMENT: Final = 0.005


def offered_pay(unemployment: float, usual: float, response: float) -> float:
    """Pay offered against the usual: (unemployment / usual unemployment) to the power of minus the response.

    The wage curve (Blanchflower and Oswald, *Economic Journal* 104, 1994: for Britain a response of about 0.1).

    Examples
    --------
    >>> offered_pay(0.08, 0.08, 0.1), round(offered_pay(0.04, 0.08, 0.1), 3), offered_pay(0.04, 0.08, 0.0)
    (1.0, 1.072, 1.0)
    """
    return float((max(unemployment, LEAST_UNEMPLOYMENT) / max(usual, LEAST_UNEMPLOYMENT)) ** -response)


def offers_this_month(town: Town) -> float:
    """Pay that employers of the place offer against the usual, by the unemployment that last month left and that of the place file."""
    response = town.rules.parameters["work.wage_response"]
    if response == 0.0:
        return 1.0
    residents, labour = town.residents, town.place.labour
    seeking = int(np.count_nonzero((residents["status"] == UNEMPLOYED) & (residents["months_without_work"] > 0)))
    force = int(np.count_nonzero((residents["status"] == UNEMPLOYED) | (residents["status"] == EMPLOYED)))
    active = 1.0 - float(labour.inactivity_rate)
    return offered_pay(seeking / max(force, 1), (active - float(labour.employment_rate)) / active, response)
