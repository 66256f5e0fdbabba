"""A process of its own for one piece of work: begun, heard, bounded in time, and ended, whatever it does.

The work is told on its standard input as one line of JSON. It answers with lines of JSON. Its input stays open as long as the
server lives: when it closes, the process ends of its own accord.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sim

__all__ = ["FAULT", "Helper", "Task"]

MOST_LINE: Final = 4_000_000
FAULT: Final = "This failed by a fault of the page. Please try again."
CANCELLED: Final[Mapping[str, Any]] = {"kind": "failed", "message": "Cancelled."}


@dataclass(frozen=True, slots=True)
class Task:
    """What a process is to do.

    Parameters
    ----------
    work : {"report", "spend", "open"}
        Which work.
    given : mapping
        What it needs, in plain values.
    seconds : float
        How long it may take.
    too_long : str
        What is said when it takes longer.
    memory : int or None
        Bytes of address space; None for three quarters of what the machine has.
    """

    work: str
    given: Mapping[str, Any]
    seconds: float
    too_long: str
    memory: int | None = None


class Helper:
    """A process for one task.

    Parameters
    ----------
    task : Task
        What it is to do.
    folder : Path
        Where it works; it writes nowhere else.
    """

    def __init__(self, task: Task, folder: Path) -> None:
        self._task = task
        self._folder = folder
        self._process: Process | None = None
        self._ended = False

    async def run(self, heard: Callable[[Mapping[str, Any]], None] | None = None) -> Mapping[str, Any]:
        """Do the task.

        Parameters
        ----------
        heard : callable, optional
            Told of each step: ``done``, ``of`` and ``message``.

        Returns
        -------
        mapping
            With ``kind`` "done" and what was found, or "failed" and a ``message``.
        """
        if self._ended:
            return CANCELLED
        try:
            async with asyncio.timeout(self._task.seconds):
                return await self._talk(heard)
        except TimeoutError:
            return {"kind": "failed", "message": self._task.too_long}
        finally:
            await self.end()

    async def end(self) -> None:
        """End the process, if it is there, and all that it began."""
        self._ended = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        await process.wait()

    async def _talk(self, heard: Callable[[Mapping[str, Any]], None] | None) -> Mapping[str, Any]:
        """Begin the process, tell it the task, hear it to its end."""
        try:
            self._process = process = await _begin(self._folder)
        except OSError:
            if not self._ended:
                raise
            return CANCELLED  # with the job its folder has gone
        assert process.stdin is not None
        assert process.stdout is not None
        if self._ended:  # cancelled while it began
            return CANCELLED
        with suppress(ConnectionError):
            process.stdin.write(json.dumps({"work": self._task.work, "memory": self._task.memory, **self._task.given}).encode() + b"\n")
            await process.stdin.drain()
        while line := await process.stdout.readline():
            told = _understood(line)
            if told is not None and told["kind"] != "step":
                return told
            if told is not None and heard is not None:
                heard(told)
        return CANCELLED if self._ended else {"kind": "failed", "message": "It ended too early: there may be too little memory for it."}


async def _begin(folder: Path) -> Process:
    """A process that waits for its task. It imports this very package, and nothing from the folder it works in."""
    above = str(Path(sim.__file__).resolve().parents[1])
    paths = [above, *(path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-P", "-m", "sim.page.work.helper_process"]
    more: dict[str, Any] = {"start_new_session": True} if hasattr(os, "setsid") else {}
    return await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=folder, env=environment, limit=MOST_LINE, **more
    )


def _understood(line: bytes) -> Mapping[str, Any] | None:
    """A line of the process, or None when it is not one of ours."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("kind") in ("step", "done", "failed") else None
