"""A workshop page as a visitor meets it: the real command in a process of its own, on loopback, with a folder of its own."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

#: Seconds that the page may take to begin and to end; much more than it needs, for machines that others use.
BEGIN: Final = 90.0
END: Final = 20.0
JSON: Final = "application/json"


@dataclass
class PageServer:
    """A running page: its address, process and folder, and what it said on the error stream."""

    address: str
    process: subprocess.Popen[str]
    folder: Path

    def said(self) -> str:
        """What the process wrote to its error stream so far."""
        return (self.folder / "errors.txt").read_text(encoding="utf-8")

    def client(self, visitor: str) -> Client:
        """Somebody who asks the page without a browser."""
        return Client(self.address, visitor)

    def processes(self) -> dict[int, str]:
        """Number and command of the page's process and of all below it."""
        found = {self.process.pid: "server"}
        below = list(_children(self.process.pid))
        while below:
            pid = below.pop()
            found[pid] = "worker"
            below += _children(pid)
        return found


class Client:
    """Asks a page as its scripts do: one connection that stays open, JSON in and out, one request at a time."""

    def __init__(self, address: str, visitor: str, seconds: float = 120.0) -> None:
        parts = urlsplit(address)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._visitor = visitor
        self._seconds = seconds
        self._line = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=seconds)

    def begin(self, method: str, path: str, body: bytes | None = None, kind: str = JSON) -> HTTPResponse:
        """A request; the answer with its body still to be read."""
        headers = {"X-Localwealth-Visitor": self._visitor}
        if body is not None:
            headers |= {"Content-Type": kind, "Origin": self._origin}
        try:
            self._line.request(method, path, body, headers)
            return self._line.getresponse()
        except (ConnectionError, OSError):
            # The page closes connections that were idle for long: once more on a new one.
            self._line.close()
            self._line.request(method, path, body, headers)
            return self._line.getresponse()

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a GET."""
        answer = self.begin("GET", path)
        return answer.status, answer.read()

    def send(self, path: str, body: object) -> tuple[int, bytes]:
        """Status and body of a POST of JSON."""
        answer = self.begin("POST", path, json.dumps(body).encode())
        return answer.status, answer.read()

    def asked(self, path: str, body: object) -> Any:
        """The JSON that a POST of JSON brings; it must be taken."""
        status, content = self.send(path, body)
        assert status in (200, 202), f"{path} answered {status}: {content[:500]!r}"
        return json.loads(content)

    def lines(self, state: object, seeds: int) -> Iterator[dict[str, Any]]:
        """The lines of a comparison as they come."""
        answer = self.begin("POST", "/api/compare", json.dumps({"state": state, "seeds": seeds}).encode())
        assert answer.status == 200, f"/api/compare answered {answer.status}: {answer.read(500)!r}"
        for line in answer:
            yield json.loads(line)

    def wait(self, seconds: float | None) -> None:
        """How long to wait for what comes next; None: as long as at first."""
        if self._line.sock is not None:
            self._line.sock.settimeout(self._seconds if seconds is None else seconds)

    def close(self) -> None:
        """Hang up."""
        self._line.close()


@contextmanager
def running_page(folder: Path, *arguments: str) -> Iterator[PageServer]:
    """A page that serves for as long as the block; its process must end at Ctrl-C with nothing said and no process left.

    Parameters
    ----------
    folder : Path
        Where its results and what it says lie.
    arguments : str
        More for the command, such as ``--workers 2``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "sim", "page", "--quiet", "--no-browser", "--port", str(free_port()), "--out", str(folder / "out")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (folder / "errors.txt").open("w", encoding="utf-8") as errors:
        process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, cwd=folder)
    server = PageServer("", process, folder)
    try:
        server.address = _address(server)
        yield server
    finally:
        left = list(server.processes())
        process.send_signal(signal.SIGINT)
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the page did not end within {END:g} s of Ctrl-C") from None
        finally:
            if process.stdout is not None:
                process.stdout.close()
    assert not _alive(left), "processes of the page outlive it"
    assert server.said() == "", server.said()


def free_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _address(server: PageServer) -> str:
    """The address that the page prints once it answers."""
    output = server.process.stdout
    assert output is not None
    with selectors.DefaultSelector() as ready:
        ready.register(output, selectors.EVENT_READ)
        line = output.readline().strip() if ready.select(BEGIN) else ""
    assert line.startswith("http://"), f"the page did not begin: {line!r} {server.said()}"
    return line


def _children(pid: int) -> list[int]:
    """Processes that one began."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def _alive(pids: list[int], seconds: float = 5.0) -> list[int]:
    """Those of some processes that still run after a while."""
    until = time.monotonic() + seconds
    while (left := [pid for pid in pids if _runs(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def _runs(pid: int) -> bool:
    """Whether a process runs, and is not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
