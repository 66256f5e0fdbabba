"""What runs in the process of a task: one line of JSON in, lines of JSON out; no traceback, whatever happens.

It runs at a lower priority, within bounds of memory and of the size of what it writes, and ends when the server ends.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from sim.errors import InputError, LocalWealthError

__all__ = ["answer", "main"]

#: Bytes of the largest file that a task may write.
MOST_FILE: Final = 1_000_000_000
Tell = Callable[[int, int, str], None]


def main() -> None:
    """Do the task that stands on standard input."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    given = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_server, daemon=True).start()

    def write(value: Mapping[str, Any]) -> None:
        out.write(json.dumps(value) + "\n")
        out.flush()

    def tell(done: int, of: int, message: str) -> None:
        write({"kind": "step", "done": done, "of": of, "message": message})

    _bound(given.get("memory"))
    write(answer(given, tell))


def answer(given: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """What came of a task; every error in words."""
    try:
        return {"kind": "done", **_work(str(given["work"]))(given, tell)}
    except InputError as error:
        problems = [{name: value for name, value in one.as_dict().items() if name not in ("file", "kind")} for one in error.problems]
        return {"kind": "failed", "message": _first_line(error.problems[0].message), "problems": problems[:100]}
    except LocalWealthError as error:
        return {"kind": "failed", "message": _first_line(str(error))}
    except MemoryError:
        return {"kind": "failed", "message": "There is too little memory for it."}
    except OSError as error:
        return {"kind": "failed", "message": f"A file could not be read or written: {error.strerror or 'unknown reason'}."}
    except Exception as error:  # said in one line, without the way to it
        return {"kind": "failed", "message": f"This failed by a fault of the page ({type(error).__name__}). Please report what you did."}


def _work(name: str) -> Callable[[Mapping[str, Any], Tell], dict[str, Any]]:
    """The work of a name."""
    if name == "report":
        from sim.page.work.saving import write_report_files

        return write_report_files
    from sim.page.work import uploads

    return {"spend": uploads.write_spend_files, "open": uploads.open_scenario}[name]


def _first_line(text: str) -> str:
    """The first line of a text as a sentence."""
    line = (text.splitlines() or ["It failed"])[0][:300]
    return line[:1].upper() + line[1:] + ("" if line.endswith(".") else ".")


def _end_with_the_server() -> None:
    """Wait until standard input closes, then end at once."""
    with suppress(OSError, ValueError):
        sys.stdin.read()
    os._exit(3)


def _bound(memory: int | None) -> None:
    """Lower the priority, and bound memory and files, where the system can."""
    with suppress(AttributeError, OSError):
        os.nice(10)
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in ((resource.RLIMIT_AS, memory or _most_memory()), (resource.RLIMIT_FSIZE, MOST_FILE), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _most_memory() -> int:
    """Three quarters of the memory of the machine, at least 2 GB."""
    try:
        return max(2_000_000_000, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4)
    except (ValueError, OSError):
        return 4_000_000_000


if __name__ == "__main__":
    main()
