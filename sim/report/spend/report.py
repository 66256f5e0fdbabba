"""From published files to the folder of a spend analysis: read, match, analyse, write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.report.section import Section
from sim.report.spend.contracts import contract_tables, contracts_section
from sim.report.spend.folder import Writer, reading_facts, write_spend
from sim.report.spend.given import without_own_workbooks, words_on_given
from sim.report.spend.options import SpendOptions
from sim.report.spend.view import SpendView
from sim.runs.stored.store import claim, release
from sim.spend import is_ocds, read_contracts, read_mapping, read_spend, write_mapping
from sim.spend.analysis.account import set_aside_rows
from sim.spend.analysis.analyse import analyse, name_guard
from sim.spend.analysis.contracts import contract_list, contract_reading, of_buyer, with_notice_facts
from sim.spend.analysis.files import files_to_read
from sim.spend.analysis.names import hashed_name
from sim.spend.anchor.contracts import ContractSuppliers, contract_suppliers
from sim.spend.anchor.files import AnchorFiles, write_anchor
from sim.spend.matching.places import PlaceAreas
from sim.spend.suppliers import match_suppliers, read_known_suppliers

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["ANCHOR", "SpendReport", "report_spending"]

#: Folder of the place and scenarios of an anchor.
ANCHOR: Final = "anchor"
SIGNS: Final = {"GBP": "£", "EUR": "€", "USD": "$"}


@dataclass(frozen=True)
class SpendReport:
    """A spend analysis that was written.

    Parameters
    ----------
    view : SpendView
        The analysis for readers.
    folder : Path
        Where it lies.
    left_out : tuple of Path
        Files of given folders that were not looked at.
    facts : mapping
        What reading.json holds.
    anchor : AnchorFiles or None
        The place and scenarios that were written for an anchor, as they lay in the unfinished folder.
    notes : tuple of str
        What a user should know of what was given.
    """

    view: SpendView
    folder: Path
    left_out: tuple[Path, ...]
    facts: Mapping[str, Any]
    anchor: AnchorFiles | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    """What was found in the files: for readers, and what only one kind of file has."""

    view: SpendView
    set_aside: Any
    writers: dict[str, Writer]
    sections: Sequence[Section] = field(default=())


def report_spending(files: Sequence[Path], out: Path, options: SpendOptions | None = None) -> SpendReport:
    """Read published files, analyse them, and write a folder with a report.

    Parameters
    ----------
    files : sequence of Path
        Spend files or files of contracts, or folders of such files.
    out : Path
        The folder to write; it must not be there yet.
    options : SpendOptions, optional
        What is asked.

    Returns
    -------
    SpendReport

    Raises
    ------
    sim.errors.InputError
        For whatever a user can mend: files that can't be read, a name that is taken, a wrong option.
    """
    options = options or SpendOptions()
    release(claim(out))  # a taken name is refused before the work, not after it
    town = options.town()
    chosen, left = files_to_read(files)
    chosen, own = without_own_workbooks(chosen, files)
    are_contracts = _are_contracts(chosen)
    found = _contracts(chosen, town, options) if are_contracts else _payments(chosen, town, options)
    facts = reading_facts(found.view, chosen, "localwealth spend", options.as_dict())
    written: list[AnchorFiles] = []
    writers = dict(found.writers)
    if ANCHOR in writers:
        make = writers[ANCHOR]
        writers[ANCHOR] = lambda path: written.append(make(path))
    folder = write_spend(found.view, set_aside_rows(found.set_aside), facts, out, writers, found.sections, charts=options.charts)
    notes = words_on_given(files, chosen, options, contracts=are_contracts)
    return SpendReport(found.view, folder, (*left, *own), facts, written[0] if written else None, tuple(notes))


def _are_contracts(chosen: Sequence[Path]) -> bool:
    """Whether the files hold contracts, seen from their content."""
    kinds = {path: is_ocds(path) for path in chosen}
    if len(set(kinds.values())) > 1:
        given = ", ".join(path.name for path, contracts in kinds.items() if contracts)
        message, remedy = "contracts and payments can't be added up together", "give the files of contracts in a run of their own"
        raise InputError([Problem("", None, "files", given, "spend files alone, or contracts alone", None, remedy, message, "mixed-files")])
    return any(kinds.values())


def _payments(chosen: Sequence[Path], town: Place | None, options: SpendOptions) -> _Found:
    """What spend files hold."""
    known = None if options.known is None else read_known_suppliers(options.known)
    reading = read_spend(chosen, mapping=None if options.mapping is None else read_mapping(options.mapping))
    suppliers = match_suppliers(reading.payments, _areas(town), known)
    analysis = analyse(reading, suppliers, options.top, hash_names=options.hash_names)
    view = SpendView(analysis, *_titles(town), place_wanted=options.place_wanted)
    writers: dict[str, Writer] = {"mapping.yaml": lambda path: write_mapping(path, reading)}
    if options.anchor is not None:
        dates = reading.payments["date"]
        writers[ANCHOR] = lambda path: _write_anchor(analysis.suppliers, path, view, options, dates=dates, months=options.months)
    return _Found(view, reading.set_aside, writers)


def _contracts(chosen: Sequence[Path], town: Place | None, options: SpendOptions) -> _Found:
    """What files of contracts hold."""
    known = None if options.known is None else read_known_suppliers(options.known)
    today = options.today or date.today()
    book = read_contracts(chosen)
    reading = contract_reading(book, options.buyer)
    areas = _areas(town)
    suppliers = with_notice_facts(match_suppliers(reading.payments, areas, known), reading.contracts)
    analysis = analyse(reading, suppliers, options.top, hash_names=options.hash_names)
    guard = name_guard(reading.payments, suppliers, hash_names=options.hash_names)
    listed = contract_list(reading.contracts, suppliers.of_payment, analysis.suppliers, guard)
    mine = replace(book, contracts=book.contracts[of_buyer(book.contracts, options.buyer)])
    tables = contract_tables(mine, today, listed)
    place, region, has_areas, _ = _titles(town)
    sign = SIGNS.get(reading.currency, f"{reading.currency} ")
    told = replace(analysis, tables={**analysis.tables, **tables})
    view = SpendView(told, place, region, has_areas, sign, awarded=True, place_wanted=options.place_wanted)
    writers: dict[str, Writer] = {}
    if options.anchor is not None:
        writers[ANCHOR] = _contract_anchor(contract_suppliers(reading.contracts, today, areas), view, options, f"{today:%Y-%m}")
    return _Found(view, reading.set_aside, writers, [contracts_section(view, tables, today)])


def _contract_anchor(found: ContractSuppliers, view: SpendView, options: SpendOptions, start: str) -> Writer:
    """What writes an anchor from its contracts, and says which of them do not count."""
    held = found.table
    if options.hash_names:
        held = held.assign(name=held["name"].map(hashed_name))
    out = [f"contracts left out, {row.reason}: {row.contracts}" for row in found.left_out.itertuples()]

    def write(path: Path) -> AnchorFiles:
        files = _write_anchor(held, path, view, options, months=12, today=start)
        return replace(files, notes=(*files.notes, *out))

    return write


def _write_anchor(suppliers: Any, path: Path, view: SpendView, options: SpendOptions, **settings: Any) -> AnchorFiles:
    """The place of an anchor with its real suppliers."""
    assert options.place is not None
    assert options.anchor is not None
    settings |= {"published": view.title, "top": options.top, "public_bodies": options.public_bodies}
    return write_anchor(suppliers, options.place, options.anchor, path, **settings)


def _areas(town: Place | None) -> PlaceAreas | None:
    """Its local authorities and those of its region, with the names by which suppliers may call themselves."""
    if town is None or town.areas is None:
        return None
    names, region_names = (_short(town.title),), (_short(town.region.title),)
    return PlaceAreas(tuple(town.areas.place), tuple(town.areas.region), names, region_names)


def _titles(town: Place | None) -> tuple[str, str, bool, str]:
    """Title of the place without its region, title of the region, whether it names areas, sign of the currency."""
    if town is None:
        return "", "", False, "£"
    return _short(town.title), _short(town.region.title), town.areas is not None, town.currency.symbol


def _short(title: str) -> str:
    """A title without what explains it.

    Examples
    --------
    >>> _short("Preston, Lancashire"), _short("Lancashire (14 authorities)")
    ('Preston', 'Lancashire')
    """
    return re.split(r",| \(", title)[0].strip()
