"""What a user may ask of a spend analysis, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem, printable
from sim.spend.anchor.files import anchor_of

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["PLACE_WANTED", "SpendOptions"]

PLACE_WANTED: Final = "Name one with --place."


@dataclass(frozen=True)
class SpendOptions:
    """What is asked.

    Parameters
    ----------
    place : str or None
        Name or path of the place from which to look.
    mapping : Path or None
        A mapping file with corrections of the guess.
    known : Path or None
        A list of suppliers with what is known of them.
    top : int
        How many of the largest suppliers to look at.
    hash_names : bool
        Whether hashes stand in place of names.
    anchor : str or None
        Name of an anchor of the place: a place file in which it has these suppliers is written too, with two scenarios.
    months : int or None
        How many months the files cover, where their dates do not say.
    public_bodies : bool
        Whether what is paid to public bodies counts as the anchor's buying.
    buyer : str or None
        Of contracts, those of this buyer alone.
    today : date or None
        The day from which contracts are seen; that of the machine when left out.
    place_wanted : str
        What the report says is to be done where no place was named.
    charts : bool
        Whether each chart is written as a file of its own too, into a folder ``charts``.

    Examples
    --------
    >>> SpendOptions(place="preston").town().name
    'preston'
    """

    place: str | None = None
    mapping: Path | None = None
    known: Path | None = None
    top: int = 300
    hash_names: bool = False
    anchor: str | None = None
    months: int | None = None
    public_bodies: bool = True
    buyer: str | None = None
    today: date | None = None
    place_wanted: str = PLACE_WANTED
    charts: bool = True

    def town(self) -> Place | None:
        """The place, once all that can be checked beforehand is.

        Raises
        ------
        sim.errors.InputError
            When something can't be used.
        """
        if self.top < 1:
            raise _refused(
                "top", str(self.top), "1 or more", "write --top 300", "the number of suppliers to look at is too small", "out-of-bounds"
            )
        if self.place is None:
            if self.anchor is not None:
                message, remedy = "an anchor lies in a place, and no place was named", "name the place with --place"
                raise _refused("anchor", self.anchor, "an anchor of a place", remedy, message, "missing-key")
            return None
        from sim.settings.load import load_place

        town = load_place(self.place)
        if self.anchor is not None:
            anchor_of(town, self.anchor)
        return town

    def as_dict(self) -> dict[str, Any]:
        """The options as plain values, files by their names."""
        files = {
            name: "" if path is None else printable(path.name) for name, path in (("mapping", self.mapping), ("suppliers", self.known))
        }
        words = {name: getattr(self, name) or "" for name in ("place", "anchor", "buyer")}
        rest = {name: getattr(self, name) for name in ("top", "hash_names", "months", "public_bodies")}
        return {**words, **files, **rest, "today": "" if self.today is None else self.today.isoformat()}


def _refused(key: str, given: str, allowed: str, remedy: str, message: str, kind: str) -> InputError:
    """The error for one option."""
    return InputError([Problem("", None, key, given, allowed, None, remedy, message, kind)])
