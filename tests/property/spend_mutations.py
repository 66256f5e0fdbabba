"""Spend files changed in every way that publishers, spreadsheets and lines break them, read, and what came of it.

Run thousands with ``python tests/property/spend_mutations.py --files 10000``: it prints how many were read with totals that add up, how
many were refused with a reason, and every other outcome, which is a failure. The files of a seed are the same each time.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

FOLDER = str(Path(__file__).parents[1])
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from support.spend_files import NOTES, TITLES, Grid, as_ods, as_text, as_xlsx, made_grid, made_lines, money  # noqa: E402

from sim.errors import InputError  # noqa: E402

ENCODINGS: Final = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "latin-1")
DELIMITERS: Final = (",", ",", ",", ";", "\t", "|")
LINE_ENDS: Final = ("\r\n", "\n", "\r")
#: Seconds after which a small file counts as one that never ends.
MOST_SECONDS: Final = 30
GOOD: Final = ("read", "read, damage seen", "refused")


@dataclass
class Made:
    """A file, and what should come of it.

    Parameters
    ----------
    name : str
        Its name, with the ending that its kind has.
    content : bytes
        What it holds.
    paid : list of int
        Pence of its payments, in order.
    whole : bool
        Whether every payment can still be read: then the sum must be right.
    clean : bytes or None
        The same file before it was damaged.
    mutations : list of str
        What was done to it.
    """

    name: str
    content: bytes
    paid: list[int]
    whole: bool = True
    clean: bytes | None = None
    mutations: list[str] = field(default_factory=list)


def made(seed: int, number: int) -> Made:
    """One file of a seed."""
    random = Random(f"{seed}-{number}")
    kind = random.choices(("csv", "xlsx", "ods"), (0.75, 0.17, 0.08))[0]
    file = _text_file(random) if kind == "csv" else _workbook(random, kind)
    return _damaged(random, file) if random.random() < 0.35 else file


def _text_file(random: Random) -> Made:
    """A text file with some encoding, delimiter and ends of lines."""
    grid = _around(random, made_grid(random, made_lines(random), typed=False), typed=False)
    encoding, delimiter = random.choice(ENCODINGS), random.choice(DELIMITERS)
    line_end, quote_all = random.choice(LINE_ENDS), random.random() < 0.2
    text = as_text(grid, delimiter, line_end, quote_all)
    if random.random() < 0.2:
        text = text.rstrip("\r\n")
    names = [
        f"encoding {encoding}",
        f"delimiter {delimiter!r}",
        f"line end {line_end!r}",
        *["quotes everywhere"] * quote_all,
        *grid.mutations,
    ]
    return Made("spend.csv", text.encode(encoding, "replace"), grid.paid, mutations=names)


def _workbook(random: Random, kind: str) -> Made:
    """A workbook with one or several sheets."""
    sheets, paid, names = [], [], [f"workbook {kind}"]
    typed = random.random() < 0.6
    for number in range(random.choice((1, 1, 1, 2, 3))):
        grid = _around(random, made_grid(random, made_lines(random, 15), typed), typed)
        sheets.append((f"Sheet {number + 1}", grid))
        paid += grid.paid
        names += grid.mutations
    if random.random() < 0.2:
        sheets.append(("Notes", Grid([["Notes"], [random.choice(NOTES)]], [None, None])))
        names.append("sheet of notes")
    names += ["several sheets"] * (len(sheets) > 1) + ["numbers as text"] * (not typed)
    shared = random.random() < 0.5
    content = as_xlsx(sheets, shared) if kind == "xlsx" else as_ods(sheets)
    return Made(f"spend.{kind}", content, paid, mutations=names)


def _around(random: Random, grid: Grid, typed: bool) -> Grid:
    """The grid with what publishers put above, between and below."""
    width = len(grid.rows[0])
    done = Grid(mutations=[*grid.mutations])
    for _ in range(random.choice((0, 0, 0, 1, 2, 5, 9))):
        title = random.choice(TITLES)
        done.add([title] + [""] * random.choice((0, width - 1)))
        done.mutations.append("preamble")
    for place, (row, pence) in enumerate(zip(grid.rows, grid.pence, strict=True)):
        done.add(row, pence)
        if place and random.random() < 0.03:
            _between(random, done, grid.rows[0], row, pence)
    if random.random() < 0.3:
        _below(random, done, grid, typed)
    if random.random() < 0.1:
        done.rows = [["", *row] for row in done.rows]
        done.mutations.append("empty first column")
    if random.random() < 0.1:
        done.rows = [[*row, "", "", ""] for row in done.rows]
        done.mutations.append("empty last columns")
    return done


def _between(random: Random, done: Grid, heads: list[Any], row: list[Any], pence: int | None) -> None:
    """Something between two payments."""
    what = random.choice(("blank row", "blank cells", "repeated header", "garbage row", "repeated row"))
    done.mutations.append(what)
    if what == "repeated row":
        done.add(row, pence)
    else:
        rows = {"blank row": [], "blank cells": [""] * len(row), "repeated header": heads, "garbage row": [random.choice(NOTES)]}
        done.add(rows[what])


def _below(random: Random, done: Grid, grid: Grid, typed: bool) -> None:
    """A footer: a total, a note, blank rows."""
    what = random.choice(("total", "note", "blank rows", "total and note"))
    done.mutations.append(f"footer {what}")
    width = len(grid.rows[0])
    if "blank" in what:
        for _ in range(random.randint(1, 40)):
            done.add([""] * random.choice((0, width)))
    if "total" in what:
        place = next(at for at, (head, cell) in enumerate(zip(grid.rows[0], grid.rows[1], strict=True)) if _is_amount(head, cell))
        cells: list[Any] = [""] * width
        cells[0 if place else width - 1] = random.choice(("Total", "TOTAL", "Grand Total", "Total:"))
        total = sum(done.paid)
        cells[place] = total / 100 if typed else money(total, "commas")
        done.add(cells)
    if "note" in what:
        done.add([random.choice(NOTES)])


def _is_amount(head: str, cell: Any) -> bool:
    """Whether a heading is that of the amount which counts."""
    plain = head.strip().casefold()
    return ("amount" in plain or plain == "value") and not plain.startswith("gross")


def _damaged(random: Random, file: Made) -> Made:
    """The file with its bytes broken."""
    damages: tuple[Callable[[Random, bytes], bytes], ...] = (flipped, truncated, noughts, doubled)
    if file.name.endswith(".csv"):
        damages += (unquoted, stray_quote, lost_delimiter, other_encoding, truncated)
    damage = random.choice(damages)
    names = [*file.mutations, f"damage {damage.__name__.replace('_', ' ')}"]
    return Made(file.name, damage(random, file.content), file.paid, False, file.content, names)


def flipped(random: Random, content: bytes) -> bytes:
    """A few bytes changed."""
    changed = bytearray(content)
    for _ in range(random.randint(1, 8)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def truncated(random: Random, content: bytes) -> bytes:
    """The end cut off, as by a line that broke."""
    return content[: random.randrange(len(content))]


def noughts(random: Random, content: bytes) -> bytes:
    """Bytes of nought put in."""
    at = random.randrange(len(content))
    return content[:at] + b"\x00" * random.randint(1, 600) + content[at:]


def doubled(_: Random, content: bytes) -> bytes:
    """The file twice, one after the other."""
    return content + content


def unquoted(_: Random, content: bytes) -> bytes:
    """Every quotation mark gone."""
    return content.replace(b'"', b"")


def stray_quote(random: Random, content: bytes) -> bytes:
    """A quotation mark too much."""
    wide = content[1:2] == b"\x00" or content[:2] == b"\xff\xfe"
    at = random.randrange(len(content))
    at -= at % 2 if wide else 0
    return content[:at] + (b'"\x00' if wide else b'"') + content[at:]


def lost_delimiter(random: Random, content: bytes) -> bytes:
    """A comma lost, so that two cells run together."""
    places = [at for at, byte in enumerate(content) if byte in b",;\t|"]
    at = random.choice(places or [0])
    return content[:at] + content[at + 1 :]


def other_encoding(random: Random, content: bytes) -> bytes:
    """A word in another encoding in the middle."""
    at = random.randrange(len(content))
    return content[:at] + "£é€".encode(random.choice(("cp1252", "utf-8", "utf-16-le"))) + content[at:]


def outcome(file: Made, folder: Path) -> tuple[str, str]:
    """What comes of reading a file: one of :data:`GOOD`, or what went wrong; and more about it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        signal.signal(signal.SIGALRM, _too_long)
        signal.alarm(MOST_SECONDS)
        try:
            return _judged(file, folder)
        except InputError as error:
            return _refused(error)
        except Exception:
            return "another exception", traceback.format_exc()
        finally:
            signal.alarm(0)


def _too_long(*_: Any) -> None:
    raise TimeoutError(f"more than {MOST_SECONDS} seconds")


def _refused(error: InputError) -> tuple[str, str]:
    """A refusal must say where and why."""
    for problem in error.problems:
        if not (problem.file and problem.message and problem.remedy):
            return "refused without a reason", str(error)
    return "refused", str(error.problems[0].kind)


def _read(path: Path, content: bytes) -> Any:
    from sim.spend import read_spend

    path.write_bytes(content)
    reading = read_spend(path)
    reading.check()
    return reading


def _judged(file: Made, folder: Path) -> tuple[str, str]:
    """Read the file and hold what came of it against what it holds."""
    reading = _read(folder / file.name, file.content)
    found = [int(pence) for pence in reading.payments["amount"]]
    if file.whole:
        if sum(found) != sum(file.paid) or len(found) != len(file.paid):
            return "wrong total", f"{len(found)} rows of {sum(found)}, not {len(file.paid)} of {sum(file.paid)}\n{_account(reading)}"
        return "read", ""
    return _judged_damage(file, folder, reading, found)


def _judged_damage(file: Made, folder: Path, reading: Any, found: list[int]) -> tuple[str, str]:
    """A damaged file may lose rows, but not in silence."""
    damage = file.mutations[-1].removeprefix("damage ")
    fewer, other = len(found) < len(file.paid), sum(found) != sum(file.paid)
    if damage == "truncated":
        same = next((place for place, (one, right) in enumerate(zip(found, file.paid, strict=False)) if one != right), len(found))
        return ("read, damage seen", "") if same >= len(found) - 1 else ("wrong start", f"{found} is no start of {file.paid}")
    if damage == "doubled" and len(found) in (len(file.paid), 2 * len(file.paid)):
        return "read, damage seen", ""
    suspect = fewer if damage in ("flipped", "noughts", "other encoding") else fewer or other
    if suspect and file.clean is not None and _account(reading) == _account(_read(folder / file.name, file.clean)):
        return "silent loss", f"{len(found)} rows of {sum(found)}, not {len(file.paid)} of {sum(file.paid)}\n{_account(reading)}"
    return "read, damage seen", ""


def _account(reading: Any) -> str:
    """Warnings and rows set aside: all that a reader is told."""
    aside = Counter(reading.set_aside["reason"])
    return f"{sorted(aside.items())} {[warning for read in reading.files for warning in read.warnings]}"


def run(files: int, seed: int, keep: Path | None = None) -> tuple[Counter[str], list[str]]:
    """Outcomes of many files, and a text for each failure."""
    counts: Counter[str] = Counter()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            file = made(seed, number)
            result, more = outcome(file, Path(folder))
            group = "whole" if file.whole else file.mutations[-1]
            counts[result] += 1
            counts[f"  {group}: {result}{f' ({more})' if result == 'refused' else ''}"] += 1
            if result not in GOOD:
                failures.append(f"file {number} of seed {seed}: {result}\n  {', '.join(file.mutations)}\n  {more}")
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}-{file.name}").write_bytes(file.content)
    return counts, failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as many files as asked; 1 when one had a bad outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for files with a bad outcome")
    parser.add_argument("--show", type=int, default=20, help="how many failures to print")
    given = parser.parse_args(arguments)
    counts, failures = run(given.files, given.seed, given.keep)
    for result, count in sorted(counts.items()):
        sys.stdout.write(f"{count:8,}  {result}\n")
    for failure in failures[: given.show]:
        sys.stderr.write(failure + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
