"""A place in words for a terminal: its size and anchors, what of it is firm, worked out and assumed, and its sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

__all__ = ["place_lines"]

_WIDTH = 110
_TITLES: Final = {
    "firm": "Firm (mark A: read in an official or primary source; B: in a secondary one)",
    "worked_out": "Worked out from such figures (mark C)",
    "assumed": "Assumed (each with the range in which a reader may move it)",
}


def place_lines(place: Mapping[str, Any]) -> list[str]:
    """The description of a place as lines.

    Parameters
    ----------
    place : mapping
        As :meth:`sim.settings.describe.Catalogue.describe` gives it.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from sim.settings.describe import Catalogue
    >>> from sim.core.registry import POLICIES, SHOCKS
    >>> place_lines(Catalogue(POLICIES, SHOCKS).describe("anytown"))[0]
    'Anytown (invented)'
    """
    return list(_lines(place))


def _lines(place: Mapping[str, Any]) -> Iterator[str]:
    """Line by line."""
    counts = {kind: len(figures) for kind, figures in place["figures"].items()}
    yield str(place["title"])
    yield from textwrap.wrap(place["meaning"], _WIDTH)
    yield ""
    yield f"region: {place['region']}"
    yield f"currency: {place['currency']}, in prices of {place['prices']}"
    yield f"national tables: {place['national_tables']}"
    yield ", ".join(f"{name.replace('_', ' ')}: {value:,.0f}" for name, value in place["size"].items())
    yield f"figures: {counts['firm']} firm, {counts['worked_out']} worked out, {counts['assumed']} assumed"
    yield ""
    yield "Anchors"
    for one in place["anchors"]:
        spend = f"buys {one['annual_spend']:,.0f} {place['currency']} a year, {one['share_in_place']:.1%} of it in the place"
        yield f"  {one['name']}: {one['title']} ({one['kind']}), {one['jobs']:,.0f} jobs, {spend}"
    for kind, title in _TITLES.items():
        yield ""
        yield f"{title}: {counts[kind] or 'none'}"
        yield from _figures(place["figures"][kind], kind == "assumed", place["currency"])
    yield ""
    yield "Sources"
    for key, source in place["sources"].items():
        yield from _wrapped(f"{key}: {source['title']} ({source['address']})")
    if place["published"]:
        yield ""
        yield "Published, to compare with"
        for fact in place["published"]:
            yield from _wrapped(f"{fact['fact']} ({fact['year']}): {fact['value']:.12g} {fact['unit']} [{fact['mark']}, {fact['source']}]")


def _figures(figures: Iterable[Mapping[str, Any]], ranges: bool, currency: str) -> Iterator[str]:
    """Figures one by one; several of one mapping from one source in one paragraph, with the total that was divided into them."""
    for (path, source, mark, year), group in groupby(figures, key=lambda one: (one["path"], one["source"], one["mark"], one["year"])):
        held = list(group)
        told = f" [{source}, {year}]" if ranges else f" [{mark}, {source}, {year}]"
        unit = held[0]["unit"].replace("currency units", currency)
        if len(held) == 1:
            one = held[0]
            note = f"; {one['note']}" if one["note"] else ""
            yield from _wrapped(f"{one['name']}: {_number(one['value'])}{_range(one)} {unit}{told}{note}")
        else:
            inside = ", ".join(f"{one['key']} {_number(one['value'])}{_range(one)}" for one in held)
            yield from _wrapped(f"{path} ({unit}): {inside}{told}{_divided(held)}")


def _divided(held: Iterable[Mapping[str, Any]]) -> str:
    """The end that all their notes share: where the total comes from that was divided into these figures.

    Examples
    --------
    >>> _divided([{"note": "3900 x 2 / 9; total: census (A)"}, {"note": "3900 x 7 / 9; total: census (A)"}])
    '; total: census (A)'
    >>> _divided([{"note": "3900 x 2 / 9; total: census (A)"}, {"note": None}])
    ''
    """
    ends = {total + end for _, total, end in ((one["note"] or "").partition("; total: ") for one in held)}
    return ends.pop() if len(ends) == 1 else ""


def _range(one: Mapping[str, Any]) -> str:
    """The range of a figure, where it has one."""
    if one["low"] is None or one["high"] is None:
        return ""
    return f" ({_number(one['low'])} to {_number(one['high'])})"


def _number(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.6g}"


def _wrapped(text: str) -> list[str]:
    """A text as an indented paragraph."""
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)
