"""Who a firm's money goes to."""

from __future__ import annotations

from oracle.plain.objects import Firm, Person
from oracle.plain.town import PlainTown

from sim.core.channels import WORLD_ACCOUNT
from sim.kinds.anchors import Council
from sim.kinds.firms import CommunityFirm, Cooperative, LocalSME
from sim.kinds.residents import EMPLOYED


def staff(town: PlainTown) -> dict[int, list[Person]]:
    """Residents in work by the account of their employer."""
    found: dict[int, list[Person]] = {}
    for person in town.people:
        if person.status == EMPLOYED:
            found.setdefault(person.employer, []).append(person)
    return found


def pay_owners(town: PlainTown, payments: list[tuple[Firm, int]], channel: str) -> None:
    """The owner; the members in equal parts; the council for a community firm; the owner outside for the rest."""
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
    """Equal parts; odd pence stay in the firm."""
    for person in members:
        part = pence // len(members)
        town.book.pay(channel, firm.account, person.account, part)
        person.other_income += part


def pay_council(town: PlainTown, firm: Firm, pence: int, channel: str) -> None:
    """The council holds a community firm's money for the place; where there is none, the first anchor."""
    if town.anchors:
        anchor = next((item for item in town.anchors if item.kind == Council.code), town.anchors[0])
        town.book.pay(channel, firm.account, anchor.account, pence)
        anchor.received += pence
