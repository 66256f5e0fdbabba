"""What each route answers, and how the page words what it refuses."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from support.asgi import Answer, Client, with_app
from support.page_parts import MadeUpReader, made_up_parts

from sim import __version__
from sim.page.serving.app import create_app

STATE = {"place": "anytown", "months": 24}


def ask(tmp_path: Path, method: str, path: str, value: Any = None, **headers: str | None) -> Answer:
    """One request to a page of made-up parts."""

    async def talk(client: Client) -> Answer:
        return await (client.post(path, value, **headers) if method == "POST" else client.ask(method, path, **headers))

    answer: Answer = with_app(create_app(made_up_parts(tmp_path / "out")), talk)
    return answer


def test_health(tmp_path: Path) -> None:
    assert ask(tmp_path, "GET", "/health").json() == {"ok": True}


def test_the_beginning_says_version_limits_and_first_state(tmp_path: Path) -> None:
    start = ask(tmp_path, "GET", "/api/start").json()
    assert start["version"] == __version__
    assert start["first"] == {"place": "anytown"}
    assert start["limits"]["months"] == [12, 120]
    assert (start["limits"]["spend_bytes"], start["limits"]["spend_words"]) == (20_000_000, "20 MB")
    assert (start["limits"]["scenario_bytes"], start["limits"]["scenario_words"]) == (256_000, "256 kB")


def test_the_beginning_is_gathered_for_all_whoever_goes_away_and_again_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer, gate, calls = MadeUpReader.offer, threading.Event(), []

    def slowly(reader: MadeUpReader) -> dict[str, Any]:
        calls.append(gate.wait(10))
        if len(calls) == 1:
            raise OSError("no room")
        return offer(reader)

    async def talk(client: Client) -> list[int]:
        gone, other = (asyncio.create_task(client.get("/api/start")) for _ in range(2))
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0.01)
        gate.set()
        return [(await other).status, (await client.get("/api/start")).status, (await client.get("/api/start")).status]

    monkeypatch.setattr(MadeUpReader, "offer", slowly)
    assert with_app(create_app(made_up_parts(tmp_path / "out")), talk) == [500, 200, 200]
    assert len(calls) == 2


def test_a_state_is_checked(tmp_path: Path) -> None:
    answer = ask(tmp_path, "POST", "/api/check", {"state": STATE})
    assert answer.status == 200
    assert answer.json()["state"] == STATE
    assert answer.json()["lines"] == ["A lever."]
    assert set(answer.json()) == {"state", "yaml", "reference_yaml", "lines"}


def test_a_comparison_comes_line_by_line(tmp_path: Path) -> None:
    answer = ask(tmp_path, "POST", "/api/compare", {"state": STATE, "seeds": 3})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [line["kind"] for line in answer.lines()] == ["view", "view", "view", "end"]


@pytest.mark.parametrize(("title", "words"), [("full", "too many visitors wait"), ("broken", "this is a fault of the page")])
def test_trouble_on_the_way_is_the_last_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str, words: str) -> None:
    answer = ask(tmp_path, "POST", "/api/compare", {"state": {**STATE, "title": title}, "seeds": 3})
    assert answer.lines()[-1] == {"kind": "error", "message": words, "remedy": answer.lines()[-1]["remedy"]}
    assert b"secret" not in answer.body
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(("title", "status", "words"), [("full", 503, "too many visitors wait"), ("lost", 500, "the run was lost")])
def test_a_run_that_can_not_be_done_is_said_in_words(tmp_path: Path, title: str, status: int, words: str) -> None:
    answer = ask(tmp_path, "POST", "/api/web", {"state": {**STATE, "title": title}, "arm": "policy"})
    assert (answer.status, answer.json()["message"]) == (status, words)
    assert answer.json()["remedy"]


def test_a_web_and_a_pound_are_shown(tmp_path: Path) -> None:
    web = ask(tmp_path, "POST", "/api/web", {"state": STATE, "arm": "reference"}).json()
    assert web == {"months": [{"month": 1, "nodes": [], "edges": []}]}
    pound = ask(tmp_path, "POST", "/api/follow", {"state": STATE, "anchor": "council", "month": 12}).json()
    assert pound == {"reference": {"anchor": "council", "month": 12}, "policy": {"pounds": 100.0}}


def test_a_fault_is_said_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(tmp_path, "POST", "/api/check", {"state": {"place": "broken"}})
    assert answer.status == 500
    assert answer.json()["message"] == "this is a fault of the page"
    assert b"secret" not in answer.body
    said = capsys.readouterr().err
    assert said.startswith("A fault of the page: ZeroDivisionError in read_state, line ")
    assert len(said.splitlines()) == 1


def test_every_problem_of_state_and_request_comes_at_once(tmp_path: Path) -> None:
    answer = ask(tmp_path, "POST", "/api/compare", {"state": {}, "seeds": True})
    assert answer.status == 422
    assert [problem["key"] for problem in answer.json()["problems"]] == ["place", "seeds"]
    assert answer.json()["problems"][1]["allowed"] == "a whole number from 1 to 12"
    assert set(answer.json()["problems"][0]) == {"line", "key", "given", "allowed", "nearest", "remedy", "message", "words"}


def test_a_key_that_is_not_known_has_its_nearest_name(tmp_path: Path) -> None:
    problems = ask(tmp_path, "POST", "/api/compare", {"sate": STATE, "state": STATE}).json()["problems"]
    assert [(problem["key"], problem["nearest"]) for problem in problems] == [("sate", "state")]


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/nothing", 404, "there is no such page"),
        ("GET", "/static/nothing.js", 404, "there is no such file of the page"),
        ("GET", "/api/check", 405, "this can't be done here"),
        ("DELETE", "/health", 405, "this can't be done here"),
        ("PUT", "/api/compare", 405, "this can't be done here"),
    ],
)
def test_what_is_not_served_is_said_in_words(tmp_path: Path, method: str, path: str, status: int, words: str) -> None:
    answer = ask(tmp_path, method, path)
    assert (answer.status, answer.json()["message"]) == (status, words)
    assert answer.json()["remedy"]
