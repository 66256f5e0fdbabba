"""What the page says of each shipped place before anybody chooses it: a whole place takes half a second to read, its outline a tenth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.settings.names import shipped_folder
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.tree import Keys, plain
from sim.settings.reading.yaml_reader import tree_of_text

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["AnchorOutline", "PlaceOutline", "outline_of", "shipped_outline"]

_KEYS: Final = ("title", "invented", "currency", "population")
_SECTION: Final = re.compile(r"(?m)^(?=[a-z_]+:)")
#: Of an anchor only its own name, title and kind are read.
_ANCHOR_LINE: Final = re.compile(r"(anchors:|  - name:|    (?:name|title|kind):)")


@dataclass(frozen=True, slots=True)
class AnchorOutline:
    """An anchor of a place."""

    name: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlaceOutline:
    """What the page says of a place."""

    name: str
    title: str
    invented: bool
    residents: int
    symbol: str
    minor_units: int
    anchors: tuple[AnchorOutline, ...]


def outline_of(place: Place) -> PlaceOutline:
    """The outline of a place that was read.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> outline_of(load_place("anytown")) == shipped_outline("anytown")
    True
    """
    anchors = tuple(AnchorOutline(item.name, item.title, item.kind) for item in place.anchors)
    residents, currency = int(float(place.population.residents)), place.currency
    return PlaceOutline(place.name, place.title, place.invented, residents, currency.symbol, currency.minor_units, anchors)


def shipped_outline(name: str) -> PlaceOutline:
    """The outline of a place that comes with the package, from the few sections of its file that hold it.

    Old names of keys are not looked for: what comes with the package has the names of now (``tests/unit/settings/test_renamed.py``).

    Parameters
    ----------
    name : str
        Name of the place.

    Raises
    ------
    sim.errors.InputError
        When the file is no place file of the form in which the shipped ones are written.
    """
    path = shipped_folder() / "places" / f"{name}.yaml"
    sections = _SECTION.split(path.read_text(encoding="utf-8"))
    kept = [section for section in sections if section.partition(":")[0] in _KEYS]
    kept += [
        "".join(filter(_ANCHOR_LINE.match, section.splitlines(keepends=True))) for section in sections if section.startswith("anchors:")
    ]
    findings = Findings()
    tree = tree_of_text("".join(kept), SourceFile(path, f"scenarios/places/{name}.yaml"), findings)
    findings.raise_if_any()
    held: Any = plain(tree if tree is not None else Keys((), 1))
    anchors = tuple(AnchorOutline(item["name"], item["title"], item["kind"]) for item in held["anchors"])
    currency, residents = held["currency"], int(held["population"]["residents"]["value"])
    return PlaceOutline(name, held["title"], held["invented"], residents, currency["symbol"], currency.get("minor_units", 100), anchors)
