"""Work that anchors take in-house as contracts end, and work of their own that they put out to contract.

The money of a contract is divided by the sector's own accounts: what the supplier paid for work, with its margin, becomes
payroll; materials, equipment and premises stay a smaller contract, let by tender. Putting work out is the way back.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.core.streams import RESERVED
from sim.kinds.town import Town
from sim.month.contracts.anchor_means import wage_bill
from sim.month.labour.staff import move_staff

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Contracts for work put out take slots from here in the reserved range, above those of founded firms.
PUT_OUT_RANGE = (1 << 28) + (1 << 27)
#: Most contracts that the work put out in a month is let in.
MOST_CONTRACTS = 32
SECTORS = 18


def labour_part(labour: float, margin: float) -> float:
    """Share of a contract's value that becomes payroll: the supplier's wage bill and margin, never more than the whole.

    Examples
    --------
    >>> labour_part(0.25, 0.125), labour_part(0.98, 0.05)
    (0.375, 1.0)
    """
    return min(labour + margin, 1.0)


def blended_pay(posts: float, level: float, more: float, pay: float) -> float:
    """Pay of all posts against the sector's usual pay when posts at another level of pay join.

    Examples
    --------
    >>> blended_pay(90.0, 1.0, 10.0, 0.5)
    0.95
    """
    return (posts * level + more * pay) / (posts + more) if posts + more > 0.0 else 1.0


def in_equal_parts(pence: int, number: int) -> Integers:
    """Whole pence in parts as equal as can be (number,).

    Examples
    --------
    >>> in_equal_parts(10, 3).tolist()
    [3, 4, 3]
    """
    ends = np.rint(pence * np.arange(number + 1) / number).astype(np.int64)
    result: Integers = ends[1:] - ends[:-1]
    return result


def dearness(town: Town, anchor: int) -> float:
    """What an anchor's staff cost against the usual pay of their posts: talent, hours and wage floors make it more, or less."""
    anchors = town.anchors
    staff = float(anchors["workers"][anchor] + anchors["commuters"][anchor])
    usual = staff * float(town.structure.sector_pay[anchors["sector"][anchor]] * anchors["pay_level"][anchor])
    usual *= 1.0 + town.rules.parameters["work.employer_contribution_rate"]
    return min(max(float(wage_bill(town)[anchor]) / usual, 0.5), 2.0) if usual > 0.0 else 1.0


def in_house_service(town: Town) -> Floats:
    """Service of work taken in-house, at its cost (anchors,): less while posts are empty or pay is short; below nought for work put out."""
    anchors = town.anchors
    staffed = np.minimum((anchors["workers"] + anchors["commuters"]) / np.maximum(anchors["jobs"], 1.0), 1.0) * anchors["paid_share"]
    result: Floats = anchors["in_house"] * np.where(anchors["in_house"] > 0, staffed, 1.0)
    return result


def bring_in(town: Town) -> None:
    """Take work in-house out of contracts that end, in the share of cases that policies ask for."""
    share, cost, contracts = town.rules.enterprise.insourcing, town.rules.enterprise.insourcing_cost, town.contracts
    if share is None or cost is None:
        return
    rows = np.flatnonzero((contracts["end"] < town.month) & contracts["influenceable"] & ~contracts["materials"])
    owed = np.zeros(len(town.anchors), np.int64)
    draws = town.streams.uniform("brought in-house", town.month, contracts.slots[rows])
    # What staff cost is known of those who were paid last month, so it is asked before the first of the new ones come.
    dear = [dearness(town, anchor) for anchor in range(len(town.anchors))]
    for row in rows[draws < share[contracts["anchor"][rows], contracts["category"][rows]]].tolist():
        owed[contracts["anchor"][row]] += _bring_in_one(town, row, dear[contracts["anchor"][row]], cost)
    # Wages of the new posts are owed from now on: last month's payroll, by which contracts are let, does not know them yet.
    town.anchors["payroll"] += owed


def _bring_in_one(town: Town, row: int, dear: float, cost: Floats) -> int:
    """One contract: its labour becomes posts and payroll, a local holder's staff come along, the rest is let again; the payroll added."""
    contracts, anchors, structure, parameters = town.contracts, town.anchors, town.structure, town.rules.parameters
    anchor, sector = int(contracts["anchor"][row]), int(contracts["category"][row])
    contributions = 1.0 + parameters["work.employer_contribution_rate"]
    uplift = 1.0 + parameters["procurement.living_wage_uplift"] * float(town.rules.living_wage[anchor])
    pay = float(structure.sector_pay[sector])
    labour = float(structure.jobs_per_output[sector]) * pay * contributions
    money = int(contracts["base_value"][row] * labour_part(labour, parameters["procurement.supplier_margin"]))
    posts = money / (pay * uplift * contributions * dear)
    usual_pay = float(structure.sector_pay[anchors["sector"][anchor]])
    level = blended_pay(float(anchors["jobs"][anchor]), float(anchors["pay_level"][anchor]), posts, pay / usual_pay)
    anchors["pay_level"][anchor] = level
    anchors["jobs"][anchor] += posts
    for name, change in (("contract_budget", -money), ("payroll_budget", money), ("in_house", money)):
        anchors[name][anchor] += change
    anchors["policy_costs"][anchor] += round(cost[anchor, sector] * posts)
    holder = int(town.firm_row[contracts["supplier"][row]])
    if holder >= 0:
        _take_over_staff(town, row, holder, posts)
    contracts["base_value"][row] -= money
    contracts["materials"][row] = True
    return money


def _take_over_staff(town: Town, row: int, holder: int, posts: float) -> None:
    """Those who did the work at a local holder come along, as far as there are posts; the holder plans without the contract."""
    contracts, firms = town.contracts, town.firms
    value, work = float(contracts["value"][row]), float(contracts["value"][row] / contracts["price"][row])
    needed = work * float(town.structure.jobs_per_output[firms["sector"][holder]])
    anchor = int(contracts["anchor"][row])
    move_staff(town, (town.firms, holder), (town.anchors, anchor), int(min(needed, posts) + 0.5))
    before = float(firms["usual_sales"][holder])
    firms["usual_sales"][holder] = max(before - value, 0.0)
    firms["usual_demand"][holder] = max(float(firms["usual_demand"][holder]) - work, 0.0)
    firms["usual_costs"][holder] *= float(firms["usual_sales"][holder]) / before if before > 0.0 else 1.0


def put_out(town: Town) -> None:
    """Turn posts into contracts until the share that policies ask for is out; they are tendered this month."""
    rules, anchors = town.rules.enterprise, town.anchors
    share, saving, cost = rules.outsourcing, rules.outsourcing_saving, rules.outsourcing_cost
    if share is None or saving is None or cost is None:
        return
    posts = anchors["jobs"] + anchors["put_out"].sum(axis=1)
    more = np.minimum(share * posts[:, None] - anchors["put_out"], anchors["jobs"][:, None] - 1.0)
    # Fractions of a post wait until there is a whole one.
    for anchor, sector in zip(*(place.tolist() for place in np.nonzero(more >= 1.0)), strict=True):
        posts = min(float(more[anchor, sector]), float(anchors["jobs"][anchor]) - 1.0)
        if posts < 1.0:
            continue
        _put_out_one(town, anchor, sector, posts, saving[anchor, sector])
        anchors["policy_costs"][anchor] += round(cost[anchor, sector] * posts)


def _put_out_one(town: Town, anchor: int, sector: int, posts: float, saving: float) -> None:
    """Posts of one anchor become contracts in a sector, worth what they cost less the saving."""
    anchors, contracts = town.anchors, town.contracts
    part = posts / float(anchors["jobs"][anchor])
    money = int(wage_bill(town)[anchor] * part)
    worth = int(money * (1.0 - saving))
    usual = contracts["base_value"][contracts["anchor"] == anchor]
    number = int(np.clip(np.ceil(worth / max(float(np.mean(usual)) if usual.size else worth, 1.0)), 1, MOST_CONTRACTS))
    parts = in_equal_parts(worth, number)
    contracts.add(
        number,
        slots=_first_slot(town, anchor, sector) + np.arange(number),
        anchor=anchor,
        category=sector,
        supplier=REGION_ACCOUNT,
        base_value=parts,
        value=parts,
        start=town.month,
        end=town.month - 1,
    )
    anchors["jobs"][anchor] -= posts
    anchors["put_out"][anchor, sector] += posts
    anchors["payroll"][anchor] = max(int(anchors["payroll"][anchor]) - money, 0)
    anchors["payroll_budget"][anchor] -= int(anchors["payroll_budget"][anchor] * part)
    anchors["contract_budget"][anchor] += worth
    anchors["in_house"][anchor] -= worth


def _first_slot(town: Town, anchor: int, sector: int) -> int:
    """First slot of the contracts that an anchor puts out in a sector this month."""
    return RESERVED + PUT_OUT_RANGE + ((town.month * len(town.anchors) + anchor) * SECTORS + sector) * MOST_CONTRACTS


def move_staff_out(town: Town) -> None:
    """Staff whose work a local firm has won for the first time this month go with it; the rest are the anchor's to keep or lay off."""
    if town.rules.enterprise.outsourcing is None:
        return
    contracts, anchors, firms = town.contracts, town.anchors, town.firms
    first, last = _first_slot(town, 0, 0), _first_slot(town, len(anchors), 0)
    new = (contracts.slots >= first) & (contracts.slots < last) & (town.firm_row[contracts["supplier"]] >= 0)
    for row in np.flatnonzero(new).tolist():
        winner, anchor = int(town.firm_row[contracts["supplier"][row]]), int(contracts["anchor"][row])
        work = float(contracts["value"][row] / contracts["price"][row])
        needed = work * float(town.structure.jobs_per_output[firms["sector"][winner]])
        over = int(anchors["workers"][anchor] + anchors["commuters"][anchor] - anchors["jobs"][anchor])
        move_staff(town, (anchors, anchor), (firms, winner), min(int(needed + 0.5), max(over, 0)))
        firms["usual_demand"][winner] += work
