"""Requests that come at a rare moment: of what a browser has, while the page closes, of a place of one's own, and of runs that fail."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.asgi import Answer, Client, with_app
from support.page_jobs import Echo
from support.page_keeping import QuickHelper, ended, report, talk_to
from support.page_parts import made_up_parts
from support.page_team import Chosen, FakeWorker
from support.places import shipped

from sim.page.serving.app import create_app
from sim.page.serving.limits import PageLimits
from sim.page.serving.refusal import Refusal
from sim.page.work import job_queue, saving, uploads
from sim.page.work.helper import Task
from sim.page.work.job_queue import Job, Jobs
from sim.page.work.saving import _Counting, write_report_files
from sim.page.work.team import Team
from sim.page.work.waiting import LOOK
from sim.settings.load import load_place

USUAL = shipped("anytown/business-as-usual")


def test_a_file_that_the_browser_has_already_is_not_sent_again(tmp_path: Path) -> None:
    async def talk(client: Client) -> list[Answer]:
        whole = await client.get("/")
        return [whole, await client.get("/", if_none_match=whole.headers["etag"]), await client.get("/", if_none_match='"other"')]

    whole, same, other = with_app(create_app(made_up_parts(tmp_path / "out")), talk)
    assert (whole.status, other.status, other.body) == (200, 200, whole.body)
    assert (same.status, same.body, same.headers["etag"]) == (304, b"", whole.headers["etag"])


def test_a_job_that_finds_the_room_full_when_its_files_are_there_leaves_no_folder(tmp_path: Path) -> None:
    async def talk() -> None:
        jobs = Jobs(tmp_path, PageLimits())
        made = []
        for _ in range(3):
            with jobs.new_folder() as (name, folder):
                made.append(Job(name, "me", Task("report", {}, 1.0, ""), folder, ()))
        jobs.add(made[0])
        jobs.add(made[1])
        with pytest.raises(Refusal) as caught:
            jobs.add(made[2])
        assert caught.value.status == 409 and [job.folder.exists() for job in made] == [True, True, False]

    asyncio.run(talk())


class Refusing(QuickHelper):
    """Ends with a list of problems."""

    async def run(self, heard: Callable[[Mapping[str, Any]], None]) -> Mapping[str, Any]:
        return {"kind": "failed", "message": "The file is wrong.", "problems": [{"line": 3, "message": "no sum"}]}


def test_problems_of_a_job_that_failed_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk(client: Client) -> Any:
        return await ended(client, await report(client))

    monkeypatch.setattr(job_queue, "Helper", Refusing)
    told = talk_to(tmp_path, talk)
    assert (told["status"], told["message"], told["problems"]) == ("failed", "The file is wrong.", [{"line": 3, "message": "no sum"}])


def test_who_asks_while_the_team_closes_is_told_and_who_waits_for_a_view_too() -> None:
    worker = FakeWorker(lambda job: None, threading.Semaphore(0))

    async def run() -> list[str]:
        team = Team(1, begin=worker)  # type: ignore[arg-type]
        await team.start()
        state = Chosen("a", USUAL, replace(USUAL, title="usual"))
        views = asyncio.create_task(anext(team.compare(state, 1, "me")))
        while team.status()["running"] < 1:
            await asyncio.sleep(0.005)
        await team.close()
        found = await asyncio.gather(views, team.ask(Echo("late"), LOOK, "me"), return_exceptions=True)
        return [str(one) for one in found]

    assert asyncio.run(run()) == ["the page is being closed; open it again"] * 2


def test_a_team_knows_only_so_many_towns_of_a_worker() -> None:
    worker = FakeWorker(lambda job: job.run(None))  # type: ignore[arg-type]

    async def run() -> list[list[Any]]:
        async with Team(1, begin=worker, most_openings=2) as team:  # type: ignore[arg-type]
            held = []
            for words, town in (("1", "a"), ("2", "b"), ("3", "a"), ("4", "c")):
                await team.ask(Echo(words, town), LOOK, "me")
                held.append(list(team._held[0]))
            return held

    assert asyncio.run(run()) == [["a"], ["a", "b"], ["b", "a"], ["a", "c"]]


def test_a_place_of_the_rooms_own_is_written_beside_the_spend_file(tmp_path: Path) -> None:
    place = USUAL.place.model_copy(update={"name": "mytown", "title": "Mytown"})
    job = uploads.spend_job(Jobs(tmp_path, PageLimits()), "May.csv", b"a,b\n", place, "me", PageLimits())
    assert job.task.given == {"file": "May.csv", "place": "place.yaml"} and "place.yaml" in job.remove
    assert load_place(job.folder / "place.yaml") == place
    assert (job.folder / "upload" / "May.csv").read_bytes() == b"a,b\n"


def test_a_saved_file_that_could_not_be_read_in_time_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    class Slow(QuickHelper):
        async def run(self, heard: Any = None) -> Mapping[str, Any]:
            given.append(([path.name for path in sorted(self.folder.iterdir())], self.task.given, (self.folder / "own-0.yaml").read_text()))
            return {"kind": "failed", "message": "This file took too long to read."}

    monkeypatch.setattr(uploads, "Helper", Slow)
    with pytest.raises(Refusal) as caught:
        asyncio.run(uploads.opened(b"title: a\n", tmp_path / "out", PageLimits(), ["title: mine\n"]))
    assert (caught.value.status, caught.value.message) == (422, "This file took too long to read.")
    assert caught.value.remedy == "compare the file with one that the page saves"
    assert given == [(["own-0.yaml", "scenario.yaml"], {"own": ["own-0.yaml"]}, "title: mine\n")]
    assert list((tmp_path / "out").iterdir()) == []


def test_an_error_of_a_run_is_kept_for_who_asked_and_counted() -> None:
    told: list[tuple[int, int, str]] = []
    counting = _Counting(2, lambda *said: told.append(said))
    assert counting.submit(int, "3").result() == 3
    with pytest.raises(ValueError, match="invalid literal"):
        counting.submit(int, "three").result()
    assert [done for done, _, _ in told] == [1, 2] and told[1][2] == "2 of 2 pairs of runs have ended."


def test_where_no_run_came_to_its_end_the_first_failure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        path, seeds = None, ()
        failures = (type("Failure", (), {"message": "the accounts sum to 1 pence. " * 20})(),)

    monkeypatch.setattr("sim.runs.compare", lambda *given, **more: Nothing())
    found = write_report_files({"seeds": 2}, lambda *said: None)
    assert found["kind"] == "failed" and found["message"].startswith("No run came to its end: the accounts sum to 1 pence.")
    assert len(found["message"]) == 300 and saving.RESULT == "result"
