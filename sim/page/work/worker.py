"""A worker process of the page: it keeps opened towns, takes one job at a time and sends back what came of it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from sim.errors import LocalWealthError
from sim.page.serving.refusal import Refusal
from sim.page.work.jobs import Job
from sim.page.work.openings import Openings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.process import BaseProcess

    from sim.settings.scenario import Scenario

__all__ = ["Left", "Lost", "Stuck", "Worker", "answer_of"]

#: How much a worker gives way to the server, which must answer while runs go on.
NICE: Final = 5
SECONDS_TO_BEGIN: Final = 120.0
SECONDS_TO_END: Final = 5.0

#: Bytes freed at the end of the memory that a worker keeps, and size from which a piece is given back alone (the most that can be set).
MOST_KEPT: Final = 1 << 28
LARGE_PIECE: Final = 1 << 25
#: What the allocator of glibc calls these two (malloc.h).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3

#: Sent to a worker that is to leave the run it is in.
LEAVE: Final = b"leave"

Warm = tuple["Scenario", int]


class Left(Exception):
    """The run was left before its end, since nobody waited for it any more."""


class Lost(Exception):
    """The process ended before it answered."""


class Stuck(Exception):
    """The process took longer than it may, and was ended."""


class Worker:
    """A process and the line to it. Its methods block: they are called from threads.

    Parameters
    ----------
    most_openings : int
        Towns that it keeps at their opening.
    warm : sequence of (Scenario, int)
        Scenarios and seeds whose towns it opens while it has nothing else to do.

    Raises
    ------
    Lost
        When the process does not begin.
    """

    def __init__(self, most_openings: int, warm: Sequence[Warm] = ()) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._sending = Lock()
        self._process: BaseProcess = context.Process(target=_work, args=(other, most_openings, tuple(warm)), daemon=True)
        self._process.start()
        # This end closes, so that the worker's going is noticed here and ours there.
        other.close()
        try:
            self._received(SECONDS_TO_BEGIN)
        except (Lost, Stuck):
            self.end()
            raise Lost("a worker process could not begin") from None

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    def do(self, job: Job, seconds: float) -> tuple[Any, bytes]:
        """Have a job done.

        Returns
        -------
        tuple of (object, bytes)
            The result, and the bytes it came in.

        Raises
        ------
        Lost
            When the process ends first.
        Stuck
            When it takes longer than so many seconds; the process is gone then.
        Left
            When it was asked to leave the run, and did.
        sim.errors.LocalWealthError
            As the job raised; a `Refusal` in words for any other error.
        """
        try:
            self._send(pickle.dumps(job))
        except OSError as error:
            raise Lost from error
        answer = self._received(seconds)
        found = pickle.loads(answer)
        if isinstance(found, (LocalWealthError, Left)):
            raise found
        return found, answer

    def leave(self) -> None:
        """Ask the process to leave the run it is in; one that has ended it meanwhile takes no notice."""
        with suppress(OSError):
            self._send(LEAVE)

    def _send(self, told: bytes) -> None:
        """Send one thing whole: a large job goes out in pieces, and a word to leave it comes from another thread."""
        with self._sending:
            self._line.send_bytes(told)

    def _received(self, seconds: float) -> bytes:
        """What the process sends within so many seconds; one that is late is ended."""
        try:
            ready = wait([self._line, self._process.sentinel], seconds)
            if not ready:
                self.end()
                raise Stuck
            # An answer that was sent before the end is an answer.
            if self._line not in ready and not self._line.poll(0):
                raise Lost
            return self._line.recv_bytes()
        except (EOFError, OSError) as error:
            raise Lost from error

    def end(self) -> None:
        """End the process now, whatever it does, and wait until it is gone."""
        self._process.kill()
        self._process.join(SECONDS_TO_END)
        with suppress(OSError):
            self._line.close()


def answer_of(job: Job, openings: Openings) -> bytes:
    """What a job gives or says, as bytes: errors come in words, never as a traceback."""
    try:
        return pickle.dumps(job.run(openings), protocol=pickle.HIGHEST_PROTOCOL)
    except (LocalWealthError, Left) as error:
        return pickle.dumps(error)
    except Exception as error:  # whatever went wrong, the worker goes on
        from sim.page.serving.guard import log_fault

        log_fault(error)
        words = f"this run could not be finished, through a fault of the program ({type(error).__name__})"
        return pickle.dumps(Refusal(500, words, "undo the last change; save the scenario, so that the fault can be found"))


def _keep_freed_memory() -> None:
    """Keep what a month frees for the next one, which needs as much again: to ask the system anew takes longer. With glibc alone."""
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_TRIM_THRESHOLD, MOST_KEPT)
        library.mallopt(M_MMAP_THRESHOLD, LARGE_PIECE)


def _work(line: Connection, most_openings: int, warm: tuple[Warm, ...]) -> None:
    """Take jobs until the server has gone."""
    # Ctrl-C is the server's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICE)
    _keep_freed_memory()
    if warm:
        import sim.economy  # noqa: F401  while nobody waits

    def look() -> None:
        if line.poll(0):  # nothing is sent during a run but that it is to be left
            line.recv_bytes()
            raise Left

    openings, left = Openings(most_openings, look), list(warm)
    with suppress(EOFError, OSError):
        line.send_bytes(b"ready")
        while True:
            while left and not line.poll(0):
                # A town that can't be opened is told to whoever asks for it.
                with suppress(Exception):
                    openings.town(*left.pop(0))
            told = line.recv_bytes()
            if told != LEAVE:
                job: Job = pickle.loads(told)
                line.send_bytes(answer_of(job, openings))
