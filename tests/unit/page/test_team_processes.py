"""The page's team with real processes: killed, stuck and faulty ones, and none left when the team has gone."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from support.page_jobs import Dies, Echo, Fails, Hangs, WhoAmI

import sim
from sim.errors import MoneyError
from sim.page.serving.refusal import Refusal
from sim.page.work.jobs import ArmJob
from sim.page.work.team import Team
from sim.page.work.waiting import LOOK
from sim.page.work.worker import Left, Worker


def is_gone(pid: int, seconds: float = 10.0) -> bool:
    """Whether a process ends within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_a_lost_worker_is_replaced_and_its_job_done_by_the_next(tmp_path: Path) -> None:
    async def run() -> tuple[str, ...]:
        async with Team(1) as team:
            before = await team.ask(WhoAmI("before"), LOOK, "me")
            said = await team.ask(Dies("once", marker=str(tmp_path / "died")), LOOK, "me")
            with pytest.raises(Refusal, match="ended twice before it was done; choose fewer residents"):
                await team.ask(Dies("always"), LOOK, "me")
            # Faults of a job leave the worker as it is, and say nothing of this machine.
            one = await team.ask(WhoAmI("one"), LOOK, "me")
            with pytest.raises(Refusal, match=r"a fault of the program \(ZeroDivisionError\)") as fault:
                await team.ask(Fails("fault"), LOOK, "me")
            with pytest.raises(MoneyError, match="a penny was lost"):
                await team.ask(Fails("model", of_model=True), LOOK, "me")
            assert "secret" not in str(fault.value)
            return before, said, one, await team.ask(WhoAmI("other"), LOOK, "me")

    before, said, one, other = asyncio.run(run())
    assert said == "once" and before != one == other
    assert is_gone(int(before)) and is_gone(int(one))


def test_a_run_that_nobody_waits_for_is_left_and_the_worker_goes_on() -> None:
    worker = Worker(2)
    try:
        long_run = ArmJob(replace(sim.load("anytown/buy-local"), months=1200), 1)
        asked = threading.Timer(1.0, worker.leave)
        asked.start()
        with pytest.raises(Left):
            worker.do(long_run, 60.0)
        # Told once more when it has left already: it takes no notice.
        worker.leave()
        assert worker.do(Echo("next"), 20.0)[0] == "next"
        short = replace(long_run.scenario, months=3)
        assert worker.do(ArmJob(short, 1), 60.0)[0].months == 3
        # A word to leave never stands within a large job that is still going out.
        ended = threading.Event()

        def keep_asking() -> None:
            while not ended.wait(0.0005):
                worker.leave()

        asks = threading.Thread(target=keep_asking)
        asks.start()
        large = "next" * 2_000_000
        try:
            assert worker.do(Echo(large), 20.0)[0] == large
        finally:
            ended.set()
            asks.join()
    finally:
        worker.end()


def test_a_stuck_job_is_ended_with_words_and_close_leaves_no_process() -> None:
    async def run() -> tuple[str, ...]:
        team = Team(1, most_seconds=0.3)
        await team.start()
        stuck = await team.ask(WhoAmI("stuck"), LOOK, "me")
        with pytest.raises(Refusal, match=r"took longer than 0\.3 seconds and was ended"):
            await team.ask(Hangs("for ever"), LOOK, "me")
        assert await team.ask(Echo("again"), LOOK, "me") == "again"
        busy = await team.ask(WhoAmI("busy"), LOOK, "me")
        team._most_seconds = 600.0
        hangs = asyncio.create_task(team.ask(Hangs("at the end"), LOOK, "me"))
        while not team.status()["running"]:
            await asyncio.sleep(0.01)
        await team.close()
        with pytest.raises(Refusal, match="the page is being closed"):
            await hangs
        return stuck, busy

    stuck, busy = asyncio.run(run())
    assert is_gone(int(stuck), 1.0) and is_gone(int(busy), 1.0)
    assert not multiprocessing.active_children()


def test_a_worker_ends_when_the_server_is_gone() -> None:
    code = "import os\nfrom sim.page.work.worker import Worker\nprint(Worker(1).pid, flush=True)\nos._exit(1)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert is_gone(int(found.stdout)), "the worker lives on"
