"""Who a firm's money goes to."""

from __future__ import annotations

import math

from oracle.plain.objects import Firm, Person
from oracle.plain.pennies import running
from oracle.plain.town import PlainTown

from sim.core.channels import WORLD_ACCOUNT
from sim.kinds.anchors import Council
from sim.kinds.firms import CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import CONSUMER, MULTI_STAKEHOLDER, MUNICIPAL
from sim.kinds.residents import EMPLOYED


def staff(town: PlainTown) -> dict[int, list[Person]]:
    """Residents in work by the account of their employer."""
    found: dict[int, list[Person]] = {}
    for person in town.people:
        if person.status == EMPLOYED:
            found.setdefault(person.employer, []).append(person)
    return found


def pay_owners(town: PlainTown, payments: list[tuple[Firm, int]], channel: str) -> None:
    """The owner; the members by form; the council for a community firm; the owner outside for the rest."""
    members = staff(town) if any(firm.kind == Cooperative.code for firm, _ in payments) else {}
    for firm, pence in payments:
        if firm.kind == Cooperative.code:
            _to_members(town, firm, members.get(firm.account, []), pence, channel)
        elif firm.kind == CommunityFirm.code:
            pay_council(town, firm, pence, channel)
        elif firm.kind == LocalSME.code and firm.owner >= 0:
            town.book.pay(channel, firm.account, firm.owner, pence)
            town.person_at[firm.owner].other_income += pence
        else:
            town.book.pay(channel, firm.account, WORLD_ACCOUNT, pence)


def _to_members(town: PlainTown, firm: Firm, members: list[Person], pence: int, channel: str) -> None:
    """Those who work there by their pay, those who buy there by what they buy, the founding anchor its part; odd pence stay."""
    founder = 0
    if firm.form == MUNICIPAL and firm.founder >= 0:
        founder = math.floor(pence * town.parameter("firms.municipal_anchor_share"))
        town.book.pay(channel, firm.account, town.anchors[firm.founder].account, founder)
        town.anchors[firm.founder].received += founder
    work = pence - founder
    if firm.form in {CONSUMER, MULTI_STAKEHOLDER}:
        work = math.floor(pence * town.parameter("firms.multi_stakeholder_work_share")) if firm.form == MULTI_STAKEHOLDER else 0
    _share(town, firm, [(person, person.gross) for person in members], work, channel)
    if pence - founder - work:
        _share(town, firm, _custom(town, firm), pence - founder - work, channel)


def _share(town: PlainTown, firm: Firm, claims: list[tuple[Person, int]], pence: int, channel: str) -> None:
    """Each claim by its weight, all alike where none has any."""
    total = sum(weight for _, weight in claims)
    for person, weight in claims:
        part = pence * weight // total if total else pence // len(claims)
        town.book.pay(channel, firm.account, person.account, part)
        person.other_income += part


def _custom(town: PlainTown, firm: Firm) -> list[tuple[Person, int]]:
    """Everybody whose usual seller it is, with what they came to spend, category by category."""
    claims = []
    for person in town.people:
        tax = math.floor(person.spending * town.structure.spending_tax[person.income_tenth])
        before = 0
        for place, share in enumerate(running(town.structure.spending_shares[person.income_tenth])):
            until = round((person.spending - tax) * share)
            if person.habits[place] == firm.account and until > before:
                claims.append((person, until - before))
            before = until
    return claims


def pay_council(town: PlainTown, firm: Firm, pence: int, channel: str) -> None:
    """The council holds a community firm's money for the place; where there is none, the first anchor."""
    if town.anchors:
        anchor = next((item for item in town.anchors if item.kind == Council.code), town.anchors[0])
        town.book.pay(channel, firm.account, anchor.account, pence)
        anchor.received += pence
