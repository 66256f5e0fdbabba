"""Work: employers hire and lay off toward what demand needs; everyone is paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT
from sim.kinds.firms import Branch
from sim.kinds.residents import EMPLOYED, UNEMPLOYED, WEEKS_A_MONTH
from sim.kinds.town import Town
from sim.month.jobs import end_jobs
from sim.month.sharing import fill_rate, means
from sim.month.taxes import pay_taxes, tax_on_pay
from sim.month.vote import hours_vote

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
    living_wage: NDArray[np.bool_]
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


def lowest_in_each_group(group: NDArray[np.integer], draws: Floats, number: Integers) -> NDArray[np.bool_]:
    """Marks, in each group, the `number[group]` members with the lowest draws (n,).

    Examples
    --------
    >>> lowest_in_each_group(np.array([0, 0, 1]), np.array([0.5, 0.2, 0.9]), np.array([1, 1])).tolist()
    [False, True, True]
    """
    ranked = np.lexsort((draws, group))
    first = np.searchsorted(group[ranked], group[ranked], side="left")
    marked = np.zeros(len(group), bool)
    marked[ranked] = (np.arange(len(group)) - first) < number[group[ranked]]
    return marked


def phase(town: Town) -> None:
    """Leave, lay off, hire, pay."""
    set_wage_floors(town)
    if not town.frozen:
        employers = list_employers(town)
        town.residents["months_without_work"] += town.residents["status"] == UNEMPLOYED
        _leave_jobs(town, employers)
        _lay_off(town, list_employers(town))
        _hire(town, list_employers(town))
    _pay(town, list_employers(town))


def set_wage_floors(town: Town) -> None:
    """Who pays the living wage: anchors by rule, firms while they hold a contract that requires it."""
    town.anchors["living_wage"][:] = town.rules.living_wage
    contracts, firms = town.contracts, town.firms
    rows = town.firm_row[contracts["supplier"]]
    bound = (rows >= 0) & contracts["living_wage"]
    firms["living_wage"][:] = firms["founded_by_policy"] & (firms["kind"] != Branch.code)
    firms["living_wage"][rows[bound]] = True


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
        pay=np.concatenate([structure.sector_pay[anchors["sector"]], structure.sector_pay[firms["sector"]], [structure.outside_pay]]),
        desired=np.concatenate([anchors["jobs"] * posts_factor(town), firm_jobs, [float(structure.outside_jobs)]]),
        workers=np.concatenate([anchors["workers"], firms["workers"], [outside]]).astype(np.int64),
        commuters=np.concatenate([anchors["commuters"], firms["commuters"], [0]]).astype(np.int64),
        living_wage=np.concatenate([anchors["living_wage"], firms["living_wage"], [False]]),
        position=position,
    )


def posts_factor(town: Town) -> Floats:
    """Posts an anchor keeps against its opening (anchors,): its share of a budget gap, never more than it had.

    A gap of a fiftieth of the usual budget is borne by reserves, so that posts do not follow every month's luck.
    """
    anchors, parameters = town.anchors, town.rules.parameters
    usual = anchors["contract_budget"] + anchors["payroll_budget"]
    reserves = anchors["reserves"] - anchors["reserve_target"]
    gap = anchors["usual_income"] + reserves / parameters["procurement.budget_smoothing"] - usual
    posts = parameters["procurement.cut_to_posts"] * np.minimum(gap + 0.02 * usual, 0.0)
    result: Floats = np.clip(1.0 + posts / np.maximum(anchors["payroll_budget"], 1), 0.2, 1.0)
    return result


def _write_counts(town: Town, workers: Integers, commuters: Integers) -> None:
    """Write employers' head counts back to the columns of anchors and firms."""
    anchors = len(town.anchors)
    town.anchors["workers"][:] = workers[:anchors]
    town.anchors["commuters"][:] = commuters[:anchors]
    town.firms["workers"][:] = workers[anchors:-1]
    town.firms["commuters"][:] = commuters[anchors:-1]


def _employer_draws(town: Town, name: str) -> Floats:
    """One draw for each employer, by its own slot; the region has its own."""
    streams, month = town.streams, town.month
    anchors = streams.uniform(f"{name} anchors", month, town.anchors.slots)
    firms = streams.uniform(f"{name} firms", month, town.firms.slots)
    return np.concatenate([anchors, firms, [0.5]])


def _leave_jobs(town: Town, employers: Employers) -> None:
    """Workers leave of their own will at the separation rate; commuters in proportion."""
    residents, rate = town.residents, town.rules.parameters["work.separation_rate"]
    draws = town.streams.uniform("leave job", town.month, residents.slots)
    leaving = np.flatnonzero((residents["status"] == EMPLOYED) & (draws < rate))
    lost = np.bincount(employers.position[residents["employer"][leaving]], minlength=len(employers.account))
    end_jobs(residents, leaving)
    gone = np.floor(employers.commuters * rate + _employer_draws(town, "commuters leave")).astype(np.int64)
    _write_counts(town, employers.workers - lost, employers.commuters - np.minimum(gone, employers.commuters))
    town.notes.separations += len(leaving)


def _lay_off(town: Town, employers: Employers) -> None:
    """Employers with more staff than they need let some go; where members would rather share the work, hours are cut first."""
    parameters, residents = town.rules.parameters, town.residents
    jobs = employers.workers + employers.commuters
    least = np.ones(len(jobs))
    least[len(town.anchors) : -1] = hours_vote(town, employers.pay[len(town.anchors) : -1])
    number = people_to_lay_off(jobs, employers.desired, parameters["work.layoff_tolerance"], least)
    number[-1] = 0
    _cut_hours(town, employers, jobs, least)
    if not number.any():
        return
    from_commuters = np.minimum(
        np.floor(number * employers.commuters / np.maximum(jobs, 1) + _employer_draws(town, "commuters laid off")), employers.commuters
    ).astype(np.int64)
    from_workers = np.minimum(number - from_commuters, employers.workers)
    employed = np.flatnonzero(residents["status"] == EMPLOYED)
    position = employers.position[residents["employer"][employed]]
    concerned = from_workers[position] > 0
    employed, position = employed[concerned], position[concerned]
    draws = town.streams.uniform("laid off", town.month, residents.slots)[employed]
    end_jobs(residents, employed[lowest_in_each_group(position, draws, from_workers)])
    _write_counts(town, employers.workers - from_workers, employers.commuters - from_commuters)
    town.notes.layoffs += int(from_workers.sum())


def _cut_hours(town: Town, employers: Employers, jobs: Integers, least: Floats) -> None:
    """Hours follow need down to the least hours that members voted for; elsewhere hours are as usual."""
    factor = np.clip(employers.desired / np.maximum(jobs, 1), least, 1.0)
    town.firms["hours_factor"][:] = factor[len(town.anchors) : -1]


def _hire(town: Town, employers: Employers) -> None:
    """Vacancies go to people from next door in their share and to job seekers of the place in the order drawn."""
    residents, structure = town.residents, town.structure
    vacancies = np.maximum(np.floor(employers.desired - employers.workers - employers.commuters + 0.5), 0.0)
    share = np.full(len(vacancies), structure.commuter_share)
    share[-1] = 0.0
    to_commuters = np.floor(vacancies * share + _employer_draws(town, "hire commuters")).astype(np.int64)
    to_commuters = np.minimum(to_commuters, vacancies.astype(np.int64))
    open_posts = vacancies.astype(np.int64) - to_commuters
    # Firms founded by policy hire last, so that their coming leaves the other matches as they were.
    last = np.concatenate([np.zeros(len(town.anchors)), town.firms["founded_by_policy"], [0.0]])
    order = np.argsort(_employer_draws(town, "hire order") + last, kind="stable")
    posts = np.repeat(order, open_posts[order])
    seeking = np.flatnonzero(residents["status"] == UNEMPLOYED)
    draws = town.streams.uniform("job search", town.month, residents.slots, width=2)[seeking]
    found = draws[:, 0] < town.rules.parameters["work.search_success"]
    seeking, draws = seeking[found], draws[found]
    hired = seeking[np.argsort(draws[:, 1], kind="stable")][: len(posts)]
    posts = posts[: len(hired)]
    residents["status"][hired] = EMPLOYED
    residents["employer"][hired] = employers.account[posts]
    pay = employers.pay[posts] * residents["talent"][hired] * residents["hours"][hired] / structure.mean_hours
    residents["wage"][hired] = np.rint(pay).astype(np.int64)
    residents["months_without_work"][hired] = 0
    taken = np.bincount(posts, minlength=len(vacancies))
    _write_counts(town, employers.workers + taken, employers.commuters + to_commuters)
    town.notes.hires += len(hired)
    town.notes.vacancies += int(open_posts.sum()) - len(hired)


def wage_floor(hours: Floats, living_wage: NDArray[np.bool_], legal_minimum: float, real_living_wage: float) -> Integers:
    """Least gross pay a month: hours times the legal minimum, or the real living wage where the employer pays it.

    Examples
    --------
    >>> wage_floor(np.array([30.0, 30.0]), np.array([False, True]), 619.0, 745.0).tolist()
    [80470, 96850]
    """
    hourly = np.where(living_wage, real_living_wage, legal_minimum)
    result: Integers = np.ceil(hours * WEEKS_A_MONTH * hourly - 1e-9).astype(np.int64)
    return result


def _pay(town: Town, employers: Employers) -> None:
    """Pay everyone within the employer's means; tax and contributions go to the government."""
    residents, structure, ledger, parameters = town.residents, town.structure, town.ledger, town.rules.parameters
    rows = np.flatnonzero(residents["status"] == EMPLOYED)
    position = employers.position[residents["employer"][rows]]
    floor = wage_floor(residents["hours"][rows], employers.living_wage[position], structure.legal_minimum, structure.living_wage)
    wage = np.maximum(residents["wage"][rows], floor)
    residents["wage"][rows] = wage
    hours = _hours(town)
    gross = np.floor(wage * hours[position]).astype(np.int64)
    commuter_pay = _commuter_pay(town, employers, hours)
    rate = parameters["work.employer_contribution_rate"]
    due = (np.bincount(position, weights=gross, minlength=len(hours)) + commuter_pay) * (1.0 + rate)
    due[-1] = 0.0
    fill = fill_rate(due.astype(np.float64), means(ledger, employers.account))
    gross = np.floor(gross * fill[position]).astype(np.int64)
    commuter_pay = np.floor(commuter_pay * fill).astype(np.int64)
    tax = _tax(town, gross, wage)
    ledger.book("wages", employers.account[position], residents["account"][rows], gross - tax)
    ledger.book("wages", employers.account[:-1], REGION_ACCOUNT, commuter_pay[:-1])
    paid = np.bincount(position, weights=gross, minlength=len(hours)).astype(np.int64) + commuter_pay
    contributions = np.floor(paid * rate).astype(np.int64)
    contributions[-1] = 0
    withheld = np.bincount(position, weights=tax, minlength=len(hours)).astype(np.int64)
    ledger.book("work taxes", employers.account, GOVERNMENT_ACCOUNT, withheld + contributions)
    residents["gross"][rows] = gross
    residents["income"][rows] += gross - tax
    _note_payroll(town, paid + contributions, fill)
    town.notes.unpaid_wages += int(np.maximum(due[:-1] - (paid + contributions)[:-1], 0.0)[fill[:-1] < 1.0].sum())


def _hours(town: Town) -> Floats:
    """Paid hours against usual hours (employers,); in step with last month's output when behaviour is frozen."""
    firms = town.firms
    factor = firms["hours_factor"]
    if town.frozen:
        jobs = np.maximum(firms["workers"] + firms["commuters"], 1)
        factor = firms["last_output"] * town.structure.jobs_per_output[firms["sector"]] / jobs
    return np.concatenate([np.ones(len(town.anchors)), factor, [1.0]])


def _commuter_pay(town: Town, employers: Employers, hours: Floats) -> Integers:
    """Gross pay of people who live outside the place (employers,), pence."""
    uplift = np.where(employers.living_wage, 1.0 + town.rules.parameters["procurement.living_wage_uplift"], 1.0)
    result: Integers = np.floor(employers.commuters * employers.pay * uplift * hours).astype(np.int64)
    return result


def _tax(town: Town, gross: Integers, wage: Integers) -> Integers:
    """Tax on pay; at each resident's usual average rate when behaviour is frozen."""
    taxes = pay_taxes(town.rules.parameters, town.structure.minor_units)
    if not town.frozen:
        return tax_on_pay(gross, taxes)
    usual = tax_on_pay(wage, taxes) / np.maximum(wage, 1)
    result: Integers = np.floor(gross * usual).astype(np.int64)
    return result


def _note_payroll(town: Town, paid: Integers, fill: Floats) -> None:
    """Costs of firms and anchors, and how many months firms have not paid in full."""
    anchors, firms = town.anchors, town.firms
    anchors["payroll"][:] = paid[: len(anchors)]
    anchors["paid_share"][:] = fill[: len(anchors)]
    firms["costs"] += paid[len(anchors) : -1]
    firms["paid_share"][:] = fill[len(anchors) : -1]
    firms["distress"][:] = np.where(firms["paid_share"] < 0.999, np.minimum(firms["distress"] + 1, 100), 0)
