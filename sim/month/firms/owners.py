"""Who a firm's money goes to: its owner, its members, the council for community firms, outside owners."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import WORLD_ACCOUNT
from sim.errors import MoneyError
from sim.kinds.anchors import Council
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.membership import members_parts
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town
from sim.month.trade.custom import spending_at

Integers = NDArray[np.int64]

#: Products of two whole numbers are exact in 64 bits below this.
MOST_EXACT = 2.0**62


def by_weight(total: Integers, group: NDArray[np.integer], weight: Integers) -> Integers:
    """Whole pence for each claim (n,) when totals (groups,) are split by weight; the odd pence stay.

    Where the claims of a group weigh nothing they are equal. Products beyond 64 bits are worked out in Python's own whole numbers.
    No more is given than there is, and what stays is less than a penny for each claim of the group.

    Raises
    ------
    sim.errors.MoneyError
        When a weight or the total of a group with claims is below nought: neither is ever a claim.

    Examples
    --------
    >>> by_weight(np.array([100, 50]), np.array([0, 0, 1, 1]), np.array([2, 1, 0, 0])).tolist()
    [66, 33, 25, 25]
    """
    claimed = total[group]
    if np.min(claimed, initial=0) < 0 or np.min(weight, initial=0) < 0:
        raise MoneyError("money below nought can't be shared, nor by weights below nought")
    whole = sum_by_group(group, weight, len(total))
    weight = np.where(whole[group] > 0, weight, 1)
    whole = sum_by_group(group, weight, len(total))
    if float(np.max(claimed, initial=0)) * float(np.max(weight, initial=0)) >= MOST_EXACT:
        exact: Integers = (claimed.astype(object) * weight // whole[group]).astype(np.int64)
        return exact
    result: Integers = claimed * weight // whole[group]
    return result


def sum_by_group(group: NDArray[np.integer], pence: Integers, groups: int) -> Integers:
    """Exact sums (groups,) of whole numbers (n,); floating point would be a penny out from 2 to the power of 53 on.

    Examples
    --------
    >>> sum_by_group(np.array([0, 0, 1]), np.array([2**53, 1, 7]), 3).tolist()
    [9007199254740993, 7, 0]
    """
    sums = np.zeros(groups, np.int64)
    np.add.at(sums, group, pence)
    return sums


def pay_owners(town: Town, rows: NDArray[np.integer], pence: Integers, channel: str) -> Integers:
    """Pay these firms' money (n,) to who owns them; return what each paid (n,) pence.

    A community firm's surplus goes to the council, which holds it for the place; a co-operative's to its members.
    """
    firms, ledger = town.firms, town.ledger
    kind, account = firms["kind"][rows], firms["account"][rows]
    paid = np.zeros(len(rows), np.int64)
    owned = (kind == LocalSME.code) & (firms["owner"][rows] >= 0)
    _to_residents(town, account[owned], firms["owner"][rows][owned], pence[owned], channel)
    paid[owned] = pence[owned]
    outside = (kind == Branch.code) | ((kind == LocalSME.code) & ~owned)
    ledger.book(channel, account[outside], WORLD_ACCOUNT, pence[outside])
    paid[outside] = pence[outside]
    community = kind == CommunityFirm.code
    if community.any():
        paid[community] = pay_council(town, account[community], pence[community], channel)
    cooperative = np.flatnonzero(kind == Cooperative.code)
    if cooperative.size:
        paid[cooperative] = _to_members(town, rows[cooperative], pence[cooperative], channel)
    return paid


def _to_residents(town: Town, payer: NDArray[np.int32], payee: NDArray[np.int32], pence: Integers, channel: str) -> None:
    """Book to residents and count it in their income of next month, but for the price of a firm: wealth turned into money is no income."""
    town.ledger.book(channel, payer, payee, pence)
    if channel == "firm sales":
        return
    np.add.at(town.residents["other_income"], town.resident_row[payee], pence)


def pay_council(town: Town, payer: NDArray[np.int32], pence: Integers, channel: str) -> Integers:
    """To the first council, else the first anchor; nothing where there is no anchor."""
    anchors = town.anchors
    if not len(anchors):
        return np.zeros(len(pence), np.int64)
    councils = np.flatnonzero(anchors["kind"] == Council.code)
    row = int(councils[0]) if councils.size else 0
    anchors["received"][row] += town.ledger.book(channel, payer, int(anchors["account"][row]), pence)
    return pence


def _to_members(town: Town, rows: NDArray[np.integer], pence: Integers, channel: str) -> Integers:
    """Co-operatives pay by form: those who work there by pay, those who buy there by what they buy, the founding anchor its part."""
    firms, parameters = town.firms, town.rules.parameters
    account, founder = firms["account"][rows], firms["founder"][rows]
    of_work, of_custom, of_founder = members_parts(
        firms["form"][rows],
        founder,
        pence,
        parameters["firms.multi_stakeholder_work_share"],
        parameters["firms.municipal_anchor_share"],
    )
    paid = _by_work(town, account, of_work, channel)
    if of_custom.any():
        paid += _by_custom(town, account, of_custom, channel)
    held = np.flatnonzero(of_founder)
    if held.size:
        anchors = town.anchors
        town.ledger.book(channel, account[held], anchors["account"][founder[held]], of_founder[held])
        np.add.at(anchors["received"], founder[held], of_founder[held])
        paid += of_founder
    return paid


def _by_work(town: Town, account: NDArray[np.int32], pence: Integers, channel: str) -> Integers:
    """To the residents employed by each co-operative in proportion to their pay of this month; returns what each paid."""
    residents = town.residents
    index = np.full(len(town.ledger), -1, np.int64)
    index[account] = np.arange(len(account))
    employed = np.flatnonzero(residents["status"] == EMPLOYED)
    firm = index[residents["employer"][employed]]
    employed, firm = employed[firm >= 0], firm[firm >= 0]
    part = by_weight(pence, firm, residents["gross"][employed])
    _to_residents(town, account[firm], residents["account"][employed], part, channel)
    return sum_by_group(firm, part, len(account))


def _by_custom(town: Town, account: NDArray[np.int32], pence: Integers, channel: str) -> Integers:
    """To residents in proportion to what they went to each co-operative to buy; nothing where nobody did."""
    buyer, firm, spent = spending_at(town, account)
    part = by_weight(pence, firm, spent)
    _to_residents(town, account[firm], town.residents["account"][buyer], part, channel)
    return sum_by_group(firm, part, len(account))
