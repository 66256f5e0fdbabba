"""A filled place as the text of a place file, with comments from the declarations."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from sim.settings.own_place.fill import Entry, Filled, FilledAnchor
from sim.settings.place import Place

__all__ = ["own_place_text"]

_WIDTH = 132
_SECTIONS = ("population", "labour", "pay", "business", "housing", "wealth", "transfers")


def own_place_text(place: Filled) -> str:
    """The text of a place file.

    Parameters
    ----------
    place : Filled
        The place.

    Returns
    -------
    str
        A file that opens without a problem; each section begins with what it holds.
    """
    lines = [*_head(place), "", "sources:", *_sources(place)]
    for section in _SECTIONS:
        lines += ["", *_section(section, place)]
    lines += ["", "# INVENTED: equal parts with an even gradient of deprivation; replace them by real ones when you know them."]
    lines += ["neighbourhoods:"]
    for name, people, need in place.neighbourhoods:
        lines.append(f"  - {{name: {_word(name)}, population_share: {_figure(people)}, deprivation: {_figure(need)}}}")
    lines += ["", f"# {_meaning(Place, 'anchors')}.", "anchors:"]
    for anchor in place.anchors:
        lines += _anchor(anchor)
    return "\n".join([*lines, "", f"published: []   # {_meaning(Place, 'published')}"]) + "\n"


def _head(place: Filled) -> Iterator[str]:
    """Comments that say what is firm and what is not, and the words of the place."""
    words = place.words
    listed = {mark: [path for path, entry in _all(place) if entry.mark == mark] for mark in ("A", "B", "C", "assumption")}
    yield f"# {words['title']}: made from a handful of figures; national figures fill the rest."
    yield "# Check it with: localwealth check FILE      See what is firm with: localwealth describe place FILE"
    yield "#"
    for title, paths in (
        ("FIRM (marks A and B)", [*listed["A"], *listed["B"]]),
        ("WORKED OUT (mark C)", listed["C"]),
    ):
        yield from _comment(f"{title}: {', '.join(paths) or 'nothing'}.")
    yield from _comment(
        f'GUESSED (mark "assumption", each with a low and a high): the other {len(listed["assumption"])} figures. {_standing(place)}'
    )
    yield f"# Money is in {words['currency']} (major units) of {words['year']}; shares lie between 0 and 1."
    yield f"name: {words['name']}"
    yield f"title: {_word(words['title'])}"
    yield "invented: false"
    yield f"notes: {_word(words['notes'] or _standing(place))}"
    yield f"currency: {{code: {words['currency']}, symbol: {_word(words['symbol'])}, minor_units: 100}}"
    slug = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words["region"].lower()).split())
    yield f"region: {{name: {slug or 'region'}, title: {_word(words['region'])}}}"
    if words["areas"]:
        yield f"areas: {{place: [{', '.join(words['areas'].split())}], region: [{', '.join(words['region_areas'].split())}]}}"
    yield f'prices: "{words["year"]}"'
    stand_in = str(place.abroad).lower()
    yield f"national_tables: {{name: uk-2019, stand_in: {stand_in}}}   # {_meaning(Place, 'national_tables')}"


def _standing(place: Filled) -> str:
    """What an assumption rests on here."""
    if place.abroad:
        return "Figures and tables of the United Kingdom stand in for those of another country, with wider ranges."
    return "Most rest on figures of the United Kingdom, scaled to the residents, jobs and pay of the place."


def _all(place: Filled) -> Iterator[tuple[str, Entry]]:
    """Every figure with its path."""
    yield from place.figures.items()
    for anchor in place.anchors:
        for name, entry in (*anchor.figures.items(), *((f"spend_by_sector.{sector}", one) for sector, one in anchor.spend.items())):
            yield f"anchors.{anchor.name}.{name}", entry
    for name, people, need in place.neighbourhoods:
        yield f"neighbourhoods.{name}.population_share", people
        yield f"neighbourhoods.{name}.deprivation", need


def _sources(place: Filled) -> Iterator[str]:
    """The sources that figures name."""
    for key, source in place.sources.items():
        inside = ", ".join(f"{name}: {_word(text)}" for name, text in source.items())
        yield f"  {_word(key) if not key[0].isalpha() else key}: {{{inside}}}"


def _section(section: str, place: Filled) -> Iterator[str]:
    """One section: each figure with its meaning."""
    model = Place.model_fields[section].annotation
    assert isinstance(model, type)
    assert issubclass(model, BaseModel)
    yield f"{section}:   # {_meaning(Place, section)}"
    for name in model.model_fields:
        path = f"{section}.{name}"
        comment = f"   # {_meaning(model, name)}"
        if path in place.figures:
            yield f"  {name}: {_figure(place.figures[path])}{comment}"
            continue
        yield f"  {name}:{comment}"
        for key, entry in place.figures.items():
            if key.startswith(f"{path}."):
                yield f"    {json.dumps(key.removeprefix(f'{path}.'))}: {_figure(entry)}"


def _anchor(anchor: FilledAnchor) -> Iterator[str]:
    """One anchor."""
    yield f"  - name: {anchor.name}"
    yield f"    title: {_word(anchor.title)}"
    yield f"    kind: {anchor.kind}"
    for name in ("jobs", "annual_spend"):
        yield f"    {name}: {_figure(anchor.figures[name])}"
    yield "    spend_by_sector:"
    for sector, entry in anchor.spend.items():
        yield f"      {sector}: {_figure(entry)}"
    for name in ("share_in_place", "share_in_region", "contract_years", "contracts", "council_tax_share"):
        if name in anchor.figures:
            yield f"    {name}: {_figure(anchor.figures[name])}"


def _figure(entry: Entry) -> str:
    """A figure on one line."""
    parts = [f"value: {_number(entry.value)}", f"year: {entry.year}", f"source: {_word(entry.source)}", f"mark: {entry.mark}"]
    for name, bound in (("low", entry.low), ("high", entry.high)):
        if bound is not None:
            parts.append(f"{name}: {_number(bound)}")
    if entry.note:
        parts.append(f"note: {_word(entry.note)}")
    return f"{{{', '.join(parts)}}}"


def _number(value: float) -> str:
    """A number without an exponent, six digits after the point at most."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _word(text: str) -> str:
    """A text in quotes, unless it is a plain key."""
    return (
        text if text and text.isascii() and text.replace("-", "").isalnum() and text[0].isalpha() else json.dumps(text, ensure_ascii=False)
    )


def _meaning(model: type[BaseModel], name: str) -> str:
    """What a key of the place file means."""
    return model.model_fields[name].description or ""


def _comment(text: str) -> Iterable[str]:
    """A text as lines of comment."""
    return textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent="# ", subsequent_indent="#   ")
