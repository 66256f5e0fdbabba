"""Scenario files saved and opened, reports and spend files: their files, their queue, and what becomes of hostile content."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.asgi import Answer, Client, with_app
from support.page_parts import MadeUpTeam, made_up_parts

from sim.errors import InputError
from sim.page import helper_process, job_queue, uploads
from sim.page.app import create_app
from sim.page.helper import Helper, Task
from sim.page.limits import PageLimits
from sim.page.parts import Parts
from sim.page.state import StateReader

STATE = {"place": "anytown", "months": 12}
FORMULA = '=HYPERLINK("http://evil.example")'
SPEND = f"""Supplier Name,Payment Date,Amount,Description
{FORMULA},01/05/2019,1200.00,+1+1
<script>alert(1)</script> Ltd,02/05/2019,800.00,-2
Anytown Bakery Ltd,03/05/2019,500.00,@SUM(A1)
"""


class QuickHelper:
    """Does a task at once, or waits to be ended."""

    def __init__(self, task: Task, folder: Path) -> None:
        self.task, self.folder, self.ended = task, folder, asyncio.Event()

    async def run(self, heard: Callable[[Mapping[str, Any]], None]) -> Mapping[str, Any]:
        heard({"done": 1, "of": 2, "message": "Half is done."})
        if self.task.given.get("seeds") == 30:
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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that need no process."""
    monkeypatch.setattr(job_queue, "Helper", QuickHelper)


def talk_to(out: Path, what: Callable[[Client], Awaitable[Any]], **settings: Any) -> Any:
    """Ask a page of made-up parts."""
    return with_app(create_app(made_up_parts(out, **settings)), what)


async def ended(client: Client, job: str) -> dict[str, Any]:
    """How a job stands once it has ended."""
    for _ in range(3000):
        told = (await client.get(f"/api/jobs/{job}")).json()
        if told["status"] in ("done", "failed"):
            return dict(told)
        await asyncio.sleep(0.02)
    raise AssertionError(told)


async def report(client: Client, seeds: int = 2, **more: Any) -> str:
    """Begin a report."""
    answer = await client.post("/api/report", {"state": STATE, "seeds": seeds, **more})
    assert answer.status == 202, answer.body
    return str(answer.json()["job"])


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
        assert (own.status, own.json()["message"]) == (409, "2 of your reports or files are still being worked on")
        full = await client.post("/api/report", {"state": STATE}, x_localwealth_visitor="visitor-0003")
        assert (full.status, full.json()["message"]) == (503, "too many reports and files are waiting")
        assert (await client.ask("DELETE", f"/api/jobs/{first}")).status == 200
        assert (await client.get(f"/api/jobs/{first}")).status == 404
        assert not (tmp_path / first).exists()
        assert (await ended(client, second))["message"] == "It is ready."

    talk_to(tmp_path, talk, limits=PageLimits(waiting_jobs=3))


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


def test_a_process_that_takes_too_long_or_dies_is_said_in_words(tmp_path: Path) -> None:
    async def talk() -> list[str]:
        slow = Helper(Task("spend", {}, 0.01, "It took too long."), tmp_path)
        wrong = Helper(Task("nothing", {}, 60.0, ""), tmp_path)
        cut = Helper(Task("open", {}, 60.0, ""), tmp_path)
        ends = asyncio.create_task(cut.run())
        told = [await slow.run(), await wrong.run()]
        await cut.end()
        return [str(end["message"]) for end in [*told, await ends, await cut.run()]]

    slow, wrong, cut, again = asyncio.run(talk())
    assert slow == "It took too long."
    assert wrong == "This failed by a fault of the page (KeyError). Please report what you did."
    assert again == "Cancelled."
    assert cut in ("Cancelled.", "There is no such file.")


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "a\\b.csv", "C:a.csv", ".csv", "a\u0000.csv", "a\n.csv", "", "a" * 200 + ".csv", "a.exe", "a"]
)
def test_a_name_that_is_no_plain_name_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        uploads.upload_name(name)
    assert caught.value.problems[0].key == "name"
    assert "\n" not in caught.value.problems[0].given


def test_an_upload_is_refused_before_it_is_read(tmp_path: Path) -> None:
    async def talk(client: Client) -> list[Answer]:
        queries = ["", "?name=%2e%2e%2fx.csv", "?name=x.csv&place=/etc/passwd", "?name=x.csv&path=/etc"]
        return [await client.ask("POST", f"/api/spend{query}", b"a,b", content_type="text/csv") for query in queries]

    answers = talk_to(tmp_path / "out", talk)
    assert [answer.status for answer in answers] == [422] * 4
    assert [answer.json()["problems"][0]["key"] for answer in answers] == ["name", "name", "place", "path"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("place: /etc/passwd\n", "place", "that comes with the page only"),
        ("place: ../../x.yaml\nbased_on: ~/.ssh/id_rsa\n", "place", "that comes with the page only"),
        ("place:\n  name: anytown\n", "place", "that comes with the page only"),
        ("place: [anytown]\n", "place", "that comes with the page only"),
        ("- 1\n", "", "the top of the file is no mapping"),
        ("a: &a [*a]\n", "a[0]", "*a refers to itself"),
        ("a: !!python/object/apply:os.system ['true']\n", "a", "a tag is not allowed here"),
        ("a: " + "[" * 5000 + "\n", "a[0][0]", "the file nests too deep"),
        ("place: anytown\nmonths: " + "9" * 4000 + "\n", "months", ""),
        ("place: anytown\nplace: preston\n", "place", "is set twice"),
        ("\u0000", "", ""),
        ("", "", "the file is empty"),
    ],
)
def test_an_uploaded_scenario_is_read_with_care(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, key: str, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenario.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        uploads.open_scenario({}, lambda *_: None)
    assert key in [problem.key for problem in caught.value.problems]
    assert words in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_saved_scenario_is_opened_again(tmp_path: Path) -> None:
    state = {**STATE, "title": "Ours: £5, “quoted” #1", "policies": [{"use": "local_spend_target", "share": 0.3}]}

    async def talk(client: Client) -> list[Answer]:
        saved = await client.post("/api/save", {"state": state})
        opened = await client.ask("POST", "/api/open", saved.body, content_type="text/plain")
        return [saved, opened]

    saved, opened = with_app(create_app(Parts(StateReader(), MadeUpTeam(), tmp_path)), talk)
    assert saved.headers["content-disposition"] == 'attachment; filename="policy.yaml"'
    assert opened.status == 200, opened.body
    assert opened.json()["state"] == StateReader().read_state(state).as_dict()
    assert list(tmp_path.iterdir()) == []


def test_problems_of_an_uploaded_scenario_come_with_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Here(QuickHelper):
        async def run(self, heard: Any = None) -> Mapping[str, Any]:
            monkeypatch.chdir(self.folder)
            return helper_process.answer({"work": "open"}, lambda *_: None)

    monkeypatch.setattr(uploads, "Helper", Here)
    wrong = talk_to(tmp_path, lambda client: client.ask("POST", "/api/open", b"title: x\nplace: nowhere", content_type="text/plain"))
    assert wrong.status == 422
    assert (wrong.json()["problems"][0]["line"], wrong.json()["problems"][0]["key"]) == (2, "place")


def cells(book: bytes) -> list[Any]:
    """Every cell of a workbook."""
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    return [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def formulas(table: bytes) -> list[str]:
    """Cells of a table that a spreadsheet would take for a formula; numbers are none."""
    rows = csv.reader(io.StringIO(table.decode()))
    return [cell for row in rows for cell in row if cell[:1] in ("=", "@") or (cell[:1] in ("+", "-") and not cell[1:2].isdigit())]


def test_a_report_is_made_and_hostile_titles_are_text(tmp_path: Path) -> None:
    state = {
        **STATE,
        "title": f"{FORMULA}<script>alert(1)</script>",
        "notes": "@SUM(A1) <b>bold</b>",
        "policies": [{"use": "local_spend_target", "share": 0.3}],
    }

    async def talk(client: Client) -> dict[str, bytes]:
        answer = await client.post("/api/report", {"state": state, "seeds": 2})
        told = await ended(client, answer.json()["job"])
        assert told["status"] == "done", told
        return {file["name"]: (await client.get(file["url"])).body for file in told["files"]}

    files = with_app(create_app(Parts(StateReader(), MadeUpTeam(), tmp_path / "out")), talk)
    assert list(files) == ["report.html", "report.xlsx", "summary.csv", "policy.yaml", "reference.yaml"]
    page = files["report.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "localwealth compare reference.yaml policy.yaml" in page
    assert str(tmp_path) not in page
    assert {cell.data_type for cell in cells(files["report.xlsx"])} <= {"s", "n", "b", "d"}
    assert formulas(files["summary.csv"]) == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_spend_file_is_read_and_hostile_cells_are_text(tmp_path: Path) -> None:
    async def talk(client: Client) -> dict[str, bytes]:
        answer = await client.ask("POST", "/api/spend?name=May%202019.CSV&place=anytown", SPEND.encode(), content_type="text/csv")
        assert answer.status == 202, answer.body
        told = await ended(client, answer.json()["job"])
        assert told["status"] == "done", told
        return {file["name"]: (await client.get(file["url"])).body for file in told["files"]}

    files = talk_to(tmp_path / "out", talk)
    assert list(files) == ["report.html", "report.xlsx", "suppliers.csv", "set-aside.csv", "mapping.yaml"]
    assert b"<script" not in files["report.html"]
    assert {cell.data_type for cell in cells(files["report.xlsx"])} <= {"s", "n", "b", "d"}
    assert any("HYPERLINK" in str(cell.value) for cell in cells(files["report.xlsx"]))
    assert formulas(files["suppliers.csv"]) == formulas(files["set-aside.csv"]) == []
    assert not list(tmp_path.rglob("May*"))


def test_without_a_place_that_ships_a_spend_file_names_no_option_of_the_command(tmp_path: Path) -> None:
    parts = made_up_parts(tmp_path / "out")
    vars(parts.reader)["own"] = {"ours": None}

    async def talk(client: Client) -> str:
        answer = await client.ask("POST", "/api/spend?name=May.csv&place=ours", SPEND.encode(), content_type="text/csv")
        assert answer.status == 202, answer.body
        told = await ended(client, answer.json()["job"])
        return (await client.get(told["files"][0]["url"])).body.decode()

    report = str(with_app(create_app(parts), talk))
    assert "Open the file again where the page shows a place that comes with the program." in report
    assert "--place" not in report


def test_a_spend_file_that_is_none_fails_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "upload").mkdir()
    (tmp_path / "upload" / "x.xlsx").write_bytes(b"no workbook")
    told = helper_process.answer({"work": "spend", "file": "x.xlsx", "place": None}, lambda *_: None)
    assert told["kind"] == "failed"
    assert told["problems"][0]["remedy"]
    assert str(tmp_path) not in str(told)
