"""Who a firm's money goes to: its owner, its members, the council for community firms, outside owners."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import WORLD_ACCOUNT
from sim.kinds.anchors import Council
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.residents import EMPLOYED
from sim.kinds.town import Town

Integers = NDArray[np.int64]


def equal_parts(total: Integers, members: Integers) -> Integers:
    """Whole pence for each member when totals (firms,) are split evenly; the odd pence stay in the firm.

    Examples
    --------
    >>> equal_parts(np.array([100, 50]), np.array([3, 0])).tolist()
    [33, 0]
    """
    result: Integers = np.where(members > 0, total // np.maximum(members, 1), 0)
    return result


def pay_owners(town: Town, rows: NDArray[np.integer], pence: Integers, channel: str) -> Integers:
    """Pay these firms' money (n,) to who owns them; return what each paid (n,) pence.

    Members of a co-operative share by work: each resident employed there has an equal part (hours are
    alike within a firm). A community firm's surplus goes to the council, which holds it for the place.
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
        paid[cooperative] = _to_members(town, account[cooperative], pence[cooperative], channel)
    return paid


def _to_residents(town: Town, payer: NDArray[np.int32], payee: NDArray[np.int32], pence: Integers, channel: str) -> None:
    """Book to residents and count it in their income of next month."""
    town.ledger.book(channel, payer, payee, pence)
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


def _to_members(town: Town, account: NDArray[np.int32], pence: Integers, channel: str) -> Integers:
    """Equal parts to the residents employed by each co-operative (accounts in the order given)."""
    residents = town.residents
    index = np.full(len(town.ledger), -1, np.int64)
    index[account] = np.arange(len(account))
    employed = np.flatnonzero(residents["status"] == EMPLOYED)
    firm = index[residents["employer"][employed]]
    employed, firm = employed[firm >= 0], firm[firm >= 0]
    members = np.bincount(firm, minlength=len(account)).astype(np.int64)
    each = equal_parts(pence, members)
    _to_residents(town, account[firm], residents["account"][employed], each[firm], channel)
    result: Integers = each * members
    return result
