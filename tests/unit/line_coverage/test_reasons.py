"""The list of lines that do not run in the tests is held against what was counted, here with a file made up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from line_coverage import last_words
from line_coverage.__main__ import main
from line_coverage.lines import Line, block, lines_of
from line_coverage.reasons import Reason, judge, listed, place_of, read

ROOT = Path(__file__).parents[3]
SOURCE = """import os
class Door:
    def open(self):
        if os.name == "nt":
            self.push()
            return 1
        return 2
def close():
    return 3
"""


def made_up(*left: int) -> list[Line]:
    """The lines of the file made up, where these did not run."""
    return lines_of("sim/door.py", SOURCE, range(1, 10), left)


def reason(function: str, *pieces: str) -> Reason:
    """An entry of the list."""
    return Reason("sim/door.py", function, pieces, "system", "Made up.")


def test_a_line_knows_its_function_and_its_text() -> None:
    found = made_up(6)
    assert [line.function for line in found] == ["<module>"] * 3 + ["Door.open"] * 4 + ["<module>", "close"]
    assert (found[5].text, found[5].ran, found[4].ran) == ("            return 1", False, True)
    assert [line.number for line in block(found, 3)] == [4, 5, 6]


def test_an_entry_speaks_for_its_line_and_what_stands_deeper() -> None:
    found = judge({"sim/door.py": made_up(5, 6, 9)}, [reason("Door.open", 'os.name == "nt"')])
    assert [line.number for line, _ in found.explained] == [5, 6]
    assert [(line.function, line.number) for line in found.unexplained] == [("close", 9)]
    assert not found.ran and not found.unclear


def test_an_entry_whose_lines_ran_and_one_without_its_line_are_told() -> None:
    found = judge({"sim/door.py": made_up()}, [reason("close", "return 3"), reason("Door.open", "return"), reason("shut", "x")])
    assert found.ran == ["sim/door.py, close: return 3"]
    assert found.unclear == ["sim/door.py, Door.open: return (2 lines)", "sim/door.py, shut: x (0 lines)"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('file = "a"\nfunction = "b"\nlines = ["c"]\nkind = "chance"', "needs file, function, lines, kind and why"),
        ('file = "a"\nfunction = "b"\nlines = []\nkind = "chance"\nwhy = "d"', "needs file, function, lines, kind and why"),
        ('file = "a"\nfunction = "b"\nlines = ["c"]\nkind = "laziness"\nwhy = "d"', "the kind laziness is none of system"),
    ],
)
def test_an_entry_without_a_reason_is_refused(entry: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(f"[[left]]\n{entry}\n")


def test_every_entry_of_the_list_has_its_one_line() -> None:
    for entry in listed():
        text = (ROOT / entry.file).read_text(encoding="utf-8")
        numbers = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.strip().startswith("#")]
        for piece in entry.lines:
            place_of(lines_of(entry.file, text, numbers, ()), entry.function, piece)


def test_without_a_measurement_it_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--read"])
    words = capsys.readouterr().err
    assert ended.value.code == 2 and ("--read needs --keep FOLDER" in words or "coverage.py is needed" in words)


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="this system tells no process's end without taking it")
def test_sim_announces_an_end_and_tests_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    end = last_words._announced(lambda process, number: (sent.append(number), os.kill(process, number))[0])
    asleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    for asked_by, signals in (("sim.page.work.worker", [signal.SIGTERM, signal.SIGKILL]), ("test_something", [signal.SIGKILL])):
        sent.clear()
        with subprocess.Popen(asleep) as process:
            exec("end(number, signal)", {"__name__": asked_by, "end": end, "number": process.pid, "signal": signal.SIGKILL})
            assert process.wait(10) == -signals[0]
        assert sent == signals
