"""Files of an anchor with its real suppliers: the place file, the supplier list, and two scenarios to begin with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from sim.core.calendar import Month
from sim.errors import InputError, Problem, nearest
from sim.settings.load import load_place
from sim.settings.names import find_file
from sim.settings.place import Place
from sim.settings.places.sections import Anchor
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Items, Keys, Scalar, find
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.suppliers.supplier import UNKNOWN, Supplier
from sim.settings.suppliers.supplier_sums import supplier_sums
from sim.spend.anchor.period import Period, period_of
from sim.spend.anchor.place_text import AnchorFigures, kept_shares, place_with_suppliers
from sim.spend.anchor.rows import SupplierRows, supplier_rows

__all__ = ["FILES", "AnchorFiles", "anchor_of", "write_anchor"]

PLACE, USUAL, BUY_LOCAL = "place.yaml", "business-as-usual.yaml", "buy-local.yaml"
FILES: Final = (PLACE, USUAL, BUY_LOCAL)
"""Files that are written beside the supplier list."""
#: Target of the scenario that buys more in the place: so much above the share at the opening.
MORE: Final = 0.1
MONTHS: Final = 60


@dataclass(frozen=True)
class AnchorFiles:
    """What was written.

    Attributes
    ----------
    place, suppliers, usual, buy_local : Path
        The place file, the supplier list, and the scenarios.
    notes : tuple of str
        What a reader should know, in sentences.
    """

    place: Path
    suppliers: Path
    usual: Path
    buy_local: Path
    notes: tuple[str, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files."""
        return self.place, self.suppliers, self.usual, self.buy_local


def write_anchor(
    suppliers: pd.DataFrame,
    place: str | os.PathLike[str],
    anchor: str,
    out: str | os.PathLike[str],
    *,
    dates: pd.Series | None = None,
    months: int | None = None,
    today: str | None = None,
    published: str = "published payments",
    top: int = 300,
    public_bodies: bool = True,
) -> AnchorFiles:
    """Write a place whose anchor has these suppliers, and two scenarios of it.

    Parameters
    ----------
    suppliers : DataFrame
        name, kind, sector, where, size, their certainties and amount in pence, as they may be shown; `contracts` and `end` where known.
    place : str or path
        Name or path of the place that the anchor lies in.
    anchor : str
        Short name of the anchor whose figures are replaced.
    out : str or path
        Folder; made where it is not there.
    dates : Series of datetime64, optional
        Day of each payment: how many months the amounts cover follows from them.
    months : int, optional
        How many months the amounts cover; wins over `dates`. 12 for amounts of a year.
    today : str, optional
        First month of the scenarios as YYYY-MM; the month after the last payment when left out.
    published : str
        What the amounts come from.
    top : int
        Suppliers with a row of their own.
    public_bodies : bool
        Whether what was paid to public bodies counts as buying.

    Returns
    -------
    AnchorFiles

    Raises
    ------
    sim.errors.InputError
        When the place has no such anchor, no date is known, there is no money, or one of the files is there already.
    """
    base, folder = load_place(place), Path(out)
    item = anchor_of(base, anchor)
    period = _period(dates, months)
    rows = supplier_rows(suppliers, period.factor, top, public_bodies=public_bodies)
    if not rows.pence:
        raise _refused("suppliers", "nothing", "money paid to a supplier", "give files with payments", "there is no money to share out")
    name = f"suppliers-of-{item.name}.csv"
    _refuse_what_is_there(folder, (name, *FILES))
    start = Month.parse(today) if today else _after(period, base)
    figures = _figures(rows, item, name, period, start, published)
    text, lists = _base_text(place, item.name)
    folder.mkdir(parents=True, exist_ok=True)
    for path, copy in lists.values():
        (folder / copy).write_bytes(path.read_bytes())
    _csv(rows.table).to_csv(folder / name, index=False, lineterminator="\n")
    written = place_with_suppliers(text, figures, {other: copy for other, (_, copy) in lists.items()})
    (folder / PLACE).write_text(written, encoding="utf-8", newline="\n")
    share = float(anchor_of(load_place(folder / PLACE), item.name).share_in_place)
    (folder / USUAL).write_text(_usual(base, item, start), encoding="utf-8", newline="\n")
    (folder / BUY_LOCAL).write_text(_buy_local(item, share), encoding="utf-8", newline="\n")
    notes = tuple(_notes(rows, item, period, figures, share))
    return AnchorFiles(folder / PLACE, folder / name, folder / USUAL, folder / BUY_LOCAL, notes)


def _refused(key: str, given: str, allowed: str, remedy: str, message: str, kind: str = "usage") -> InputError:
    """An error about one argument."""
    return InputError([Problem("", None, key, given, allowed, None, remedy, message, kind)])


def anchor_of(place: Place, name: str) -> Anchor:
    """The anchor of that name.

    Raises
    ------
    sim.errors.InputError
        When there is none; it names the nearest.

    Examples
    --------
    >>> anchor_of(load_place("anytown"), "council").kind
    'council'
    """
    for item in place.anchors:
        if name.strip().lower() in (item.name, item.title.lower()):
            return item
    names = place.anchor_names
    near = nearest(name, names)
    message, remedy = f"{place.title} has no anchor {name!r}", f"write {near!r}" if near else "write one of the allowed names"
    raise InputError([Problem("", None, "anchor", name, ", ".join(names), near, remedy, message, Kind.UNKNOWN_NAME)])


def _period(dates: pd.Series | None, months: int | None) -> Period:
    """The period: as given, or as the dates show."""
    found = period_of(dates) if dates is not None else None
    if months is not None:
        if not 1 <= months <= 120:
            raise _refused("months", str(months), "1 to 120", "write how many months the files cover", "so many months can't be covered")
        return Period(months, found.first if found else "", found.last if found else "", 0)
    if found is None:
        remedy = "say how many months the files cover: --months 12"
        raise _refused(
            "months", "no dates", "dates of payments, or a number of months", remedy, "no payment has a date, so a year can't be told"
        )
    return found


def _after(period: Period, place: Place) -> Month:
    """The month after the last payment; the first of the place's year where no date is known."""
    return Month.parse(period.last) + 1 if period.last else Month(int(place.population.residents.year), 1)


def _refuse_what_is_there(folder: Path, names: Iterable[str]) -> None:
    """Nothing is ever overwritten."""
    there = [name for name in names if (folder / name).exists()]
    if there:
        given, message = f"{folder.as_posix()} with {', '.join(there)}", "there is something already, and nothing is ever overwritten"
        raise _refused("out", given, "a folder without them", "name another", message, "taken")


def _base_text(place: str | os.PathLike[str], anchor: str) -> tuple[str, dict[str, tuple[Path, str]]]:
    """Text of the place file, and the supplier lists of its other anchors with the names of their copies."""
    findings = Findings()
    source = find_file("place", os.fspath(place), findings)
    tree = read_tree(source, findings) if source is not None else None
    findings.raise_if_any()
    assert source is not None
    assert tree is not None
    lists = {}
    items = find(tree, ("anchors",))
    for node in items.items if isinstance(items, Items) else ():
        name, given = (find(node, (key,)) if isinstance(node, Keys) else None for key in ("name", "suppliers"))
        if isinstance(name, Scalar) and isinstance(given, Scalar) and isinstance(given.value, str) and name.value != anchor:
            lists[str(name.value)] = (source.path.parent / given.value, f"suppliers-of-{name.value}.csv")
    return source.path.read_text(encoding="utf-8-sig"), lists


def _csv(table: pd.DataFrame) -> pd.DataFrame:
    """The list as it is written: money in major units, nothing where nothing is known."""
    amount = table["amount"].map(lambda pence: f"{pence // 100}.{pence % 100:02d}")
    certainty = table["certainty"].map(lambda value: "" if pd.isna(value) else f"{value:g}")
    # What a spreadsheet would take for a formula has an apostrophe in front.
    name = table["supplier"].where(~table["supplier"].str.match(r"[=+\-@\t\r]"), "'" + table["supplier"])
    return table.assign(supplier=name, amount=amount, certainty=certainty)


def _suppliers(table: pd.DataFrame) -> list[Supplier]:
    """The list as the reader of places will have it, as far as sums need it."""
    columns = zip(table["supplier"], table["sector"], table["where"], table["amount"], table["contracts"], strict=True)
    return [
        Supplier(supplier=name, sector=sector, where=where, amount=pence / 100, contracts=int(contracts))
        for name, sector, where, pence, contracts in columns
    ]


def _figures(rows: SupplierRows, item: Anchor, name: str, period: Period, start: Month, published: str) -> AnchorFigures:
    """What takes the place of the anchor's figures."""
    covered = f"{period.first} to {period.last}" if period.first != period.last else period.first
    months = f"{period.months} month{'s' * (period.months > 1)}{f' ({covered})' if covered else ''}"
    note = f"added up from {published}: {months} told as a year"
    source = {"title": published, "address": name}
    kept = kept_shares(item, _suppliers(rows.table))
    year = int(period.last[:4]) if period.last else start.year
    return AnchorFigures(item.name, name, rows.pence / 100, year, note, source, kept)


def _usual(place: Place, item: Anchor, start: Month) -> str:
    """The reference arm."""
    title = json.dumps(f"Business as usual: {place.title} with the suppliers of {item.title}", ensure_ascii=False)
    return (
        f"# The reference arm: {item.title} buys as it did, from the suppliers in {PLACE}.\n"
        f"title: {title}\nplace: {PLACE}\nstart: {start}\nmonths: {MONTHS}\npolicies: []\n"
    )


def _buy_local(item: Anchor, share: float) -> str:
    """The arm that is compared with it."""
    target = min(round(share + MORE, 3), 1.0)
    title = json.dumps(f"{item.title} buys more in the place", ensure_ascii=False)
    return (
        f"# {item.title} aims at {MORE:.0%} of its contract money more in the place. Everything here is yours to change;\n"
        "# localwealth list policies shows what else there is.\n"
        f"title: {title}\nbased_on: {USUAL}\npolicies:\n"
        f"  - use: local_spend_target\n    anchors: [{item.name}]\n    share: {target:g}   # it begins at {share:.3f}\n"
        "    maximum_premium: 0.05\n    ramp_months: 24\n"
        "# A target brings no new bidders: outreach does, and its cost is yours to name.\n"
        f"#  - use: outreach\n#    anchors: [{item.name}]\n#    reach: 0.3\n#    monthly_cost: FILL-IN\n"
    )


def _notes(rows: SupplierRows, item: Anchor, period: Period, figures: AnchorFigures, share: float) -> Iterable[str]:
    """What a reader should know."""
    sums = supplier_sums(_suppliers(rows.table))
    yield f"{item.title}: {rows.pence / 100:,.2f} a year, {figures.note}"
    if period.months < 12:
        yield "less than a year is covered: what is bought once a year is told too high or too low"
    if period.stray:
        yield f"{period.stray} payments have no date in those months; their money counts all the same"
    yield f"{rows.named} suppliers have a row of their own, {rows.grouped} share one by sector and whereabouts"
    if rows.paid_back:
        back = f"{rows.paid_back} suppliers" if rows.paid_back > 1 else "1 supplier"
        left = f"{'are' if rows.paid_back > 1 else 'is'} left out: {rows.paid_back_pence / 100:,.2f}"
        yield f"{back} that paid back as much as they were paid or more {left}"
    public = int(rows.table.loc[rows.table["kind"] == "public body", "amount"].sum())
    if rows.left_out:
        bodies = "1 public body is" if rows.left_out == 1 else f"{rows.left_out} public bodies are"
        yield f"{bodies} left out: {rows.left_out_pence / 100:,.2f} over the period"
    elif public:
        yield f"of it {public / 100:,.2f} a year goes to public bodies, and is taken to be no matter of tenders"
    unknown = sums.where[UNKNOWN] / sums.total
    if unknown > 0:
        how = "the place file's shares tell where it goes" if figures.shares else "it is taken to go where the rest goes"
        yield f"of {unknown:.1%} of the money it is not known where it goes: {how}"
    yield f"share with suppliers in the place: {share:.1%} ({sums.where['place'] / sums.total:.1%} known to be)"
