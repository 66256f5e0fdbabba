"""Asks an application within this process, as raw as a hostile client would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

ORIGIN = "http://127.0.0.1:8765"
VISITOR = "visitor-0001"


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]


class Client:
    """Asks one application within one loop; `with_app` makes it."""

    def __init__(self, app: Any, address: str = "127.0.0.1") -> None:
        self.app = app
        self.address = address

    async def ask(self, method: str, path: str, body: bytes | Iterable[bytes] = b"", pause: float = 0.0, **headers: str | None) -> Answer:
        """One request. Headers by names with underscores; None leaves one out that is sent by itself."""
        parts = [body] if isinstance(body, bytes) else list(body)
        sent: dict[str, str | None] = {"host": "127.0.0.1:8765", "x-localwealth-visitor": VISITOR}
        if method not in ("GET", "HEAD"):
            sent |= {"origin": ORIGIN, "content-type": "application/json"}
            sent |= {"content-length": str(len(body))} if isinstance(body, bytes) else {"transfer-encoding": "chunked"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        raw, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value is not None],
            "client": (self.address, 40000),
            "server": ("127.0.0.1", 8765),
        }
        answer = Answer()
        await self.app(scope, _receiver(parts, pause), _sender(answer))
        return answer

    async def post(self, path: str, value: Any, **headers: str | None) -> Answer:
        """A POST with JSON."""
        return await self.ask("POST", path, json.dumps(value).encode(), **headers)

    async def get(self, path: str, **headers: str | None) -> Answer:
        """A GET."""
        return await self.ask("GET", path, **headers)


def with_app(app: Any, what: Callable[[Client], Awaitable[Any]]) -> Any:
    """Begin an application, ask it, and end it."""

    async def whole() -> Any:
        async with app.router.lifespan_context(app):
            return await what(Client(app))

    return asyncio.run(whole())


def _receiver(parts: list[bytes], pause: float) -> Callable[[], Awaitable[dict[str, Any]]]:
    left = list(parts) or [b""]

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.sleep(3600)
        await asyncio.sleep(pause)
        part = left.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    return receive


def _sender(answer: Answer) -> Callable[[dict[str, Any]], Awaitable[None]]:
    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    return send
