"""A Dask cluster that is there already, as an executor: reached by its address, checked, and let go of at the end.

Dask itself gives the work of a lost worker to another one, up to three times (`allowed-failures` of the scheduler). What all
work shares is a task of its own and not scattered: Dask makes a task's value again when every worker that held it is gone, but
not what was scattered (dask/distributed issue 3149).
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem
from sim.runs.scenarios import usage_error
from sim.runs.sweep.cluster_executor import ClusterExecutor, ClusterLost, WorkerLost
from sim.runs.sweep.cluster_work import worker_facts

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["ClusterExecutor", "ClusterLost", "WorkerLost", "cluster_executor"]

#: Seconds to wait for an answer from the address.
PATIENCE: Final = 5.0
_SHOWN: Final = 3
_ALLOWED: Final = "the address of a running Dask scheduler, such as tcp://host:8786, or its scheduler file (.json)"
_START: Final = "start one: dask scheduler, then on each machine: dask worker tcp://host:8786 --nworkers auto --nthreads 1"
#: These tell of lost connections in tracebacks; we say it in words.
_LOGGERS: Final = ("distributed.client", "distributed.core", "distributed.batched", "distributed.comm.tcp", "distributed.utils")


@contextmanager
def cluster_executor(address: str) -> Iterator[ClusterExecutor]:
    """Work on the Dask cluster at an address.

    Parameters
    ----------
    address : str
        Of its scheduler, such as ``tcp://host:8786``, or the path of its scheduler file. The cluster is neither started nor
        stopped here.

    Yields
    ------
    ClusterExecutor
        An executor of `concurrent.futures`.

    Raises
    ------
    sim.errors.InputError
        When `distributed` is not installed, nobody answers at the address within seconds, or workers have another version of
        the model, of Python or of a package that may change a number.

    Examples
    --------
    >>> with cluster_executor("tcp://host:8786") as executor:  # doctest: +SKIP
    ...     executor.submit(divmod, 7, 3).result()
    (2, 1)
    """
    distributed = _distributed(address)
    import dask

    with _quiet_loggers(), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
        client = _connected(distributed, address)
        try:
            _check_workers(client, address)
            with ClusterExecutor(client, address) as executor:
                yield executor
        finally:
            client.close(timeout=PATIENCE)


def _distributed(address: str) -> ModuleType:
    """The package `distributed`, imported when it is needed."""
    try:
        import distributed
    except ModuleNotFoundError as error:
        if error.name not in ("distributed", "dask"):
            raise
        remedy = "install it: pip install 'localwealth[cluster]' (or leave --cluster out to use the processors of this machine)"
        raise usage_error(
            "cluster", address, "an installed package distributed", remedy, "a cluster needs the package distributed"
        ) from None
    return distributed


@contextmanager
def _quiet_loggers() -> Iterator[None]:
    """Keep the library's own tracebacks about lost connections away."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _connected(distributed: ModuleType, address: str) -> Any:
    """A client of the scheduler at the address."""
    at = _in_file(address) if address.endswith(".json") else address
    failure = _asked(at)
    if failure is None:
        try:
            with warnings.catch_warnings():
                # Versions are compared below, worker by worker and in words.
                warnings.filterwarnings("ignore", category=distributed.versions.VersionMismatchWarning)
                return distributed.Client(at, timeout=PATIENCE, set_as_default=False, name="localwealth")
        except (ImportError, OSError) as error:
            failure = error
    if isinstance(failure, ImportError):
        raise usage_error("cluster", address, "the same version of distributed", "install one version", _first_line(failure))
    if isinstance(failure, (ValueError, TypeError)):
        raise usage_error("cluster", address, _ALLOWED, "write it as tcp://host:8786", f"this is no address: {_first_line(failure)}")
    if isinstance(failure, OSError):
        words = f"no Dask scheduler answered within {PATIENCE:.0f} seconds"
        raise usage_error("cluster", address, _ALLOWED, f"check the address, or {_START}", words)
    raise failure


def _in_file(path: str) -> str:
    """The address that a scheduler wrote to its file."""
    try:
        return str(json.loads(Path(path).read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError):
        remedy = f"check the path, or {_START}"
        raise usage_error("cluster", path, _ALLOWED, remedy, "there is no scheduler file that can be read") from None


def _asked(address: str) -> Exception | None:
    """Why nobody can be reached at an address; None when a scheduler answers.

    What listens there may be no scheduler, and then the library waits without end: so it is asked in a thread of its own.
    """
    comm: Any = import_module("distributed.comm")
    security: Any = import_module("distributed.security")
    ended: list[Exception | None] = []

    async def ask() -> None:
        options = security.Security().get_connection_args("client")
        connection = await comm.connect(address, timeout=PATIENCE, **options)
        await connection.close()

    def run() -> None:
        try:
            asyncio.run(ask())
        except Exception as error:  # told to the thread that waits
            ended.append(error)
        else:
            ended.append(None)

    thread = threading.Thread(target=run, name="localwealth-cluster", daemon=True)
    thread.start()
    thread.join(PATIENCE + 1)
    return ended[0] if ended else TimeoutError("no answer")


def _first_line(error: Exception) -> str:
    """The first line of an error's words."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def _check_workers(client: Any, address: str) -> None:
    """Refuse a cluster where a run could give other numbers than here, or none at all.

    Raises
    ------
    sim.errors.InputError
        With one problem for each thing that differs.
    """
    found: dict[str, Any] = client.run(worker_facts, on_error="return")
    here = _facts_here()
    problems: list[Problem] = []
    without = sorted(worker for worker, facts in found.items() if not isinstance(facts, Mapping))
    if without:
        first = found[without[0]]
        why = f"{type(first).__name__}: {_first_line(first)}"
        problems.append(_problem(address, without, why, "have no localwealth, or one that is older", "install this version of localwealth"))
    facts_of = {worker: facts for worker, facts in found.items() if worker not in without}
    for name, wanted in here.items():
        others = sorted(worker for worker, facts in facts_of.items() if facts.get(name) != wanted)
        if others:
            given = ", ".join(sorted({str(facts_of[worker].get(name)) for worker in others}))
            what = "version of the model" if name == "model" else f"version of {name}"
            problems.append(
                _problem(address, others, f"{name} {given}; here {wanted}", f"have another {what}", "install the same there and here")
            )
    if problems:
        raise InputError(problems)


def _facts_here() -> dict[str, str]:
    """What every worker must have."""
    return worker_facts()


def _problem(address: str, workers: list[str], given: str, words: str, remedy: str) -> Problem:
    """One thing that is wrong at some workers."""
    named = ", ".join(workers[:_SHOWN]) + (f" and {len(workers) - _SHOWN} more" if len(workers) > _SHOWN else "")
    message = f"{len(workers)} worker{'s' if len(workers) > 1 else ''} of {address} {words} ({named})"
    remedy = f"{remedy}, and start the workers again; results depend on versions"
    return Problem("", None, "cluster", given, "the same as here at every worker", None, remedy, message, "usage")
