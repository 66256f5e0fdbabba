"""The contract book of an anchor from its supplier list, and who holds it: firms that stand for suppliers, or accounts elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.calendar import Month
from sim.core.channels import REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.firms import Branch, CommunityFirm, Cooperative
from sim.kinds.listed import ListedSupplier
from sim.kinds.town import Town
from sim.month.contracts.bids import eligible
from sim.month.contracts.trade_credit import settle_contracts
from sim.settings.places.sections import Anchor
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier import UNKNOWN, Supplier
from sim.settings.suppliers.supplier_sums import unknown_sectors, unknown_wheres

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Smallest and largest number of people employed by size of supplier.
JOBS_OF_SIZE: Final = {"micro": (0, 9), "small": (10, 49), "medium": (50, 249), "large": (250, 10**9)}
#: Kind of firm that stands for a kind of supplier first, where one is free.
FIRM_OF_KIND: Final = {"co-operative": Cooperative, "charity": CommunityFirm, "public body": CommunityFirm}
ACCOUNT_OF: Final = {"region": REGION_ACCOUNT, "outside": WORLD_ACCOUNT}
#: So many suppliers are named in a warning.
NAMED: Final = 5


def listed_contracts(town: Town, anchor: int, item: Anchor, total: int) -> None:
    """The contracts of one anchor's list, one supplier after the other; who holds them comes with `hold_listed`.

    Parameters
    ----------
    anchor : int
        Row of the anchor.
    item : Anchor
        The anchor, with suppliers.
    total : int pence a month
        Shared out by the amounts of the list, to the penny.
    """
    suppliers, contracts = item.suppliers or (), town.contracts
    each = np.array([row.contracts for row in suppliers])
    owner = np.repeat(np.arange(len(suppliers)), each)
    amount = np.array([row.amount for row in suppliers])[owner] / each[owner]
    value = np.diff(np.append(0.0, np.rint(np.cumsum(amount) / amount.sum() * total))).astype(np.int64)
    draws = town.streams.uniform("opening contracts", -anchor, len(owner), width=2)
    months = max(round(float(item.contract_years) * 12.0), 1)
    age = (draws[:, 1] * months).astype(np.int64)
    end, passed = _ends(suppliers, town.starts, owner, months - age)
    if passed:
        town.warn(f"{item.title}: {passed} contracts of the supplier list end before the run begins; when they are let again is drawn")
    category = _categories(town, anchor, item)
    slots = contracts.add(
        len(owner), anchor=anchor, category=category[owner], base_value=value, value=value, start=end - months, end=end, listed=-1
    )
    for place, row in enumerate(suppliers):
        mine = owner == place
        number = len(town.listed)
        town.listed.suppliers.append(ListedSupplier(number, anchor, row, int(category[place]), slots[mine], value[mine], end[mine]))


def _ends(suppliers: Sequence[Supplier], starts: Month, owner: Integers, drawn: Integers) -> tuple[Integers, int]:
    """Last month of each contract: as listed, or as drawn where none is listed or it has passed; and how many have passed."""
    listed = [row.end for row in suppliers]
    index = np.array([0 if end is None else Month.parse(end).index(starts) for end in listed])[owner]
    passed = np.array([end is not None for end in listed])[owner] & (index < 1)
    return np.where(index >= 1, index, drawn), int(passed.sum())


def _categories(town: Town, anchor: int, item: Anchor) -> Integers:
    """Sector of each supplier; drawn from what the known ones lack of the anchor's shares where it is unknown."""
    suppliers = item.suppliers or ()
    cumulative = np.cumsum(unknown_sectors(item))
    draws = town.streams.uniform("opening suppliers", -anchor, len(suppliers))
    drawn = np.minimum(np.searchsorted(cumulative / cumulative[-1], draws, side="right"), len(SECTORS) - 1)
    known = np.array([0 if row.sector == UNKNOWN else SECTORS.index(row.sector) for row in suppliers])
    return np.where([row.sector == UNKNOWN for row in suppliers], drawn, known).astype(np.int64)


def hold_listed(town: Town) -> None:
    """Every listed supplier gets its contracts: by the firm that stands for it in the place, or by an account elsewhere."""
    for anchor, item in enumerate(town.place.anchors):
        mine = [one for one in town.listed.suppliers if one.anchor == anchor]
        if mine:
            _Holding(town, anchor, item).hold(mine)


def hold_again(town: Town) -> None:
    """After the burn-in: contracts whose holder has ended go to another firm of the place, and lie as the list says."""
    living = set(town.firms.slots.tolist())
    for anchor, item in enumerate(town.place.anchors):
        holding = _Holding(town, anchor, item)
        for one in (one for one in town.listed.suppliers if one.anchor == anchor):
            # Contracts of less than a penny a month leave the book.
            slots = town.contracts.living(one.slots)
            lost = slots[town.contracts["listed"][town.contracts.rows(slots)] < 0]
            if lost.size:
                one.firm = one.firm if one.firm in living else -1
                settle_contracts(town, town.contracts.rows(lost))
                for unit in units(one, lost):
                    holding.in_place_or_missed(unit)
        holding.warn_missed()


class Unit(NamedTuple):
    """Contracts that have one holder: all of a supplier's, or a single one of many small suppliers in a row."""

    supplier: ListedSupplier
    slots: Integers
    value: int


def units(one: ListedSupplier, slots: Integers) -> list[Unit]:
    """The units of some contracts of a supplier."""
    values = one.values[np.isin(one.slots, slots)]
    if one.named:
        return [Unit(one, slots, int(values.sum()))]
    return [Unit(one, slots[place : place + 1], int(value)) for place, value in enumerate(values)]


class _Holding:
    """Finds the holders of one anchor's contracts."""

    def __init__(self, town: Town, anchor: int, item: Anchor) -> None:
        self.town, self.anchor, self.item = town, anchor, item
        self.missed: list[Unit] = []

    def hold(self, mine: list[ListedSupplier]) -> None:
        """Known whereabouts first, the largest first; then the unknown, in an order drawn, as far as their part goes."""
        for one in sorted((one for one in mine if one.row.where != UNKNOWN), key=lambda one: -one.value):
            for unit in units(one, one.slots):
                if one.row.where == "place":
                    self.in_place_or_missed(unit)
                else:
                    self.sign(unit, ACCOUNT_OF[one.row.where])
        self.share_out([unit for one in mine if one.row.where == UNKNOWN for unit in units(one, one.slots)])
        self.warn_missed()

    def in_place_or_missed(self, unit: Unit) -> None:
        """A firm of the place holds it; where none can, it is held next door, and that is said."""
        if not self.in_place(unit):
            self.missed.append(unit)
            self.sign(unit, REGION_ACCOUNT)

    def share_out(self, unknown: list[Unit]) -> None:
        """Suppliers of unknown whereabouts: in the place, in the region and outside, so that their money divides as it should."""
        whole = sum(unit.value for unit in unknown)
        here, near = (part * whole for part in unknown_wheres(self.item))
        first = np.array([unit.slots[0] for unit in unknown], np.int64)
        draws = self.town.streams.uniform("opening suppliers", 2, first)
        for place in np.argsort(draws, kind="stable").tolist():
            unit = unknown[place]
            if here >= unit.value / 2.0 and self.in_place(unit):
                here -= unit.value
            elif near >= unit.value / 2.0:
                self.sign(unit, REGION_ACCOUNT)
                near -= unit.value
            else:
                self.sign(unit, WORLD_ACCOUNT)

    def in_place(self, unit: Unit) -> bool:
        """Give a unit to a firm of the place: the one that stands for a named supplier, any for a small one; False where none can."""
        one, firms = unit.supplier, self.town.firms
        row = self.same_supplier(one) if one.named else -1
        if row < 0:
            draw = float(self.town.streams.uniform("opening suppliers", 1, unit.slots[:1])[0])
            row = self.pick(one, float(self.of_one_name(unit)), one.named, draw)
        if row < 0:
            return False
        if one.named:
            one.firm = int(firms.slots[row])
        self.sign(unit, int(firms["account"][row]))
        return True

    def of_one_name(self, unit: Unit) -> int:
        """What the firm must be able to hold: all that its supplier holds in this sector in the place, pence a month."""
        one, name = unit.supplier, unit.supplier.row.supplier.casefold()
        if not one.named or one.row.where != "place":
            return unit.value
        same = (other for other in self.town.listed.suppliers if other.category == one.category and other.row.where == "place")
        return sum(other.value for other in same if other.row.supplier.casefold() == name)

    def same_supplier(self, one: ListedSupplier) -> int:
        """Row of the firm that stands for the supplier already, to this anchor or in this sector to another one; -1 for none."""
        name, firms = one.row.supplier.casefold(), self.town.firms
        for other in self.town.listed.suppliers:
            if other.firm >= 0 and other.category == one.category and other.row.supplier.casefold() == name:
                rows = np.flatnonzero(firms.slots == other.firm)
                if rows.size:
                    return int(rows[0])
        return -1

    def pick(self, one: ListedSupplier, value: float, free: bool, draw: float) -> int:
        """Row of a firm of the sector that can hold so much, drawn by appeal among those that fit best; -1 where there is none."""
        firms = self.town.firms
        among = firms["sector"] == one.category
        if free:
            among &= ~self.town.listed.stands_for_one(firms.slots)
        for fitting in self.fits(one, value):
            rows = np.flatnonzero(among & fitting)
            if rows.size:
                running = np.cumsum(np.maximum(firms["appeal"][rows], 1e-9))
                return int(rows[min(int(np.searchsorted(running, draw * running[-1], side="right")), len(rows) - 1)])
        # Nobody passes the tests of a tender: the largest, if the contract is no more than all it sells.
        rows = np.flatnonzero(among & (firms["usual_sales"] >= value))
        return int(rows[np.argmax(firms["usual_sales"][rows])]) if rows.size else -1

    def fits(self, one: ListedSupplier, value: float) -> Iterator[Flags]:
        """Which firms may hold so much: of the right kind and size, of the kind, of the size, any."""
        firms, parameters = self.town.firms, self.town.rules.parameters
        spare = firms["capacity"] * firms["price"] - firms["usual_sales"]
        tests = parameters["procurement.turnover_share"], parameters["procurement.own_work_share"]
        able = eligible(np.full(len(firms), value), firms["usual_sales"], spare, *tests)
        jobs = firms["workers"] + firms["commuters"]
        least, most = JOBS_OF_SIZE.get(one.row.size, (0, 10**9))
        size = (jobs >= least) & (jobs <= most)
        if one.row.size == "large":
            # A site of a large firm may be small.
            size |= firms["kind"] == Branch.code
        wanted = FIRM_OF_KIND.get(one.row.kind)
        kind = firms["kind"] == wanted.code if wanted else ~np.isin(firms["kind"], [each.code for each in FIRM_OF_KIND.values()])
        yield from (able & kind & size, able & kind, able & size, able)

    def sign(self, unit: Unit, account: int) -> None:
        """Write a holder into the contract book."""
        one, contracts, rows = unit.supplier, self.town.contracts, self.town.contracts.rows(unit.slots)
        mine = np.isin(one.slots, unit.slots)
        for name, value in (("supplier", account), ("value", one.values[mine]), ("base_value", one.values[mine]), ("end", one.ends[mine])):
            contracts[name][rows] = value
        contracts["stands_in"][rows] = False
        contracts["listed"][rows] = one.number

    def warn_missed(self) -> None:
        """Say for whom no firm can stand, and how much money that is."""
        if not self.missed:
            return
        yearly = sum(unit.value for unit in self.missed) * 12 / self.town.structure.minor_units
        titles = list(dict.fromkeys(unit.supplier.row.supplier for unit in self.missed))
        more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
        self.town.warn(
            f"{self.item.title}: no firm of the place is large enough and free to stand for {len(titles)} of its suppliers there, "
            f"{self.town.place.currency.symbol}{yearly:,.0f} a year together ({', '.join(titles[:NAMED])}{more}); "
            "their contracts are held next door"
        )
