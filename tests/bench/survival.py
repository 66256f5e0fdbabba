"""Nothing is lost: ``python -m tests.bench.survival``.

A sweep of 2,000 runs of the invented town is made undisturbed, and then again under each of these, with the same command given
again whenever it stopped:

- ``kills``: SIGKILL at 20 random moments, each to one worker, to all workers or to the parent;
- ``disk``: its folder on a small disk that is filled up again and again, and then given room;
- ``cluster``: on a Dask cluster of four worker processes, of which one is killed.

Each time the tables must be those of the undisturbed sweep, byte for byte. What was drawn is printed with its seed, so that it
can be drawn again. The exit code is 1 when a table differs or a process is left over. Linux only, since it reads /proc.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

PARTS: Final = ("kills", "disk", "cluster")
TABLES: Final = ("points.parquet", "runs.parquet", "summary.parquet", "failures.csv")
TARGETS: Final = ("one worker", "all workers", "the parent")
SEEDS: Final = 5
DISK_MIB: Final = 8
FILLED: Final = 6
PATIENCE: Final = 60.0
#: A town that opens without years of burn-in, so that most of the work is runs and not openings.
SCENARIO: Final = """\
title: Opens soon
based_on: anytown/buy-local
parameters: {behaviour.burn_in_months: 1}
"""
EXPERIMENT: Final = """\
title: Short runs
question: Does anything get lost?
scenarios: [{{name: opens-soon, scenario: opens-soon.yaml}}]
months: {months}
seeds: {seeds}
design: {{kind: latin-hypercube, points: {points}, seed: 1}}
vary:
  - policy: local_spend_target
    option: share
    low: 0.3
    high: 0.6
measures: [jobs, local_multiplier]
keep: every-year
"""


@dataclass(frozen=True)
class Trial:
    """What is run.

    Parameters
    ----------
    experiment : Path
        The experiment file.
    runs : int
        Its runs.
    workers : int
        Worker processes.
    number : random.Random
        Draws what is done and when.
    """

    experiment: Path
    runs: int
    workers: int
    number: random.Random

    def command(self, out: Path, *more: str) -> list[str]:
        """The command, the same each time."""
        options = ["--out", str(out), "--workers", str(self.workers), "--no-report", "--quiet", *more]
        return [sys.executable, "-m", "sim", "sweep", str(self.experiment), *options]


class Command:
    """The command while it runs."""

    def __init__(self, words: Sequence[str], out: Path) -> None:
        self.out = out
        self.process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def workers(self) -> list[int]:
        """Its worker processes."""
        try:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8").split()
            return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
        except (FileNotFoundError, ProcessLookupError):
            return []

    def ended(self) -> int:
        """How many runs are in its journal; those of a finished sweep are in its tables."""
        from sim.runs.sweep.journal import journals_in
        from sim.runs.sweep.merging import all_ended

        try:
            return len(all_ended(journals_in(self.out)))
        except Exception:  # between two writes a journal may be unreadable for a moment
            return 0

    def wait_until(self, runs: int) -> bool:
        """Wait until so many runs have ended; False when the command ended before."""
        while self.process.poll() is None:
            if self.ended() >= runs:
                return True
            sleep(0.1)
        return False

    def end(self) -> tuple[int, str]:
        """Wait for its end: exit code and what it said."""
        _, words = self.process.communicate()
        return self.process.returncode, words.strip()


def say(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def finish(trial: Trial, out: Path, *more: str) -> None:
    """Give the command until it ends well."""
    for _ in range(5):
        code, words = Command(trial.command(out, *more), out).end()
        if code == 0:
            return
        say(f"  given again after exit code {code}: {words[-300:]}")
    raise RuntimeError("the sweep did not end well five times")


def undisturbed(trial: Trial, out: Path) -> dict[str, bytes]:
    """The tables of a sweep that nothing disturbs."""
    began, there = monotonic(), (out / "runs.parquet").exists()
    finish(trial, out)
    if there:
        say(f"Undisturbed: {trial.runs:,} runs are there already.")
        return tables(out)
    say(f"Undisturbed: {trial.runs:,} runs in {monotonic() - began:.0f} s on {trial.workers} workers.")
    return tables(out)


def tables(out: Path) -> dict[str, bytes]:
    """Bytes of every table."""
    return {name: (out / name).read_bytes() for name in TABLES}


def same(found: dict[str, bytes], wanted: dict[str, bytes], what: str) -> bool:
    """Say whether tables are those of the undisturbed sweep."""
    others = [name for name in TABLES if found[name] != wanted[name]]
    say(
        f"{what}: {'THE TABLES DIFFER: ' + ', '.join(others) if others else 'the tables are byte for byte those of the undisturbed sweep'}."
    )
    return not others


def killed(trial: Trial, out: Path, kills: int) -> bool:
    """Kill processes at random moments until all are made; say whether none was left over."""
    moments = sorted(trial.number.randrange(int(0.97 * trial.runs)) for _ in range(kills))
    clean, again = True, 0
    command = Command(trial.command(out), out)
    for place, moment in enumerate(moments, start=1):
        target, later = trial.number.choice(TARGETS), trial.number.random()
        if not command.wait_until(moment):
            say(f"  {place:>2} came too late: the command had ended with {command.end()}")
            command, again = Command(trial.command(out), out), again + 1
            continue
        sleep(later)
        workers, ended = command.workers(), command.ended()
        chosen = [command.process.pid] if target == "the parent" else workers if target == "all workers" else workers[:1]
        for process in chosen:
            kill(process)
        say(f"  {place:>2} SIGKILL to {target} ({len(chosen)}) with {ended:,} runs ended")
        if target == "the parent":
            command.end()
            clean &= gone(workers)
            command, again = Command(trial.command(out), out), again + 1
    code, words = command.end()
    if code != 0:
        say(f"  given again after exit code {code}: {words[-300:]}")
        finish(trial, out)
    say(f"  {kills} kills; the command was given again {again} times.")
    return clean


def kill(process: int) -> None:
    """Kill a process the hard way, if it is still there."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def gone(processes: Sequence[int]) -> bool:
    """Wait until processes have gone by themselves; say which have not."""
    before = monotonic()
    left = list(processes)
    while left and monotonic() - before < PATIENCE:
        left = [process for process in left if Path(f"/proc/{process}").exists() and not is_dead(process)]
        sleep(0.1)
    if left:
        say(f"  LEFT OVER: {left}")
    return not left


def is_dead(process: int) -> bool:
    """Whether a process is only waited for."""
    try:
        return ") Z" in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("ab", buffering=0) as stream:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    stream.write(b"\0" * size)
            except OSError:
                continue


def on_a_full_disk(trial: Trial, disk: Path) -> bool:
    """Fill the disk at random moments and see that the sweep stops in words; then give it room."""
    out, ballast, told = disk / "sweep", disk / "ballast", True
    moments = [0, *sorted(trial.number.randrange(int(0.97 * trial.runs)) for _ in range(FILLED - 1))]
    for place, moment in enumerate(moments, start=1):
        if moment == 0:
            fill(ballast)
        command = Command(trial.command(out), out)
        if moment and command.wait_until(moment):
            fill(ballast)
        code, words = command.end()
        ballast.unlink(missing_ok=True)
        told &= code not in (0, 4) and "Traceback" not in words and ("full" in words or "space" in words.lower())
        last = (words.splitlines() or ["nothing"])[-1]
        say(f"  {place:>2} disk full with {command.ended():,} runs ended; exit code {code}; it said: {last[:160]}")
    finish(trial, out)
    return told


def on_a_cluster(trial: Trial, out: Path, folder: Path) -> bool:
    """Run on four worker processes of a Dask cluster and kill one."""
    from support.dask_cluster import dask_cluster

    moment = trial.number.randrange(trial.runs // 10, trial.runs // 2)
    with dask_cluster(folder, workers=4) as cluster:
        began = monotonic()
        command = Command(trial.command(out, "--cluster", cluster.address), out)
        made = command.wait_until(moment)
        ended, victim = command.ended(), trial.number.randrange(4)
        cluster.kill_worker(victim)
        code, words = command.end()
        took = f"{monotonic() - began:.0f} s {words[-300:]}".strip()
        say(f"  SIGKILL to worker {victim + 1} of 4 with {ended:,} runs ended; exit code {code} after {took}")
        return made and code == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to run")
    parser.add_argument("--runs", type=int, default=2000, help="runs of the sweep (5 seeds at each point)")
    parser.add_argument("--months", type=int, default=12, help="months of each run")
    parser.add_argument("--kills", type=int, default=20, help="processes are killed so many times")
    parser.add_argument("--workers", type=int, default=2, help="worker processes")
    parser.add_argument("--folder", type=Path, help="keep the undisturbed sweep there, and use it when it is there already")
    parser.add_argument("--seed", type=int, default=1, help="draws what is done and when")
    given = parser.parse_args(arguments)
    # So that what was begun here ends with it, and the small disk goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(TemporaryDirectory(prefix="survival-")))
        folder.mkdir(parents=True, exist_ok=True)
        seeds = min(SEEDS, given.runs)
        points = max(2, given.runs // seeds)
        (folder / "opens-soon.yaml").write_text(SCENARIO, encoding="utf-8")
        file = folder / "short-runs.yaml"
        file.write_text(EXPERIMENT.format(months=given.months, seeds=seeds, points=points), encoding="utf-8")
        trial = Trial(file, points * seeds, given.workers, random.Random(given.seed))
        say(f"{points} points with {seeds} seeds, {given.months} months each; drawn with seed {given.seed}.")
        wanted = undisturbed(trial, folder / "undisturbed")
        parts = [run_part(part, trial, folder, wanted, given.kills) for part in PARTS if part in given.only]
        return 0 if all(parts) else 1


def fresh(folder: Path) -> Path:
    """A folder in which nothing lies."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def run_part(part: str, trial: Trial, folder: Path, wanted: dict[str, bytes], kills: int) -> bool:
    """Run one part; say whether nothing was lost and nothing left over."""
    say(f"{part}:")
    with ExitStack() as stack:
        if part == "kills":
            out = fresh(folder / "kills")
            well = killed(trial, out, kills)
        elif part == "disk":
            disk = stack.enter_context(small_disk(folder / "disk"))
            out = disk / "sweep"
            well = on_a_full_disk(trial, disk)
        else:
            out, dask = fresh(folder / "cluster"), fresh(folder / "dask")
            dask.mkdir()
            well = on_a_cluster(trial, out, dask)
        found = tables(out)
    shutil.rmtree(out, ignore_errors=True)
    return same(found, wanted, part) and well


if __name__ == "__main__":
    sys.exit(main())
