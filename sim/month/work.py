"""Work: employers hire and lay off toward what demand needs; everyone is paid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.residents import EMPLOYED, UNEMPLOYED
from sim.kinds.town import Town
from sim.month.arithmetic.choosing import lowest_in_each_group
from sim.month.firms.stakes import settle_stakes
from sim.month.labour.employers import Employers, employer_draws, list_employers, write_counts
from sim.month.labour.furlough import Furlough, keep_on, nobody
from sim.month.labour.hiring import hire
from sim.month.labour.jobs import end_jobs
from sim.month.labour.pay import pay, set_wage_floors
from sim.month.labour.vote import hours_vote

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def people_to_lay_off(jobs: Integers, desired: Floats, tolerance: float, minimum_hours: Floats) -> Integers:
    """How many jobs each employer ends: those above need once the tolerance is passed (employers,).

    Where hours may be cut first, need is what remains at the least hours (`minimum_hours` below 1).

    Examples
    --------
    >>> people_to_lay_off(np.array([10, 10, 10]), np.array([9.6, 7.0, 8.5]), 0.08, np.array([1.0, 1.0, 0.8])).tolist()
    [0, 3, 0]
    """
    need = desired / minimum_hours
    over = jobs > need * (1.0 + tolerance) + 0.5
    excess = np.floor(jobs - need + 1e-9)
    result: Integers = np.where(over, np.maximum(excess, 0), 0).astype(np.int64)
    return result


def phase(town: Town) -> None:
    """Leave, lay off, hire, pay."""
    set_wage_floors(town)
    if not town.frozen:
        employers = list_employers(town)
        town.residents["months_without_work"] += town.residents["status"] == UNEMPLOYED
        _leave_jobs(town, employers)
        furlough = _lay_off(town, list_employers(town))
        hire(town, list_employers(town))
    employers = list_employers(town)
    pay(town, employers, nobody(employers) if town.frozen else furlough)
    settle_stakes(town)


def _leave_jobs(town: Town, employers: Employers) -> None:
    """Workers leave of their own will at the separation rate; commuters in proportion."""
    residents, rate = town.residents, town.rules.parameters["work.separation_rate"]
    drawn, _ = town.streams.uniform_below("leave job", town.month, residents.slots, rate)
    leaving = drawn[residents["status"][drawn] == EMPLOYED]
    lost = np.bincount(employers.position[residents["employer"][leaving]], minlength=len(employers.account))
    end_jobs(residents, leaving)
    gone = np.floor(employers.commuters * rate + employer_draws(town, "commuters leave")).astype(np.int64)
    write_counts(town, employers.workers - lost, employers.commuters - np.minimum(gone, employers.commuters))


def _lay_off(town: Town, employers: Employers) -> Furlough:
    """Employers with more staff than they need let some go; where members would rather share the work, hours are cut first."""
    parameters, residents = town.rules.parameters, town.residents
    jobs = employers.workers + employers.commuters
    least = np.ones(len(jobs))
    least[len(town.anchors) : -1] = hours_vote(town, employers.pay[len(town.anchors) : -1])
    number = people_to_lay_off(jobs, employers.desired, parameters["work.layoff_tolerance"], least)
    number[-1] = 0
    _cut_hours(town, employers, jobs, least)
    if not number.any():
        return nobody(employers)
    employed = np.flatnonzero(residents["status"] == EMPLOYED)
    number, furlough = keep_on(town, employers, number, employed)
    from_commuters = np.minimum(
        np.floor(number * employers.commuters / np.maximum(jobs, 1) + employer_draws(town, "commuters laid off")), employers.commuters
    ).astype(np.int64)
    from_workers = np.minimum(number - from_commuters, employers.workers)
    position = employers.position[residents["employer"][employed]]
    concerned = from_workers[position] > 0
    employed, position = employed[concerned], position[concerned]
    draws = town.streams.uniform("laid off", town.month, residents.slots[employed])
    end_jobs(residents, employed[lowest_in_each_group(position, draws, from_workers)])
    write_counts(town, employers.workers - from_workers, employers.commuters - from_commuters)
    return furlough


def _cut_hours(town: Town, employers: Employers, jobs: Integers, least: Floats) -> None:
    """Hours follow need down to the least hours that members voted for; elsewhere hours are as usual."""
    factor = np.clip(employers.desired / np.maximum(jobs, 1), least, 1.0)
    town.firms["hours_factor"][:] = factor[len(town.anchors) : -1]
