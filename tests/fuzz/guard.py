"""A process that reads inputs, watched from outside: one that never comes back, or dies, is ended, noted and replaced by another."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from .loop import Tally, fuzz, keep_faults, number_of, written

__all__ = ["guarded", "table"]

ROOT: Final = Path(__file__).resolve().parents[2]
#: Seconds by the clock without a sign of life; a machine may be busy with other work.
MOST_SILENCE: Final = 90.0
#: Until the first: what inputs are made from is read first, and a busy machine takes its time.
MOST_START: Final = 900.0
#: Address space that inputs may take beyond what the libraries have taken.
MOST_MORE: Final = 500 * 2**20
Tell = Callable[[Tally, list[str], int], None]


def guarded(
    name: str, inputs: int, seed: int, seconds: float, keep: Path, first: int = 0, tell: Tell = lambda *_: None
) -> tuple[Tally, list[str]]:
    """Read inputs in processes of their own until all are read or the time is up; the count, and how processes died.

    Parameters
    ----------
    name, inputs, seed, seconds, first
        See :func:`tests.fuzz.loop.fuzz`.
    keep : Path
        Folder for inputs that show a fault.
    tell : callable
        Called now and then with the count so far, how processes died, and the number of the input that comes next.
    """
    whole, died, until, done = Tally(), [], monotonic() + seconds, 0
    while done < inputs and monotonic() < until and len(died) < 20:
        with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
            left = max(until - monotonic(), 1.0)

            def told(tally: Tally) -> None:
                tell(_added(whole, tally), died, first + done + tally.inputs)  # noqa: B023  (called before the next turn)

            more, how = _one(name, inputs - done, seed, first + done, left, Path(folder), keep, told)
            whole = _added(whole, more)
            done += more.inputs + (1 if how else 0)
            if how is not None:
                died.append(how)
            tell(whole, died, first + done)
            if how is None:
                break
    return whole, died


def _one(
    name: str, inputs: int, seed: int, first: int, seconds: float, folder: Path, keep: Path, told: Callable[[Tally], None]
) -> tuple[Tally, str | None]:
    """One process; its last count, and how it died if it did."""
    said = folder / "tally.json"
    numbers = [str(number) for number in (inputs, seed, first, min(seconds, 1e9))]
    command = [sys.executable, "-m", "tests.fuzz.guard", name, *numbers, str(folder), str(keep)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"})
    try:
        _watch(process, folder, told)
    finally:
        process.kill()
        process.wait()
    tally = _read(said)
    if process.returncode == 0:
        return tally, None
    newest = max(folder.glob("fuzz*"), key=lambda path: path.stat().st_mtime, default=None)
    keep.mkdir(parents=True, exist_ok=True)
    if newest is not None:
        (keep / f"{name}-died-{first + tally.inputs}.bin").write_bytes(newest.read_bytes())
    return tally, f"the process ended with {process.returncode} after input {first + tally.inputs}"


def _watch(process: subprocess.Popen[bytes], folder: Path, told: Callable[[Tally], None]) -> None:
    """Wait until a process ends, or shows no sign of life for too long; tell its count when it has grown."""
    said, last, since, counted = folder / "tally.json", 0.0, monotonic(), 0
    while process.poll() is None:
        sleep(0.2)
        life = max((path.stat().st_mtime for path in folder.iterdir() if path.exists()), default=0.0)
        if life != last:
            last, since = life, monotonic()
        elif monotonic() - since > (MOST_SILENCE if last else MOST_START):
            return
        tally = _read(said)
        if tally.inputs > counted:
            counted = tally.inputs
            told(tally)


def _read(path: Path) -> Tally:
    """A tally that a process wrote."""
    if not path.exists():
        return Tally()
    values = json.loads(path.read_text(encoding="utf-8"))
    return Tally(**{**values, "came": Counter(values["came"])})


def _added(whole: Tally, more: Tally) -> Tally:
    """The count of one process added to that of those before it."""
    return Tally(
        whole.inputs + more.inputs,
        whole.distinct + more.distinct,
        whole.came + more.came,
        {**whole.faults, **more.faults},
        whole.seconds + more.seconds,
        *(max(pair) for pair in ((whole.slowest, more.slowest), (whole.mib, more.mib))),
        max(whole.lines, more.lines),
    )


def table(name: str, tally: Tally, died: list[str]) -> str:
    """The count in lines."""
    faults, refused = number_of(tally.came, "fault"), number_of(tally.came, "refused")
    each = 1000.0 * tally.seconds / max(tally.inputs, 1)
    lines = [
        f"{name}: {tally.inputs:,} inputs ({tally.distinct:,} of them different)",
        f"  {tally.seconds:,.0f} s of the processor, {each:.2f} ms each",
        f"  read {tally.came['read']:,}, refused in words {refused:,}, faults {faults:,}, processes that died {len(died):,}",
        f"  slowest input {tally.slowest:.2f} s, most memory in use {tally.mib:.0f} MiB, {tally.lines:,} lines run for the first time",
    ]
    lines += [f"    {count:>10,}  {what}" for what, count in tally.came.most_common()]
    return "\n".join([*lines, *(f"  died: {how}" for how in died)]) + "\n"


def child(arguments: list[str]) -> None:
    """Read inputs in this process, its memory bounded, and write the count as it grows."""
    name, (inputs, seed, first), seconds = arguments[0], map(int, arguments[1:4]), float(arguments[4])
    folder, keep = Path(arguments[5]), Path(arguments[6])

    def tell(tally: Tally) -> None:
        (folder / "tally.new").write_text(written(tally), encoding="utf-8")
        (folder / "tally.new").replace(folder / "tally.json")

    _bound(name, folder)
    tally = fuzz(name, inputs, seed, folder, seconds, first, tell)
    tell(tally)
    if tally.faults:
        for path in keep_faults(name, tally, folder, keep):
            sys.stderr.write(f"kept {path}\n")


def _bound(name: str, folder: Path) -> None:
    """Bound the addresses once the libraries of the reader are there."""
    fuzz(name, 200, 0, folder)
    used = (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        if Path("/proc/self/statm").exists()
        else 0
    )
    if used:
        resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MORE, used + MOST_MORE))


if __name__ == "__main__":
    child(sys.argv[1:])
