"""The page's team with workers that are no processes: order, fairness, what is shared, and what is dropped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from support.page_jobs import Echo
from support.page_team import Chosen, FakeWorker, made_up_run
from support.places import shipped

from sim.page.serving.refusal import Refusal
from sim.page.work.jobs import ArmJob, Job
from sim.page.work.runs import PAGE_MEASURES
from sim.page.work.team import SECONDS_TO_DRAW, Team
from sim.page.work.waiting import LOOK

MEASURES = [name for name in PAGE_MEASURES if not name.startswith(("neighbourhood", "fifth"))]
USUAL = replace(shipped("anytown/business-as-usual"), title="usual")


def chosen(title: str, months: int = 12) -> Chosen:
    """A state of a visitor; those of one title are alike, those of another are not."""
    policy = replace(shipped("anytown/full-package"), title=title, months=months)
    return Chosen(f"{title} {months}", replace(policy, policies=policy.policies[: 1 + len(title) % 7]), USUAL)


def answer(job: Job) -> Any:
    """A made-up run, or what the job says."""
    return made_up_run(job.seed, MEASURES, level=float(len(job.scenario.policies))) if isinstance(job, ArmJob) else job.run(None)  # type: ignore[arg-type]


def together(worker: FakeWorker, what: Callable[[Team], Coroutine[Any, Any, Any]], **settings: Any) -> Any:
    """Do something with a team of one worker."""

    async def run() -> Any:
        async with Team(1, begin=worker, **settings) as team:  # type: ignore[arg-type]
            return await asyncio.wait_for(what(team), 20)

    return asyncio.run(run())


async def lines(team: Team, state: Chosen, seeds: int, visitor: str) -> list[dict[str, Any]]:
    """All lines of a comparison."""
    return [line async for line in team.compare(state, seeds, visitor)]


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    while not true():
        await asyncio.sleep(0.005)


def test_a_view_comes_as_each_pair_ends_and_then_the_end() -> None:
    gate = threading.Semaphore(0)

    async def what(team: Team) -> list[tuple[Any, ...]]:
        found = []
        gate.release(2)
        async for line in team.compare(chosen("a"), 3, "me"):
            found.append((line["kind"], line.get("done"), line.get("of")))
            gate.release(2)
        return found

    found = together(FakeWorker(answer, gate), what)
    assert found == [("view", 1, 3), ("view", 2, 3), ("view", 3, 3), ("end", None, None)]


def test_further_pairs_are_asked_for_once_the_first_is_shown() -> None:
    worker = FakeWorker(answer, threading.Semaphore(0))

    async def what(team: Team) -> None:
        asked = asyncio.create_task(lines(team, chosen("a"), 3, "me"))
        await until(lambda: team.status()["waiting"] == 1)
        await asyncio.sleep(2 * SECONDS_TO_DRAW)
        assert team.status()["waiting"] == 1, "a further pair waits beside the first"
        assert worker.gate is not None
        worker.gate.release(2)
        await until(lambda: team.status()["waiting"] == 3)
        worker.gate.release(100)
        assert (await asked)[-1] == {"kind": "end"}

    together(worker, what)


def test_a_first_answer_waits_for_no_further_pair_of_anyone() -> None:
    worker = FakeWorker(answer, threading.Semaphore(0))
    a, b = chosen("a"), chosen("bb")

    async def what(team: Team) -> None:
        first = asyncio.create_task(lines(team, a, 4, "a"))
        await until(lambda: team.status()["waiting"] == 1)
        second = asyncio.create_task(lines(team, b, 4, "b"))
        await until(lambda: team.status()["waiting"] == 2)
        assert worker.gate is not None
        worker.gate.release(2)
        # Once the first pair of the first is shown, its six further runs wait for the run of the second that is under way.
        await until(lambda: team.status()["waiting"] == 6)
        worker.gate.release(1)
        # Three more of the second, whose reference is the same; one run is under way.
        await until(lambda: team.status()["waiting"] == 8)
        worker.gate.release(100)
        await asyncio.gather(first, second)

    together(worker, what)
    # One run of the first visitor was under way when the second came.
    assert worker.runs()[:3] == [("usual", 1), ("a", 1), ("bb", 1)]
    # From there on both have every other turn; the first asked for the runs of the reference, which both need.
    assert [title == "bb" for title, _ in worker.runs()[3:9]] in ([True, False] * 3, [False, True] * 3)
    # The reference is run once for both.
    assert len(worker.runs()) == 4 + 4 + 4


def test_a_new_comparison_of_a_visitor_ends_the_one_before_and_drops_its_waiting_jobs() -> None:
    worker = FakeWorker(answer, threading.Semaphore(0))

    async def what(team: Team) -> tuple[list[str], list[str]]:
        old = asyncio.create_task(lines(team, chosen("a"), 6, "me"))
        await until(lambda: team.status()["waiting"] == 1)
        new = asyncio.create_task(lines(team, chosen("bb"), 2, "me"))
        await until(old.done)
        # One job of the old one runs, the reference of the first seed, which the new one needs too; its other arm waits.
        assert team.status()["waiting"] == 1
        assert worker.gate is not None
        worker.gate.release(100)
        return [line["kind"] for line in await old], [line["kind"] for line in await new]

    old, new = together(worker, what)
    assert old == ["superseded"] and new[-1] == "end"
    assert ("a", 1) not in worker.runs() and len(worker.runs()) == 4


def test_a_run_that_is_left_is_made_again_for_who_asks_meanwhile() -> None:
    worker = FakeWorker(answer, threading.Semaphore(0))

    async def what(team: Team) -> list[str]:
        old = asyncio.create_task(lines(team, chosen("a"), 1, "me"))
        await until(lambda: team.status()["running"] == 1)
        old.cancel()
        await until(lambda: worker.told_to_leave == 1)
        new = asyncio.create_task(lines(team, chosen("a"), 1, "you"))
        await until(lambda: team.status()["waiting"] == 1)
        assert worker.gate is not None
        worker.gate.release(100)
        return [line["kind"] for line in await new]

    assert together(worker, what) == ["view", "end"]
    assert len(worker.runs()) == 2


def test_a_comparison_whose_lines_nobody_reads_does_not_hold_the_room() -> None:
    worker = FakeWorker(answer, threading.Semaphore(2))

    async def what(team: Team) -> list[str]:
        old = team.compare(chosen("a"), 6, "me")
        first = await anext(old)
        await until(lambda: team.status()["waiting"] == 9)
        new = asyncio.create_task(lines(team, chosen("bb"), 1, "me"))
        await until(lambda: team.status()["waiting"] == 1)
        assert worker.gate is not None
        worker.gate.release(100)
        assert (await new)[-1] == {"kind": "end"}
        return [first["kind"], *[line["kind"] async for line in old]]

    assert together(worker, what) == ["view", "superseded"]


def test_two_visitors_who_want_the_same_share_its_runs_and_one_going_does_not_stop_the_other() -> None:
    worker = FakeWorker(answer, threading.Semaphore(0))

    async def what(team: Team) -> list[dict[str, Any]]:
        one, other = (asyncio.create_task(lines(team, chosen("a"), 3, visitor)) for visitor in ("one", "other"))
        await until(lambda: team.status()["waiting"] == 1)
        one.cancel()
        await asyncio.gather(one, return_exceptions=True)
        assert team.status()["waiting"] == 1
        assert worker.gate is not None
        worker.gate.release(100)
        return await other

    assert together(worker, what)[-1] == {"kind": "end"}
    assert len(worker.runs()) == 6


def test_jobs_of_a_visitor_who_goes_are_dropped_and_what_was_made_is_kept() -> None:
    worker = FakeWorker(answer, threading.Semaphore(2))

    async def what(team: Team) -> None:
        async for line in team.compare(chosen("a"), 5, "me"):
            assert line["done"] == 1
            break
        await until(lambda: team.status()["waiting"] == 0)
        assert worker.gate is not None
        worker.gate.release(100)
        await until(lambda: team.status()["running"] == 0)
        made = len(worker.done)
        await lines(team, chosen("a"), 1, "another")
        assert len(worker.done) == made <= 4, "the first pair was kept"

    together(worker, what)


def test_too_much_is_refused_in_words_and_leaves_nothing_behind() -> None:
    worker = FakeWorker(answer, threading.Semaphore(2))

    async def what(team: Team) -> None:
        with pytest.raises(Refusal, match="too many runs are waiting"):
            await lines(team, chosen("a"), 12, "me")
        assert team.status()["waiting"] == 0
        assert worker.gate is not None
        worker.gate.release(100)
        assert (await lines(team, chosen("a"), 2, "me"))[-1] == {"kind": "end"}

    together(worker, what, most_waiting=6)


def test_a_visitor_who_fills_the_room_gives_way_to_another_and_is_told() -> None:
    worker = FakeWorker(answer, threading.Semaphore(2))

    async def what(team: Team) -> None:
        greedy = asyncio.create_task(lines(team, chosen("a"), 4, "192.0.2.1 made-up"))
        await until(lambda: team.status()["waiting"] == 5)
        look = asyncio.create_task(team.ask(Echo("looks"), LOOK, "192.0.2.3 looks"))
        await until(lambda: team.status()["waiting"] == 6)
        modest = asyncio.create_task(lines(team, chosen("bb"), 2, "192.0.2.2 modest"))
        with pytest.raises(Refusal, match="too many runs are waiting"):
            await greedy
        assert worker.gate is not None
        worker.gate.release(100)
        assert (await modest)[-1] == {"kind": "end"}
        await look
        assert team.status()["waiting"] == 0

    together(worker, what, most_waiting=6)


def test_who_still_waits_when_the_team_closes_is_told() -> None:
    worker = FakeWorker(answer, threading.Semaphore(0))

    async def run() -> list[Any]:
        team = Team(1, begin=worker)  # type: ignore[arg-type]
        await team.start()
        waits = [asyncio.create_task(team.ask(Echo(words), LOOK, "me")) for words in ("runs", "waits")]
        await until(lambda: team.status() == {"workers": 1, "waiting": 1, "running": 1, "kept_bytes": 0})
        await team.close()
        return [*await asyncio.gather(*waits, return_exceptions=True), worker.ended]

    runs, waits, ended = asyncio.run(run())
    assert [str(error) for error in (runs, waits)] == ["the page is being closed; open it again"] * 2 and ended


def test_results_that_are_kept_are_bounded() -> None:
    worker = FakeWorker(answer)

    async def what(team: Team) -> int:
        for number in range(60):
            await team.ask(Echo(f"{number} of many"), LOOK, "me")
        return team.status()["kept_bytes"]

    assert 900 < together(worker, what, most_bytes=1000) <= 1000
