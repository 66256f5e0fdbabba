"""Memory: a place that can't fit into the machine is refused before its people are made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sim.errors import InputError
from sim.settings.place import Place
from sim.settings.reading.problems import Findings, Kind
from sim.settings.scenario import Scenario
from sim.start.population import adults

#: Bytes that each adult takes at the least in a run: the peak of 120 months rises by this from 10,000 to 1,000,000 adults.
BYTES_AN_ADULT = 700


def memory_here() -> int | None:
    """Bytes of memory that this process may have; None where the system does not say.

    The least of the memory of the machine, the limits of the groups the process is in (a container's), and its own limit.

    Examples
    --------
    >>> memory_here() is None or memory_here() > 0
    True
    """
    return min([*memory_of_machine(), *limits_of_groups(Path("/")), *limit_of_process()], default=None)


def memory_of_machine() -> list[int]:
    """Bytes of this machine; nothing where the system does not say."""
    try:
        return [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    except (AttributeError, OSError, ValueError):
        return []


def limits_of_groups(root: Path) -> list[int]:
    """Bytes that the control groups of this process allow, those around them too, in both versions that Linux has.

    Parameters
    ----------
    root : Path
        Folder in which ``proc`` and ``sys`` lie.
    """
    found = []
    for line in _text(root / "proc/self/cgroup").splitlines():
        number, _, rest = line.partition(":")
        controllers, _, group = rest.partition(":")
        if number == "0" and not controllers:
            top, name = root / "sys/fs/cgroup", "memory.max"
        elif "memory" in controllers.split(","):
            top, name = root / "sys/fs/cgroup/memory", "memory.limit_in_bytes"
        else:
            continue
        inner = Path(group.lstrip("/"))
        found += [_text(top / around / name).strip() for around in (inner, *inner.parents)]
    return [int(text) for text in found if text.isdecimal()]


def _text(path: Path) -> str:
    """What stands in a file of the system; "" where there is no such file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def limit_of_process() -> list[int]:
    """Bytes of address space that this process may have; nothing where there is no limit."""
    try:
        import resource  # not on Windows
    except ImportError:
        return []
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return [] if limit == resource.RLIM_INFINITY else [limit]


#: What to do about a place that can't fit, in a scenario and in a command that takes places.
COPY: Final = "run a copy of the place: write 'residents: 50000' or fewer in the scenario"
SMALLER: Final = "run a smaller copy of the place: --residents 50000 or fewer"


def refuse_what_cannot_fit(place: Place, adults: int, memory: int | None, file: str = "", within: str = "", remedy: str = COPY) -> None:
    """Refuse to open a place whose people need more bytes than the machine has.

    Parameters
    ----------
    place : Place
        The place, for its name.
    adults : int
        How many adults it has.
    memory : int or None
        Bytes of the machine; None where they are not known, and nothing is refused.
    file : str
        The file that holds the place, as the user named it.
    within : str
        Key of that file under which the place stands; "" for a place file.
    remedy : str
        What to do.

    Raises
    ------
    sim.errors.InputError
        With what is needed, what is there and what to do.

    Examples
    --------
    >>> from sim.settings.load import load_place
    >>> refuse_what_cannot_fit(load_place("anytown"), 4000, 16 * 1000**3)
    """
    needed = adults * BYTES_AN_ADULT
    if memory is None or needed <= memory:
        return
    there, most = gigabytes_apart(needed, memory), memory // BYTES_AN_ADULT
    message = f"{place.name} has more adults than fit into the memory here: they need at least {there[0]} GB, and there are {there[1]} GB"
    given, allowed = f"{adults:,} adults", f"at most {most:,} adults in {there[1]} GB"
    path = tuple(key for key in (within, "population", "adults_by_age") if key)
    findings = Findings()
    findings.add(Kind.OUT_OF_BOUNDS, file, None, path, message, given=given, allowed=allowed, remedy=remedy)
    raise InputError(findings.problems)


def refuse_too_large(scenario: Scenario) -> None:
    """Refuse a scenario whose place needs more memory than there is, with the file and key of its people.

    Raises
    ------
    sim.errors.InputError
        As :func:`refuse_what_cannot_fit`.

    Examples
    --------
    >>> import sim
    >>> refuse_too_large(sim.load("anytown/business-as-usual"))
    """
    origin = scenario.origins.get("place")
    within = "place" if origin is not None and scenario.place_file and origin.file == scenario.place_file else ""
    refuse_what_cannot_fit(scenario.place, adults(scenario.place), memory_here(), scenario.place_file, within)


def gigabytes_apart(needed: int, memory: int) -> tuple[str, str]:
    """Two numbers of bytes that differ, in gigabytes, with as many decimals as tell them apart.

    Examples
    --------
    >>> gigabytes_apart(700 * 10**9, 24 * 10**9), gigabytes_apart(24_300_000_000, 24 * 10**9)
    (('700', '24'), ('24.3', '24.0'))
    """
    ways = ((f"{needed / 1e9:,.{digits}f}", f"{memory / 1e9:,.{digits}f}") for digits in range(10))
    return next(pair for pair in ways if pair[0] != pair[1])
