"""What the process of a task says when something goes wrong: one line in words, whatever it was."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from sim.errors import RunError
from sim.page.work import helper, helper_process


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RunError("month 3 failed\nand more"), "Month 3 failed."),
        (RunError(""), "It failed."),
        (MemoryError(), "There is too little memory for it."),
        (OSError(28, "No space left on device"), "A file could not be read or written: No space left on device."),
        (OSError(), "A file could not be read or written: unknown reason."),
        (KeyError("x"), "This failed by a fault of the page (KeyError). Please report what you did."),
    ],
)
def test_every_error_of_a_task_is_one_line_of_words(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> dict[str, Any]:
        raise error

    monkeypatch.setattr(helper_process, "_work", lambda name: fails)
    assert helper_process.answer({"work": "report"}, lambda *_: None) == {"kind": "failed", "message": words}


def test_the_work_of_a_name_is_found() -> None:
    from sim.page.work import saving, uploads

    found = [helper_process._work(name) for name in ("report", "spend", "open")]
    assert found == [saving.write_report_files, uploads.write_spend_files, uploads.open_scenario]


def test_a_system_that_bounds_nothing_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda by: by)  # the tests go on as fast as before
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    helper_process._bound(None)

    def unknown(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", unknown)
    assert helper_process._most_memory() == 4_000_000_000


@pytest.mark.parametrize("line", [b"Traceback\n", b"[1]\n", b'{"kind": "odd"}\n', b"\xff\n"])
def test_a_line_that_is_not_ours_is_passed_over(line: bytes) -> None:
    assert helper._understood(line) is None
    assert helper._understood(b'{"kind": "done"}\n') == {"kind": "done"}
