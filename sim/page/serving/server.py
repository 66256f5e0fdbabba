"""The server: a free port, a browser, and an end that leaves no process behind."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Final

import uvicorn
from starlette.applications import Starlette

from sim.errors import InputError, Problem
from sim.page.serving.connections import connections
from sim.page.serving.limits import PageLimits

__all__ = ["FIRST_PORT", "PORTS", "address_of", "hosts_of", "is_loopback", "listen", "serve"]

#: Ports that are tried in order when none was asked for.
FIRST_PORT: Final = 8765
PORTS: Final = 20
#: Seconds in which answers may end when the page closes.
LAST_ANSWERS: Final = 2
LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def hosts_of(host: str) -> frozenset[str]:
    """The names under which a page on a host may be asked for, without addresses written in numbers.

    Examples
    --------
    >>> sorted(hosts_of("127.0.0.1"))
    ['127.0.0.1', '[::1]', 'localhost']
    """
    if is_loopback(host):
        return LOOPBACK_NAMES
    machine = socket.gethostname().lower()
    return LOOPBACK_NAMES | {host.lower(), machine, f"{machine.partition('.')[0]}.local"}


def listen(host: str, port: int | None) -> tuple[socket.socket, list[int]]:
    """A socket that listens on a free port.

    Parameters
    ----------
    host : str
        Where.
    port : int or None
        That port and no other; when left out, the first free one of a few.

    Returns
    -------
    socket and list of int
        The socket, and the ports that were taken.

    Raises
    ------
    sim.errors.InputError
        When the port is taken, or the host is none of this machine.
    """
    taken: list[int] = []
    for number in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        try:
            return _bound(host, number), taken
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise _no_host(host) from None
            taken.append(number)
    if port is None:
        return _bound(host, 0), taken
    remedy = "leave --port out, or give another"
    raise InputError([Problem("", None, "--port", str(port), "a free port from 1024 to 65535", None, remedy, "this port is taken", "port")])


def _bound(host: str, port: int) -> socket.socket:
    """A socket bound to a port."""
    family, kind, proto, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    found = socket.socket(family, kind, proto)
    try:
        if sys.platform != "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(where)
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def _no_host(host: str) -> InputError:
    """The error for a host that is none of this machine."""
    allowed, remedy = "127.0.0.1, or an address of this machine", "leave --host out"
    return InputError([Problem("", None, "--host", host, allowed, None, remedy, "this machine has no such address", "host")])


def address_of(found: socket.socket, host: str) -> str:
    """The address of the page, as a browser takes it."""
    name = "localhost" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host
    return f"http://{name}:{found.getsockname()[1]}/"


def serve(app: Starlette, found: socket.socket, limits: PageLimits, ready: Callable[[], None]) -> None:
    """Serve the page until it is stopped by hand.

    Parameters
    ----------
    app : Starlette
        The page, as :func:`sim.page.serving.app.create_app` makes it.
    found : socket
        Where it listens.
    limits : PageLimits
        How many connections.
    ready : callable
        Called once the page answers.
    """
    _quiet_logs()
    config = uvicorn.Config(
        app,
        http=connections(limits),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=LAST_ANSWERS,
        h11_max_incomplete_event_size=32_768,
    )
    try:
        _Server(config, ready, app.state.end).run(sockets=[found])
    except KeyboardInterrupt:
        return


class _Server(uvicorn.Server):
    """A server that says when it answers, and ends the work behind its answers before it waits for them."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], end: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._ready = ready
        self._end = end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the work, then the answers, then the server."""
        await self._end()
        await super().shutdown(sockets)


def _quiet_logs() -> None:
    """What the server logs of errors comes in one line without a traceback; answers cut at the end are none."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    handler.addFilter(lambda record: record.exc_info is None or not isinstance(record.exc_info[1], asyncio.CancelledError))
    for name in ("uvicorn", "asyncio"):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [handler], False
        log.setLevel(logging.ERROR)


class _OneLine(logging.Formatter):
    """The first line of a record, with the kind of its error."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = (record.getMessage().splitlines() or [""])[0][:200]
        error = record.exc_info[1] if record.exc_info else None
        return f"The server says: {line}" + (f" ({type(error).__name__})" if error is not None else "")
