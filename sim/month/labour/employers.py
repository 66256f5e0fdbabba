"""Employers: anchors, firms and employers outside as one list, with the jobs each wants and has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town
from sim.month.contracts.leaving import kept_part

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Employers:
    """Anchors, firms and, last, the neighbouring region, as one list of employers (employers,)."""

    account: NDArray[np.int32]
    pay: Floats
    desired: Floats
    workers: Integers
    commuters: Integers
    living_wage: Floats
    position: NDArray[np.int32]
    """Place in this list of the employer with an account (accounts,), -1 for others."""


def wanted_jobs(demand: Floats, capacity: Floats, jobs_per_output: Floats) -> Floats:
    """Jobs that usual demand needs, within capacity, never below one (firms,).

    Examples
    --------
    >>> wanted_jobs(np.array([300.0, 10.0]), np.array([200.0, 50.0]), np.array([0.05, 0.05])).tolist()
    [10.0, 1.0]
    """
    result: Floats = np.maximum(np.minimum(demand, capacity) * jobs_per_output, 1.0)
    return result


def list_employers(town: Town) -> Employers:
    """All employers with what they want and have."""
    anchors, firms, structure = town.anchors, town.firms, town.structure
    account = np.concatenate([anchors["account"], firms["account"], [REGION_ACCOUNT]]).astype(np.int32)
    position = np.full(len(town.ledger), -1, np.int32)
    position[account] = np.arange(len(account))
    firm_jobs = wanted_jobs(firms["usual_demand"], firms["capacity"], structure.jobs_per_output[firms["sector"]])
    outside = np.count_nonzero((town.residents["employer"] == REGION_ACCOUNT) & (town.residents["status"] == EMPLOYED))
    return Employers(
        account=account,
        pay=np.concatenate(
            [structure.sector_pay[anchors["sector"]] * anchors["pay_level"], structure.sector_pay[firms["sector"]], [structure.outside_pay]]
        ),
        desired=np.concatenate([anchors["jobs"] * posts_factor(town) * kept_part(town), firm_jobs, [float(structure.outside_jobs)]]),
        workers=np.concatenate([anchors["workers"], firms["workers"], [outside]]).astype(np.int64),
        commuters=np.concatenate([anchors["commuters"], firms["commuters"], [0]]).astype(np.int64),
        living_wage=np.concatenate([anchors["living_wage"], firms["living_wage"], [0.0]]),
        position=position,
    )


def posts_factor(town: Town) -> Floats:
    """Posts an anchor keeps against its opening (anchors,): its share of a budget gap, never more than it had.

    A gap of a fiftieth of the usual budget is borne by reserves, so that posts do not follow every month's luck.
    """
    anchors, parameters = town.anchors, town.rules.parameters
    kept = kept_part(town)
    usual = (anchors["contract_budget"] + anchors["payroll_budget"]) * kept
    reserves = anchors["reserves"] - anchors["reserve_target"]
    gap = anchors["usual_income"] + reserves / parameters["procurement.budget_smoothing"] - usual
    posts = parameters["procurement.cut_to_posts"] * np.minimum(gap + 0.02 * usual, 0.0)
    result: Floats = np.clip(1.0 + posts / np.maximum(anchors["payroll_budget"] * kept, 1), 0.2, 1.0)
    return result


def write_counts(town: Town, workers: Integers, commuters: Integers) -> None:
    """Write employers' head counts back to the columns of anchors and firms."""
    anchors = len(town.anchors)
    town.anchors["workers"][:] = workers[:anchors]
    town.anchors["commuters"][:] = commuters[:anchors]
    town.firms["workers"][:] = workers[anchors:-1]
    town.firms["commuters"][:] = commuters[anchors:-1]


def employer_draws(town: Town, name: str) -> Floats:
    """One draw for each employer, by its own slot; the region has its own."""
    streams, month = town.streams, town.month
    anchors = streams.uniform(f"{name} anchors", month, town.anchors.slots)
    firms = streams.uniform(f"{name} firms", month, town.firms.slots)
    return np.concatenate([anchors, firms, [0.5]])
