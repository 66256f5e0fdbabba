"""The plugin of pytest that tries mutants: everything is imported and collected once, each mutant has a process forked from that."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol

from .changes import Mutant, Mutants
from .swapping import live_functions, put_in

#: A mutant may take so many times the processor time of its tests, and so many seconds more.
TIMES: Final = 4.0
MORE: Final = 2.0
#: Memory that a mutant may take beyond what everything imported takes, bytes.
ROOM: Final = 3 << 30

KILLED, SURVIVED, NOT_RUN, NOT_PUT, TIMED_OUT = "killed", "survived", "not run", "not put in", "timed out"


@dataclass(frozen=True)
class Seen:
    """What one test did unchanged: whether it passed, its processor time and the lines it ran, by file."""

    passed: bool
    seconds: float
    lines: dict[str, set[int]]


class Trying:
    """Try the mutants of some files.

    Parameters
    ----------
    root : Path
        Root of the project.
    mutants : dict of str to Mutants
        By file.
    chosen : sequence of Mutant
        Those to try.
    processes : int
        How many at a time.
    """

    def __init__(self, root: Path, mutants: dict[str, Mutants], chosen: Sequence[Mutant], processes: int) -> None:
        self.root, self.mutants, self.chosen, self.processes = root, mutants, chosen, processes
        self.results: dict[tuple[str, str, str, str], str] = {}
        self.killers: dict[tuple[str, str, str, str], str] = {}
        self.failing: list[str] = []
        self.tests = 0

    def pytest_collection(self) -> None:
        """Random tests do not make their examples small."""
        from hypothesis import Phase, settings  # after pytest has prepared its import

        settings.register_profile("mutation", settings.get_profile("few"), phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests: see what each runs, then try the mutants."""
        self.tests = len(session.items)
        paths = {str(self.root / file): file for file in self.mutants}
        items = session.items
        seen = {place: Seen(**pickle.loads(answer)) for place, answer in self._each(items, lambda item: _watched(item, paths))}
        self.failing = [items[place].nodeid for place, one in seen.items() if not one.passed]
        good = sorted((place for place, one in seen.items() if one.passed), key=lambda place: seen[place].seconds)
        live = live_functions(set(paths))
        tests = [(items[at], seen[at]) for at in good]
        for done, (place, answer) in enumerate(self._each(self.chosen, lambda mutant: self._tried(mutant, live, tests)), 1):
            result, killer = pickle.loads(answer) if answer else (TIMED_OUT, "")
            self.results[self.chosen[place].name] = result
            self.killers[self.chosen[place].name] = killer
            if done % 100 == 0:
                sys.stdout.write(f"{done} of {len(self.chosen)}\n")
                sys.stdout.flush()
        return True

    def _tried(self, mutant: Mutant, live: dict[str, list[FunctionType]], tests: Sequence[tuple[pytest.Item, Seen]]) -> tuple[str, str]:
        """In a process of its own: the mutant put in, and its tests run until one fails."""
        lines = set(mutant.lines)
        mine = [(item, seen.seconds) for item, seen in tests if lines & seen.lines.get(mutant.file, set())]
        if not mine:
            return NOT_RUN, ""
        limit = MORE + TIMES * sum(seconds for _, seconds in mine)
        signal.setitimer(signal.ITIMER_PROF, limit)
        signal.setitimer(signal.ITIMER_REAL, 20 * limit)
        if not put_in(self.mutants[mutant.file], mutant, live[str(self.root / mutant.file)]):
            return NOT_PUT, ""
        for at, (item, _) in enumerate(mine):
            following = mine[at + 1][0] if at + 1 < len(mine) else None
            if not _passes(item, following):
                return KILLED, item.nodeid
        return SURVIVED, ""

    def _each(self, things: Sequence[Any], answer: Callable[[Any], Any]) -> Iterator[tuple[int, bytes]]:
        """The answer of a forked process to each of some things, in no order; empty where the process died."""
        running: dict[int, tuple[int, int]] = {}
        for place, thing in enumerate(things):
            if len(running) >= self.processes:
                yield _finished(running)
            reader, writer = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(reader)
                _answer(writer, answer, thing)
            os.close(writer)
            running[pid] = (place, reader)
        while running:
            yield _finished(running)


def _finished(running: dict[int, tuple[int, int]]) -> tuple[int, bytes]:
    """The next process that has finished: its place and what it wrote."""
    # What is read first may not be what ends first, but a process that writes much must be read from before it can end.
    pid, (place, reader) = next(iter(running.items()))
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    del running[pid]
    return place, answer


def _answer(writer: int, answer: Callable[[Any], Any], thing: Any) -> None:
    """The whole of a forked process: it says nothing but its answer, and never comes back."""
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, resource.RLIM_INFINITY))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(answer(thing)))
    finally:
        os._exit(0)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Whether a test passes or is skipped, set up and taken down too."""
    try:
        return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))
    except BaseException:
        return False


def _watched(item: pytest.Item, paths: dict[str, str]) -> dict[str, Any]:
    """In a process of its own: a test run unchanged, and the lines it ran."""
    lines: dict[str, set[int]] = {}

    def in_line(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            lines.setdefault(paths[frame.f_code.co_filename], set()).add(frame.f_lineno)
        return in_line

    def in_call(frame: FrameType, event: str, argument: object) -> Any:
        return in_line if frame.f_code.co_filename in paths else None

    begun = time.process_time()
    sys.settrace(in_call)
    passed = _passes(item, None)
    sys.settrace(None)
    return {"passed": passed, "seconds": time.process_time() - begun, "lines": lines}
