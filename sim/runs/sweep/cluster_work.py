"""What is done at a worker of a cluster: check that it has this model, then one piece of work at a time."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from sim.runs.stored.facts import versions
from sim.runs.sweep.fingerprint import model_fingerprint
from sim.runs.sweep.identity import PACKAGES

__all__ = ["OtherModel", "run_here", "worker_facts"]

#: The model isn't promised to be safe in threads of one process: a worker with several runs one piece of work after the other.
_ONE_AT_A_TIME: Final = threading.Lock()


class OtherModel(Exception):
    """The worker has another version of the model than the program that sent the work."""


def worker_facts() -> dict[str, str]:
    """What must be the same at every worker: the model and every package that may change a number.

    Examples
    --------
    >>> facts = worker_facts()
    >>> len(facts["model"]), "numpy" in facts, "localwealth" in facts
    (16, True, False)
    """
    found = versions()
    python = ".".join(found["python"].split(".")[:2])
    return {"model": model_fingerprint(), "python": python, **{name: found[name] for name in PACKAGES}}


def run_here(model: str, work: bytes, places: Sequence[int], *shared: bytes) -> Any:
    """Do a piece of work in this process.

    Parameters
    ----------
    model : str
        Fingerprint of the model that sent it.
    work : bytes
        The pickled function and its arguments.
    places : sequence of int
        Which of the arguments stand for values that were sent once for all work.
    *shared : bytes
        Those values, pickled; each is opened once a process.

    Raises
    ------
    OtherModel
        When the model here is another one.

    Examples
    --------
    >>> run_here(model_fingerprint(), pickle.dumps((divmod, (None, 3))), [0], pickle.dumps(7))
    (2, 1)
    """
    if model != model_fingerprint():
        raise OtherModel(model_fingerprint())
    with _ONE_AT_A_TIME:
        function, given = pickle.loads(work)
        arguments = list(given)
        for place, content in zip(places, shared, strict=True):
            arguments[place] = _opened(content)
        return function(*arguments)


@lru_cache(maxsize=4)
def _opened(content: bytes) -> Any:
    """A value that all work shares; nothing may change it."""
    return pickle.loads(content)
