"""Memory: a place that can't fit into the machine is refused before its people are made."""

from __future__ import annotations

import os

from sim.errors import RunError
from sim.settings.place import Place

#: Bytes that each adult takes at the least in a run: the peak of 120 months rises by this from 10,000 to 1,000,000 adults.
BYTES_AN_ADULT = 700


def memory_here() -> int | None:
    """Bytes of memory of this machine; None where the system does not say.

    Examples
    --------
    >>> memory_here() is None or memory_here() > 0
    True
    """
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def refuse_what_cannot_fit(place: Place, adults: int, memory: int | None) -> None:
    """Refuse to open a place whose people need more bytes than the machine has.

    Parameters
    ----------
    place : Place
        The place, for its name.
    adults : int
        How many adults it has.
    memory : int or None
        Bytes of the machine; None where they are not known, and nothing is refused.

    Raises
    ------
    sim.errors.RunError
        With what is needed, what is there and what to do.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> refuse_what_cannot_fit(load_place("anytown"), 4000, 16 * 1000**3)
    """
    needed = adults * BYTES_AN_ADULT
    if memory is not None and needed > memory:
        raise RunError(
            f"the place {place.name} has {adults:,} adults, who need at least {needed / 1e9:,.0f} GB of memory, and this machine has "
            f"{memory / 1e9:,.0f} GB; run a copy of it, with 'residents: 50000' in the scenario"
        )
