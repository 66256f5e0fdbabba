"""Scenario files saved and opened, reports and spend files: their files, and what becomes of hostile content."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.asgi import Answer, Client, with_app
from support.page_keeping import STATE, QuickHelper, ended, talk_to
from support.page_parts import MadeUpTeam, made_up_parts

from sim.errors import InputError
from sim.page.parts import Parts
from sim.page.serving.app import create_app
from sim.page.state.page_state import StateReader
from sim.page.work import helper, helper_process, uploads
from sim.page.work.helper import Helper, Task
from sim.runs.scenarios import load

FORMULA = '=HYPERLINK("http://evil.example")'
SPEND = f"""Supplier Name,Payment Date,Amount,Description
{FORMULA},01/05/2019,1200.00,+1+1
<script>alert(1)</script> Ltd,02/05/2019,800.00,-2
Anytown Bakery Ltd,03/05/2019,500.00,@SUM(A1)
"""


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
    assert cut in ("Cancelled.", "A file could not be read or written: No such file or directory.")


def test_a_process_that_is_cancelled_while_it_begins_in_a_folder_that_goes_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, goes_on = helper._begin, asyncio.Event()

    async def slowly(folder: Path) -> Any:
        await goes_on.wait()
        return await begin(folder)

    async def talk() -> list[Any]:
        begun = [Helper(Task("open", {}, 60.0, ""), tmp_path / "gone") for _ in range(2)]
        ends = [asyncio.create_task(one.run()) for one in begun]
        await asyncio.sleep(0)
        await begun[0].end()
        goes_on.set()
        return await asyncio.gather(*ends, return_exceptions=True)

    monkeypatch.setattr(helper, "_begin", slowly)
    cancelled, other = asyncio.run(talk())
    assert cancelled["message"] == "Cancelled."
    assert isinstance(other, FileNotFoundError)


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
        ("place:\n  name: anytown\n", "place", "the page does not know this place"),
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


@pytest.mark.parametrize("place", ["place: anytwon", "place:\n  name: anytwon", "place: ../anytown.yaml"])
def test_all_problems_of_an_upload_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.chdir(tmp_path)
    uses = "policies:\n  - use: local_spend_targt\n    share: 4\n  - use: local_spend_target\n    share: 4\n"
    (tmp_path / "scenario.yaml").write_text(f"title: x\n{place}\nmonths: 60\n{uses}")
    with pytest.raises(InputError) as caught:
        uploads.open_scenario({}, lambda *_: None)
    told = [problem.key for problem in caught.value.problems]
    assert told == ["start", "place", "policies[0].use", "policies[1].share"]


def test_an_upload_is_not_blamed_for_what_its_refused_base_would_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenario.yaml").write_text("title: x\nbased_on: ./mine.yaml\nmnths: 60\n")
    with pytest.raises(InputError) as caught:
        uploads.open_scenario({}, lambda *_: None)
    assert [problem.key for problem in caught.value.problems] == ["based_on", "mnths"]


def test_a_saved_scenario_is_opened_again(tmp_path: Path) -> None:
    state = {**STATE, "title": "Ours: £5, “quoted” #1", "policies": [{"use": "local_spend_target", "share": 0.3}]}

    async def talk(client: Client) -> list[Answer]:
        saved = await client.post("/api/save", {"state": state})
        opened = await client.ask("POST", "/api/open", saved.body, content_type="text/plain")
        return [saved, opened]

    parts = made_up_parts(tmp_path)
    vars(parts.reader)["read_state"] = StateReader().read_state
    saved, opened = with_app(create_app(parts), talk)
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
    assert [(one["line"], one["key"]) for one in wrong.json()["problems"]] == [(1, "start"), (1, "months"), (2, "place")]


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
    assert "folder “charts”" not in page and not list(tmp_path.rglob("charts"))  # the page offers no folder
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
    assert "folder “charts”" not in files["report.html"].decode() and not list(tmp_path.rglob("charts"))
    assert {cell.data_type for cell in cells(files["report.xlsx"])} <= {"s", "n", "b", "d"}
    assert any("HYPERLINK" in str(cell.value) for cell in cells(files["report.xlsx"]))
    assert formulas(files["suppliers.csv"]) == formulas(files["set-aside.csv"]) == []
    assert not list(tmp_path.rglob("May*"))


@pytest.mark.long
def test_a_place_of_the_rooms_own_serves_spend_files_and_files_that_were_saved(tmp_path: Path) -> None:
    own = load("anytown/business-as-usual")
    place = own.place.model_copy(update={"name": "mytown", "title": "Mytown"})
    reader = StateReader([replace(own, place=place)])
    parts = made_up_parts(tmp_path / "out")
    vars(parts.reader).update(own=reader.own, read_state=reader.read_state)

    async def talk(client: Client) -> tuple[str, Answer, bytes]:
        answer = await client.ask("POST", "/api/spend?name=May.csv&place=mytown", SPEND.encode(), content_type="text/csv")
        assert answer.status == 202, answer.body
        saved = await client.post("/api/save-all", {"state": {"place": "mytown", "months": 24}})
        opened = await client.ask("POST", "/api/open", saved.body, content_type="application/octet-stream")
        told = await ended(client, answer.json()["job"])
        assert told["status"] == "done", told
        return (await client.get(told["files"][0]["url"])).body.decode(), opened, saved_file(saved.body, "policy.yaml")

    report, opened, saved = with_app(create_app(parts), talk)
    assert "seen from Mytown" in report and "--place" not in report
    assert not list((tmp_path / "out").rglob("place.yaml"))
    assert opened.status == 200, opened.body
    assert (opened.json()["state"]["place"], opened.json()["state"]["months"]) == ("mytown", 24)
    with pytest.raises(InputError) as caught:
        reader.open_text(saved.replace(b"mytown", b"yourtown"))
    (problem,) = caught.value.problems
    assert (problem.key, problem.message) == ("place", "the page does not know this place")
    assert (problem.line or 0) > 1 and problem.remedy == "start the page with this scenario: localwealth page FILE"


def saved_file(archive: bytes, name: str) -> bytes:
    """A file of an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return held.read(name)


def test_what_is_saved_holds_both_files_and_is_the_same_bytes_again(tmp_path: Path) -> None:
    state = {"place": "preston", "title": "Ours", "policies": [{"use": "local_spend_target", "share": 0.3}]}
    parts = made_up_parts(tmp_path)
    reader = StateReader()
    vars(parts.reader)["read_state"] = reader.read_state

    async def talk(client: Client) -> list[Answer]:
        asks = [{"state": state, "seeds": 4}, {"seeds": 4, "state": state}, {"state": state, "seeds": 99}]
        return [await client.post("/api/save-all", one) for one in asks]

    first, again, wrong = with_app(create_app(parts), talk)
    assert first.headers["content-disposition"] == 'attachment; filename="localwealth-scenario.zip"'
    assert first.headers["content-type"] == "application/zip"
    assert first.body == again.body
    chosen = reader.read_state(state)
    assert saved_file(first.body, "policy.yaml").decode() == chosen.yaml()
    assert saved_file(first.body, "reference.yaml").decode() == chosen.reference_yaml()
    readme = saved_file(first.body, "README.txt").decode()
    assert readme.startswith("Ours\n") and "localwealth compare reference.yaml policy.yaml --seeds 4\n" in readme
    assert "Both run a copy of the place with 5,000 residents." in readme
    assert (wrong.status, wrong.json()["problems"][0]["allowed"]) == (422, "a whole number from 1 to 12")


@pytest.mark.parametrize("what", ["no archive", "another file", "packed with a password", "cut", "a bomb"])
def test_an_archive_that_holds_no_scenario_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.chdir(tmp_path)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../policy.yaml" if what == "another file" else "policy.yaml", b"a" * (5_000_000 if what == "a bomb" else 50))
    raw = bytearray(b"PK\x03\x04 and nothing" if what == "no archive" else held.getvalue())
    if what == "packed with a password":
        raw[6] |= 1
        raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "scenario.yaml").write_bytes(raw[:-30] if what == "cut" else raw)
    with pytest.raises(InputError) as caught:
        uploads.open_scenario({}, lambda *_: None)
    (problem,) = caught.value.problems
    if what == "a bomb":  # no more of it was unpacked than a scenario may have
        assert problem.message == "the top of the file is no mapping" and (tmp_path / "scenario.yaml").stat().st_size == 256_001
    else:
        assert problem.message == "this archive holds no scenario that can be read"
        assert problem.remedy == "unpack it and open policy.yaml"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scenario.yaml"]


def test_a_spend_file_that_is_none_fails_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "upload").mkdir()
    (tmp_path / "upload" / "x.xlsx").write_bytes(b"no workbook")
    told = helper_process.answer({"work": "spend", "file": "x.xlsx", "place": None}, lambda *_: None)
    assert told["kind"] == "failed"
    assert told["problems"][0]["remedy"]
    assert str(tmp_path) not in str(told)
