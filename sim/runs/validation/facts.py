"""The facts to compare with: those that a place file publishes, and national ones that no place file holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from sim.settings.frozen import FrozenMapping
from sim.settings.places.checks import check_sources
from sim.settings.places.figure import Text
from sim.settings.places.sections import PublishedFact, Section, SourceEntry
from sim.settings.reading.files import SourceFile
from sim.settings.reading.model_problems import find_model_problems
from sim.settings.reading.problems import Findings
from sim.settings.reading.tree import plain
from sim.settings.reading.yaml_reader import read_tree

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["Fact", "FactBook", "facts_of_place", "national_facts", "read_fact_book"]


class FactBook(Section):
    """Facts of a country, with their sources."""

    name: Text = Field(description="short name")
    title: Text = Field(description="name for readers")
    notes: str = Field(default="", strict=True, max_length=20_000, description="anything a reader must know")
    compared_in: tuple[Text, ...] = Field(description="places in which the facts are compared with the model")
    sources: FrozenMapping[SourceEntry] = Field(description="the publications that figures are taken from, by a short key")
    facts: tuple[PublishedFact, ...] = Field(description="the facts")


@dataclass(frozen=True, slots=True)
class Fact:
    """One published fact, and where it comes from.

    Parameters
    ----------
    of : str
        Title of the place or country that it is of.
    entry : PublishedFact
        The fact as its file holds it.
    source : str
        Title of its source.
    address : str
        Where the source can be read.
    """

    of: str
    entry: PublishedFact
    source: str
    address: str

    @property
    def name(self) -> str:
        """What was measured, and the year: what tells the facts of a place apart."""
        return f"{self.entry.fact} ({self.entry.year})"

    @property
    def low(self) -> float:
        """Low end of what is published."""
        return self.entry.value if self.entry.low is None else self.entry.low

    @property
    def high(self) -> float:
        """High end of what is published."""
        return self.entry.value if self.entry.high is None else self.entry.high


def facts_of_place(place: Place) -> tuple[Fact, ...]:
    """The facts that a place file publishes, in its order.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> facts_of_place(load_place("anytown"))
    ()
    """
    return tuple(_fact(place.title, entry, place.sources) for entry in place.published)


def _fact(of: str, entry: PublishedFact, sources: FrozenMapping[SourceEntry]) -> Fact:
    """A fact with the words of its source."""
    source = sources[entry.source]
    return Fact(of, entry, source.title, source.address)


def national_facts() -> tuple[FactBook, ...]:
    """The books of national facts that come with the package."""
    folder = Path(__file__).resolve().parents[2] / "data" / "facts"
    return tuple(read_fact_book(path, f"sim/data/facts/{path.name}") for path in sorted(folder.glob("*.yaml")))


def read_fact_book(path: Path, shown: str) -> FactBook:
    """Read a book of facts.

    Parameters
    ----------
    path : Path
        Its file.
    shown : str
        What messages call it.

    Raises
    ------
    sim.errors.InputError
        With every problem of the file.
    """
    findings, source = Findings(), SourceFile(path, shown)
    tree = read_tree(source, findings)
    book: FactBook | None = None
    if tree is not None:
        check_sources(tree, source, findings)
        values: Any = plain(tree)
        try:
            book = FactBook.model_validate(values)
        except ValidationError as error:
            find_model_problems(error, FactBook, tree, source, findings)
    findings.raise_if_any()
    assert book is not None
    return book


def facts_of_book(book: FactBook) -> tuple[Fact, ...]:
    """The facts of a book, in its order."""
    return tuple(_fact(book.title, entry, book.sources) for entry in book.facts)
