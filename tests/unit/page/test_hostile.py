"""What a hostile client may send is refused in words, at once, and nothing is written anywhere."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.asgi import ORIGIN, Answer, Client, with_app
from support.page_parts import MadeUpReader, MadeUpState, made_up_parts

from sim.page.serving import app as page_app
from sim.page.serving.app import create_app
from sim.page.serving.limits import PageLimits, Rate

STATE = {"place": "anytown"}
POSTS = ["/api/check", "/api/compare", "/api/web", "/api/follow", "/api/save", "/api/open", "/api/report", "/api/spend?name=a.csv"]


@pytest.fixture
def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterable[Callable[..., Any]]:
    """Asks a page of made-up parts; afterwards nothing was written and nothing said."""
    (tmp_path / "work" / "out").mkdir(parents=True)

    def ask(what: Callable[[Client], Awaitable[Any]], **settings: Any) -> Any:
        found = with_app(create_app(made_up_parts(tmp_path / "work" / "out", **settings)), what)
        answers = found if isinstance(found, list) else [found]
        for answer in answers:
            if answer.status >= 400 and answer.status != 422:
                assert set(answer.json()) == {"message", "remedy"}
                assert answer.json()["remedy"]
            assert b"Traceback" not in answer.body
            assert str(tmp_path).encode() not in answer.body
        return found

    yield ask
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["out", "work"]
    said = capsys.readouterr()
    assert said.out == said.err == ""


def words(answer: Answer) -> str:
    """What an answer says."""
    return str(answer.json()["message"])


@pytest.mark.parametrize("path", POSTS)
def test_a_body_that_is_too_large_is_refused(asked: Callable[..., Any], path: str) -> None:
    limits = PageLimits(json_bytes=1000, scenario_bytes=1000, spend_bytes=1000)
    kind = "text/plain" if "open" in path or "spend" in path else "application/json"

    async def talk(client: Client) -> list[Answer]:
        return [
            await client.ask("POST", path, b" " * 1001, content_type=kind),
            await client.ask("POST", path, [b" " * 100] * 11, content_type=kind),  # in parts, without its length
            await client.ask("POST", path, [b" " * 100] * 1000, content_type=kind),  # no end is waited for
            await client.ask("POST", path, b"{}", content_type=kind, content_length="9" * 30),
        ]

    for answer in asked(talk, limits=limits):
        assert (answer.status, words(answer)) == (413, "the body is larger than 1 kB")
    assert answer.headers.get("connection") is None  # this one was read to its end


def test_a_body_that_was_not_read_closes_the_connection(asked: Callable[..., Any]) -> None:
    answer = asked(lambda client: client.ask("POST", "/api/check", [b" " * 100] * 10_000), limits=PageLimits(json_bytes=1000))
    assert answer.headers["connection"] == "close"
    answer = asked(lambda client: client.ask("POST", "/nothing", [b" "] * 3))
    assert (answer.status, answer.headers["connection"]) == (404, "close")


def test_a_length_that_is_no_number_is_refused(asked: Callable[..., Any]) -> None:
    for length in ("-1", "1e3", "²"):
        answer = asked(lambda client: client.ask("POST", "/api/check", b"{}", content_length=length))  # noqa: B023
        assert (answer.status, words(answer)) == (400, "the length of the body is no number")


def test_a_body_that_comes_slowly_is_given_up(asked: Callable[..., Any]) -> None:
    idle = asked(lambda client: client.ask("POST", "/api/check", [b" ", b" "], pause=5.0), limits=PageLimits(idle_seconds=0.05))
    slow = asked(lambda client: client.ask("POST", "/api/check", [b" "] * 100, pause=0.03), limits=PageLimits(body_seconds=0.1))
    assert {(answer.status, words(answer)) for answer in (idle, slow)} == {(408, "the body came too slowly")}


@pytest.mark.parametrize("path", POSTS)
def test_a_body_of_another_type_is_refused(asked: Callable[..., Any], path: str) -> None:
    async def talk(client: Client) -> list[Answer]:
        kinds = ["text/html", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "", None]
        answers = [await client.ask("POST", path, b"{}", content_type=kind) for kind in kinds]
        return [*answers, await client.ask("POST", path, b"{}", content_encoding="gzip")]

    answers = asked(talk)
    assert [answer.status for answer in answers] == [415] * 6
    assert words(answers[0]) == "the body is of a type that is not read here"
    assert words(answers[5]) == "the body is packed"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the body is no JSON"),
        (b"{", "the body is no JSON"),
        (b"[]", "the body is no object"),
        (b"null", "the body is no object"),
        (b"\xff\xfe", "the body is no text in UTF-8"),
        (b'{"state": "\\ud800"}', "the body is no text in UTF-8"),
        (b'{"state": {"months": NaN}}', "NaN is no number"),
        (b'{"state": {"months": -Infinity}}', "-Infinity is no number"),
        (b'{"state": {"months": 1e999}}', "a number is too large"),
        (b'{"state": {"months": ' + b"9" * 5000 + b"}}", "a number has more than 30 digits"),
        (b'{"state": {}, "state": {}}', "a key stands twice in one object"),
        (b'{"state": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", "lists and objects are nested more than 12 deep"),
        (b'{"a":' * 10_000, "lists and objects are nested more than 12 deep"),
    ],
)
def test_a_body_that_is_no_good_json_is_refused(asked: Callable[..., Any], body: bytes, message: str) -> None:
    answer = asked(lambda client: client.ask("POST", "/api/compare", body))
    assert (answer.status, words(answer)) == (400, message)


@pytest.mark.parametrize(
    ("path", "value", "keys"),
    [
        ("/api/compare", {"state": STATE, "seeds": 0}, ["seeds"]),
        ("/api/compare", {"state": STATE, "seeds": 10**25}, ["seeds"]),
        ("/api/compare", {"state": STATE, "seeds": 2.0}, ["seeds"]),
        ("/api/compare", {"state": STATE, "seeds": [1]}, ["seeds"]),
        ("/api/compare", {"seeds": 1, "<script>": 1}, ["<script>", "state"]),
        ("/api/report", {"state": STATE, "seeds": 31, "size": "huge"}, ["seeds", "size"]),
        ("/api/report", {"state": STATE, "size": {"a": 1}}, ["size"]),
        ("/api/web", {"state": STATE, "arm": "../policy"}, ["arm"]),
        ("/api/follow", {"state": STATE, "anchor": "a\u0000b", "month": 0, "pounds": -1}, ["anchor", "month", "pounds"]),
        ("/api/follow", {"state": STATE, "anchor": "a" * 5000, "month": 1, "pounds": 1e300}, ["anchor", "pounds"]),
    ],
)
def test_what_does_not_fit_is_named(asked: Callable[..., Any], path: str, value: Any, keys: list[str]) -> None:
    answer = asked(lambda client: client.post(path, value))
    assert answer.status == 422
    assert [problem["key"] for problem in answer.json()["problems"]] == keys
    assert all(problem["remedy"] and len(problem["given"]) <= 80 for problem in answer.json()["problems"])


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/index.html%00.js",
        "/static/",
        "/static/.hidden",
        "/static/style.css/",
        "/results/x/report.html",
        "/results/..%2f..%2fetc/passwd",
        "/results/../../etc/passwd",
        "/results/%00/%00",
        "/results//etc/passwd",
        "/results/x/..%5c..%5cx",
        "/api/jobs/..",
        "/api/jobs/%2e%2e%2f",
        "/api/jobs/" + "a" * 5000,
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/api/../health",
        "/HEALTH",
        "/health/",
        "/%ff%fe",
    ],
)
def test_no_path_leads_anywhere_else(asked: Callable[..., Any], path: str) -> None:
    async def talk(client: Client) -> list[Answer]:
        return [await client.get(path), await client.ask("DELETE", path), await client.ask("POST", path, b"{}")]

    answers = asked(talk)
    assert answers[0].status == 404
    assert {answer.status for answer in answers} <= {404, 405}


def test_another_name_is_not_served(asked: Callable[..., Any]) -> None:
    hosts = ("evil.example", "127.0.0.1.evil.example:8765", "localhost.evil:1", "192.168.1.4:8765", "127.0.0.1:x", "[::2]:8765")

    async def talk(client: Client) -> list[Answer]:
        others = (*hosts, "", "a b", "user@127.0.0.1", None)
        return [await client.get(path, host=host) for path in ("/", "/health", "/api/start") for host in others]

    for answer in asked(talk):
        assert (answer.status, words(answer)) == (400, "the page is not served under this name")


def test_a_page_open_to_a_network_is_served_under_numbers_and_its_own_names(asked: Callable[..., Any]) -> None:
    async def talk(client: Client) -> list[Answer]:
        hosts = ["192.168.1.4:8765", "[fe80::1]:8765", "localhost", "room-laptop.local:8765", "evil.example"]
        return [await client.get("/health", host=host) for host in hosts]

    hosts = frozenset({"localhost", "room-laptop.local"})
    assert [answer.status for answer in asked(talk, hosts=hosts, addresses=True)] == [200, 200, 200, 200, 400]


def test_what_another_page_sends_is_refused(asked: Callable[..., Any]) -> None:
    origins = ("http://evil.example", "http://127.0.0.1:1234", "https://127.0.0.1:8765", "null", "", None)

    async def talk(client: Client) -> list[Answer]:
        return [await client.ask("POST", path, b"{}", origin=origin) for path in POSTS for origin in origins]

    for answer in asked(talk):
        assert (answer.status, words(answer)) == (403, "the request does not come from the page")


def test_another_page_cancels_nothing(asked: Callable[..., Any]) -> None:
    assert asked(lambda client: client.ask("DELETE", "/api/jobs/x", origin="http://evil.example")).status == 403


@pytest.mark.parametrize("visitor", ["", "short", "a" * 65, "../../etc", "a b c d e f", "é" * 10])
def test_an_id_that_no_page_makes_is_refused(asked: Callable[..., Any], visitor: str) -> None:
    answer = asked(lambda client: client.get("/api/start", x_localwealth_visitor=visitor))
    assert (answer.status, words(answer)) == (400, "the id of the visitor can't be used")


def test_every_answer_has_the_headers_that_keep_others_out(asked: Callable[..., Any]) -> None:
    async def talk(client: Client) -> list[Answer]:
        return [await client.get("/"), await client.get("/nothing"), await client.post("/api/check", {"state": STATE})]

    for answer in asked(talk):
        assert answer.headers["content-security-policy"].startswith("default-src 'self';")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_thousands_of_requests_are_bounded_and_others_are_served(asked: Callable[..., Any]) -> None:
    limits = PageLimits(visitor=Rate(0.001, 50.0), everyone=Rate(0.001, 200.0))

    async def talk(client: Client) -> list[Answer]:
        many = [await client.post("/api/check", {"state": STATE}) for _ in range(2000)]
        other = await client.post("/api/check", {"state": STATE}, x_localwealth_visitor="visitor-0002")
        return [*many, other]

    answers = asked(talk, limits=limits)
    statuses = [answer.status for answer in answers]
    assert set(statuses[:50]) == {200}
    assert statuses[50:-1] == [429] * 1950
    assert statuses[-1] == 200
    assert words(answers[-2]) == "too many requests came from this page at once"
    assert answers[-2].headers["retry-after"] == "5"


def test_many_made_up_visitors_are_bounded_together_and_health_answers(asked: Callable[..., Any]) -> None:
    limits = PageLimits(visitor=Rate(0.001, 50.0), everyone=Rate(0.001, 200.0), visitors=100)

    async def talk(client: Client) -> list[Answer]:
        many = [await client.post("/api/check", {"state": STATE}, x_localwealth_visitor=f"visitor-{number}") for number in range(1000)]
        return [*many, await client.get("/health")]

    answers = asked(talk, limits=limits)
    assert [answer.status for answer in answers].count(200) == 201
    assert words(answers[-2]) == "too many visitors ask at once"
    assert answers[-1].status == 200


def test_one_address_of_the_network_leaves_room_for_others(asked: Callable[..., Any]) -> None:
    limits = PageLimits(address=Rate(0.001, 20.0))

    async def talk(client: Client) -> list[Answer]:
        client.address = "192.168.1.7"
        many = [await client.get("/", x_localwealth_visitor=None) for _ in range(100)]
        client.address = "192.168.1.8"
        return [*many, await client.get("/api/start")]

    answers = asked(talk, limits=limits)
    assert words(answers[-2]) == "too many requests come from this address"
    assert answers[-1].status == 200


SLOW: dict[str, Any] = {"body": [b" ", b" "], "pause": 1.0, "content_type": "text/plain"}


@pytest.mark.parametrize(
    ("path", "words_of_all"),
    [("/api/spend?name=a.csv", "too many files are being sent at once"), ("/api/open", "too many files are being opened at once")],
)
def test_one_address_holds_its_share_of_files_whatever_ids_it_makes_up(asked: Callable[..., Any], path: str, words_of_all: str) -> None:
    limits = PageLimits(
        uploads=6, address_uploads=4, waiting_uploads=0, openings=6, address_openings=4, readings=1, idle_seconds=0.2, body_seconds=2.0
    )

    async def talk(client: Client) -> list[Answer]:
        many = [asyncio.create_task(client.ask("POST", path, **SLOW, x_localwealth_visitor=f"made-up-{at:02}")) for at in range(7)]
        await asyncio.sleep(0)
        others = []
        for address in ("192.168.1.8", "192.168.1.9", "192.168.1.9"):
            other = Client(client.app, address)
            others.append(asyncio.create_task(other.ask("POST", path, **SLOW)))
        return await asyncio.gather(*many, *others)

    answers = asked(talk, limits=limits)
    # Six fit: four of the first address, and one each of others; the last comes when all is full.
    assert [answer.status for answer in answers] == [408] * 4 + [503] * 3 + [408] * 2 + [503]
    assert {words(answer) for answer in answers[4:7]} == {f"{words_of_all} from this address"}
    assert words(answers[-1]) == words_of_all
    assert answers[-1].json()["remedy"] == "try again in a few seconds"


def test_who_waits_to_send_a_file_has_a_turn_before_the_rest_of_another_address(asked: Callable[..., Any]) -> None:
    limits = PageLimits(uploads=1, address_uploads=1, waiting_uploads=2, turn_seconds=20.0, idle_seconds=0.3)
    ended: list[str] = []

    async def one(client: Client, address: str) -> Answer:
        answer = await Client(client.app, address).ask("POST", "/api/spend?name=a.csv", **SLOW)
        ended.append(f"{address} {answer.status}")
        return answer

    async def talk(client: Client) -> list[Answer]:
        tasks = []
        for address in ("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2"):
            tasks.append(asyncio.create_task(one(client, address)))
            await rounds()
        return await asyncio.gather(*tasks)

    asked(talk, limits=limits)
    assert ended == ["10.0.0.1 503", "10.0.0.1 408", "10.0.0.2 408", "10.0.0.1 408", "10.0.0.1 408"]
    ended.clear()
    asked(talk, limits=replace(limits, turn_seconds=0.01))  # who waits for too long is told so
    assert sorted(ended[:-1]) == ["10.0.0.1 503"] * 3 + ["10.0.0.2 503"]
    assert ended[-1] == "10.0.0.1 408"


def test_many_requests_at_once_are_all_answered(asked: Callable[..., Any]) -> None:
    async def talk(client: Client) -> list[Answer]:
        return await asyncio.gather(*(client.post("/api/check", {"state": {**STATE, "title": str(number)}}) for number in range(150)))

    titles = [answer.json()["state"]["title"] for answer in asked(talk)]
    assert titles == [str(number) for number in range(150)]


async def rounds(each: float = 0.0) -> None:
    """As many rounds of the loop as requests need to come as far as they can, with so many seconds for threads in each."""
    for _ in range(100):
        await asyncio.sleep(each)


def test_states_are_read_in_turn_among_addresses_and_no_more_wait_than_can_be(
    asked: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_app, "MOST_READS", 20)
    ended: list[str] = []
    gate = threading.Event()
    monkeypatch.setattr(MadeUpReader, "read_state", lambda _, given: gate.wait(10) and MadeUpState(given))

    async def one(client: Client) -> Answer:
        answer = await client.post("/api/check", {"state": STATE})
        ended.append(f"{client.address} {answer.status}")
        return answer

    async def talk(client: Client) -> list[Answer]:
        many = [asyncio.create_task(one(client)) for _ in range(25)]
        while len(ended) < 4:
            await asyncio.sleep(0.001)
        other = asyncio.create_task(one(Client(client.app, "192.168.1.8")))
        await rounds(0.001)
        gate.set()
        return await asyncio.gather(*many, other)

    answers = asked(talk)
    assert ended[:7] == ["127.0.0.1 503"] * 4 + ["127.0.0.1 200", "192.168.1.8 200", "127.0.0.1 200"]
    assert {words(answer) for answer in answers if answer.status == 503} == {"too many visitors ask at once"}
    assert len(ended) == 26 and ended.count("127.0.0.1 200") == 21


def test_a_comparison_is_told_to_the_visitor_who_asked(asked: Callable[..., Any]) -> None:
    async def talk(client: Client) -> list[Answer]:
        asks = [client.post("/api/compare", {"state": STATE, "seeds": 2}, x_localwealth_visitor=f"visitor-{number}") for number in range(5)]
        return await asyncio.gather(*asks)

    assert all([line["kind"] for line in answer.lines()] == ["view", "view", "end"] for answer in asked(talk))


def test_the_origin_of_the_page_is_its_host(asked: Callable[..., Any]) -> None:
    body = json.dumps({"state": STATE}).encode()
    here = asked(lambda client: client.ask("POST", "/api/check", body, host="localhost:8765", origin="http://localhost:8765"))
    mixed = asked(lambda client: client.ask("POST", "/api/check", body, host="localhost:8765", origin=ORIGIN))
    assert (here.status, mixed.status) == (200, 403)
