"""The sale of a firm: what it is worth, who buys it, who is paid, whose it is then."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BRANCHES, COMMUNITY_FIRMS, WORLD_ACCOUNT
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import NO_FORM
from sim.kinds.town import Town
from sim.month.firms.owners import pay_council, pay_owners

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Rows = NDArray[np.integer]

#: Jobs a firm must have to be sold outside.
SALE_JOBS = 5


def sale_price(town: Town, rows: Rows) -> Integers:
    """What a firm is worth to a buyer: years of its usual surplus (n,) pence."""
    firms, parameters = town.firms, town.rules.parameters
    surplus = np.maximum(firms["usual_sales"][rows] - firms["usual_costs"][rows], 0.0) * 12.0
    result: Integers = np.floor(surplus * parameters["firms.sale_multiple"]).astype(np.int64)
    return result


def within_purse(price: Integers, wanted: NDArray[np.bool_], purse: int) -> NDArray[np.bool_]:
    """Which of the firms wanted a body buys (n,), one after the other, while its money lasts.

    Examples
    --------
    >>> within_purse(np.array([50, 80, 30]), np.array([True, True, True]), 100).tolist()
    [True, False, True]
    """
    bought = np.zeros(len(price), bool)
    for place in np.flatnonzero(wanted).tolist():
        if price[place] <= purse:
            bought[place] = True
            purse -= int(price[place])
    return bought


def sell_firms(town: Town, rows: Rows, ending: NDArray[np.bool_]) -> None:
    """Sell the firms whose owner sells, and those whose members or council do; the place may have first refusal."""
    if town.rules.enterprise.demutualisation > 0.0:
        rows = np.concatenate([rows, _put_up_for_sale(town, ending)])
    if not rows.size:
        return
    firms, ledger = town.firms, town.ledger
    price = sale_price(town, rows)
    kept = _first_refusal(town, rows, price)
    buyer = np.full(len(rows), WORLD_ACCOUNT, np.int32)
    if kept.any():
        buyer[kept] = town.anchors["account"][town.rules.enterprise.refusal_anchor]
    _pay_sellers(town, rows, buyer, price)
    firms["kind"][rows] = np.where(kept, CommunityFirm.code, Branch.code)
    firms["owner"][rows] = -1
    firms["form"][rows] = NO_FORM
    firms["founder"][rows] = -1
    ledger.reclassify(firms["account"][rows], np.where(kept, COMMUNITY_FIRMS, BRANCHES))
    town.notes.sold += int((~kept).sum())


def _put_up_for_sale(town: Town, ending: NDArray[np.bool_]) -> Rows:
    """Co-operatives whose members vote to sell, and community firms that are privatised: only what a buyer pays for."""
    firms, rules = town.firms, town.rules.enterprise
    draws = town.streams.uniform("members vote to sell", town.month, firms.slots)
    kinds = (Cooperative.code, CommunityFirm.code) if rules.privatise_community else (Cooperative.code,)
    able = np.isin(firms["kind"], kinds) & ~ending & (firms["workers"] > 0)
    able &= firms["workers"] + firms["commuters"] >= SALE_JOBS
    rows = np.flatnonzero(able & (draws < rules.demutualisation / 12.0))
    return rows[sale_price(town, rows) > 0]


def _first_refusal(town: Town, rows: Rows, price: Integers) -> NDArray[np.bool_]:
    """Which of these firms the place keeps: in the share of cases its right covers, while the anchor has the money.

    The anchor keeps a month's pay and contracts back. What is the council's already is not offered to it.
    """
    rules, anchors = town.rules.enterprise, town.anchors
    if rules.refusal_anchor < 0 or rules.refusal_share <= 0.0:
        return np.zeros(len(rows), bool)
    draws = town.streams.uniform("first refusal", town.month, town.firms.slots)[rows]
    offered = (draws < rules.refusal_share) & (town.firms["kind"][rows] != CommunityFirm.code) & (price > 0)
    row = rules.refusal_anchor
    needed = int(anchors["payroll_budget"][row] + anchors["contract_budget"][row] + anchors["policy_costs"][row])
    purse = int(town.ledger.available(int(anchors["account"][row]))) - needed
    kept = within_purse(price + rules.refusal_cost, offered, purse)
    anchors["policy_costs"][row] += rules.refusal_cost * int(kept.sum())
    return kept


def _pay_sellers(town: Town, rows: Rows, buyer: NDArray[np.int32], price: Integers) -> None:
    """Owners are paid by the buyer; members share the price as they share surplus; a council gets that of its firm."""
    firms, ledger = town.firms, town.ledger
    kind, owner, account = firms["kind"][rows], firms["owner"][rows], firms["account"][rows]
    owned = kind == LocalSME.code
    ledger.book("firm sales", buyer[owned], np.where(owner >= 0, owner, WORLD_ACCOUNT)[owned], price[owned])
    if owned.all():
        return
    rows, buyer, price, account = rows[~owned], buyer[~owned], price[~owned], account[~owned]
    held = np.minimum(np.maximum(ledger.balance[account], 0), firms["reserve"][rows])
    ledger.book("firm sales", buyer, account, price)
    # What is indivisible stays with the place, if the law keeps it so; a community firm's was the council's from the first.
    locked = town.rules.enterprise.asset_lock | (kind[~owned] == CommunityFirm.code)
    some = locked & (held > 0)
    pay_council(town, account[some], held[some], "firm sales")
    pay_owners(town, rows, price + np.where(locked, 0, held), "firm sales")
    firms["reserve"][rows] = 0
