"""The plugin of pytest that tries mutants: everything is imported and collected once, each mutant has a process forked from that."""

from __future__ import annotations

import json
import os
import pickle
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol

from sim.runs.opening.folder import OpeningFolder

from .changes import Mutant, Mutants
from .groups import Group
from .swapping import live_functions, put_in

#: With a mutant a test may take so many times its processor time, and so many seconds more.
TIMES: Final = 4.0
MORE: Final = 2.0
#: Memory that a mutant may take beyond what everything imported takes, bytes.
ROOM: Final = 3 << 30
#: Tests that are seen unchanged in one process.
TOGETHER: Final = 25

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
    group : Group
        The order of the tests, and what is called before them.
    processes : int
        How many at a time.
    keep : Path or None
        A file to which each result is added as it comes.
    """

    def __init__(
        self, root: Path, mutants: dict[str, Mutants], chosen: Sequence[Mutant], group: Group, processes: int, keep: Path | None
    ) -> None:
        self.root, self.mutants, self.chosen, self.group, self.processes, self.keep = root, mutants, chosen, group, processes, keep
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
        for module, function in (name.split(":") for name in self.group.warm):
            getattr(import_module(module), function)()
        paths = {str(self.root / file): file for file in self.mutants}
        items = session.items
        seen = dict(enumerate(self._seen(items, paths)))
        self.failing = [items[place].nodeid for place, one in seen.items() if not one.passed]
        good = sorted((place for place, one in seen.items() if one.passed), key=lambda place: seen[place].seconds)
        live = live_functions(set(paths))
        tests = [(items[at], seen[at]) for at in good]
        for done, (place, answer) in enumerate(self._each(self.chosen, lambda mutant: self._tried(mutant, live, tests)), 1):
            result, killer = pickle.loads(answer) if answer else (TIMED_OUT, "")
            self.results[self.chosen[place].name] = result
            self.killers[self.chosen[place].name] = killer
            if self.keep is not None:
                with self.keep.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([*self.chosen[place].name, self.chosen[place].lines.start, result, killer]) + "\n")
            if done % 100 == 0:
                sys.stdout.write(f"{done} of {len(self.chosen)}\n")
                sys.stdout.flush()
        return True

    def _seen(self, items: Sequence[pytest.Item], paths: dict[str, str]) -> list[Seen]:
        """What each test does unchanged, in their order."""
        parts = [items[first : first + TOGETHER] for first in range(0, len(items), TOGETHER)]
        found = {place: pickle.loads(answer) for place, answer in self._each(parts, lambda part: _watched(part, paths))}
        return [seen for place in range(len(parts)) for seen in found[place]]

    def _tried(self, mutant: Mutant, live: dict[str, list[FunctionType]], tests: Sequence[tuple[pytest.Item, Seen]]) -> tuple[str, str]:
        """In a process of its own: the mutant put in, and its tests run until one fails."""
        lines = set(mutant.lines)
        reaching = [(item, seen.seconds) for item, seen in tests if lines & seen.lines.get(mutant.file, set())]
        mine = [one for stage in self.group.stages for one in [one for one in reaching if stage.has(one[0].nodeid)][: stage.most or None]]
        if not mine:
            return NOT_RUN, ""
        # A town that a changed model opened is kept for nobody.
        OpeningFolder.write = lambda *_: None  # type: ignore[method-assign, assignment]
        if not put_in(self.mutants[mutant.file], mutant, live[str(self.root / mutant.file)]):
            return NOT_PUT, ""
        for at, (item, seconds) in enumerate(mine):
            limit = MORE + TIMES * seconds
            signal.setitimer(signal.ITIMER_PROF, limit)
            signal.setitimer(signal.ITIMER_REAL, 20 * limit)
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
    # A process that writes much must be read from before it can end.
    ready, _, _ = select.select([reader for _, reader in running.values()], [], [])
    pid, (place, reader) = next(one for one in running.items() if one[1][1] in ready)
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


def _watched(items: Sequence[pytest.Item], paths: dict[str, str]) -> list[Seen]:
    """In a process of their own: some tests run unchanged, and the lines that each ran."""
    found = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        lines: dict[str, set[int]] = {}
        begun = time.process_time()
        with _monitored(paths, lines) if sys.version_info >= (3, 12) else _traced(paths, lines):
            passed = _passes(item, following)
        found.append(Seen(passed, time.process_time() - begun, lines))
    return found


@contextmanager
def _monitored(paths: dict[str, str], lines: dict[str, set[int]]) -> Iterator[None]:
    """Note each line of some files when it runs for the first time; costs next to nothing."""
    monitoring = sys.monitoring

    def ran(code: CodeType, line: int) -> object:
        if code.co_filename in paths:
            lines.setdefault(paths[code.co_filename], set()).add(line)
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "mutation")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, ran)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)
    yield
    monitoring.set_events(monitoring.COVERAGE_ID, 0)
    monitoring.free_tool_id(monitoring.COVERAGE_ID)
    monitoring.restart_events()


@contextmanager
def _traced(paths: dict[str, str], lines: dict[str, set[int]]) -> Iterator[None]:
    """The same before Python 3.12."""

    def in_line(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            lines.setdefault(paths[frame.f_code.co_filename], set()).add(frame.f_lineno)
        return in_line

    def in_call(frame: FrameType, event: str, argument: object) -> Any:
        return in_line if frame.f_code.co_filename in paths else None

    sys.settrace(in_call)
    yield
    sys.settrace(None)
