"""Connections over real sockets: how many of one address and of all, silent ones, and readers who never read."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from sim.page.serving import connections
from sim.page.serving.limits import PageLimits

HELLO = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
WORK = b"GET /work HTTP/1.1\r\nHost: localhost\r\n\r\n"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a second address of this machine is at hand on Linux alone")


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers at once; works for long; or sends more than a line holds, bit by bit or at one go."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"connection", b"keep-alive")]})
    if scope["path"] == "/work":
        await asyncio.sleep(60)
    for _ in range(100 if scope["path"] == "/endless" else 0):
        await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
    await send({"type": "http.response.body", "body": b"x" * 10_000_000 if scope["path"] == "/large" else b"good"})


class Line:
    """A client's end of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def says(self, sent: bytes = b"") -> bytes:
        """What comes back within a moment."""
        self.writer.write(sent)
        return await asyncio.wait_for(self.reader.read(4000), 5.0)

    async def is_open(self) -> bool:
        """Whether the other end has not closed it."""
        try:
            while await asyncio.wait_for(self.reader.read(1000), 0.1):
                pass
        except TimeoutError:
            return True
        except ConnectionError:
            pass
        return False


class Room:
    """A server and its visitors."""

    def __init__(self, port: int, server: uvicorn.Server) -> None:
        self.port, self.server = port, server
        self.lines: list[Line] = []

    async def line(self, sent: bytes = b"", address: str = "127.0.0.1") -> Line:
        """A new connection, and what it sends first."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(address, 0))
        self.lines.append(Line(reader, writer))
        writer.write(sent)
        await asyncio.sleep(0.02)
        return self.lines[-1]


def with_server(what: Callable[[Room], Awaitable[None]], **limits: int) -> None:
    """Serve, visit, and close."""

    async def whole() -> None:
        config = uvicorn.Config(
            app, http=connections.connections(PageLimits(**limits)), lifespan="off", log_config=None, access_log=False, timeout_keep_alive=1
        )
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        server.config.timeout_graceful_shutdown = 0
        found = socket.create_server(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve(sockets=[found]))
        while not server.started:
            await asyncio.sleep(0.01)
        room = Room(found.getsockname()[1], server)
        try:
            await what(room)
        finally:
            for line in room.lines:
                line.writer.transport.abort()
            server.should_exit = True
            await serving

    asyncio.run(whole())


def told(answer: bytes) -> dict[str, str]:
    """The words of a refusal, which comes with the headers that keep others out."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ") and b"x-content-type-options: nosniff" in head
    return dict(json.loads(body))


def test_of_one_address_so_many_and_another_is_served() -> None:
    async def visit(room: Room) -> None:
        for _ in range(3):
            await room.line(WORK)
        refused = await room.line(HELLO)
        assert told(await refused.says()) == connections.OF_ADDRESS.as_dict()
        assert connections.OF_ADDRESS.message == "too many connections are open from this address"
        assert b"good" in await (await room.line(HELLO, "127.0.0.2")).says()

    with_server(visit, address_connections=3)


def test_where_all_are_at_work_a_new_one_is_refused_and_the_idle_give_way_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def visit(room: Room) -> None:
        silent, talks = await room.line(), await room.line(HELLO, "127.0.0.2")
        assert b"good" in await talks.says()
        first, second = await room.line(WORK), await room.line(WORK)
        # The address that has the most gives way.
        fifth = await room.line(HELLO, "127.0.0.3")
        assert b"good" in await fifth.says()
        assert not await silent.is_open() and await talks.is_open()
        for address in ("127.0.0.2", "127.0.0.3"):
            await room.line(WORK, address)
        # All are at work, and one address has two of the four: it gives one up.
        assert b"good" in await (await room.line(HELLO, "127.0.0.4")).says()
        assert await first.is_open() and not await second.is_open()
        await room.line(WORK, "127.0.0.4")
        # Now each has one.
        refused = await room.line(HELLO, "127.0.0.5")
        assert told(await refused.says())["message"] == "too many connections are open"
        assert not await refused.is_open()

    with_server(visit, connections=4)


def test_of_many_that_are_refused_few_wait_to_read_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_REFUSED", 2)

    async def visit(room: Room) -> None:
        await room.line(WORK)
        lines = [await room.line() for _ in range(5)]
        found = await asyncio.gather(*(line.says() for line in lines), return_exceptions=True)
        assert [isinstance(one, bytes) and one.startswith(b"HTTP/1.1 503") for one in found] == [True, True, False, False, False]

    with_server(visit, address_connections=1)


def test_a_request_that_comes_drop_by_drop_is_given_up_the_first_and_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.3)

    async def visit(room: Room) -> None:
        first, second = await room.line(), await room.line(HELLO)
        assert b"good" in await second.says()
        for sign in b"GET / HTTP/1.1\r\nX":
            for line in (first, second):
                line.writer.write(bytes([sign]))
            await asyncio.sleep(0.03)
        assert not await first.is_open() and not await second.is_open()

    with_server(visit)


def test_an_answer_that_is_not_taken_ends_and_so_does_a_connection_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "TAKING_SECONDS", 0.2)

    async def visit(room: Room) -> None:
        line = await room.line(HELLO.replace(b"/ ", b"/endless "))
        line.writer.transport.pause_reading()  # type: ignore[attr-defined]
        again = await room.line(HELLO)
        await asyncio.sleep(0.5)
        line.writer.transport.resume_reading()  # type: ignore[attr-defined]
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await line.reader.readexactly(10_000_000)
        assert b"good" in await again.says()  # whoever takes the answer keeps the connection
        assert await again.is_open()

    with_server(visit)


def timers() -> int:
    """Timers of connections that wait."""
    waits = [timer for timer in asyncio.get_running_loop()._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
    return sum(getattr(timer._callback, "__name__", "") == "abort" for timer in waits)


@pytest.mark.parametrize("limits", [{"address_connections": 2}, {"connections": 2}])
def test_answers_that_nobody_reads_leave_no_more_connections_open_than_may_be(limits: dict[str, int]) -> None:
    async def visit(room: Room) -> None:
        for _ in range(5):
            line = await room.line(HELLO.replace(b"/ ", b"/large "))
            line.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.sleep(0.1)
        assert len(room.server.server_state.connections) == 2
        assert b"good" in await (await room.line(HELLO)).says()
        assert timers() == 1  # of the answer that is still waited for; nothing holds those that have gone

    with_server(visit, **limits)


def test_one_that_has_read_its_answer_gives_way_before_one_that_still_reads() -> None:
    async def visit(room: Room) -> None:
        reads, idle = await room.line(HELLO.replace(b"/ ", b"/large ")), await room.line(HELLO)
        assert b"good" in await idle.says()
        assert b"good" in await (await room.line(HELLO)).says()
        assert not await idle.is_open()
        assert len(await reads.reader.readexactly(10_000_000)) == 10_000_000

    with_server(visit, address_connections=2)
