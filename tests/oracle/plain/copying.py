"""From columns to objects, and what differs between the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
from oracle.plain.book import Book
from oracle.plain.objects import Anchor, Contract, Firm, Notes, Person
from oracle.plain.town import Constants, PlainTown, TownRules, as_plain

from sim.core.channels import CHANNEL_NAMES
from sim.core.columns import Table
from sim.core.ledger import Ledger
from sim.core.streams import Streams
from sim.economy import Economy

Thing = TypeVar("Thing")

#: Notes that no phase writes.
SET_BY_RECORDER = {"flows", "ordered_income", "ordered_wealth", "firms_before"}
#: Columns that only phases without a plain version write; each has hand-worked tests of its own.
NOT_MIRRORED: set[str] = {
    "put_out",
    "supported_until",
    "bank_deposits",
    "union_savings",
    "union_debt",
    "union_member",
    "purse",
    "bank_debt",
    "fund_debt",
    "fund_units",
}


def copied(economy: Economy) -> PlainTown:
    """The economy as it stands, in plain objects that share nothing with it but what never changes."""
    return PlainTown(
        place=economy.place,
        structure=Constants.of(economy.structure),
        streams=Streams(economy.seed_number),
        rules=TownRules.of(economy.rules, len(economy.anchors)),
        book=_book(economy.ledger),
        people=_objects(economy.residents, Person),
        firms=_objects(economy.firms, Firm),
        anchors=_objects(economy.anchors, Anchor),
        contracts=_objects(economy.contracts, Contract),
        month=economy.month,
        months_before=economy.months_before,
        founded=economy.founded,
        births_by_month=dict(economy.births_by_month),
        warnings=list(economy.warnings),
        notes=Notes(**_notes(economy)),
    )


def _objects(table: Table, kind: Callable[..., Thing]) -> list[Thing]:
    """One object for each row; a column that the class does not know is an error."""
    columns = {"slot": table.slots.tolist(), **{name: table[name].tolist() for name in table.columns if name not in NOT_MIRRORED}}
    return [kind(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]


def _book(ledger: Ledger) -> Book:
    book = Book()
    for name in ("balance", "credit", "sector"):
        setattr(book, name, dict(enumerate(getattr(ledger, name).tolist())))
    book.flows.update(_flows(ledger))
    return book


def _flows(ledger: Ledger) -> dict[tuple[str, int], int]:
    """The cells of the flow matrix that are not nought."""
    return {(CHANNEL_NAMES[row], column): int(ledger.flows[row, column]) for row, column in np.argwhere(ledger.flows).tolist()}


def _notes(economy: Economy) -> dict[str, Any]:
    """The month's notes but those that the recorder sets."""
    names = [item.name for item in fields(economy.notes) if item.name not in SET_BY_RECORDER]
    found = {name: as_plain(getattr(economy.notes, name)) for name in names}
    return {**found, "lifetimes": list(found["lifetimes"])}


def differences(town: PlainTown, economy: Economy) -> list[str]:
    """One sentence for each thing that is not the same, by ``==``; empty when all is."""
    found = []
    for name in ("balance", "credit", "sector"):
        found += _differing(f"ledger.{name}", list(getattr(town.book, name).values()), getattr(economy.ledger, name).tolist())
    cells = {cell: pence for cell, pence in town.book.flows.items() if pence}
    found += _differing("ledger.flows", sorted(cells.items()), sorted(_flows(economy.ledger).items()))
    for name in ("people", "firms", "anchors", "contracts"):
        table = economy.residents if name == "people" else getattr(economy, name)
        found += _of_table(name, getattr(town, name), table)
    for name, value in _notes(economy).items():
        found += _differing(f"notes.{name}", [getattr(town.notes, name)], [value])
    found += _differing("structure.export_pool", town.structure.export_pool, economy.structure.export_pool.tolist())
    for name in ("founded", "births_by_month", "warnings"):
        found += _differing(name, [getattr(town, name)], [getattr(economy, name)])
    return found


def _of_table(name: str, objects: Iterable[Any], table: Table) -> list[str]:
    """Every column of a table against its objects."""
    things = list(objects)
    found = _differing(f"{name}.slot", [thing.slot for thing in things], table.slots.tolist())
    for column in (name for name in table.columns if name not in NOT_MIRRORED):
        found += _differing(f"{name}.{column}", [getattr(thing, column) for thing in things], table[column].tolist())
    return found


def _differing(what: str, plain: list[Any], arrays: list[Any]) -> list[str]:
    """A sentence if two lists are not equal."""
    if plain == arrays:
        return []
    if len(plain) != len(arrays):
        return [f"{what}: {len(plain)} plain and {len(arrays)} in arrays"]
    places = [place for place, (ours, theirs) in enumerate(zip(plain, arrays, strict=True)) if ours != theirs]
    first = places[0]
    return [f"{what}: {len(places)} of {len(plain)} differ, the first at {first}: {plain[first]!r} plain, {arrays[first]!r} in arrays"]


__all__ = ["copied", "differences"]
