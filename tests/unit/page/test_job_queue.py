"""Reports and spend files that wait: their files, bounds, turns among addresses, lanes, and what becomes of those that end."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import pytest
from support.asgi import Answer, Client
from support.page_keeping import STATE, QuickHelper, ended, report, talk_to

from sim.page.serving.limits import PageLimits
from sim.page.work import job_queue


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that need no process."""
    monkeypatch.setattr(job_queue, "Helper", QuickHelper)


@pytest.mark.usefixtures("quick")
def test_files_of_a_job_are_those_it_names_and_no_other(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        job = await report(client)
        told = await ended(client, job)
        assert [file["name"] for file in told["files"]] == ["report.html", "policy.yaml", "reference.yaml"]  # no link is followed
        page = await client.get(told["files"][0]["url"])
        assert (page.status, page.body) == (200, b"<p>The report.</p>")
        assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert "sandbox" in page.headers["content-security-policy"]
        saved = await client.get(told["files"][1]["url"])
        assert saved.headers["content-disposition"] == 'attachment; filename="policy.yaml"'
        others = ["summary.csv", "manifest.json", "result", "result%2freport.html", "..", "%2e%2e%2fpolicy.yaml", "policy.yaml%00"]
        for name in others:
            assert (await client.get(f"/results/{job}/{name}")).status == 404
        assert (await client.get(f"/results/{job}/../{job}/policy.yaml")).status == 404

    talk_to(tmp_path, talk)


@pytest.mark.usefixtures("quick")
def test_a_file_or_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")

    async def talk(client: Client) -> None:
        first, second = await report(client), await report(client)
        await ended(client, second)
        page = tmp_path / "out" / first / "result" / "report.html"
        page.unlink()
        page.symlink_to(secret)
        folder = tmp_path / "out" / second
        folder.rename(tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
        for job in (first, second):
            answer = await client.get(f"/results/{job}/report.html")
            assert (answer.status, answer.json()["message"]) == (404, "there is no such file")

    talk_to(tmp_path / "out", talk)


@pytest.mark.usefixtures("quick")
def test_the_queue_is_bounded_told_and_cancelled(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        first, second = await report(client, 30), await report(client)
        third = await client.post("/api/report", {"state": STATE}, x_localwealth_visitor="visitor-0002")
        await asyncio.sleep(0.01)
        running = (await client.get(f"/api/jobs/{first}")).json()
        assert running == {"status": "running", "done": 1, "of": 2, "files": [], "message": "Half is done."}
        assert (await client.get(f"/api/jobs/{third.json()['job']}")).json()["message"] == "Waiting: 2 others are before it."
        own = await client.post("/api/report", {"state": STATE})
        assert (own.status, own.json()["message"]) == (409, "2 of your reports are still being worked on")
        full = await client.post("/api/report", {"state": STATE}, x_localwealth_visitor="visitor-0003")
        assert (full.status, full.json()["message"]) == (503, "too many reports are waiting")
        assert (await client.ask("DELETE", f"/api/jobs/{first}")).status == 200
        assert (await client.get(f"/api/jobs/{first}")).status == 404
        assert not (tmp_path / first).exists()
        assert (await ended(client, second))["message"] == "It is ready."

    talk_to(tmp_path, talk, limits=PageLimits(waiting_jobs=3))


@pytest.mark.usefixtures("quick")
def test_a_long_report_does_not_hold_up_a_spend_file(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        long = await report(client, 30)
        await report(client)
        names = ["a.csv", "hold.csv", "a.csv", "a.csv"]
        sent = []
        for name in names:
            sent.append(await client.ask("POST", f"/api/spend?name={name}", b"a,b", content_type="text/csv"))
            await ended(client, sent[0].json()["job"])
        # The first had ended, two wait or run.
        assert [answer.status for answer in sent] == [202, 202, 202, 409]
        assert sent[3].json()["message"] == "2 of your files are still being worked on"
        assert (await client.get(f"/api/jobs/{long}")).json()["status"] == "running"

    talk_to(tmp_path, talk)


@pytest.mark.usefixtures("quick")
def test_reports_go_in_turn_among_addresses_and_one_address_has_its_share(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        other = Client(client.app, "192.168.1.8")
        first = await report(client, 30)
        jobs = [await report(client, x_localwealth_visitor=f"made-up-{at:02}") for at in range(2)]
        full = await client.post("/api/report", {"state": STATE, "seeds": 2}, x_localwealth_visitor="made-up-03")
        assert (full.status, full.json()["message"]) == (503, "too many reports from this address are waiting")
        assert full.json()["remedy"] == "wait until one is done, or cancel one"
        jobs.append(await report(other))
        await asyncio.sleep(0.01)
        waits = [(await client.get(f"/api/jobs/{job}")).json()["message"] for job in jobs]
        assert waits == ["Waiting: 2 others are before it.", "Waiting: 3 others are before it.", "Waiting: 1 other is before it."]
        await client.ask("DELETE", f"/api/jobs/{first}")
        await ended(client, jobs[1])

    talk_to(tmp_path, talk, limits=PageLimits(address_jobs=3))


@pytest.mark.usefixtures("quick")
def test_a_small_file_may_not_take_the_time_of_a_large_one(tmp_path: Path) -> None:
    limits = PageLimits(body_seconds=0.05, upload_seconds=1.0, spend_bytes=1000)

    async def talk(client: Client) -> list[Answer]:
        path = "/api/spend?name=a.csv"
        return [
            await client.ask("POST", path, [b" "] * size, pause=0.02, content_type="text/csv", content_length=str(size * scale))
            for size, scale in ((10, 1), (6, 150))
        ]

    small, large = talk_to(tmp_path, talk, limits=limits)
    assert (small.status, small.json()["message"]) == (408, "the body came too slowly")
    assert large.status == 202


@pytest.mark.usefixtures("quick")
def test_a_job_cancelled_four_times_at_once_is_gone_and_the_next_has_its_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def talk(client: Client) -> None:
        first, second = await report(client, 30), await report(client)
        await asyncio.sleep(0.01)
        answers = await asyncio.gather(*(client.ask("DELETE", f"/api/jobs/{first}") for _ in range(4)))
        assert {answer.status for answer in answers} <= {200, 404} and answers[0].status == 200
        assert (await client.get(f"/api/jobs/{first}")).status == 404 and not (tmp_path / first).exists()
        assert (await ended(client, second))["message"] == "It is ready."

    talk_to(tmp_path, talk)
    assert "fault" not in capsys.readouterr().err


@pytest.mark.usefixtures("quick")
def test_files_that_can_not_be_written_are_refused_in_words_and_leave_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def talk(client: Client) -> list[Answer]:
        spend = await client.ask("POST", "/api/spend?name=a.csv", b"a,b", content_type="text/csv")
        return [spend, await client.post("/api/report", {"state": STATE})]

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(Path, "write_text", full)
    for answer in talk_to(tmp_path, talk):
        assert (answer.status, answer.json()["message"]) == (503, "the page can't write its files")
    assert not list(tmp_path.iterdir()) and capsys.readouterr().err == ""


@pytest.mark.usefixtures("quick")
def test_reports_that_come_at_once_keep_to_the_bound_and_leave_no_folder(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        answers = await asyncio.gather(*(client.post("/api/report", {"state": STATE, "seeds": 30}) for _ in range(6)))
        assert sorted(answer.status for answer in answers) == [202, 202, 409, 409, 409, 409]
        assert len(list(tmp_path.iterdir())) == 2

    talk_to(tmp_path, talk)


@pytest.mark.usefixtures("quick")
def test_a_job_that_fails_lets_the_next_have_its_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def talk(client: Client) -> None:
        broken, good = await report(client, 29), await report(client)
        assert (await ended(client, good))["status"] == "done"
        told = await ended(client, broken)
        assert (told["status"], told["message"]) == ("failed", "This failed by a fault of the page. Please try again.")

    talk_to(tmp_path, talk)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.usefixtures("quick")
def test_old_results_go_and_closing_ends_the_rest(tmp_path: Path) -> None:
    async def talk(client: Client) -> list[str]:
        names = []
        for _ in range(4):
            names.append(await report(client))
            await ended(client, names[-1])
        return [*names, await report(client, 30)]

    names = talk_to(tmp_path, talk, limits=PageLimits(kept_jobs=2))
    assert {path.name for path in tmp_path.iterdir()} == set(names[2:4])
