"""Work that takes longer than an answer: reports one after another, spend files beside them, each in a process of its own.

Both lanes are bounded. Within a lane addresses take turns.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from sim.page.serving.guard import log_fault
from sim.page.serving.limits import PageLimits
from sim.page.serving.refusal import Refusal
from sim.page.serving.turns import Rota
from sim.page.serving.visitor import address_of
from sim.page.work.helper import FAULT, Helper, Task

__all__ = ["Job", "Jobs", "Offered"]

Status = Literal["waiting", "running", "done", "failed"]
ENDED: Final = ("done", "failed")
#: Lanes by the work of their tasks, and what their jobs are called.
LANES: Final = {"report": "reports", "spend": "files"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that a job may give.

    Parameters
    ----------
    name : str
        Its name in the address.
    title : str
        What it is, for a reader.
    path : str
        Where it lies in the folder of the job.
    """

    name: str
    title: str
    path: str


@dataclass(slots=True)
class Job:
    """One report or spend file of one visitor.

    Parameters
    ----------
    name : str
        Its id, which can't be guessed.
    visitor : str
        Whose it is.
    task : Task
        What the process does.
    folder : Path
        Where its files lie.
    offers : tuple of Offered
        What it may give, once done.
    remove : tuple of str
        Files that go when it ends, such as what was uploaded.
    """

    name: str
    visitor: str
    task: Task
    folder: Path
    offers: tuple[Offered, ...]
    remove: tuple[str, ...] = ()
    status: Status = "waiting"
    done: int = 0
    of: int = 0
    message: str = ""
    files: tuple[Offered, ...] = ()
    problems: tuple[Mapping[str, Any], ...] = field(default=())

    def as_dict(self, before: int) -> dict[str, Any]:
        """How it stands, for the page, with so many jobs before it."""
        waiting = "it begins next" if before == 0 else "1 other is before it" if before == 1 else f"{before} others are before it"
        files = [{"name": file.name, "title": file.title, "url": f"/results/{self.name}/{file.name}"} for file in self.files]
        told: dict[str, Any] = {"status": self.status, "done": self.done, "of": self.of, "files": files}
        told["message"] = f"Waiting: {waiting}." if self.status == "waiting" else self.message
        return told | ({"problems": list(self.problems)} if self.problems else {})


@dataclass(slots=True)
class _Lane:
    """What is worked on in one lane."""

    wake: asyncio.Event = field(default_factory=asyncio.Event)
    rota: Rota = field(default_factory=Rota)
    running: Job | None = None
    helper: Helper | None = None


class Jobs:
    """The queue of jobs.

    Parameters
    ----------
    out : Path
        Folder with a folder for each job.
    limits : PageLimits
        How many may wait, and how many are kept.
    """

    def __init__(self, out: Path, limits: PageLimits) -> None:
        self._out = out
        self._limits = limits
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lanes = {name: _Lane() for name in LANES}
        self._workers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to work through the queue."""
        self._workers = [asyncio.create_task(self._work(name)) for name in LANES]

    async def close(self) -> None:
        """End the running jobs and give up those that wait."""
        for job in [job for job in self._jobs.values() if job.status not in ENDED]:
            await self.cancel(job.name)
        for worker in self._workers:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    def check_room(self, visitor: str, lane: str) -> None:
        """Refuse one more job where too many wait.

        Parameters
        ----------
        visitor : str
            Who asks.
        lane : {"report", "spend"}
            For what.

        Raises
        ------
        Refusal
            With status 409 for a visitor who has enough, 503 when the address has, or the lane is full.
        """
        limits, words = self._limits, LANES[lane]
        waiting = [job.visitor for job in self._jobs.values() if job.status not in ENDED and job.task.work == lane]
        own, here = waiting.count(visitor), sum(address_of(one) == address_of(visitor) for one in waiting)
        if own >= limits.visitor_jobs:
            raise Refusal(409, f"{own} of your {words} are still being worked on", "wait until one is done, or cancel it")
        if here >= limits.address_jobs:
            raise Refusal(503, f"too many {words} from this address are waiting", "wait until one is done, or cancel one")
        if len(waiting) >= limits.waiting_jobs:
            raise Refusal(503, f"too many {words} are waiting", "try again in a few minutes")

    @contextmanager
    def new_folder(self) -> Iterator[tuple[str, Path]]:
        """A new id and its folder, made; where it can't be filled, it goes again.

        Raises
        ------
        Refusal
            With status 503 when a file can't be written, as on a full disk.
        """
        name = secrets.token_urlsafe(16)
        folder = self._out / name
        try:
            folder.mkdir(parents=True, mode=0o700)
            yield name, folder
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                remedy = "tell whoever serves the page: the disk may be full"
                raise Refusal(503, "the page can't write its files", remedy) from None
            raise

    def add(self, job: Job) -> None:
        """Put a job at the end of the queue; the oldest that have ended go where too many are kept.

        Raises
        ------
        Refusal
            As of `check_room`, when others came while its files were written; its folder has gone then.
        """
        try:
            self.check_room(job.visitor, job.task.work)
        except Refusal:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise
        self._jobs[job.name] = job
        ended = [name for name, one in self._jobs.items() if one.status in ENDED]
        for name in ended[: max(0, len(ended) - self._limits.kept_jobs)]:
            shutil.rmtree(self._jobs.pop(name).folder, ignore_errors=True)
        self._lanes[job.task.work].wake.set()

    def get(self, name: str) -> Job:
        """A job by its id.

        Raises
        ------
        Refusal
            With status 404 when there is none.
        """
        if name not in self._jobs:
            raise Refusal(404, "there is no such report or file", "begin it again; old ones are kept for a while only")
        return self._jobs[name]

    def before(self, job: Job) -> int:
        """How many jobs come before one that waits."""
        waiting = self._in_turn(job.task.work)
        return waiting.index(job) + (self._lanes[job.task.work].running is not None) if job in waiting else 0

    def _in_turn(self, lane: str) -> list[Job]:
        """The jobs that wait in a lane, as addresses take turns."""
        waiting = [job for job in self._jobs.values() if job.status == "waiting" and job.task.work == lane]
        return [waiting[place] for place in self._lanes[lane].rota.order([address_of(job.visitor) for job in waiting])]

    async def cancel(self, name: str) -> None:
        """End a job and remove its files; one that is done is removed."""
        job = self.get(name)
        lane = self._lanes[job.task.work]
        if job is lane.running and lane.helper is not None:
            await lane.helper.end()
        job.status, job.message, job.files = "failed", "Cancelled.", ()
        self._jobs.pop(name, None)  # it may have been cancelled meanwhile by another request
        shutil.rmtree(job.folder, ignore_errors=True)

    def file(self, name: str, wanted: str) -> tuple[Path, Offered]:
        """A file of a job by its exact name.

        Raises
        ------
        Refusal
            With status 404 when there is none, or it is no plain file in the folder of the job.
        """
        job = self.get(name)
        found = next((file for file in job.files if file.name == wanted), None)
        path = None if found is None else job.folder / found.path
        if found is None or path is None or not _is_own_file(path, job.folder):
            raise Refusal(404, "there is no such file", "open it from the page")
        return path, found

    async def _work(self, name: str) -> None:
        """Run job after job of a lane."""
        lane = self._lanes[name]
        while True:
            job = next(iter(self._in_turn(name)), None)
            if job is None:
                lane.wake.clear()
                await lane.wake.wait()
                continue
            lane.rota.note(address_of(job.visitor))
            try:
                await self._run(job, lane)
            except Exception as error:  # the next job must have its turn
                log_fault(error)
                job.status, job.message = "failed", FAULT
            finally:
                lane.running = lane.helper = None
                for file in job.remove:
                    (job.folder / file).unlink(missing_ok=True)

    async def _run(self, job: Job, lane: _Lane) -> None:
        """Run one job in a process of its own."""
        job.status, job.message = "running", "It begins."
        lane.running, lane.helper = job, Helper(job.task, job.folder)

        def heard(told: Mapping[str, Any]) -> None:
            job.done, job.of, job.message = told["done"], told["of"], told["message"]

        end = await lane.helper.run(heard)
        if "problems" in end:
            job.problems = tuple(end["problems"])
        if end["kind"] == "done":
            job.files = tuple(file for file in job.offers if _is_own_file(job.folder / file.path, job.folder))
            job.status, job.message, job.done = "done", "It is ready.", job.of
        else:
            job.status, job.message = "failed", str(end["message"])


def _is_own_file(path: Path, folder: Path) -> bool:
    """Whether a path is a plain file in a folder, reached by no link."""
    return path.is_file() and not folder.is_symlink() and path.resolve() == folder.resolve() / path.relative_to(folder)
