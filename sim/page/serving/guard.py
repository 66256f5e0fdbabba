"""What stands before every route: who may ask, how often, with which headers the answer goes, and no fault of ours unworded."""

from __future__ import annotations

import ipaddress
import re
import sys
import time
import traceback
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.page.serving.limits import Gate, PageLimits
from sim.page.serving.refusal import FAULT, Refusal
from sim.page.serving.visitor import client_address, visitor_of

__all__ = ["HEADERS", "Guard", "log_fault", "refused"]

#: Headers of every answer; a route may set its own policy of content.
HEADERS: Final = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
CHANGING: Final = ("POST", "DELETE", "PUT", "PATCH")


def refused(refusal: Refusal) -> Response:
    """A refusal as an answer."""
    headers = {"retry-after": "5"} if refusal.status in (429, 503) else {}
    return JSONResponse(refusal.as_dict(), refusal.status, headers | {"cache-control": "no-store"})


def log_fault(error: BaseException) -> None:
    """One line on stderr about a fault of the program: what it is and where, no more."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    words = (str(error).splitlines() or [""])[0][:200]
    sys.stderr.write(f"A fault of the page: {type(error).__name__}{where}: {words}\n")


class Guard:
    """Checks a request before a route sees it, and words what a route leaves unworded.

    Parameters
    ----------
    app : ASGI application
        The routes.
    limits : PageLimits
        How much is served.
    hosts : frozenset of str
        Names under which the page may be asked for.
    addresses : bool
        Whether any address written in numbers is such a name.
    clock : callable
        Seconds.
    """

    def __init__(
        self, app: ASGIApp, limits: PageLimits, hosts: frozenset[str], addresses: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._gate = Gate(limits)
        self._hosts = hosts
        self._addresses = addresses
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        talk = _Talk(scope, receive, send)
        try:
            self._check(scope)
            await self._app(scope, talk.receive, talk.send)
        except Refusal as refusal:
            await talk.answer(refused(refusal))
        except Exception as error:  # whatever went wrong, the page stays and says so in words
            log_fault(error)
            await talk.answer(refused(FAULT))

    def _check(self, scope: Scope) -> None:
        """Refuse what may not be asked."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(host):
            raise Refusal(400, "the page is not served under this name", "open the address that localwealth page printed")
        if scope["path"] == "/health":
            return
        address = client_address(scope)
        outside = None if _is_loopback(address) else address
        of_page = scope["path"] == "/" or scope["path"].startswith("/static/")
        self._gate.enter(None if of_page else visitor_of(scope), outside, self._clock())
        if scope["method"] in CHANGING and headers.get("origin", "").lower() != f"http://{host.lower()}":
            raise Refusal(403, "the request does not come from the page", f"open the page itself, or send the header Origin: http://{host}")

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header names this page."""
        found = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?", host)
        if found is None:
            return False
        name = found[1].lower()
        return name in self._hosts or (self._addresses and _is_address(name.strip("[]")))


class _Talk:
    """One request and its answer: what was read and sent so far."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        headers = Headers(scope=scope)
        self._unread = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        self._begun = False

    async def receive(self) -> Message:
        """The next part of the request."""
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._unread = False
        return message

    async def send(self, message: Message) -> None:
        """A part of the answer, with our headers before its first."""
        if message["type"] == "http.response.start":
            self._begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if self._unread:
                headers["connection"] = "close"
        await self._send(message)

    async def answer(self, response: Response) -> None:
        """A whole answer, unless one has begun."""
        if not self._begun:
            await response(self._scope, self.receive, self.send)


def _is_address(text: str) -> bool:
    """Whether a text is an address written in numbers."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_loopback(text: str) -> bool:
    """Whether an address is this machine itself."""
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False
