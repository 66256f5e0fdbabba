"""Work that takes longer than an answer: one job after another, each in a process of its own, in a bounded queue."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from sim.page.guard import log_fault
from sim.page.helper import FAULT, Helper, Task
from sim.page.limits import PageLimits
from sim.page.refusal import Refusal

__all__ = ["Job", "Jobs", "Offered"]

Status = Literal["waiting", "running", "done", "failed"]
ENDED: Final = ("done", "failed")


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
        self._wake = asyncio.Event()
        self._helper: Helper | None = None
        self._running: Job | None = None
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to work through the queue."""
        self._worker = asyncio.create_task(self._work())

    async def close(self) -> None:
        """End the running job and give up those that wait."""
        for job in [job for job in self._jobs.values() if job.status not in ENDED]:
            await self.cancel(job.name)
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker

    def check_room(self, visitor: str) -> None:
        """Refuse one more job where too many wait.

        Raises
        ------
        Refusal
            With status 409 for a visitor who has enough, 503 when the queue is full.
        """
        open_jobs = [job for job in self._jobs.values() if job.status not in ENDED]
        own = sum(job.visitor == visitor for job in open_jobs)
        if own >= self._limits.visitor_jobs:
            raise Refusal(409, f"{own} of your reports or files are still being worked on", "wait until one is done, or cancel it")
        if len(open_jobs) >= self._limits.waiting_jobs:
            raise Refusal(503, "too many reports and files are waiting", "try again in a few minutes")

    def new_folder(self) -> tuple[str, Path]:
        """A new id and its folder, made."""
        name = secrets.token_urlsafe(16)
        folder = self._out / name
        folder.mkdir(parents=True, mode=0o700)
        return name, folder

    def add(self, job: Job) -> None:
        """Put a job at the end of the queue; the oldest that have ended go where too many are kept."""
        self._jobs[job.name] = job
        ended = [name for name, one in self._jobs.items() if one.status in ENDED]
        for name in ended[: max(0, len(ended) - self._limits.kept_jobs)]:
            shutil.rmtree(self._jobs.pop(name).folder, ignore_errors=True)
        self._wake.set()

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
        names = [name for name, one in self._jobs.items() if one.status not in ENDED]
        return names.index(job.name) if job.name in names else 0

    async def cancel(self, name: str) -> None:
        """End a job and remove its files; one that is done is removed."""
        job = self.get(name)
        if job is self._running and self._helper is not None:
            await self._helper.end()
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

    async def _work(self) -> None:
        """Run job after job."""
        while True:
            job = next((one for one in self._jobs.values() if one.status == "waiting"), None)
            if job is None:
                self._wake.clear()
                await self._wake.wait()
                continue
            try:
                await self._run(job)
            except Exception as error:  # the next job must have its turn
                log_fault(error)
                job.status, job.message = "failed", FAULT
            finally:
                self._running = self._helper = None
                for file in job.remove:
                    (job.folder / file).unlink(missing_ok=True)

    async def _run(self, job: Job) -> None:
        """Run one job in a process of its own."""
        job.status, job.message = "running", "It begins."
        self._running, self._helper = job, Helper(job.task, job.folder)

        def heard(told: Mapping[str, Any]) -> None:
            job.done, job.of, job.message = told["done"], told["of"], told["message"]

        end = await self._helper.run(heard)
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
