"""The bookings of some months as a chain of single accounts: who pays whom in the place, and by what way money leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import ANCHORS, CHANNEL_NAMES, FUNDS, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.ledger import Booking
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, Firm, LocalSME
from sim.kinds.flows import FIRST_RESIDENT, GROUPS, OUTSIDE
from sim.kinds.town import Town
from sim.measures.formulas.follow import Chain, pass_on
from sim.measures.groups import FINANCIAL, group_of_accounts
from sim.settings.sectors import TITLES

__all__ = [
    "END_KINDS",
    "HOLDERS",
    "KEPT",
    "End",
    "Payments",
    "account_name",
    "chain_of",
    "first_payment",
    "holder_of_accounts",
    "holders_of_purses",
    "merged",
    "paid_to_listed",
    "payments_of",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Kinds of end points in the order in which they are shown.
END_KINDS: Final = ("next door", "further away", "government", "banks", "owners outside", "kept here")
KEPT: Final = "kept here"
#: Which channels of an anchor begin a trail.
BEGINNINGS: Final = {"contracts": ("contracts",), "pay": ("wages", "work taxes")}
#: Channels in which an owner outside is paid for owning.
OWNING: Final = ("payouts", "rents")
KIND_OF_ACCOUNT: Final = ("government", "next door", "further away", "banks")

#: How a firm is called, by its kind.
OWNERS: Final = {
    LocalSME: "firm owned here",
    Cooperative: "co-operative",
    CommunityFirm: "community firm",
    Branch: "branch of an outside firm",
}

LANDLORDS, FUND_HOLDERS, ENDED = range(len(GROUPS), len(GROUPS) + 3)
#: Groups of those who hold money in the place: as in the flows between groups, with landlords, funds and ended firms apart.
HOLDERS: Final = (*GROUPS, "residents who let homes", "funds of the place", "firms that have ended")


class End(NamedTuple):
    """An end point: what kind of account the money comes to, and through which channel."""

    kind: str
    channel: str

    @property
    def title(self) -> str:
        """In words."""
        return f"{self.kind}: {self.channel}" if self.channel else self.kind


@dataclass(frozen=True)
class Payments:
    """Payments of some months that are the month's income of someone, one by one: account, account, place of the channel, pence."""

    payer: Integers
    payee: Integers
    channel: Integers
    pence: Integers


def payments_of(journal: Sequence[Booking], holder: Integers) -> Payments:
    """All payments by accounts of the place in a journal; those that move ownership or debt alone are left out.

    Parameters
    ----------
    journal : sequence of Booking
        Of a month.
    holder : array (accounts,)
        Account that stands for each account, from `holders_of_purses`.
    """
    parts: list[tuple[Integers, Integers, Integers, Integers]] = [(np.zeros(0, np.int64),) * 4]
    for booking in journal:
        if booking.channel in FINANCIAL or (booking.payer.ndim == 0 and int(booking.payer) < len(OUTSIDE)):
            continue
        payer = np.broadcast_to(booking.payer, booking.pence.shape)
        rows = (booking.pence > 0) & (payer >= len(OUTSIDE))
        payee = np.broadcast_to(booking.payee, booking.pence.shape)[rows].astype(np.int64)
        code = np.full(len(payee), CHANNEL_NAMES.index(booking.channel), np.int64)
        parts.append((payer[rows].astype(np.int64), payee, code, booking.pence[rows].astype(np.int64)))
    columns: list[Integers] = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Payments(holder[columns[0]], holder[columns[1]], *columns[2:])


def holders_of_purses(town: Town) -> Integers:
    """The account that stands for each account: a purse of local currency is its holder's, any other its own (accounts,)."""
    holder = np.arange(len(town.ledger))
    for table in (town.residents, town.firms, town.anchors):
        if "purse" in table.columns:
            mine = table["purse"] >= 0
            holder[table["purse"][mine]] = table["account"][mine]
    return holder


def chain_of(payments: Payments, accounts: int) -> tuple[Chain, list[End], Integers]:
    """The chain, its end points (the last is what is kept), and the target of each payment: account, or accounts plus end point."""
    outside = payments.payee < len(OUTSIDE)
    # Owners outside are one end point, next door or further away.
    owning = np.isin(payments.channel, [CHANNEL_NAMES.index(name) for name in OWNING]) & (payments.payee == REGION_ACCOUNT)
    code = np.where(owning, WORLD_ACCOUNT, payments.payee) * len(CHANNEL_NAMES) + payments.channel
    known, place = np.unique(code[outside], return_inverse=True)
    ends = [_end(int(one) // len(CHANNEL_NAMES), CHANNEL_NAMES[int(one) % len(CHANNEL_NAMES)]) for one in known]
    target = payments.payee.copy()
    target[outside] = accounts + place
    return pass_on(payments.payer, target, payments.pence, accounts, len(ends)), [*ends, End(KEPT, "")], target


def _end(account: int, channel: str) -> End:
    """The end point behind an account outside and a channel."""
    if channel in OWNING and account == WORLD_ACCOUNT:
        return End("owners outside", channel)
    return End(KIND_OF_ACCOUNT[account], channel)


def first_payment(payments: Payments, target: Integers, payers: Sequence[int], of: str, size: int) -> Floats:
    """What some accounts paid to each target through the channels that a trail begins with, pence (size,)."""
    chosen = np.isin(payments.payer, np.asarray(payers))
    if of in BEGINNINGS:
        chosen &= np.isin(payments.channel, [CHANNEL_NAMES.index(name) for name in BEGINNINGS[of]])
    paid: Floats = np.zeros(size)
    np.add.at(paid, target[chosen], payments.pence[chosen])
    return paid


def holder_of_accounts(town: Town, payments: Payments) -> Integers:
    """Place in `HOLDERS` of each account (accounts,)."""
    holder, sector = group_of_accounts(town), town.ledger.sector
    holder[sector == FUNDS] = FUND_HOLDERS
    known = (town.firm_row >= 0) | (town.resident_row >= 0) | (sector == ANCHORS) | (sector == FUNDS)
    known[: len(OUTSIDE)] = True
    holder[~known] = ENDED
    let = np.unique(payments.payee[payments.channel == CHANNEL_NAMES.index("rents")])
    holder[let[town.resident_row[let] >= 0]] = LANDLORDS
    return holder


def paid_to_listed(town: Town) -> dict[tuple[int, str], int]:
    """What each anchor (its row) paid this month on contracts to suppliers that the place lists, by their names, pence."""
    paid: dict[tuple[int, str], int] = {}

    def note(anchor: int, title: str, pence: int) -> None:
        """Add a payment up."""
        paid[anchor, title] = paid.get((anchor, title), 0) + pence

    for (anchor, number, account), pence in town.listed.paid.items():
        if account < len(OUTSIDE):
            note(anchor, f"{town.listed.suppliers[number].row.supplier} ({KIND_OF_ACCOUNT[account]})", pence)
    titles = {int(town.firms["account"][town.firms.row(slot)]): title for slot, title in town.listed.firm_titles(town.firms).items()}
    row_of = dict(zip(town.anchors["account"].tolist(), range(len(town.anchors)), strict=True))
    for booking in (one for one in town.ledger.journal if titles and one.channel == "contracts"):
        payer, payee = (np.broadcast_to(accounts, booking.pence.shape) for accounts in (booking.payer, booking.payee))
        mine = np.flatnonzero(np.isin(payee, list(titles)) & (booking.pence > 0))
        for one, other, pence in zip(payer[mine].tolist(), payee[mine].tolist(), booking.pence[mine].tolist(), strict=True):
            note(row_of[one], f"{titles[other]} (in the place)", pence)
    return paid


def account_name(town: Town, account: int) -> str:
    """An account as a person would call it: anchors, listed suppliers and kinds of firms by title, residents by where they live."""
    if town.firm_row[account] >= 0:
        row = int(town.firm_row[account])
        sort = OWNERS[Firm.kinds[int(town.firms["kind"][row])]]
        slot, sector = int(town.firms.slots[row]), TITLES[int(town.firms["sector"][row])].lower()
        title = town.listed.firm_titles(town.firms).get(slot)
        return f"{title} ({sort} no. {slot}, {sector})" if title else f"{sort} no. {slot} ({sector})"
    if town.resident_row[account] >= 0:
        row = int(town.resident_row[account])
        fifth = GROUPS[FIRST_RESIDENT + int(town.residents["income_tenth"][row]) // 2].partition(", ")[2]
        return f"a resident of {town.place.neighbourhoods[int(town.residents['neighbourhood'][row])].name} ({fifth} of incomes)"
    anchor = np.flatnonzero(town.anchors["account"] == account)
    if len(anchor):
        return town.place.anchors[int(anchor[0])].title
    return "a fund of the place" if town.ledger.sector[account] == FUNDS else "a firm that has ended"


def merged(first: Payments, second: Payments) -> Payments:
    """Payments of two periods, those between the same accounts through the same channel added up."""
    both = [np.concatenate([getattr(part, name) for part in (first, second)]) for name in ("payer", "payee", "channel", "pence")]
    # Payer and payee as one number: any size beyond every payee tells the pairs apart.
    size = int(both[1].max(initial=0)) + 1
    known, place = np.unique((both[0] * size + both[1]) * len(CHANNEL_NAMES) + both[2], return_inverse=True)
    pair, channel = known // len(CHANNEL_NAMES), known % len(CHANNEL_NAMES)
    pence = np.zeros(len(known), np.int64)
    np.add.at(pence, place, both[3])
    return Payments(pair // size, pair % size, channel, pence)
