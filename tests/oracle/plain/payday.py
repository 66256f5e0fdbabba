"""Payday: gross pay within the employer's means, taxes and contributions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from oracle.plain.objects import Anchor, Firm, Person
from oracle.plain.pennies import share_that_fits
from oracle.plain.town import PlainTown

from sim.core.channels import GOVERNMENT_ACCOUNT, REGION_ACCOUNT
from sim.kinds.firms import Cooperative

if TYPE_CHECKING:
    from oracle.plain.work import Employer

WEEKS_A_MONTH = 52.0 / 12.0


def pay_all(town: PlainTown, employers: list[Employer]) -> None:
    """Every employer pays what its own account allows; nobody's pay depends on another's."""
    draws = dict(zip(map(id, town.people), town.draw("hours of the month", town.people), strict=True))
    for employer in employers:
        _pay(town, employer, draws)


def _pay(town: PlainTown, employer: Employer, draws: dict[int, float]) -> None:
    """One employer's payday."""
    body, book = employer.body, town.book
    rate = town.parameter("work.employer_contribution_rate")
    hours = _hours(town, employer)
    for person in employer.people:
        person.wage = max(person.wage, _floor(town, employer, person))
    gross = {
        person: math.floor(min(person.wage, most) * (hours * _varying(town, person, draws[id(person)])))
        for person, most in _ratio(town, employer)
    }
    uplift = 1.0 + body.living_wage * town.parameter("procurement.living_wage_uplift")
    commuters = math.floor(body.commuters * employer.pay * uplift * hours)
    outside = body.account == REGION_ACCOUNT
    due = 0.0 if outside else (sum(gross.values()) + commuters) * (1.0 + rate)
    share = share_that_fits(due, max(book.can_pay(body.account) - 1, 0))
    paid, withheld = 0, 0
    for person in employer.people:
        person.gross = math.floor(gross[person] * share)
        tax = _tax(town, person)
        book.pay("wages", body.account, person.account, person.gross - tax)
        person.income += person.gross - tax
        paid, withheld = paid + person.gross, withheld + tax
    commuters = math.floor(commuters * share)
    if not outside:
        book.pay("wages", body.account, REGION_ACCOUNT, commuters)
    contributions = 0 if outside else math.floor((paid + commuters) * rate)
    book.pay("work taxes", body.account, GOVERNMENT_ACCOUNT, withheld + contributions)
    _note(employer, paid + commuters + contributions, share)


def _varying(town: PlainTown, person: Person, draw: float) -> float:
    """Hours of the month against usual, for those whose hours vary."""
    if town.frozen or not person.variable_hours:
        return 1.0
    return 1.0 + town.parameter("work.variable_hours_spread") * (2.0 * draw - 1.0)


def _ratio(town: PlainTown, employer: Employer) -> list[tuple[Person, float]]:
    """The most that each may earn: in a co-operative so many times the lowest hourly pay, for the person's hours."""
    ratio = town.parameter("firms.cooperative_pay_ratio")
    if not isinstance(employer.body, Firm) or employer.body.kind != Cooperative.code or ratio < 1.0 or town.frozen:
        return [(person, math.inf) for person in employer.people]
    lowest = min((person.wage / person.hours for person in employer.people), default=0.0)
    return [(person, math.ceil(ratio * lowest * person.hours - 1e-6)) for person in employer.people]


def _hours(town: PlainTown, employer: Employer) -> float:
    """Paid hours against usual hours; under frozen behaviour in step with last month's output."""
    body = employer.body
    if not isinstance(body, Firm):
        return 1.0
    if town.frozen:
        return body.last_output * town.structure.jobs_per_output[body.sector] / max(employer.jobs, 1)
    return body.hours_factor


def _floor(town: PlainTown, employer: Employer, person: Person) -> int:
    """The least that the person's hours may earn here."""
    way = employer.body.living_wage
    hourly = (1.0 - way) * town.structure.legal_minimum + way * town.structure.living_wage
    return math.ceil(person.hours * WEEKS_A_MONTH * hourly - 1e-9)


def tax_on(town: PlainTown, gross: int) -> int:
    """Income tax at two rates and contributions above their thresholds; whole pence rounded down, no more than the pay."""
    monthly = town.structure.minor_units / 12.0
    above = max(gross - town.parameter("work.tax_allowance") * monthly, 0.0)
    higher = max(gross - town.parameter("work.higher_tax_threshold") * monthly, 0.0)
    insured = max(gross - town.parameter("work.contribution_threshold") * monthly, 0.0)
    rate, higher_rate = town.parameter("work.tax_rate"), town.parameter("work.higher_tax_rate")
    tax = rate * above + (higher_rate - rate) * higher + town.parameter("work.contribution_rate") * insured
    return min(math.floor(tax), gross)


def _tax(town: PlainTown, person: Person) -> int:
    """Tax on what was paid; under frozen behaviour at the average rate of the usual wage."""
    if not town.frozen:
        return tax_on(town, person.gross)
    return math.floor(person.gross * (tax_on(town, person.wage) / max(person.wage, 1)))


def _note(employer: Employer, cost: int, share: float) -> None:
    """Costs, the share paid, and for firms the months in a row of pay that fell short."""
    body = employer.body
    if isinstance(body, Anchor):
        body.payroll, body.paid_share = cost, share
    elif isinstance(body, Firm):
        body.costs += cost
        body.paid_share = share
        body.distress = min(body.distress + 1, 100) if share < 0.999 else 0
