"""The tables of words in the package's data: phrases that tell a kind or a sector, and words that tell a person's name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal

from sim.spend.matching.phrases import Entry, Phrases

__all__ = ["kind_phrases", "person_words", "sector_phrases"]

PersonList = Literal["title", "institution", "first name", "family name too", "ordinary"]


@cache
def kind_phrases() -> Phrases:
    """Phrases in names that tell a kind, of ``supplier_kind_words.csv``.

    Examples
    --------
    >>> kind_phrases().guess(("preston", "city", "council")).value
    'public body'
    """
    return Phrases(Entry(row["kind"], float(row["certainty"]), row["phrase"]) for row in _rows("supplier_kind_words.csv"))


@cache
def sector_phrases(text: Literal["name", "category"]) -> Phrases:
    """Phrases in names, or in categories, areas and descriptions, that tell a sector, of ``supplier_sector_words.csv``.

    Examples
    --------
    >>> sector_phrases("category").guess(("school", "transport")).value
    'transport'
    """
    rows = _rows("supplier_sector_words.csv")
    return Phrases(Entry(row["sector"], float(row["certainty"]), row["phrase"]) for row in rows if row["text"] == text)


@cache
def person_words(name: PersonList) -> frozenset[str]:
    """One of the lists of words of ``person_words.csv``.

    Parameters
    ----------
    name : str
        "title" before a name, "institution" beside one, "first name", "family name too" (an ordinary word that is also a family name),
        "ordinary" (a word that says a name is more than a person's).

    Examples
    --------
    >>> "councillor" in person_words("title")
    True
    """
    return frozenset(row["word"] for row in _rows("person_words.csv") if row["list"] == name)


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table in the package's data."""
    yield from csv.DictReader(resources.files("sim.data").joinpath(name).read_text(encoding="utf-8").splitlines())
