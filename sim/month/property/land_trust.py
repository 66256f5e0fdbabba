"""Land trusts: bodies of the place that hold buildings and land for good, and put what they earn into them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import FUNDS
from sim.kinds.funds import LandTrust
from sim.kinds.premises import TRUST
from sim.kinds.rules_land import AssetTransfer
from sim.kinds.town import Town
from sim.month.trade.builders import CONSTRUCTION, pay_builders

Integers = NDArray[np.int64]

#: Months of upkeep that a trust keeps in hand before it puts what is over into works.
MONTHS_IN_HAND = 12


def works(balance: Integers, upkeep: Integers) -> Integers:
    """What each trust spends on its buildings this month (n,) pence: upkeep, and all beyond a year of it in hand.

    Examples
    --------
    >>> works(np.array([50, 500, 2000]), np.array([100, 100, 100])).tolist()
    [50, 100, 800]
    """
    result: Integers = np.minimum(np.maximum(upkeep, balance - MONTHS_IN_HAND * upkeep), np.maximum(balance, 0))
    return result


def shares_of_cut(value: Integers, cut: int) -> Integers:
    """How a cut falls on contracts in proportion to their value (n,), whole pence, never more than a contract is worth.

    Examples
    --------
    >>> shares_of_cut(np.array([300, 100]), 100).tolist(), shares_of_cut(np.array([30]), 100).tolist()
    ([75, 25], [30])
    """
    total = int(value.sum())
    if not total:
        return np.zeros(len(value), np.int64)
    running = np.rint(np.cumsum(value) * (min(cut, total) / total)).astype(np.int64)
    result: Integers = np.minimum(np.diff(running, prepend=0), value)
    return result


def trust_account(town: Town, anchor: int) -> int:
    """Account of the land trust that an anchor's policies have set up; it is set up when first asked for."""
    funds = town.funds
    rows = np.flatnonzero((funds["kind"] == LandTrust.code) & (funds["anchor"] == anchor))
    if rows.size:
        return int(funds["account"][rows[0]])
    account = town.ledger.open(1, FUNDS)
    funds.add(1, kind=LandTrust.code, account=account, anchor=anchor, founded=town.month)
    town.refresh_rows()
    return int(account[0])


def endow_trust(town: Town, anchor: int, pence: int, advance: int = 0) -> None:
    """Money from an anchor to its trust: what the trust keeps is a cost of the policy, the advance goes back when a home is sold."""
    account = trust_account(town, anchor)
    payer = int(town.anchors["account"][anchor])
    town.ledger.book("policy costs", payer, account, np.array([pence]))
    town.ledger.book("fund capital", payer, account, np.array([advance]))
    town.funds["capital"][town.funds["account"] == account] += pence + advance


def transfer_buildings(town: Town, transfer: AssetTransfer) -> None:
    """Buildings with their grants, as many as the anchor can pay grants for."""
    held = int(town.ledger.available(int(town.anchors["account"][transfer.anchor])))
    number = min(transfer.buildings, held // transfer.grant) if transfer.grant else transfer.buildings
    if number < transfer.buildings:
        wanting = transfer.buildings - number
        town.warn(f"month {town.month}: {wanting} buildings were not transferred: the anchor could not pay for their repair")
    if not number:
        return
    endow_trust(town, transfer.anchor, number * transfer.grant)
    owner, units = trust_account(town, transfer.anchor), number * transfer.units
    slots = town.premises.add(
        units,
        owner=owner,
        use=TRUST,
        rent_share=transfer.rent_share,
        value=transfer.value // transfer.units,
        upkeep=transfer.upkeep // transfer.units,
    )
    draws = town.streams.uniform("building repairs", town.month, slots[:number])
    pay_builders(town, np.full(number, owner), np.full(number, transfer.grant), draws)
    _cut_building_contracts(town, transfer.anchor, number * transfer.upkeep)


def _cut_building_contracts(town: Town, anchor: int, pence: int) -> None:
    """The anchor buys less building work by the upkeep it no longer has."""
    contracts = town.contracts
    rows = np.flatnonzero((contracts["anchor"] == anchor) & (contracts["category"] == CONSTRUCTION))
    part = shares_of_cut(np.minimum(contracts["base_value"][rows], contracts["value"][rows]), pence)
    contracts["base_value"][rows] -= part
    contracts["value"][rows] -= part


def keep_up(town: Town) -> None:
    """Trusts pay for upkeep and works out of what they have earned."""
    funds = town.funds
    rows = np.flatnonzero(funds["kind"] == LandTrust.code) if len(funds) else np.zeros(0, np.int64)
    if not rows.size:
        return
    account = funds["account"][rows]
    units = town.premises
    due = np.bincount(units["owner"], weights=units["upkeep"], minlength=len(town.ledger)).astype(np.int64)
    pence = works(town.ledger.balance[account], due[account])
    pay_builders(town, account, pence, town.streams.uniform("trust works", town.month, funds.slots[rows]))
