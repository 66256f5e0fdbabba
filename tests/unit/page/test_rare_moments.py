"""Two things in the same moment: a turn that comes as it is given up, a process that is called off as it begins, a client that goes."""

from __future__ import annotations

import asyncio
import io
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from support.page_jobs import Echo
from support.page_team import FakeWorker

from sim.page.serving import server
from sim.page.serving.bodies import read_body
from sim.page.serving.limits import PageLimits
from sim.page.serving.refusal import Refusal
from sim.page.serving.turns import Turnstile
from sim.page.work import helper, helper_process, team
from sim.page.work import worker as workers
from sim.page.work.helper import Helper, Task
from sim.page.work.job_queue import Jobs
from sim.page.work.team import Team
from sim.page.work.waiting import LOOK
from sim.page.work.worker import Lost, Stuck, Worker


def body(stated: str, *messages: dict[str, Any]) -> tuple[bytes | Refusal, int]:
    """What reading a body of at most ten bytes comes to, and how many of these messages were left unread."""
    left = list(messages)

    async def receive() -> dict[str, Any]:
        return left.pop(0)

    async def read() -> bytes | Refusal:
        request = Request({"type": "http", "method": "POST", "headers": [(b"content-length", stated.encode())]}, receive)
        try:
            return await read_body(request, 10, 5.0, 5.0)
        except Refusal as refusal:
            return refusal

    return asyncio.run(read()), len(left)


def part(size: int) -> dict[str, Any]:
    """So many bytes of a body, of which more follow."""
    return {"type": "http.request", "body": b"x" * size, "more_body": True}


def test_a_body_far_too_large_is_not_read_to_its_end_and_one_somewhat_too_large_is() -> None:
    last = {"type": "http.request", "body": b"", "more_body": False}
    far, unread = body("1000", part(11), part(500), last)
    assert isinstance(far, Refusal) and (far.status, unread) == (413, 2)
    some, unread = body("15", part(11), part(4), last)
    assert isinstance(some, Refusal) and (some.status, unread) == (413, 0)


def test_a_body_that_is_cut_is_told_as_cut() -> None:
    cut, _ = body("8", part(4), {"type": "http.disconnect"})
    assert isinstance(cut, Refusal) and (cut.status, cut.message, cut.remedy) == (400, "the body was cut", "send it again")


@pytest.mark.parametrize("error", [TimeoutError, asyncio.CancelledError])
def test_a_turn_that_comes_in_the_moment_it_is_given_up_is_free_again(error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    turnstile = Turnstile(1, 1, 2, 60.0, "files are being sent")

    async def gives_up(waits: asyncio.Future[bool], seconds: float) -> bool:
        turnstile._leave("a")  # so the turn is that of the second, who gives up before it hears of it
        assert turnstile.inside["b"] == 1
        waits.cancel()
        raise error

    async def talk() -> int:
        turnstile._enter("a")
        monkeypatch.setattr(asyncio, "wait_for", gives_up)
        with pytest.raises(Refusal if error is TimeoutError else error):
            await turnstile._wait("b")
        monkeypatch.undo()
        return turnstile.inside.total()

    assert asyncio.run(talk()) == 0


def test_a_process_that_is_called_off_as_it_begins_is_told_no_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = asyncio.Event()

    async def slowly(folder: Path) -> Any:
        await goes_on.wait()
        return SimpleNamespace(stdin=io.BytesIO(), stdout=io.BytesIO(b"{}"), returncode=0)

    async def talk() -> Any:
        begun = Helper(Task("open", {}, 60.0, ""), tmp_path)
        end = asyncio.create_task(begun.run())
        await asyncio.sleep(0)
        await begun.end()
        goes_on.set()
        return await end

    monkeypatch.setattr(helper, "_begin", slowly)
    assert asyncio.run(talk())["message"] == "Cancelled."


def test_where_groups_of_processes_can_not_be_ended_the_process_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    async def wait() -> None:
        done.append("waited")

    monkeypatch.delattr(os, "killpg")
    begun = Helper(Task("open", {}, 60.0, ""), tmp_path)
    begun._process = SimpleNamespace(returncode=None, pid=0, kill=lambda: done.append("killed"), wait=wait)  # type: ignore[assignment]
    asyncio.run(begun.end())
    assert done == ["killed", "waited"]


def test_a_folder_whose_files_were_not_all_written_goes_whatever_went_wrong(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, PageLimits())
    with pytest.raises(ZeroDivisionError), jobs.new_folder() as (_, folder):
        (folder / str(1 / (len(list(tmp_path.iterdir())) - 1))).mkdir()
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_could_not_begin_is_told_and_another_is_begun(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun: list[int] = []
    fake = FakeWorker(lambda job: job.run(None))  # type: ignore[arg-type]

    def begin(most: int, warm: Any) -> Any:
        begun.append(most)
        if len(begun) == 1:
            raise OSError("no process can be begun")
        return fake

    async def run() -> Any:
        async with Team(1, begin=begin) as of_one:
            return await of_one.ask(Echo("said"), LOOK, "me")

    monkeypatch.setattr(team, "SECONDS_BEFORE_ANOTHER", 0.0)
    assert asyncio.run(run()) == "said" and len(begun) == 2
    assert "OSError" in capsys.readouterr().err


def test_a_worker_that_begins_while_the_team_closes_is_ended() -> None:
    begins, goes_on = threading.Event(), threading.Event()
    fake = FakeWorker(lambda job: None)

    def begin(most: int, warm: Any) -> Any:
        begins.set()
        goes_on.wait(10)
        return fake

    async def run() -> None:
        of_one = Team(1, begin=begin)
        await of_one.start()
        await asyncio.to_thread(begins.wait, 10)
        closing = asyncio.create_task(of_one.close())
        await asyncio.sleep(0)
        goes_on.set()
        await closing

    asyncio.run(run())
    assert fake.ended


def test_a_process_that_does_not_say_it_is_ready_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []

    def never(worker: Worker, seconds: float) -> bytes:
        raise Stuck

    end = Worker.end
    monkeypatch.setattr(Worker, "_received", never)
    monkeypatch.setattr(Worker, "end", lambda worker: (end(worker), ended.append(worker._process.is_alive()))[0])
    with pytest.raises(Lost, match="a worker process could not begin"):
        Worker(1)
    assert ended == [False] and workers.SECONDS_TO_BEGIN > 0


def test_a_job_that_can_not_be_sent_has_lost_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(worker: Worker, told: bytes) -> None:
        raise BrokenPipeError("the other end is closed")

    monkeypatch.setattr(Worker, "_send", closed)
    with pytest.raises(Lost):
        Worker.do(Worker.__new__(Worker), Echo("said"), 1.0)  # type: ignore[arg-type]


def test_ctrl_c_ends_the_page_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(one: Any, sockets: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(server._Server, "run", interrupted)
    monkeypatch.setattr(server, "_quiet_logs", lambda: None)
    app: Any = SimpleNamespace(state=SimpleNamespace(end=None))
    found: Any = SimpleNamespace()
    server.serve(app, found, PageLimits(), lambda: None)


def test_a_process_of_the_page_ends_with_its_server(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    monkeypatch.setattr(helper_process.os, "_exit", ends.append)
    monkeypatch.setattr(helper_process.sys, "stdin", io.StringIO("what a server says that goes on"))
    helper_process._end_with_the_server()
    assert ends == [3] and helper_process.sys.stdin.read() == "", "not before its input was closed"
