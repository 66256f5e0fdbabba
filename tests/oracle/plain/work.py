"""Work: people leave, are laid off, are hired, and everybody is paid."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from oracle.plain.objects import Anchor, Firm, Person
from oracle.plain.payday import pay_all
from oracle.plain.pennies import clipped
from oracle.plain.stakes import settle
from oracle.plain.town import PlainTown

from sim.core.channels import REGION_ACCOUNT
from sim.kinds.firms import Branch, Cooperative
from sim.kinds.forms import CONSUMER
from sim.kinds.residents import EMPLOYED, UNEMPLOYED


@dataclass(eq=False)
class Outside:
    """Employers next door, as one: residents who work outside the place."""

    account: int = REGION_ACCOUNT
    workers: int = 0
    commuters: int = 0
    living_wage: float = 0.0


@dataclass(eq=False)
class Employer:
    """Somebody who employs: what a job pays, how many jobs are wanted, who works there."""

    body: Anchor | Firm | Outside
    pay: float
    desired: float
    hours: float = 1.0
    people: list[Person] = field(default_factory=list)

    @property
    def jobs(self) -> int:
        """Everybody who works here now."""
        return self.body.workers + self.body.commuters

    @property
    def members_vote(self) -> bool:
        """Whether those who work here decide on hours."""
        return isinstance(self.body, Firm) and self.body.kind == Cooperative.code and self.body.form != CONSUMER


def phase(town: PlainTown) -> None:
    """Leave, lay off, hire, pay."""
    _set_wage_floors(town)
    employers = employers_of(town)
    if not town.frozen:
        for person in town.people:
            person.months_without_work += person.status == UNEMPLOYED
        _leave(town, employers)
        _lay_off(town, employers)
        _hire(town, employers)
    pay_all(town, employers)
    settle(town)


def _set_wage_floors(town: PlainTown) -> None:
    """Anchors by rule; firms founded by policy, and firms that hold a contract with the condition."""
    for anchor, rules in zip(town.anchors, town.rules.anchors, strict=True):
        anchor.living_wage = rules.living_wage
    for firm in town.firms:
        firm.living_wage = 1.0 if firm.accredited or (firm.founded_by_policy and firm.kind != Branch.code) else 0.0
    for contract in town.contracts:
        if contract.supplier in town.firm_at:
            holder = town.firm_at[contract.supplier]
            holder.living_wage = max(holder.living_wage, contract.living_wage)


def employers_of(town: PlainTown) -> list[Employer]:
    """Anchors, firms, and last the employers outside."""
    structure = town.structure
    found = [
        Employer(anchor, structure.sector_pay[anchor.sector] * anchor.pay_level, anchor.jobs * _posts_kept(town, anchor))
        for anchor in town.anchors
    ]
    for firm in town.firms:
        # Jobs for usual demand, no more than capacity can use, one at least.
        desired = max(min(firm.usual_demand, firm.capacity) * structure.jobs_per_output[firm.sector], 1.0)
        found.append(Employer(firm, structure.sector_pay[firm.sector], desired))
    outside = Outside()
    found.append(Employer(outside, structure.outside_pay, float(structure.outside_jobs)))
    by_account = {employer.body.account: employer for employer in found}
    for person in town.people:
        if person.status == EMPLOYED:
            by_account[person.employer].people.append(person)
    outside.workers = len(found[-1].people)
    return found


def _posts_kept(town: PlainTown, anchor: Anchor) -> float:
    """Posts carry their share of a gap in the budget beyond 2%, and never grow above the opening's."""
    usual = anchor.contract_budget + anchor.payroll_budget
    reserves = (anchor.reserves - anchor.reserve_target) / town.parameter("procurement.budget_smoothing")
    gap = anchor.usual_income + reserves - usual
    posts = town.parameter("procurement.cut_to_posts") * min(gap + 0.02 * usual, 0.0)
    return clipped(1.0 + posts / max(anchor.payroll_budget, 1), 0.2, 1.0)


def _draw(town: PlainTown, name: str) -> list[float]:
    """One draw for each employer; employers outside have a fixed place in the middle."""
    return [*town.draw(f"{name} anchors", town.anchors), *town.draw(f"{name} firms", town.firms), 0.5]


def _end_job(person: Person) -> None:
    person.status, person.employer, person.wage, person.months_without_work = UNEMPLOYED, -1, 0, 0


def _leave(town: PlainTown, employers: list[Employer]) -> None:
    """Some leave of their own will; as many commuters in proportion."""
    rate = town.parameter("work.separation_rate")
    luck = {id(person): draw for person, draw in zip(town.people, town.draw("leave job", town.people), strict=True)}
    for employer, draw in zip(employers, _draw(town, "commuters leave"), strict=True):
        body = employer.body
        leavers = [person for person in employer.people if luck[id(person)] < rate]
        for person in leavers:
            _end_job(person)
        employer.people = [person for person in employer.people if person.status == EMPLOYED]
        body.workers -= len(leavers)
        body.commuters -= min(math.floor(body.commuters * rate + draw), body.commuters)


def _lay_off(town: PlainTown, employers: list[Employer]) -> None:
    """Who has more staff than needed lets go those with the lowest draws; where members vote for it, hours are shortened first."""
    luck = {id(person): draw for person, draw in zip(town.people, town.draw("laid off", town.people), strict=True)}
    for employer, draw in zip(employers, _draw(town, "commuters laid off"), strict=True):
        body = employer.body
        least = _least_hours(town, employer) if employer.members_vote else 1.0
        if isinstance(body, Firm):
            body.hours_factor = clipped(employer.desired / max(employer.jobs, 1), least, 1.0)
        number = 0 if isinstance(body, Outside) else _too_many(town, employer, least)
        commuters = min(math.floor(number * body.commuters / max(employer.jobs, 1) + draw), body.commuters) if number else 0
        workers = min(number - commuters, body.workers)
        for person in sorted(employer.people, key=lambda person: luck[id(person)])[:workers]:
            _end_job(person)
        employer.people = [person for person in employer.people if person.status == EMPLOYED]
        body.workers -= workers
        body.commuters -= commuters


def _too_many(town: PlainTown, employer: Employer, least: float) -> int:
    """Jobs above need, once they pass the tolerance; need is counted at the least hours."""
    need = employer.desired / least
    if employer.jobs <= need * (1.0 + town.parameter("work.layoff_tolerance")) + 0.5:
        return 0
    return max(math.floor(employer.jobs - need + 1e-9), 0)


def _utility(income: float, aversion: float) -> float:
    """Of an income against the full wage; nothing at all is as bad as can be."""
    if aversion == 1.0:
        return math.log(income) if income > 0.0 else -math.inf
    if income == 0.0:
        return -math.inf if aversion > 1.0 else -1.0 / (1.0 - aversion)
    return (income ** (1.0 - aversion) - 1.0) / (1.0 - aversion)


def _least_hours(town: PlainTown, employer: Employer) -> float:
    """The fewest hours at which members would rather share: halve the range from a twentieth of usual hours to all of them."""
    wage = sum(person.wage for person in employer.people) / len(employer.people) if employer.people else employer.pay
    aversion = town.parameter("work.members_risk_aversion")
    out_of_work = _utility(town.structure.unemployment_benefit / max(wage, 1.0), aversion)
    if out_of_work >= -1.0:
        return 1.0
    low, high = 0.05, 1.0
    for _ in range(20):
        hours = (low + high) / 2.0
        if _utility(hours, aversion) >= (1.0 - hours) * out_of_work:
            high = hours
        else:
            low = hours
    return high


def _hire(town: PlainTown, employers: list[Employer]) -> None:
    """Employers in the order drawn offer posts; job seekers who find one take them in the order drawn."""
    offers: list[tuple[float, Employer, int]] = []
    for employer, draw, order in zip(employers, _draw(town, "hire commuters"), _draw(town, "hire order"), strict=True):
        vacancies = max(math.floor(employer.desired - employer.body.workers - employer.body.commuters + 0.5), 0)
        share = 0.0 if isinstance(employer.body, Outside) else town.structure.commuter_share
        from_outside = min(math.floor(vacancies * share + draw), vacancies)
        employer.body.commuters += from_outside
        founded = getattr(employer.body, "founded_by_policy", False)
        offers.append((order + 1.0 if founded else order, employer, vacancies - from_outside))
    offers.sort(key=lambda offer: offer[0])
    posts = [employer for _, employer, number in offers for _ in range(number)]
    seekers = [person for person in town.people if person.status == UNEMPLOYED]
    lucky = [
        (draws[1], person)
        for person, draws in zip(seekers, town.draws("job search", seekers, 2), strict=True)
        if draws[0] < town.parameter("work.search_success")
    ]
    hired = sorted(lucky, key=lambda pair: pair[0])[: len(posts)]
    offer = _offer(town)
    for (_, person), employer in zip(hired, posts, strict=False):
        _take_up(town, person, employer, 1.0 if isinstance(employer.body, Outside) else offer)
    town.notes.hires += len(hired)
    town.notes.vacancies += len(posts) - len(hired)


def _offer(town: PlainTown) -> float:
    """Pay offered against the usual: the wage curve, by how many have looked for work since last month."""
    active = 1.0 - float(town.place.labour.inactivity_rate)
    usual = (active - float(town.place.labour.employment_rate)) / active
    force = [person for person in town.people if person.status in (UNEMPLOYED, EMPLOYED)]
    seeking = sum(person.status == UNEMPLOYED and person.months_without_work > 0 for person in force)
    ratio = max(seeking / max(len(force), 1), 0.005) / max(usual, 0.005)
    return float(ratio ** -town.parameter("work.wage_response"))


def _take_up(town: PlainTown, person: Person, employer: Employer, offer: float) -> None:
    """A job at the sector's pay, the person's talent and hours."""
    person.status, person.employer, person.months_without_work = EMPLOYED, employer.body.account, 0
    person.wage = round(employer.pay * offer * person.talent * person.hours / town.structure.mean_hours)
    employer.people.append(person)
    employer.body.workers += 1
