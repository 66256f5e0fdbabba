"""While lines are counted, a process that ``sim`` ends writes down first which of its lines have run.

The page ends its workers and helpers with a signal that nobody can answer, and what they counted would go with them. So while
coverage.py counts, such an end is announced by the signal that it does answer, and comes when the process has gone or after a while.
Coverage.py imports this module in every process that it counts in (``plugins`` in ``pyproject.toml``).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

__all__ = ["coverage_init"]

SECONDS: Final = 5.0
MOST_FRAMES: Final = 5


def coverage_init(_registry: Any, _options: Any) -> None:
    """Called by coverage.py when it begins."""
    if hasattr(os, "waitid"):
        os.kill, os.killpg = _announced(os.kill), _announced(os.killpg)


def _announced(end: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """``os.kill`` or ``os.killpg``, with an announcement where ``sim`` ends another process at once."""

    def announced(process: int, number: int) -> None:
        if number == signal.SIGKILL and process != os.getpid() and _asked_by_sim():
            with suppress(OSError):
                end(process, signal.SIGTERM)
                _wait(process)
        end(process, number)

    return announced


def _asked_by_sim() -> bool:
    """Whether one of the callers is in ``sim``, not a test."""
    frame = sys._getframe(2)
    for _ in range(MOST_FRAMES):
        if frame is None:
            return False
        if frame.f_globals.get("__name__", "").startswith("sim."):
            return True
        frame = frame.f_back
    return False


def _wait(process: int) -> None:
    """Until the process has gone, or for a while; its exit stays to be read by whoever began it."""
    last = time.monotonic() + SECONDS
    while time.monotonic() < last and os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(0.01)
