"""What came of one input: read, refused in words, or a fault."""

from __future__ import annotations

import re
import resource
import signal
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any, Final

from .readers import Reader

__all__ = ["MOST_MIB", "MOST_SECONDS", "Came", "came_of", "most_mib", "watched"]

MOST_SECONDS = 2.0
"""Processor time that one input may take."""
MOST_MIB: Final = 500.0
"""Memory that the process may have in use at any time, its libraries included."""
#: Problems of one input whose words are looked at, and characters that one of them may have.
LOOKED_AT: Final = 12
MOST_CHARACTERS: Final = 8000
_SIM: Final = str(Path(__file__).resolve().parents[2] / "sim")
_NO_WORDS: Final = re.compile(r"Traceback|typing\.Literal|<class '|object at 0x|Error\(|Exception\(")


class TooLongError(BaseException):
    """The input took too long; no handler of the program may take it for one of its own errors."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one input.

    Parameters
    ----------
    what : str
        "read", "refused: KIND", or "fault: ..." with where it arose.
    more : str
        Of a fault everything that is known.
    seconds : float
        Processor time.
    """

    what: str
    more: str
    seconds: float

    @property
    def fault(self) -> bool:
        """Whether it must not have happened."""
        return self.what.startswith("fault")


@contextmanager
def watched() -> Iterator[None]:
    """Within it an input that takes too long is stopped, and warnings are errors."""

    def too_long(*_: Any) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, too_long)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "Duplicate name")  # of the files that are made, not of reading them
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def came_of(reader: Reader, content: bytes, finish: bool = False) -> Came:
    """Read one input and say what came of it."""
    from sim.errors import InputError

    began, what, more = process_time(), "read", ""
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        reader.read(content)
        if finish:
            reader.finish()
    except InputError as error:
        what, more = _refused(error)
    except TooLongError:
        what, more = "fault: more than two seconds", traceback.format_exc()
    except MemoryError:
        what, more = "fault: memory", traceback.format_exc()
    except Exception as error:
        what, more = f"fault: {type(error).__name__} at {_where(error)}", traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Came(what, more, process_time() - began)


def _where(error: BaseException) -> str:
    """The innermost line of the program that an error came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_SIM)]
    if not frames:
        return "no line of the program"
    return f"{Path(frames[-1].filename).relative_to(_SIM)}:{frames[-1].lineno}"


def _refused(error: Any) -> tuple[str, str]:
    """A refusal, if it is in words."""
    problems = error.problems
    for problem in problems[:LOOKED_AT]:
        words = str(problem)
        wrong = (
            "has no message" if not problem.message
            else "says not what to do" if not problem.remedy
            else "has no kind" if not problem.kind
            else "is too long" if len(words) > MOST_CHARACTERS
            else "speaks of the program" if _NO_WORDS.search(words)
            else ""
        )  # fmt: skip
        try:
            words.encode()
        except UnicodeEncodeError:
            wrong = "can't be printed"
        if wrong:
            return f"fault: a problem {wrong} ({problem.kind}: {problem.message[:40]})", words[:3000]
    return f"refused: {problems[0].kind}", ""


def most_mib() -> float:
    """Most memory that this process has had in use, MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        text = status.read_text(encoding="ascii")
        return float(text.partition("VmHWM:")[2].split()[0]) / 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
