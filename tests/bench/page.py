"""How the page bears a full room: ``python -m tests.bench.page [--visitors 20 --minutes 5]``.

First one visitor alone, in the Chromium of the system: a dozen moves of a lever, each timed from the move to the frame that shows the
change. Then many visitors at once without browsers, each with choices of their own (drawn with a fixed seed): a move every 5 to 15
seconds, now and then the web, a pound followed, a scenario saved; one asks for a report. Both ask a real page on loopback that the
command serves, with its default workers. Seconds are of the clock, since a visitor waits by the clock; how busy the processors were
with work that is not the page's stands beside them, and where that is much the times say little of the page.

What we promise: no error and no refusal; every answer is that of the visitor's own choice and no other (a sample is worked out again
alone); memory that does not grow from the middle to the end; a median under 2 seconds in the full room and under 1 second alone. When
a bound is missed, a line says so and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

FOLDER = str(Path(__file__).parents[1])
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from bench.month import write_table  # noqa: E402

if TYPE_CHECKING:
    from support.page_server import PageServer
    from support.page_visitor import Visitor

#: What we promise: seconds from a move to its first view (median), and memory at the end against the middle.
MOST_ALONE: Final = 1.0
MOST_ROOM: Final = 2.0
MOST_GROWTH: Final = 1.10
THINK: Final = (5.0, 15.0)
MONTHS: Final = 60
SAMPLE: Final = 12
MOVES: Final = 15
PARTS: Final = ("alone", "room")
TICK: Final = os.sysconf("SC_CLK_TCK")


@dataclass
class Room:
    """What a full room saw: seconds of each move, what went wrong, memory in MiB at the begin, middle and end, what was done."""

    seconds: list[float]
    wrong: list[str]
    memory: list[float]
    done: dict[str, int]
    checked: int
    other_work: float
    page_work: float


@dataclass
class Work:
    """Shares of all processors: the page's processes, and everything else that ran beside them and this one."""

    page: float = 0.0
    other: float = 0.0


def ticks(server: PageServer) -> tuple[float, float, float]:
    """Seconds of processors used so far: by all that runs, by the page with what it ended, by this process."""
    busy = [int(figure) for figure in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    page = 0.0
    for pid in server.processes():
        figures = _figures(pid)
        page += sum(int(figure) for figure in figures[11:15]) / TICK if figures else 0.0
    # Neither idle nor waiting for a disk.
    return (sum(busy) - busy[3] - busy[4]) / TICK, page, time.process_time()


@contextmanager
def worked(server: PageServer) -> Iterator[Work]:
    """Measure who used the processors within the block."""
    found = Work()
    clock, began = time.monotonic(), ticks(server)
    yield found
    room = (time.monotonic() - clock) * (os.cpu_count() or 1)
    every, page, own = (after - before for after, before in zip(ticks(server), began, strict=True))
    found.page, found.other = page / room, max(0.0, every - page - own) / room


def _figures(pid: int) -> list[str]:
    """What the system tells of a process, from its state on; nothing when it has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def memory_of(server: PageServer) -> float:
    """MiB of all processes of the page, what they share counted once."""
    total = 0
    for pid in server.processes():
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def room_of(visitors: int, seconds: float, think: tuple[float, float] = THINK, months: int = MONTHS, *more: str) -> Room:
    """A page with many visitors for so many seconds.

    Parameters
    ----------
    visitors : int
        How many.
    seconds : float
        How long.
    think : tuple of float
        Fewest and most seconds between the moves of one of them.
    months : int
        Length of their runs.
    more : str
        More for the command that serves the page.
    """
    from support.page_server import running_page
    from support.page_visitor import Visitor

    with TemporaryDirectory(prefix="localwealth-") as name, running_page(Path(name), *more) as server:
        began = time.monotonic()
        crowd = [
            Visitor(server, number, began + seconds, think, months, began + seconds / 3 if number == 0 else None)
            for number in range(visitors)
        ]
        with worked(server) as work:
            memory = _watched(server, crowd, began, seconds)
        found = [one.record for one in crowd]
    wrong = [line for record in found for line in record.wrong]
    done: Counter[str] = Counter()
    for record in found:
        done.update(record.done)
    seen = [pair for record in found for pair in record.seen]
    sample = Random(1).sample(seen, min(SAMPLE, len(seen)))
    wrong += [line for state, view in sample for line in differences(state, view)]
    times = [one for record in found for one in record.seconds]
    return Room(times, wrong, memory, dict(done), len(sample), work.other, work.page)


def _watched(server: PageServer, crowd: Sequence[Visitor], began: float, seconds: float) -> list[float]:
    """Let the visitors come; memory after a tenth of the time, in the middle, at the end."""
    for visitor in crowd:
        visitor.start()
    memory = []
    for share in (0.1, 0.5, 1.0):
        time.sleep(max(0.0, began + seconds * share - time.monotonic()))
        memory.append(memory_of(server))
    for visitor in crowd:
        visitor.join()
    return memory


def differences(state: dict[str, Any], view: dict[str, Any]) -> list[str]:
    """What a view shows of a state against the same worked out alone; the pence of the first seed, and all of it when it has one pair."""
    from support.page_alone import view_alone

    alone = view_alone(state, 1)
    if view["exact"] != alone["exact"]:
        return [f"{state['title']}: pence differ from those of the same choice alone: {state['policies']}"]
    if view["done"] == 1 and {**view, "of": 1} != alone:
        return [f"{state['title']}: a view differs from that of the same choice alone: {state['policies']}"]
    return []


def alone_in_browser(moves: int = MOVES, months: int = MONTHS) -> tuple[list[float], list[float], float]:
    """Seconds from a move to its first view, one visitor alone in a browser: as set, as drawn; and the share of other work."""
    from support.browser import running_browser
    from support.page_server import running_page
    from support.page_window import visitor

    with TemporaryDirectory(prefix="localwealth-") as name, running_page(Path(name)) as server, running_browser() as browser:
        found = visitor(browser, server.address)
        found.open({"place": "anytown", "months": months, "policies": [{"use": "local_spend_target", "share": 0.1}]})
        already = len(found.times()[0])
        with worked(server) as work:
            for _ in range(moves):
                with found.moved():
                    found.nudge("option-local_spend_target-share")
        shown, drawn = ([one / 1000 for one in times[already:]] for times in found.times())
        browser.close_windows()
    return shown, drawn, work.other


def high(times: Sequence[float]) -> float:
    """The 95th percentile: the time that one in twenty exceeds."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def rows_alone(drawn: Sequence[float], shown: Sequence[float], other: float) -> list[list[str]]:
    """The table of one visitor alone."""
    return [
        [name, str(len(times)), f"{median(times):.2f}", f"{high(times):.2f}", f"{max(times):.2f}", f"{other:.0%}"]
        for name, times in (("the numbers are set", shown), ("the frame that shows them", drawn))
    ]


def missed(median_alone: float | None, room: Room | None) -> list[str]:
    """What was found against what we promise."""
    said = []
    if median_alone is not None and median_alone > MOST_ALONE:
        said.append(f"alone a move took {median_alone:.2f} s (median), and at most {MOST_ALONE:g} is promised")
    if room is None:
        return said
    if not room.seconds:
        said.append("no move was answered in the room")
    elif median(room.seconds) > MOST_ROOM:
        said.append(f"in the room a move took {median(room.seconds):.2f} s (median), and at most {MOST_ROOM:g} is promised")
    middle, end = room.memory[1:]
    if end > MOST_GROWTH * middle:
        said.append(f"memory grew from {middle:.0f} MiB in the middle to {end:.0f} at the end, and at most a tenth is promised")
    return said + room.wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.page", description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="which parts to run")
    given = parser.parse_args(arguments)
    middle_alone, room = None, None
    if "alone" in given.only:
        shown, drawn, other = alone_in_browser()
        heads = ["one visitor alone, seconds from a move until", "moves", "median", "95th percentile", "worst", "processors busy otherwise"]
        write_table("One visitor alone, in a browser", heads, rows_alone(drawn, shown, other))
        middle_alone = median(drawn)
    if "room" in given.only:
        room = room_of(given.visitors, given.minutes * 60)
        write_table(f"{given.visitors} visitors for {given.minutes:g} minutes", ["what", "how much"], rows_of(room))
    found = missed(middle_alone, room)
    for line in found:
        sys.stderr.write(f"Bound missed: {line}.\n")
    return 1 if found else 0


def rows_of(room: Room) -> list[list[str]]:
    """The table of a full room."""
    times, (begin, middle, end) = room.seconds or [float("nan")], room.memory
    return [
        ["moves answered", str(len(room.seconds))],
        ["other things done", ", ".join(f"{count} {what}" for what, count in sorted(room.done.items()) if what != "move") or "none"],
        ["seconds from a move to its first view: median", f"{median(times):.2f}"],
        ["95th percentile", f"{high(times):.2f}"],
        ["worst", f"{max(times):.2f}"],
        ["errors, refusals, answers that were not the visitor's own", str(len(room.wrong))],
        ["views worked out again alone", str(room.checked)],
        ["memory of all processes, MiB: after a tenth of the time", f"{begin:.0f}"],
        ["in the middle", f"{middle:.0f}"],
        ["at the end (against the middle)", f"{end:.0f} ({end / middle - 1:+.1%})"],
        ["processors busy with the page", f"{room.page_work:.0%}"],
        ["processors busy otherwise", f"{room.other_work:.0%}"],
    ]


if __name__ == "__main__":
    sys.exit(main())
