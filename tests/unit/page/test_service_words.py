"""What the page's server says in one line, whatever went wrong."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from sim.cli import page
from sim.errors import RunError, UnknownNameError
from sim.page.serving import app, guard, server


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RunError("month 3: the accounts do not close\nand more"), 500, "month 3: the accounts do not close"),
        (RunError(""), 500, "this failed"),
        (UnknownNameError("anchor", "counsil", ["council"]), 422, "there is no anchor 'counsil'; the nearest name is 'council'"),
    ],
)
def test_a_run_that_failed_is_told_in_its_first_line(error: Exception, status: int, words: str) -> None:
    nobody: Any = None
    answer = app._failed(nobody, error)
    assert answer.status_code == status
    assert words in bytes(answer.body).decode() and "change what you chose, or go back to the start" in bytes(answer.body).decode()


async def _one_then_fault() -> Any:
    yield {"kind": "step"}
    raise RunError("month 3 failed")


def test_a_run_that_fails_on_the_way_ends_its_lines_with_the_error() -> None:
    import asyncio

    async def read() -> list[Any]:
        return [json.loads(line) async for line in app._told(_one_then_fault())]

    last = asyncio.run(read())[-1]
    assert (last["kind"], last["message"]) == ("error", "month 3 failed")
    assert last["remedy"] == "change what you chose, or go back to the start"


def test_a_record_of_the_server_is_one_line_with_the_kind_of_its_error() -> None:
    try:
        raise KeyError("x")
    except KeyError:
        record = logging.LogRecord("uvicorn", logging.ERROR, "", 1, "it failed\nTraceback", (), sys.exc_info())
    assert server._OneLine().format(record) == "The server says: it failed (KeyError)"
    assert server._OneLine().format(logging.LogRecord("uvicorn", logging.ERROR, "", 1, "", (), None)) == "The server says: "


def test_what_is_no_address_is_not_this_machine() -> None:
    assert guard._is_loopback("127.0.0.1") and guard._is_loopback("::1")
    assert not guard._is_loopback("nowhere") and not guard._is_loopback("192.0.2.1")


def test_the_command_says_which_port_is_taken_and_that_no_browser_opens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page._tell([8000], True)
    assert "Port 8000 is taken: the next free one is used." in capsys.readouterr().err

    def fails(address: str) -> bool:
        raise OSError

    monkeypatch.setattr("webbrowser.open", fails)
    page._show("http://127.0.0.1:8001/", False)
    assert capsys.readouterr().err == "No browser could be opened. Open http://127.0.0.1:8001/ yourself.\n"
    page._show("http://127.0.0.1:8001/", True)
    assert capsys.readouterr().err == ""
