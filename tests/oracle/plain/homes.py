"""Homes: rents with arrears, and mortgage interest."""

from __future__ import annotations

import math

from oracle.plain.objects import Person
from oracle.plain.town import PlainTown

from sim.core.channels import BANK_ACCOUNT


def interest_of(town: PlainTown, person: Person) -> int:
    """A month's mortgage interest."""
    return round(person.mortgage * (float(town.place.housing.mortgage_rate) / 12.0))


def phase(town: PlainTown) -> None:
    """What each tenant pays is settled before any landlord receives it."""
    payments = [(person, _rent_paid(town, person)) for person in town.people if person.rent > 0]
    for tenant, pence in payments:
        town.book.pay("rents", tenant.account, tenant.landlord, pence)
        _note_received(town, tenant.landlord, pence)
    for person in town.people:
        if person.mortgage > 0:
            due = interest_of(town, person)
            if town.frozen:
                due = _usual_share_of_income(person, due)
            town.book.pay("mortgage interest", person.account, BANK_ACCOUNT, min(due, town.book.can_pay(person.account)))


def _rent_paid(town: PlainTown, person: Person) -> int:
    """Rent and arrears as far as the tenant can pay; arrears beyond some months are given up as lost."""
    can_pay = town.book.can_pay(person.account)
    if town.frozen:
        return min(_usual_share_of_income(person, person.rent), can_pay)
    due = person.rent + person.rent_arrears
    paid = min(due, can_pay)
    person.rent_arrears = due - paid
    if person.rent_arrears > person.rent * town.parameter("households.arrears_limit"):
        town.notes.rent_given_up += person.rent_arrears
        person.rent_arrears = 0
    return paid


def _usual_share_of_income(person: Person, due: int) -> int:
    """Under frozen behaviour housing takes its usual share of whatever income comes."""
    share = min(due / max(person.usual_income, 1.0), 1.0)
    return math.floor(max(person.income, 0) * share)


def _note_received(town: PlainTown, landlord: int, pence: int) -> None:
    """Rent is next month's income of a landlord who lives here, and this month's of an anchor that lets homes."""
    person = town.person_at.get(landlord)
    if person is not None:
        person.other_income += pence
    for anchor in town.anchors:
        if anchor.account == landlord:
            anchor.received += pence
