"""Connections: how many may be open, of one address and of all, and how long each may keep silent, in sending and in taking."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

from sim.page.serving.guard import HEADERS
from sim.page.serving.limits import PageLimits
from sim.page.serving.refusal import Refusal
from sim.page.serving.turns import with_clearly_most
from sim.page.serving.visitor import client_address

__all__ = ["OF_ADDRESS", "OF_ALL", "REQUEST_SECONDS", "TAKING_SECONDS", "connections"]

#: Seconds in which a request must have come whole up to its body, from when the connection is open or the request has begun.
REQUEST_SECONDS: Final = 15.0
#: Seconds in which the other side must take what waits to be sent.
TAKING_SECONDS: Final = 30.0
#: Connections that have just been refused, and the seconds in which each may read why.
MOST_REFUSED: Final = 32
REFUSED_SECONDS: Final = 1.0

OF_ADDRESS: Final = Refusal(
    503, "too many connections are open from this address", "close other pages on this device, then load the page again"
)
OF_ALL: Final = Refusal(503, "too many connections are open", "wait a few seconds, then load the page again")


def connections(limits: PageLimits) -> type[H11Protocol]:
    """The class of the connections of one server.

    Parameters
    ----------
    limits : PageLimits
        How many may be open.

    Examples
    --------
    >>> issubclass(connections(PageLimits()), H11Protocol)
    True
    """
    return type("Connection", (_Connection,), {"door": _Door(limits)})


class _Door:
    """Lets connections in.

    Of one address, and of all, so many may be open. One that waits for a request gives way to a new one: of the same address where that
    has its share, else of the address that has the most. Where all are at work, the address that has clearly the most gives one up;
    where none has, the new one is refused. Whoever gives way goes at once, so that no more are open than may be.
    """

    def __init__(self, limits: PageLimits) -> None:
        self._limits = limits
        self.opened: dict[_Connection, str] = {}
        self.refused: set[_Connection] = set()

    def admit(self, new: _Connection) -> Refusal | None:
        """Let a connection in, or say why not."""
        address = client_address({"client": new.client})
        own = [one for one, where in self.opened.items() if where == address]
        if len(own) >= self._limits.address_connections:
            return self._change(self._idle(own), new, address, OF_ADDRESS)
        if len(self.opened) >= self._limits.connections:
            return self._change(self._spare(address), new, address, OF_ALL)
        self.opened[new] = address
        return None

    def _idle(self, among: Iterable[_Connection]) -> _Connection | None:
        """The idle one from which the least waits to be taken."""
        return min((one for one in among if one.is_idle()), key=_Connection.untaken, default=None)

    def _spare(self, address: str) -> _Connection | None:
        """The connection that gives way where there are too many: an idle one of the address with the most, else its newest at work."""
        held = Counter(self.opened.values())
        idle = [one for one in self.opened if one.is_idle()]
        if idle:
            return max(idle, key=lambda one: (held[self.opened[one]], -one.untaken()))
        most = with_clearly_most(held, address)
        return next((one for one in reversed(self.opened) if self.opened[one] == most), None)

    def _change(self, old: _Connection | None, new: _Connection, address: str, refusal: Refusal) -> Refusal | None:
        """Let a connection in where another gives way."""
        if old is None:
            return refusal
        del self.opened[old]
        old.give_way()
        self.opened[new] = address
        return None

    def forget(self, one: _Connection) -> None:
        """A connection has gone."""
        self.opened.pop(one, None)
        self.refused.discard(one)


class _Connection(H11Protocol):
    """A connection that ends when a request does not come whole, or an answer is not taken."""

    door: _Door
    _due: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Wait for a request, but not for ever."""
        super().connection_made(transport)
        refusal = self.door.admit(self)
        if refusal is None:
            self._due = self.loop.call_later(REQUEST_SECONDS, self._give_up)
        else:
            self._refuse(refusal)

    def data_received(self, data: bytes) -> None:
        """Read on; a request that has begun must come to its end."""
        if self in self.door.refused:
            return
        super().data_received(data)
        if self.is_idle():
            self._due = self._due or self.loop.call_later(REQUEST_SECONDS, self._give_up)
        else:
            _stop(self._due)
            self._due = None

    def is_idle(self) -> bool:
        """Whether it waits for a request."""
        cycle: Any = self.cycle
        return cycle is None or bool(cycle.response_complete)

    def untaken(self) -> int:
        """Bytes that were written and wait until the other side takes them."""
        return int(self.transport.get_write_buffer_size())

    def give_way(self) -> None:
        """Close at once: what is not taken by now never goes, or many who don't read would stay beside those who are let in."""
        if self.untaken():
            self.transport.abort()
        else:
            self.end()

    def end(self) -> None:
        """Close, and not wait for ever until what was written is taken."""
        self.transport.close()
        self._bound_taking()

    def pause_writing(self) -> None:
        """Wait until the other side takes what was written, but not for ever."""
        super().pause_writing()
        if not self.transport.is_closing():
            self._bound_taking()

    def resume_writing(self) -> None:
        """Go on; the bound of one that closes stays."""
        super().resume_writing()
        if not self.transport.is_closing():
            _stop(self._taking)

    def _bound_taking(self) -> None:
        """Wait so long for the other side and no longer."""
        _stop(self._taking)
        self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if self.transport.is_closing():
            self.end()

    def timeout_keep_alive_handler(self) -> None:
        """Close since no further request came."""
        super().timeout_keep_alive_handler()
        self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.door.forget(self)
        _stop(self._due)
        _stop(self._taking)
        super().connection_lost(exc)

    def _give_up(self) -> None:
        """Close a connection that sent no whole request."""
        self._due = None
        if self.is_idle():
            self.end()

    def _refuse(self, refusal: Refusal) -> None:
        """Say why, and close once that may have been read."""
        if len(self.door.refused) >= MOST_REFUSED:
            self.transport.abort()
            return
        self.door.refused.add(self)
        self.transport.write(_answer(refusal))
        self.transport.write_eof()
        self._due = self.loop.call_later(REFUSED_SECONDS, self.transport.abort)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    """Stop a timer, if there is one."""
    if timer is not None:
        timer.cancel()


def _answer(refusal: Refusal) -> bytes:
    """A refusal as it goes over the line before a request was read."""
    body = json.dumps(refusal.as_dict()).encode()
    headers = {
        **HEADERS,
        "content-type": "application/json",
        "content-length": str(len(body)),
        "connection": "close",
        "cache-control": "no-store",
        "retry-after": "5",
    }
    lines = [f"HTTP/1.1 {refusal.status} Service Unavailable", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
