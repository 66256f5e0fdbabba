"""A page of made-up parts whose jobs need no process, and what its tests ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from support.asgi import Client, with_app
from support.page_parts import made_up_parts

from sim.page.serving.app import create_app
from sim.page.work.helper import Task

STATE = {"place": "anytown", "months": 12}


class QuickHelper:
    """Does a task at once, or waits to be ended."""

    def __init__(self, task: Task, folder: Path) -> None:
        self.task, self.folder, self.ended = task, folder, asyncio.Event()

    async def run(self, heard: Callable[[Mapping[str, Any]], None]) -> Mapping[str, Any]:
        heard({"done": 1, "of": 2, "message": "Half is done."})
        if self.task.given.get("seeds") == 30 or self.task.given.get("file") == "hold.csv":
            await self.ended.wait()
            return {"kind": "failed", "message": "Cancelled."}
        if self.task.given.get("seeds") == 29:
            raise ZeroDivisionError
        (self.folder / "result").mkdir()
        (self.folder / "result" / "report.html").write_text("<p>The report.</p>")
        (self.folder / "result" / "summary.csv").symlink_to("/etc/passwd")
        (self.folder / "result" / "manifest.json").write_text("{}")
        return {"kind": "done"}

    async def end(self) -> None:
        await asyncio.sleep(0.01)  # as a process takes a while to end
        self.ended.set()


def talk_to(out: Path, what: Callable[[Client], Awaitable[Any]], **settings: Any) -> Any:
    """Ask a page of made-up parts."""
    return with_app(create_app(made_up_parts(out, **settings)), what)


async def ended(client: Client, job: str) -> dict[str, Any]:
    """How a job stands once it has ended."""
    for _ in range(1500):
        answer = await client.get(f"/api/jobs/{job}")
        assert answer.status == 200, answer.body
        told = answer.json()
        if told["status"] in ("done", "failed"):
            return dict(told)
        await asyncio.sleep(0.1)  # often enough, and no more than the page allows one visitor
    raise AssertionError(told)


async def report(client: Client, seeds: int = 2, **headers: str) -> str:
    """Begin a report."""
    answer = await client.post("/api/report", {"state": STATE, "seeds": seeds}, **headers)
    assert answer.status == 202, answer.body
    return str(answer.json()["job"])
