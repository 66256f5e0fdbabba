"""An anchor's supplier list: read beside the place file, compared with the anchor's own figures, and what is left out filled from it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Keys, PlainValue, key_line
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier import UNKNOWN, Supplier
from sim.settings.suppliers.supplier_list import MOST_SUPPLIERS, read_supplier_list
from sim.settings.suppliers.supplier_sums import SupplierSums, supplier_sums

__all__ = ["LIST_SOURCE", "fill_from_suppliers"]

Path = tuple[str | int, ...]
Values = dict[str, Any]

LIST_SOURCE: Final = "supplier-list"
"""Key of the source that is named for figures worked out from a supplier list; added to the place's sources where it lacks it."""
SHARES: Final = (("share_in_place", "place"), ("share_in_region", "region"))
#: How far a share may be from what the list allows, and a sum of money from that of the list: for rounded figures.
SHARE_TOLERANCE: Final = 0.001
SUM_TOLERANCE: Final = 0.001


def fill_from_suppliers(values: PlainValue, tree: Keys, source: SourceFile, findings: Findings) -> None:
    """Read the supplier lists that anchors name, check them against the anchors' figures and fill the figures that are left out.

    Parameters
    ----------
    values : plain values
        The place; changed in place: names of lists become their rows, and figures are added.
    tree, source, findings
        The place file, for lines and names, and where problems go.

    Notes
    -----
    A figure that is given stands for all of the anchor's money, so it must be one that the list allows: suppliers whose sector or
    whereabouts are unknown make up what the known ones lack. Where it is left out the unknown are taken to be as the known, and the
    figure is an assumption whose range is what the list allows.
    """
    anchors = values.get("anchors") if isinstance(values, dict) else None
    count = 0
    for index, anchor in enumerate(anchors if isinstance(anchors, list) else ()):
        if isinstance(anchor, dict) and anchor.get("suppliers") is not None:
            filling = _Filling(anchor, ("anchors", index), tree, source, findings)
            count += filling.fill(count)
            _name_source(values, filling.named)


def _name_source(values: PlainValue, named: str) -> None:
    """Name the list among the sources of the place."""
    sources = values.get("sources") if isinstance(values, dict) else None
    if isinstance(sources, dict) and LIST_SOURCE not in sources:
        sources[LIST_SOURCE] = {"title": "Suppliers of an anchor, listed from what it published", "address": named}


class _Filling:
    """Fills one anchor."""

    def __init__(self, anchor: Values, path: Path, tree: Keys, source: SourceFile, findings: Findings) -> None:
        self.anchor, self.path, self.tree, self.source, self.findings = anchor, path, tree, source, findings
        given = anchor["suppliers"]
        self.named = given if isinstance(given, str) else source.shown

    def found(self, kind: Kind, path: Path, message: str, **said: Any) -> None:
        """Keep a problem of the place file."""
        where = (*self.path, *path)
        self.findings.add(kind, self.source.shown, key_line(self.tree, where), where, message, **said)

    def fill(self, count: int) -> int:
        """Rows of the list; figures are checked and filled."""
        rows = self.rows()
        if rows is not None and count + len(rows) > MOST_SUPPLIERS:
            given, allowed = f"{count + len(rows):,} suppliers", f"at most {MOST_SUPPLIERS:,} in all lists of a place"
            remedy = "put the small suppliers of a sector in one row of the kind several"
            self.found(Kind.TOO_MANY_VALUES, ("suppliers",), "too many suppliers", given=given, allowed=allowed, remedy=remedy)
        suppliers = self.suppliers(rows)
        if not suppliers:
            self.stand_in()
            return 0
        sums = supplier_sums(suppliers)
        self.check_sums(sums)
        self.check_shares(sums)
        self.complete(sums)
        return len(suppliers)

    def rows(self) -> list[Values] | None:
        """The rows: read from the file that is named, or as they stand in the place file."""
        given = self.anchor["suppliers"]
        if isinstance(given, list):
            if not given:
                message, remedy = "there are no suppliers in the list", "add suppliers, or leave the key out"
                self.found(
                    Kind.WRONG_FORM, ("suppliers",), message, given="an empty list", allowed="a supplier in each entry", remedy=remedy
                )
            return given
        if not isinstance(given, str):
            # Neither a name nor rows: the reader of the place says so.
            return None
        path = self.source.path.parent / given
        if "\0" in given or not path.is_file():
            remedy = "check the path; it begins at the folder of the place file"
            message = f"there is no supplier list {given!r}"
            self.found(Kind.NO_SUCH_FILE, ("suppliers",), message, given=given, allowed="a CSV beside the place file", remedy=remedy)
            rows = None
        else:
            rows = read_supplier_list(SourceFile(path, self.shown(given)), self.findings)
        self.anchor["suppliers"] = rows
        return rows

    def shown(self, given: str) -> str:
        """The list as the user would name it: in the folder in which the place file was named."""
        folder, _, _ = self.source.shown.replace("\\", "/").rpartition("/")
        return f"{folder}/{given}" if folder else given

    def suppliers(self, rows: list[Values] | None) -> list[Supplier]:
        """The rows as suppliers; none when one is unfit, which the reader of the place then says."""
        try:
            return [Supplier.model_validate(row) for row in rows or ()]
        except ValidationError:
            return []

    def value(self, key: str, *below: str) -> float | None:
        """The value of a figure that is given; None when there is none that is fit."""
        node: Any = self.anchor.get(key)
        for step in (*below, "value"):
            node = node.get(step) if isinstance(node, dict) else None
        return float(node) if isinstance(node, (int, float)) and not isinstance(node, bool) else None

    def check_sums(self, sums: SupplierSums) -> None:
        """Spend and number of contracts must be those of the list."""
        remedy = "write {}, or leave {!r} out: it is then added up from the list"
        spend, contracts = self.value("annual_spend"), self.value("contracts")
        if spend is not None and abs(spend - sums.total) > 1.0 + SUM_TOLERANCE * sums.total:
            message = f"the suppliers in {self.named} do not add up to the anchor's annual spend"
            said = {"given": f"{spend:.12g}", "allowed": f"{sums.total:.2f}, their sum"}
            self.found(Kind.WRONG_SUM, ("annual_spend",), message, **said, remedy=remedy.format(f"{sums.total:.2f}", "annual_spend"))
        if contracts is not None and abs(contracts - sums.contracts) > 0.5:
            message = f"the suppliers in {self.named} hold another number of contracts"
            said = {"given": f"{contracts:.12g}", "allowed": f"{sums.contracts}, their sum"}
            self.found(Kind.WRONG_SUM, ("contracts",), message, **said, remedy=remedy.format(sums.contracts, "contracts"))

    def check_shares(self, sums: SupplierSums) -> None:
        """Shares must be such that the suppliers of whom it is not known can make up what the known ones lack."""
        for key, where in SHARES:
            self.check_share((key,), self.value(key), sums.where_bounds(where))
        both = [self.value(key) for key, _ in SHARES]
        most = 1.0 - sums.where["outside"] / sums.total
        if None not in both and sum(one or 0.0 for one in both) > most + SHARE_TOLERANCE:
            message = "share_in_place and share_in_region leave too little for the suppliers outside"
            said = {"given": f"{sum(one or 0.0 for one in both):.6g} together", "allowed": f"at most {most:.6g}"}
            self.found(Kind.PART_ABOVE_WHOLE, ("share_in_region",), message, **said, remedy="leave both out")
        given = self.anchor.get("spend_by_sector")
        for sector in SECTORS if isinstance(given, dict) else ():
            share = self.value("spend_by_sector", sector)
            self.check_share(("spend_by_sector", sector), share or 0.0, sums.sector_bounds(sector))

    def check_share(self, path: Path, share: float | None, bounds: tuple[float, float]) -> None:
        """One share against what the list allows."""
        low, high = bounds
        if share is None or low - SHARE_TOLERANCE <= share <= high + SHARE_TOLERANCE:
            return
        allowed = f"{low:.6g}" if high - low < 1e-9 else f"{low:.6g} to {high:.6g}"
        message = f"the suppliers in {self.named} have another share"
        remedy = f"leave {path[0]!r} out: it is then worked out from the list"
        self.found(Kind.WRONG_SUM, path, message, given=f"{share:.6g}", allowed=allowed, remedy=remedy)

    def complete(self, sums: SupplierSums) -> None:
        """Add the figures that are left out."""
        add = self.anchor.setdefault
        note = f"added up from {self.named}"
        add("annual_spend", self.figure(round(sums.total, 2), note))
        add("contracts", self.figure(float(sums.contracts), note))
        given = {where: share for key, where in SHARES if (share := self.value(key)) is not None}
        for key, where in SHARES:
            add(key, self.ranged(given.get(where, sums.share_beside(given, where)), sums.where_bounds(where), note))
        named = [name for name in SECTORS if sums.sector[name] > 0 or sums.sector_share(name) > 0]
        add("spend_by_sector", {name: self.ranged(self.sector_share(sums, name), sums.sector_bounds(name), note) for name in named})

    @staticmethod
    def sector_share(sums: SupplierSums, sector: str) -> float:
        """Share of a sector when the unknown are as the known."""
        return (sums.sector[sector] + sums.sector[UNKNOWN] * sums.sector_share(sector)) / sums.total

    def ranged(self, value: float, bounds: tuple[float, float], note: str) -> Values:
        """A share worked out from the list: an assumption within what the list allows where something is unknown."""
        # A sum of parts may be above the whole by a rounding.
        value = min(max(value, 0.0), 1.0)
        low, high = min(bounds[0], value), min(max(bounds[1], value), 1.0)
        if high - low < 1e-12:
            return self.figure(value, note)
        note = f"{note}; suppliers of whom it is not known are taken to be as the others, and may be none or all of it"
        return self.figure(value, note) | {"mark": "assumption", "low": low, "high": high}

    def figure(self, value: float, note: str) -> Values:
        """A figure worked out from the list, of the year of the anchor's other figures."""
        years = (self.anchor.get(key) for key in ("annual_spend", "jobs"))
        year = next((item["year"] for item in years if isinstance(item, dict) and "year" in item), 2000)
        return {"value": value, "year": year, "source": LIST_SOURCE, "mark": "C", "note": note}

    def stand_in(self) -> None:
        """Figures that are never used: what is wrong with the list is said, and not that figures are missing as well."""
        note = "not read"
        for key, value in (("annual_spend", 0.0), ("contracts", 1.0), ("share_in_place", 0.0), ("share_in_region", 0.0)):
            self.anchor.setdefault(key, self.figure(value, note))
        self.anchor.setdefault("spend_by_sector", {SECTORS[0]: self.figure(1.0, note)})
