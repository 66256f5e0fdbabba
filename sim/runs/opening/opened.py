"""A town at its opening: from the cache of stored openings, or built."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sim.economy import Economy
    from sim.runs.opening.folder import OpeningFolder
    from sim.settings.scenario import Scenario

__all__ = ["opened"]


def opened(scenario: Scenario, seed: int = 1, keep_journal: bool = True, cache: OpeningFolder | Literal[False] | None = None) -> Economy:
    """A town at its opening, after its burn-in.

    A stored opening runs on to the same pence and bits as one that is built, and shares nothing with any other town but what never
    changes. The journal of the last month before the opening is not part of it: the first month's is kept if asked for.

    Parameters
    ----------
    scenario : Scenario
        As read by `sim.load`.
    seed : int
        The luck of the run.
    keep_journal : bool
        As for `sim.Economy`.
    cache : OpeningFolder, or False, optional
        Where openings are stored; False for nowhere; the usual folder of this machine when left out.

    Returns
    -------
    Economy
        Its `month` is 0.

    Examples
    --------
    >>> import sim
    >>> opened(sim.load("anytown/business-as-usual"), seed=1).month
    0
    """
    import sim.economy  # noqa: F401  before the key: what it says of the source is about what is imported by then
    from sim.runs.opening.folder import usual_folder

    folder = usual_folder() if cache is None else cache or None
    key = None if folder is None else _key(scenario, seed)
    town = None if folder is None or key is None else _stored(folder, key, scenario, seed, keep_journal)
    if town is None:
        began = process_time()
        town = _built(scenario, seed, keep_journal)
        if folder is not None and key is not None and process_time() - began >= folder.least_seconds:
            _store(folder, key, town)
    town.ledger.journal = []
    return town


def _built(scenario: Scenario, seed: int, keep_journal: bool) -> Economy:
    """The town, built and run to its opening."""
    from sim.economy import Economy

    return Economy(scenario, seed, keep_journal)


def _key(scenario: Scenario, seed: int) -> str | None:
    """The key of the opening; None when it can't be made."""
    from sim.runs.opening.key import opening_key

    try:
        return opening_key(scenario, seed)
    except (OSError, TypeError, ValueError):  # source that can't be read, or a figure that JSON does not know
        return None


def _stored(folder: OpeningFolder, key: str, scenario: Scenario, seed: int, keep_journal: bool) -> Economy | None:
    """The town that is stored under a key; None when there is none that fits."""
    from sim.economy import Economy
    from sim.measures.recorder import Recorder
    from sim.runs.opening.state import restore

    found = folder.read(key)
    if found is None:
        return None
    town = Economy.empty(scenario, seed, keep_journal)
    try:
        restore(town, *found)
        town.recorder = Recorder(town)
    except Exception:  # whatever is odd about it, the town is built again
        return None
    return town


def _store(folder: OpeningFolder, key: str, town: Economy) -> None:
    """Store a town's opening, if it is one that can be stored."""
    from sim.runs.opening.state import StateError, state_of

    try:
        state, arrays = state_of(town)
    except StateError:
        return
    folder.write(key, state, arrays)
