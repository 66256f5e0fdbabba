"""A real Dask cluster on this machine: a scheduler and workers in processes of their own, begun as its documentation says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@dataclass
class Cluster:
    """A scheduler and its workers.

    Parameters
    ----------
    address : str
        Of the scheduler.
    scheduler : subprocess.Popen
        The scheduler's process.
    workers : list of subprocess.Popen
        A process for each worker, without a nanny that begins it again.
    """

    address: str
    scheduler: subprocess.Popen[bytes]
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, environment: dict[str, str] | None = None) -> None:
        """Begin one more worker."""
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "30", "--local-directory", str(self.folder)]
        self.workers.append(_begin("worker", [self.address, *options], self.folder, environment))

    def kill_worker(self, place: int) -> None:
        """Kill a worker the hard way."""
        self.workers[place].send_signal(signal.SIGKILL)
        self.workers[place].wait(PATIENCE)

    def kill_scheduler(self) -> None:
        """Kill the scheduler the hard way."""
        self.scheduler.send_signal(signal.SIGKILL)
        self.scheduler.wait(PATIENCE)


@contextmanager
def dask_cluster(folder: Path, workers: int = 4) -> Iterator[Cluster]:
    """A cluster that is gone when the block is left."""
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    scheduler = _begin("scheduler", options, folder)
    cluster = Cluster("", scheduler, folder)
    try:
        cluster.address = _address_in(file, scheduler)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        for process in (*cluster.workers, scheduler):
            if process.poll() is None:
                process.kill()
            process.wait(PATIENCE)


def _begin(kind: str, options: list[str], folder: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Begin a scheduler or a worker."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests"), *filter(None, sys.path)])
    with (folder / f"{kind}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", kind, *options],
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONPATH": paths, **(environment or {})},
        )


def _address_in(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """The address that the scheduler wrote when it was ready."""
    import json

    before = monotonic()
    while monotonic() - before < PATIENCE:
        if scheduler.poll() is not None:
            raise RuntimeError("the scheduler ended before it was ready")
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            sleep(0.05)
    raise TimeoutError("the scheduler was not ready in time")
