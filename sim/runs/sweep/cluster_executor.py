"""An executor of `concurrent.futures` on a client of Dask: sends work, hands back what comes, says in words what was lost."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import pickle
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from sim.errors import RunError
from sim.runs.sweep.cluster_work import OtherModel, run_here
from sim.runs.sweep.fingerprint import model_fingerprint

__all__ = ["ClusterExecutor", "ClusterLost", "Shared", "WorkerLost"]

#: Times that work is tried when workers die under it; Dask's own are counted.
TRIES: Final = 3
#: Pieces of work kept at the scheduler for each thread of a worker: one that runs, one that waits there, one on its way.
_FOR_EACH_THREAD: Final = 3
_LEAST_IN_FLIGHT: Final = 8
#: Seconds between looks at how many workers there are.
_LOOK: Final = 2.0


class WorkerLost(BrokenExecutor):
    """The workers that ran this piece of work died, one after the other; the executor itself goes on."""


class ClusterLost(RunError):
    """The cluster can't be used any further; what has come in is kept."""


@dataclass(frozen=True)
class Shared:
    """Stands among arguments for a value that was sent once.

    Parameters
    ----------
    future : distributed.Future
        The pickled value in the cluster.
    """

    future: Any


class ClusterExecutor(Executor):
    """An executor on the workers of a Dask cluster.

    Parameters
    ----------
    client : distributed.Client
        Connected; not closed here.
    address : str
        The address as the user gave it, for words.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._waiting: set[Future[Any]] = set()
        self._lost = ""
        self._closed = False
        self._threads: int = sum(client.nthreads().values())
        client.loop.add_callback(self._look)

    @property
    def in_flight(self) -> int:
        """How many pieces of work to keep submitted now; it changes as workers come and go."""
        return max(_LEAST_IN_FLIGHT, _FOR_EACH_THREAD * self._threads)

    @property
    def workers(self) -> int:
        """Threads of all workers, as of the last look; nought while none has come yet."""
        return self._threads

    def share(self, value: Any) -> Shared:
        """Send a value once; what comes back stands for it among the arguments of work.

        Raises
        ------
        ClusterLost
            When the cluster is lost.
        """
        self._refuse_when_lost()
        content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        key = f"localwealth-shared-{hashlib.sha256(content).hexdigest()[:32]}"
        return Shared(self._client.submit(bytes, content, key=key))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a piece of work.

        Parameters
        ----------
        fn : callable
            A function of a module that workers have.
        *args : object
            Its arguments; a `Shared` stands for the value that was sent.

        Returns
        -------
        concurrent.futures.Future
            Raises `WorkerLost` when workers died under this work three times, `ClusterLost` when the cluster is lost.

        Raises
        ------
        ClusterLost
            When the cluster is lost.
        """
        if kwargs:
            raise TypeError("work for a cluster takes arguments by place")
        self._refuse_when_lost()
        outer: Future[Any] = Future()
        self._waiting.add(outer)
        send = self._sender(fn, args)
        inner = send()
        outer.add_done_callback(lambda done: inner.release() if done.cancelled() else None)
        self._client.loop.add_callback(self._settle, inner, outer, send)
        return outer

    def _sender(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> Callable[[], Any]:
        """What sends a piece of work, once or once more."""
        import cloudpickle

        places = [place for place, argument in enumerate(args) if isinstance(argument, Shared)]
        shared = [args[place].future for place in places]
        plain = tuple(None if isinstance(argument, Shared) else argument for argument in args)
        work = cloudpickle.dumps((fn, plain))

        def send() -> Any:
            key = f"localwealth-{uuid4().hex}"
            return self._client.submit(run_here, model_fingerprint(), work, places, *shared, key=key, pure=False)

        return send

    async def _settle(self, inner: Any, outer: Future[Any], send: Callable[[], Any]) -> None:
        """Wait for a piece of work in the client's loop, and pass on how it ended."""
        from distributed import CancelledError
        from distributed.scheduler import KilledWorker

        tries = 0
        while True:
            try:
                self._end(outer, value=await inner)
            except KilledWorker as error:
                tries += error.allowed_failures + 1
                if tries < TRIES and not outer.cancelled():
                    inner = send()
                    continue
                self._end(
                    outer, error=WorkerLost(f"{tries} workers of the cluster died while they ran this; there may be too little memory")
                )
            except (CancelledError, asyncio.CancelledError):
                if not outer.cancelled():
                    self._lose(f"the scheduler at {self._address} went away")
            except OtherModel:
                self._lose(f"a worker that came later to {self._address} has another version of the model: install the same there and here")
            except ModuleNotFoundError as error:
                self._lose(f"a worker of {self._address} can't import what the work needs ({error}): install the same there and here")
            except Exception as error:  # whatever the work raised belongs to whoever sent it
                self._end(outer, error=error)
            self._waiting.discard(outer)
            return

    def _end(self, outer: Future[Any], value: Any = None, error: Exception | None = None) -> None:
        """Set how a piece of work ended, unless it was called off."""
        if outer.done() or not outer.set_running_or_notify_cancel():
            return
        if error is None:
            outer.set_result(value)
        else:
            outer.set_exception(error)

    def _lose(self, why: str) -> None:
        """The cluster is of no more use: end all that waits."""
        self._lost = self._lost or f"{why}. What had come in is kept: the same command goes on from there."
        for outer in list(self._waiting):
            self._end(outer, error=ClusterLost(self._lost))
        self._waiting.clear()

    def _refuse_when_lost(self) -> None:
        """Raise when no work can be sent."""
        if self._closed:
            raise RuntimeError("work can't be sent after the executor was shut down")
        if not self._lost and self._client.status != "running":
            self._lose(f"the scheduler at {self._address} went away")
        if self._lost:
            raise ClusterLost(self._lost)

    async def _look(self) -> None:
        """Look from time to time how many workers there are, and say when none is left."""
        told = False
        while not self._closed and not self._lost:
            with suppress(OSError):  # a lost connection shows at the work itself
                self._threads = sum((await self._client.scheduler.ncores()).values())
            if not self._threads and not told:
                logging.getLogger(__name__).warning("The cluster at %s has no worker: runs wait until one comes.", self._address)
            told = not self._threads
            await asyncio.sleep(_LOOK)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - of every executor
        """Take no more work; what waits is called off when the client is closed."""
        self._closed = True
        if cancel_futures:
            for outer in list(self._waiting):
                outer.cancel()
