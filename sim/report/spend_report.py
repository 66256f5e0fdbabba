"""From published files to the folder of a spend analysis: read, match, analyse, write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.report.spend_folder import Writer, reading_facts, write_spend
from sim.report.spend_view import SpendView
from sim.spend import read_mapping, read_spend, write_mapping
from sim.spend.analysis import analyse
from sim.spend.analysis_account import set_aside_rows
from sim.spend.analysis_files import files_to_read
from sim.spend.anchor.files import AnchorFiles, anchor_of, write_anchor
from sim.spend.matching.places import PlaceAreas
from sim.spend.suppliers import match_suppliers, read_known_suppliers

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["ANCHOR", "SpendReport", "report_spending"]

#: Folder of the place and scenarios of an anchor.
ANCHOR: Final = "anchor"


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
    """

    view: SpendView
    folder: Path
    left_out: tuple[Path, ...]
    facts: Mapping[str, Any]
    anchor: AnchorFiles | None = None


def report_spending(
    files: Sequence[Path],
    out: Path,
    place: str | None = None,
    mapping: Path | None = None,
    known: Path | None = None,
    top: int = 300,
    *,
    hash_names: bool = False,
    anchor: str | None = None,
    months: int | None = None,
    public_bodies: bool = True,
) -> SpendReport:
    """Read published files, analyse them, and write a folder with a report.

    Parameters
    ----------
    files : sequence of Path
        Files, or folders of files.
    out : Path
        The folder to write; it must not be there yet.
    place : str, optional
        Name or path of the place from which to look.
    mapping : Path, optional
        A mapping file with corrections of the guess.
    known : Path, optional
        A list of suppliers with what is known of them.
    top : int
        How many of the largest suppliers to look at.
    hash_names : bool
        Whether hashes stand in place of names.
    anchor : str, optional
        Name of an anchor of the place: a place file in which it has these suppliers is written too, with two scenarios, in a folder
        anchor.
    months : int, optional
        How many months the files cover, where their dates do not say.
    public_bodies : bool
        Whether what is paid to public bodies counts as the anchor's buying.

    Raises
    ------
    sim.errors.InputError
        For whatever a user can mend: files that can't be read, a name that is taken, a wrong option.
    """
    _refuse_a_wrong_top(top)
    _refuse_a_taken_name(out)
    town = _place(place)
    _refuse_a_wrong_anchor(town, anchor)
    chosen, left = files_to_read(files)
    known_suppliers = None if known is None else read_known_suppliers(known)
    reading = read_spend(chosen, mapping=None if mapping is None else read_mapping(mapping))
    suppliers = match_suppliers(reading.payments, _areas(town), known_suppliers)
    analysis = analyse(reading, suppliers, top, hash_names=hash_names)
    view = SpendView(analysis, *_titles(town))
    options = {"place": place or "", "mapping": _name(mapping), "suppliers": _name(known), "top": top, "hash_names": hash_names}
    options |= {"anchor": anchor or "", "months": months, "public_bodies": public_bodies}
    facts = reading_facts(view, chosen, "localwealth spend", options)
    more: dict[str, Writer] = {"mapping.yaml": lambda path: write_mapping(path, reading)}
    written: list[AnchorFiles] = []
    if anchor is not None and place is not None:
        shown, dates = analysis.suppliers, reading.payments["date"]
        settings = {"dates": dates, "months": months, "top": top, "published": view.title, "public_bodies": public_bodies}
        more[ANCHOR] = lambda path: written.append(write_anchor(shown, place, anchor, path, **settings))
    folder = write_spend(view, set_aside_rows(reading.set_aside), facts, out, more)
    return SpendReport(view, folder, tuple(left), facts, written[0] if written else None)


def _refuse_a_wrong_anchor(town: Place | None, anchor: str | None) -> None:
    """An anchor is one of a place, and is asked for before anything is read."""
    if anchor is None:
        return
    if town is None:
        message, remedy = "an anchor lies in a place, and no place was named", "name the place with --place"
        raise InputError([Problem("", None, "anchor", anchor, "an anchor of a place", None, remedy, message, "missing-key")])
    anchor_of(town, anchor)


def _name(path: Path | None) -> str:
    """Name of a file."""
    return "" if path is None else path.name


def _place(name: str | None) -> Place | None:
    """The place from which to look."""
    if name is None:
        return None
    from sim.settings.load import load_place

    return load_place(name)


def _areas(town: Place | None) -> Any:
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


def _refuse_a_wrong_top(top: int) -> None:
    """How many suppliers to look at must be at least one."""
    if top < 1:
        message, remedy = "the number of suppliers to look at is too small", "write --top 300"
        raise InputError([Problem("", None, "top", str(top), "1 or more", None, remedy, message, "out-of-bounds")])


def _refuse_a_taken_name(out: Path) -> None:
    """Ask before the work for what the work would end in."""
    from sim.runs.store import claim, release

    release(claim(out))
