"""Places that are read once and kept, with the copies of them that were asked for last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Final

from sim.settings.load import load_place, shipped
from sim.settings.scenarios.scaling import copied_place

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["KeptPlaces"]

MOST_COPIES: Final = 64


class KeptPlaces(Mapping[str, "Place"]):
    """The places that a page offers, by name: the shipped ones, each read when it is first asked for, and places given at the start.

    Parameters
    ----------
    own : mapping of str to Place
        Places beside the shipped ones; of two with one name these count.

    Examples
    --------
    >>> places = KeptPlaces()
    >>> "anytown" in places, "../anytown" in places, places.copy("anytown", 2500).population.residents.value
    (True, False, 2500.0)
    """

    def __init__(self, own: Mapping[str, Place] | None = None) -> None:
        self.own = dict(own or {})
        self._names = tuple(dict.fromkeys((*self.own, *shipped("place"))))
        self._read: dict[str, Place] = {}
        self._copies: OrderedDict[tuple[str, int], Place] = OrderedDict()
        self._lock = Lock()

    def __getitem__(self, name: str) -> Place:
        if name not in self._names:
            raise KeyError(name)
        with self._lock:
            if name not in self._read:
                self._read[name] = self.own[name] if name in self.own else load_place(name)
            return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def copy(self, name: str, residents: int) -> Place:
        """The copy of a place with so many residents; of the copies the last are kept."""
        place, key = self[name], (name, residents)
        with self._lock:
            if key not in self._copies:
                self._copies[key] = copied_place(place, residents)
            self._copies.move_to_end(key)
            while len(self._copies) > MOST_COPIES:
                self._copies.popitem(last=False)
            return self._copies[key]
