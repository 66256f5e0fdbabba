"""Staff who go from one employer to another with their work, at the pay they have."""

from __future__ import annotations

import numpy as np

from sim.core.columns import Table
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town

#: An employer: the table it is in, and its row.
Employer = tuple[Table, int]


def commuters_among(number: int, workers: int, commuters: int) -> int:
    """How many of a number who go are commuters: in their share, as whole people, within what there is of both.

    Examples
    --------
    >>> [commuters_among(*case) for case in [(4, 6, 2), (8, 6, 2), (1, 0, 3), (2, 5, 0)]]
    [1, 2, 1, 0]
    """
    share = int(number * commuters / max(workers + commuters, 1) + 0.5)
    return min(max(share, number - workers), commuters)


def move_staff(town: Town, giver: Employer, taker: Employer, number: int) -> int:
    """Move staff, workers of the place by their draws and commuters in their share; return how many went.

    Their pay goes with them, as the law asks when a service changes hands (Transfer of Undertakings Regulations 2006).
    """
    residents, (one, row), (other, place) = town.residents, giver, taker
    workers, commuters = int(one["workers"][row]), int(one["commuters"][row])
    number = min(number, workers + commuters)
    if number <= 0:
        return 0
    from_outside = commuters_among(number, workers, commuters)
    staff = np.flatnonzero((residents["employer"] == one["account"][row]) & (residents["status"] == EMPLOYED))
    draws = town.streams.uniform("moves with the work", town.month, residents.slots[staff])
    going = staff[np.argsort(draws, kind="stable")[: number - from_outside]]
    residents["employer"][going] = other["account"][place]
    for column, people in (("workers", len(going)), ("commuters", from_outside)):
        one[column][row] -= people
        other[column][place] += people
    return len(going) + from_outside
