"""Who is paid: names of private persons hidden, the others' spellings joined, and for each payment the party it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.spend.matching.columns import pence, text_column
from sim.spend.matching.guess import Guess
from sim.spend.matching.joining import Spelling, join_spellings
from sim.spend.matching.kinds import kind_of
from sim.spend.matching.known import KnownSupplier, KnownSuppliers
from sim.spend.matching.names import normal_name
from sim.spend.matching.persons import PERSON, public_name
from sim.spend.matching.places import PlaceAreas, where_by_postcode

__all__ = ["Parties", "find_parties"]

Whole = NDArray[np.int64]

#: A name that may be a person's, with no surer sign than this, is a firm's if another spelling has a legal form.
DOUBTFUL_PERSON = 0.5


@dataclass(slots=True)
class Parties:
    """The parties that are paid, numbered from nought.

    Attributes
    ----------
    of_payment : ndarray of int64
        The party of each payment.
    names : list of str
        As shown; empty for hidden ones and where no name is given.
    kinds : list of Guess
        What kind of supplier each is.
    facts : list of KnownSupplier or None
        What is known of each.
    spellings : list of int
        Number of names.
    wheres : dict of int to Guess
        Where the hidden ones are.
    joins : pandas.DataFrame
        party, spelling, certainty, why.
    """

    of_payment: Whole
    names: list[str] = field(default_factory=list)
    kinds: list[Guess] = field(default_factory=list)
    facts: list[KnownSupplier | None] = field(default_factory=list)
    spellings: list[int] = field(default_factory=list)
    wheres: dict[int, Guess] = field(default_factory=dict)
    joins: pd.DataFrame = field(default_factory=pd.DataFrame)

    def add(self, name: str, kind: Guess, fact: KnownSupplier | None, spellings: int) -> int:
        """A new party; its number."""
        self.names.append(name)
        self.kinds.append(kind)
        self.facts.append(fact)
        self.spellings.append(spellings)
        return len(self.names) - 1


@dataclass(frozen=True, slots=True)
class _Names:
    """The different names in the payments: text, whether withheld, kind, what is known, value in pence; and the name of each payment."""

    texts: list[str]
    kinds: list[Guess]
    facts: list[KnownSupplier | None]
    values: Whole
    of_payment: Whole


def find_parties(payments: pd.DataFrame, areas: PlaceAreas | None, known: KnownSuppliers) -> Parties:
    """Find who is paid.

    Parameters
    ----------
    payments : pandas.DataFrame
        See :func:`sim.spend.suppliers.match_suppliers`.
    areas : PlaceAreas or None
        By which persons are put apart into place, region, outside and unknown.
    known : KnownSuppliers
        Their names are shown unless they are known to be persons.

    Returns
    -------
    Parties
        Each payment belongs to one.
    """
    names = _names(payments, known)
    hidden = np.array([kind.value == PERSON for kind in names.kinds], dtype=bool)
    parties = Parties(np.full(len(payments), -1, dtype=np.int64))
    _add_firms(parties, payments, names, np.flatnonzero(~hidden))
    _add_hidden(parties, payments, names, hidden, areas)
    return parties


def _names(payments: pd.DataFrame, known: KnownSuppliers) -> _Names:
    """The different names, each with its kind."""
    texts = text_column(payments, "supplier")
    redacted = payments["redacted"].fillna(False).to_numpy(dtype=bool)
    of_name, different = pd.factorize(texts)
    of_pair, pairs = pd.factorize(of_name * 2 + redacted)
    found = [str(different[pair // 2]) for pair in pairs]
    facts = [None if pair % 2 else known.find(text) for text, pair in zip(found, pairs, strict=True)]
    kinds = [kind_of(text, bool(pair % 2)) for text, pair in zip(found, pairs, strict=True)]
    kinds = [Guess(fact.kind, 1.0, "known from the list") if fact and fact.kind else kind for fact, kind in zip(facts, kinds, strict=True)]
    values = np.zeros(len(found), dtype=np.int64)
    np.add.at(values, of_pair, np.abs(pence(payments)))
    return _Names(found, _without_doubt(found, kinds, facts), facts, values, of_pair.astype(np.int64))


def _without_doubt(texts: Sequence[str], kinds: Sequence[Guess], facts: Sequence[KnownSupplier | None]) -> list[Guess]:
    """Names that may be a person's are a firm's if the same words stand elsewhere with a legal form, or in the list of the known."""
    firms = {normal_name(text).base for text, kind in zip(texts, kinds, strict=True) if kind.value != PERSON and normal_name(text).legal}
    result = []
    for text, kind, fact in zip(texts, kinds, facts, strict=True):
        doubtful = kind.value == PERSON and kind.certainty <= DOUBTFUL_PERSON
        if doubtful and normal_name(text).base in firms:
            result.append(Guess("company", 0.6, "another spelling has a legal form"))
        elif kind.value == PERSON and fact is not None and not fact.kind:
            result.append(Guess("unknown", 0.0, "named in the list of the known"))
        else:
            result.append(kind)
    return result


def _add_firms(parties: Parties, payments: pd.DataFrame, names: _Names, shown: Whole) -> None:
    """Join the spellings of firms and give each payment its party."""
    evidence = _evidence(payments, names, set(shown.tolist()))
    spellings = [Spelling(names.texts[index], int(names.values[index]), *evidence.get(index, _NOTHING)) for index in shown.tolist()]
    joins = join_spellings(spellings)
    groups: dict[object, list[int]] = {}
    for place, join in enumerate(joins):
        fact = names.facts[shown[place]]
        groups.setdefault(fact if fact is not None else join.group, []).append(place)
    party_of_name = np.full(len(names.texts), -1, dtype=np.int64)
    rows: list[tuple[int, str, float, str]] = []
    for members in groups.values():
        head = max(members, key=lambda place: (spellings[place].value, -place))
        fact = names.facts[shown[head]]
        kind = max((names.kinds[shown[place]] for place in members), key=lambda guess: guess.certainty)
        party = parties.add(fact.name if fact else public_name(spellings[head].name), kind, fact, len(members))
        for place in members:
            party_of_name[shown[place]] = party
            certainty, why = (1.0, "known from the list") if fact else (joins[place].certainty, joins[place].why)
            rows.append((party, public_name(spellings[place].name), certainty, why))
    parties.joins = pd.DataFrame(rows, columns=["party", "spelling", "certainty", "why"])
    parties.of_payment[:] = party_of_name[names.of_payment]


_NOTHING: tuple[frozenset[tuple[str, str]], frozenset[str]] = (frozenset(), frozenset())


def _evidence(payments: pd.DataFrame, names: _Names, shown: set[int]) -> Mapping[int, tuple[frozenset[tuple[str, str]], frozenset[str]]]:
    """Numbers and postcodes beside each name."""
    columns = {key: text_column(payments, key) for key in ("body", "supplier_number", "postcode")}
    frame = pd.DataFrame({"name": names.of_payment, **columns})
    frame = frame[(frame["supplier_number"] != "") | (frame["postcode"] != "")].drop_duplicates()
    numbers: dict[int, set[tuple[str, str]]] = {}
    postcodes: dict[int, set[str]] = {}
    for name, body, number, postcode in frame.itertuples(index=False, name=None):
        if name in shown:
            if number:
                numbers.setdefault(name, set()).add((body, number))
            if postcode:
                postcodes.setdefault(name, set()).add(postcode)
    found = numbers.keys() | postcodes.keys()
    return {name: (frozenset(numbers.get(name, ())), frozenset(postcodes.get(name, ()))) for name in found}


def _add_hidden(parties: Parties, payments: pd.DataFrame, names: _Names, hidden: NDArray[np.bool_], areas: PlaceAreas | None) -> None:
    """One party for all hidden names of a body and of a place."""
    rows = np.flatnonzero(hidden[names.of_payment])
    if not len(rows):
        return
    postcodes = text_column(payments, "postcode")[rows]
    guesses = {postcode: where_by_postcode(postcode, areas) for postcode in dict.fromkeys(postcodes)}
    frame = pd.DataFrame(
        {
            "row": rows,
            "name": names.of_payment[rows],
            "body": text_column(payments, "body")[rows],
            "where": [guesses[postcode].value for postcode in postcodes],
            "sure": [guesses[postcode].certainty for postcode in postcodes],
            "kind_sure": [names.kinds[name].certainty for name in names.of_payment[rows]],
            "value": np.maximum(np.abs(pence(payments))[rows], 1),
        }
    )
    for (_, where), part in frame.groupby(["body", "where"], sort=True):
        count = int(part["name"].nunique())
        doubtful = int(part.loc[part["kind_sure"] <= DOUBTFUL_PERSON, "name"].nunique())
        kind = Guess(PERSON, round(float(np.average(part["kind_sure"], weights=part["value"])), 3), _said(count, doubtful))
        party = parties.add("", kind, None, count)
        why = "postcodes" if where != "unknown" else "no postcode, or none that is known"
        parties.wheres[party] = Guess(str(where), round(float(np.average(part["sure"], weights=part["value"])), 3), why)
        parties.of_payment[part["row"].to_numpy()] = party


def _said(count: int, doubtful: int) -> str:
    """How many names are hidden, in words."""
    names = "1 name" if count == 1 else f"{count} names"
    return f"{names}, of which {doubtful} only may be a person's" if doubtful else names
