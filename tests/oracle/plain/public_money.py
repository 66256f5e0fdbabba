"""Public money: grants to anchors, benefits and pensions to people, council tax."""

from __future__ import annotations

import math

from oracle.plain.objects import Person
from oracle.plain.pennies import divided, running
from oracle.plain.town import PlainTown

from sim.core.channels import GOVERNMENT_ACCOUNT
from sim.kinds.residents import INACTIVE, PRIVATE_RENT, RETIRED, SOCIAL_RENT, UNEMPLOYED


def phase(town: PlainTown) -> None:
    """Grants first; then each person's benefit, pension and council tax."""
    for anchor, rules in zip(town.anchors, town.rules.anchors, strict=True):
        anchor.reserves = town.book.balance[anchor.account]
        anchor.received = math.floor(anchor.grant * rules.grant_factor)
        town.book.pay("grants", GOVERNMENT_ACCOUNT, anchor.account, anchor.received)
    _pass_on_council_tax(town, sum(_settle(town, person) for person in town.people))


def _settle(town: PlainTown, person: Person) -> int:
    """One person's dealings with the state; returns the council tax paid."""
    book = town.book
    benefit = math.floor(benefit_of(town, person) * town.rules.enterprise.benefit_factor)
    pension = person.pension if person.status == RETIRED else 0
    book.pay("benefits", GOVERNMENT_ACCOUNT, person.account, benefit)
    book.pay("pensions", GOVERNMENT_ACCOUNT, person.account, pension)
    tax = min(round(town.structure.council_tax * town.rules.enterprise.council_tax_factor), book.can_pay(person.account))
    book.pay("council tax", person.account, GOVERNMENT_ACCOUNT, tax)
    person.income = benefit + pension - tax + person.other_income
    person.other_income = 0
    person.gross = 0
    return tax


def benefit_of(town: PlainTown, person: Person) -> int:
    """A fixed sum out of work, with the tenant's rent; half the rent for tenants in retirement."""
    rent = person.rent if person.tenure in {PRIVATE_RENT, SOCIAL_RENT} else 0
    if person.status == UNEMPLOYED:
        return town.structure.unemployment_benefit + rent
    if person.status == INACTIVE:
        return town.structure.inactive_benefit + rent
    if person.status == RETIRED:
        return rent // 2
    return 0


def _pass_on_council_tax(town: PlainTown, total: int) -> None:
    """Councils get their shares of the whole; the rest stays with the government for other authorities."""
    shares = [anchor.council_tax_share for anchor in town.anchors]
    shares.append(max(1.0 - running(shares)[-1], 0.0))
    whole = running(shares)[-1]
    parts = divided(total, running(share / whole for share in shares))
    for anchor, part in zip(town.anchors, parts[:-1], strict=True):
        town.book.pay("council tax", GOVERNMENT_ACCOUNT, anchor.account, part)
        anchor.received += part
