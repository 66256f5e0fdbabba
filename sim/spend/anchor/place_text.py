"""The text of a place file with one anchor's figures of spending replaced by its supplier list, comments kept."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sim.settings.places.sections import Anchor
from sim.settings.suppliers.supplier import UNKNOWN, WORKED_OUT, Supplier
from sim.settings.suppliers.supplier_sums import SupplierSums, supplier_sums

__all__ = ["AnchorFigures", "kept_shares", "place_with_suppliers"]

#: Key of the source that is named for the sum of the payments.
SPEND_SOURCE: Final = "spend-files"


@dataclass(frozen=True)
class AnchorFigures:
    """What takes the place of an anchor's figures.

    Attributes
    ----------
    anchor : str
        Short name of the anchor.
    suppliers : str
        Name of the supplier list beside the place file.
    annual_spend : float
        Its sum, currency units.
    year : int
        The year that it was measured for.
    note : str
        How it was worked out.
    source : mapping of str to str
        title and address of what was published.
    shares : frozenset of str
        Which of the anchor's shares by whereabouts are kept, see :func:`kept_shares`.
    """

    anchor: str
    suppliers: str
    annual_spend: float
    year: int
    note: str
    source: Mapping[str, str]
    shares: frozenset[str]


def kept_shares(anchor: Anchor, rows: list[Supplier]) -> frozenset[str]:
    """Which of an anchor's shares by whereabouts are kept beside a list: both, or none.

    They are kept when the list does not know where most of the money goes, and could be as they say: then they tell where the unknown
    are. Where the list knows more, its own suppliers tell it.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> council = load_place("anytown").anchors[0]
    >>> sorted(kept_shares(council, [Supplier(supplier="A", amount=9.0), Supplier(supplier="B", amount=1.0, where="outside")]))
    ['share_in_place', 'share_in_region']
    >>> kept_shares(council, [Supplier(supplier="A", amount=9.0, where="outside")])
    frozenset()
    """
    sums = supplier_sums(rows)
    if sums.where[UNKNOWN] * 2 <= sums.total:
        return frozenset()
    shares = {"place": float(anchor.share_in_place), "region": float(anchor.share_in_region)}
    return frozenset(("share_in_place", "share_in_region")) if _possible(sums, shares) else frozenset()


def _possible(sums: SupplierSums, shares: Mapping[str, float]) -> bool:
    """Whether suppliers of unknown whereabouts can make up what the known ones lack."""
    within = all(sums.where_bounds(where)[0] <= share <= sums.where_bounds(where)[1] for where, share in shares.items())
    return within and sum(shares.values()) <= 1.0 - sums.where["outside"] / sums.total


def place_with_suppliers(text: str, figures: AnchorFigures, lists: Mapping[str, str]) -> str:
    """The text of a place file with another anchor.

    Parameters
    ----------
    text : str
        The place file; it must be good.
    figures : AnchorFigures
        What takes the place of the anchor's own.
    lists : mapping of str to str
        New names of the supplier lists of other anchors, by anchor.
    """
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    place = yaml.load(text)
    for anchor in place["anchors"]:
        if anchor["name"] in lists:
            anchor["suppliers"] = lists[anchor["name"]]
        if anchor["name"] == figures.anchor:
            _replace(anchor, figures)
    place["sources"][SPEND_SOURCE] = _flow({"title": figures.source["title"], "address": figures.source["address"]})
    note = f"The spending of {figures.anchor} is {figures.note}."
    place["notes"] = f"{str(place.get('notes') or '').strip()} {note}".strip()
    written = io.StringIO()
    yaml.dump(place, written)
    return written.getvalue()


def _replace(anchor: Any, figures: AnchorFigures) -> None:
    """Put the list and its sum where the anchor's figures stand."""
    place = list(anchor).index("annual_spend") if "annual_spend" in anchor else len(anchor)
    for key in WORKED_OUT:
        if key in anchor and key not in figures.shares:
            del anchor[key]
    if "suppliers" in anchor:
        del anchor["suppliers"]
    figure = {"value": figures.annual_spend, "year": figures.year, "source": SPEND_SOURCE, "mark": "C", "note": figures.note}
    anchor.insert(place, "annual_spend", _flow(figure))
    anchor.insert(place + 1, "suppliers", figures.suppliers)


def _flow(values: Mapping[str, Any]) -> CommentedMap:
    """A mapping that is written on one line."""
    mapping = CommentedMap(values)
    mapping.fa.set_flow_style()
    return mapping
