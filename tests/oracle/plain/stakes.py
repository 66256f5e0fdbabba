"""Stakes of members: paid in out of pay, paid back to those who leave."""

from __future__ import annotations

import math

from oracle.plain.objects import Firm, Person
from oracle.plain.pennies import cut, share_that_fits
from oracle.plain.town import PlainTown

from sim.kinds.firms import Cooperative
from sim.kinds.forms import CONSUMER
from sim.kinds.residents import EMPLOYED


def settle(town: PlainTown) -> None:
    """Members pay a part of their stake; then those who left get theirs back."""
    if town.frozen:
        return
    usual = round(town.parameter("firms.cooperative_entry_stake") * town.structure.minor_units)
    for person in town.people:
        firm = town.firm_at.get(person.employer) if person.status == EMPLOYED else None
        if firm is not None and firm.kind == Cooperative.code and firm.form != CONSUMER:
            _pay_in(town, person, firm, max(firm.entry_stake, usual))
    for firm in town.firms:
        if firm.stakes:
            leavers = [person for person in _holders(town, firm) if not _stays(person, firm)]
            pay_back(town, firm, leavers)


def _pay_in(town: PlainTown, person: Person, firm: Firm, asked: int) -> None:
    """A part of what is asked, unless the person has a stake elsewhere."""
    if person.stake and person.stake_in != firm.account:
        return
    part = math.ceil(asked / town.parameter("firms.cooperative_stake_months"))
    part = min(part, asked - person.stake, town.book.can_pay(person.account), person.gross)
    if part > 0:
        town.book.pay("member stakes", person.account, firm.account, part)
        person.stake, person.stake_in = person.stake + part, firm.account
        firm.stakes += part


def _holders(town: PlainTown, firm: Firm) -> list[Person]:
    return [person for person in town.people if person.stake and person.stake_in == firm.account]


def _stays(person: Person, firm: Firm) -> bool:
    return person.status == EMPLOYED and person.employer == firm.account and firm.kind == Cooperative.code


def pay_back(town: PlainTown, firm: Firm, holders: list[Person]) -> None:
    """To each the same part of what they hold, as far as the firm's own money goes."""
    share = share_that_fits(sum(person.stake for person in holders), max(town.book.balance[firm.account] - 1, 0))
    for person in holders:
        part = cut(person.stake, share)
        town.book.pay("stakes returned", firm.account, person.account, part)
        firm.stakes -= part
        person.stake -= part
        if not person.stake:
            person.stake_in = -1


def wind_up(town: PlainTown, firm: Firm) -> None:
    """A firm ends: what is left goes back to members, what is not is lost."""
    holders = _holders(town, firm)
    pay_back(town, firm, holders)
    for person in holders:
        town.notes.stakes_lost += person.stake
        person.stake, person.stake_in = 0, -1
    firm.stakes = 0
