"""Which lines of the program have run: asked of Python itself from 3.12 on, at no cost for a line that has run before."""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType
from typing import Any, Final

__all__ = ["SeenLines"]

_SIM: Final = str(Path(__file__).resolve().parents[2] / "sim")
_OTHERS: Final = ("ruamel",)


class SeenLines:
    """Counts lines of ``sim`` and of the YAML library that have run for the first time.

    Before Python 3.12 nothing is counted, and inputs are made without regard to what they reach.
    """

    def __init__(self) -> None:
        self.lines = 0
        self.works = hasattr(sys, "monitoring")

    def __enter__(self) -> SeenLines:
        if self.works:
            monitoring: Any = sys.monitoring  # type: ignore[attr-defined]
            monitoring.use_tool_id(3, "fuzz")
            monitoring.register_callback(3, monitoring.events.LINE, self._seen(monitoring.DISABLE))
            monitoring.set_events(3, monitoring.events.LINE)
        return self

    def __exit__(self, *_: object) -> None:
        if self.works:
            monitoring: Any = sys.monitoring  # type: ignore[attr-defined]
            monitoring.set_events(3, 0)
            monitoring.free_tool_id(3)

    def _seen(self, leave: Any) -> Any:
        def seen(code: CodeType, line: int) -> Any:
            if code.co_filename.startswith(_SIM) or any(name in code.co_filename for name in _OTHERS):
                self.lines += 1
            return leave

        return seen
