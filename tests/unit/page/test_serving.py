"""The command ``page`` in a process of its own: its address, its ports, its warning, and an end that leaves nothing behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.errors import InputError
from sim.page.serving import server as serving

RUNNER = CliRunner()


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_that_is_taken_gives_way_to_the_next(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FIRST_PORT", taken)
    found, passed = serving.listen("127.0.0.1", None)
    with found:
        assert passed[0] == taken
        assert found.getsockname()[1] not in passed
        assert serving.address_of(found, "127.0.0.1") == f"http://127.0.0.1:{found.getsockname()[1]}/"


def test_when_all_are_taken_the_system_chooses(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FIRST_PORT", taken)
    monkeypatch.setattr(serving, "PORTS", 1)
    found, passed = serving.listen("127.0.0.1", None)
    with found:
        assert passed == [taken]


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(taken: int, tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["page", "--port", str(taken), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "--port: this port is taken" in result.stderr
    assert "leave --port out, or give another" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_host_that_is_none_of_this_machine_is_an_error() -> None:
    for host in ("192.0.2.1", "no-such-host.invalid"):
        with pytest.raises(InputError, match="this machine has no such address"):
            serving.listen(host, None)


def test_another_host_needs_the_option_that_says_so() -> None:
    result = RUNNER.invoke(app, ["page", "--host", "0.0.0.0"])
    assert result.exit_code == 2
    assert "--host: on this address others could use the page" in result.stderr
    assert "add --open-to-the-network if that is meant" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such/scenario"], "there is no scenario 'no-such/scenario'"),
        (["--workers", "0"], "there must be a worker"),
        (["--port", "0"], "--port"),
    ],
)
def test_a_mistake_is_said_in_words(arguments: list[str], words: str) -> None:
    result = RUNNER.invoke(app, ["page", "--no-browser", *arguments])
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_open_to_the_network_warns_and_is_served_under_other_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(serving, "serve", lambda *arguments: seen.append(arguments) or arguments[-1]())
    result = RUNNER.invoke(app, ["page", "--host", "0.0.0.0", "--open-to-the-network", "--no-browser", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.stderr
    assert "Warning: everybody who reaches this machine over the network can now use the page" in result.stderr
    assert result.stdout.startswith("http://localhost:")
    assert socket.gethostname().lower() in serving.hosts_of("0.0.0.0")
    assert "evil.example" not in serving.hosts_of("0.0.0.0")


def test_a_browser_is_opened_unless_told_not_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: shown.append(address) or False)
    monkeypatch.setattr("threading.Thread.start", lambda thread: thread.run())

    monkeypatch.setattr(serving, "serve", lambda *arguments: arguments[-1]())
    result = RUNNER.invoke(app, ["page", "--out", str(tmp_path)])
    assert [result.stdout.strip()] == shown
    assert f"No browser could be opened. Open {shown[0]} yourself." in result.stderr
    assert RUNNER.invoke(app, ["page", "--no-browser", "--quiet", "--out", str(tmp_path)]).stderr == ""
    assert len(shown) == 1


def children(of: int) -> list[int]:
    """Processes that another began, and those that they began."""
    found = [int(Path(path).parent.name) for path in map(str, Path("/proc").glob("[0-9]*/stat")) if _parent(Path(path)) == of]
    return found + [one for child in found for one in children(child)]


def _parent(path: Path) -> int:
    try:
        return int(path.read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def gone(processes: list[int]) -> bool:
    """Whether processes end within some seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(Path(f"/proc/{one}").exists() for one in processes):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted through /proc")
def test_a_real_page_answers_refuses_and_ends_with_all_that_it_began(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1])}
    command = [sys.executable, "-m", "sim", "page", "anytown/buy-local", "--no-browser", "--workers", "1", "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as page:
        try:
            assert page.stdout is not None
            host = page.stdout.readline().strip().removeprefix("http://").rstrip("/")
            beginning = json.loads(_asked(host, "GET", "/api/start"))
            assert beginning["first"]["policies"][0]["use"] == "local_spend_target"
            state = {**beginning["first"], "months": 12}
            lines = _asked(host, "POST", "/api/compare", {"state": state, "seeds": 1}).splitlines()
            assert [json.loads(line)["kind"] for line in lines] == ["view", "end"]
            for raw in (b"\x16\x03\x01", b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"A" * 50_000, b"GET / HTTP/1.0\r\n\r\n"):
                assert _raw(host, raw).startswith(b"HTTP/1.1 400")
            _asked(host, "POST", "/api/report", {"state": state, "seeds": 30})
            began = children(page.pid)
            assert len(began) >= 2  # a worker and the report
        finally:
            page.send_signal(signal.SIGINT)
            said = page.communicate(timeout=60)[1]
    assert page.returncode == 0
    lines = [line for line in said.splitlines() if not line.startswith("Port ")]
    assert lines == ["The page opens; this takes a few seconds. Ctrl-C ends it.", "The page is closed."]
    assert gone(began)
    assert list((tmp_path / "out").iterdir()) == []


def _asked(host: str, method: str, path: str, value: Any = None) -> bytes:
    """The body of an answer that must be good."""
    connection = http.client.HTTPConnection(host, timeout=120)
    headers = {"Origin": f"http://{host}", "Content-Type": "application/json"}
    connection.request(method, path, None if value is None else json.dumps(value), headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status in (200, 202), body
    return body


def _raw(host: str, sent: bytes) -> bytes:
    """What comes back when bytes are sent that are no good request."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        return line.recv(100)
