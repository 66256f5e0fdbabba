"""Running a sweep: what is missing is run, what has ended is kept, and the tables are made once nothing is missing."""

from __future__ import annotations

import errno
import os
import pickle
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError
from sim.runs.outcome import MeasureFacts
from sim.runs.progress import progress_bar
from sim.runs.scenarios import usage_error
from sim.runs.stored.facts import available_processors
from sim.runs.stored.folder import refused
from sim.runs.sweep.dispatch import run_here, run_on_executor
from sim.runs.sweep.identity import differences
from sim.runs.sweep.journal import Journal, StoredRun, failed_runs, journal_name, journals_in
from sim.runs.sweep.locks import finishing_lock, folder_lock
from sim.runs.sweep.manifest import as_plain, change_status, first_manifest, write_inputs
from sim.runs.sweep.merging import all_ended, runs_in_order
from sim.runs.sweep.numbering import in_order
from sim.runs.sweep.plan import SweepPlan, plan_of
from sim.runs.sweep.processes import run_in_processes
from sim.runs.sweep.storage import COMPLETE, TABLES, clean, made_folder, read_manifest, whole_file, write_manifest
from sim.runs.sweep.stored import Sweep, load_sweep
from sim.runs.sweep.tables import write_tables
from sim.runs.sweep.task import LOST, RunOutcome, RunTask, outcomes
from sim.runs.sweep.waiting import Waiting
from sim.runs.workers import Factory, refuse_within_import, script_can_be_imported

if TYPE_CHECKING:
    from sim.settings.experiment import Experiment

__all__ = ["Stopped", "SweepInterrupted", "repeat_run", "sweep"]


class Stopped(RunError):
    """A sweep that could not go on, such as for a full disk; what had ended is kept, and the same call goes on."""


class SweepInterrupted(KeyboardInterrupt):
    """A sweep that was stopped by hand; what had ended is kept, and the same call goes on."""


def sweep(
    experiment: str | os.PathLike[str] | Experiment,
    out: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    cluster: str | None = None,
    shard: tuple[int, int] | None = None,
    factory: Factory | None = None,
    retry_failed: bool = False,
    quiet: bool = True,
    *,
    measures: Mapping[str, MeasureFacts] | None = None,
    reduced: bool = False,
) -> Sweep:
    """Run every point of an experiment with every seed. The same call again goes on where it was stopped.

    Parameters
    ----------
    experiment : str, path or Experiment
        A name such as ``spare-capacity``, the path of an experiment file, or an experiment.
    out : path, optional
        The folder; one in ``results/`` with the name of the experiment when left out.
    workers : int, optional
        Processes; as many as there are processors when left out, 1 runs in this process. The tables are the same for any number.
    executor : concurrent.futures.Executor, optional
        Runs in place of processes of our own.
    cluster : str, optional
        The address of a Dask cluster that runs in place of processes of our own.
    shard : (int, int), optional
        Run one part alone: ``(3, 100)`` is the third of a hundred. Whoever finds that no run is missing makes the tables.
    factory : callable, optional
        Makes an economy from a scenario and a seed; the model itself when left out.
    retry_failed : bool
        Run again what failed.
    quiet : bool
        No progress bar.
    measures : mapping, optional
        What is known about measures; those of the package when left out.
    reduced : bool
        Few points, seeds and months, to try the experiment.

    Returns
    -------
    Sweep
        Read back from the folder. Runs that failed are in `Sweep.failures`, and in no number.

    Raises
    ------
    sim.errors.InputError
        When the experiment or an argument does not fit, or the folder is that of another sweep.
    sim.errors.RunError
        When another process works in the folder, or the workers could not be used at all.
    Stopped
        When the disk is full; what had ended is kept.
    SweepInterrupted
        After Ctrl-C; what had ended is kept.

    Examples
    --------
    >>> import sim
    >>> result = sim.sweep("spare-capacity", out="results/spare-capacity")  # doctest: +SKIP
    >>> result.difference("jobs", "anytown/buy-local").mean(axis=1)  # doctest: +SKIP
    """
    plan = plan_of(experiment, out, factory, measures, reduced=reduced)
    return run_plan(
        replace(
            plan,
            workers=_number_of(workers),
            executor=executor,
            cluster=cluster,
            shard=_checked(shard),
            retry_failed=retry_failed,
            quiet=quiet,
        )
    )


def _number_of(workers: int | None) -> int:
    """How many workers."""
    if workers is not None and workers < 1:
        raise usage_error("workers", workers, "1 or more", "write 1, or leave it out", "there must be a worker")
    return available_processors() if workers is None else workers


def _checked(shard: tuple[int, int] | None) -> tuple[int, int] | None:
    """A shard that can be."""
    if shard is not None and not 1 <= shard[0] <= shard[1]:
        given = f"{shard[0]}/{shard[1]}"
        raise usage_error("shard", given, "a part and the number of parts, such as 3/100", "count from 1", "there is no such shard")
    return shard


def run_plan(plan: SweepPlan) -> Sweep:
    """Run what is missing, and make the tables once nothing is; returns and errors as `sweep`."""
    _refuse_too_large(plan)
    folder = made_folder(plan.folder)
    with _words_for_trouble(plan), folder_lock(folder, plan.shard):
        _prepare(plan, folder)
        if not _is_complete(plan, folder):
            _run_missing(plan, folder)
            _finish(plan, folder)
        elif not (read_manifest(folder) or {})["runs"]["failed"]:
            _forget_journals(folder)
    return load_sweep(folder)


def _refuse_too_large(plan: SweepPlan) -> None:
    """Refuse a place that can't fit into memory before any run, where runs are on this machine; else each would fail of its own."""
    if plan.work.factory is None and plan.executor is None and plan.cluster is None:
        from sim.start.memory import refuse_too_large

        for scenario in plan.work.experiment.scenarios.values():
            refuse_too_large(scenario)


def _prepare(plan: SweepPlan, folder: Path) -> None:
    """Make the folder that of this sweep, or see that it is."""
    fresh = as_plain(first_manifest(plan.work, plan.points, plan.command(for_others=True)))
    there = read_manifest(folder)
    if there is not None:
        found = differences(there["identity"], fresh["identity"])
        if found:
            another = f"the folder holds another sweep, which differs in {'; '.join(found)}"
            raise refused(folder, another, "choose another folder with --out, or move this one away", "a new folder, or that of this sweep")
    if plan.shard is None:
        clean(folder)
    if there is None or plan.shard is None:
        kept: dict[str, Any] = {} if there is None else {name: there[name] for name in ("status", "runs", "created") if name in there}
        # The manifest first: a folder without one is taken for something else.
        write_manifest(folder, {**fresh, **kept})
        write_inputs(folder, plan.work, plan.points)
    elif not (folder / "points.parquet").exists():
        write_inputs(folder, plan.work, plan.points)


def _is_complete(plan: SweepPlan, folder: Path) -> bool:
    """Whether the tables are there and nothing is to be tried again."""
    manifest = read_manifest(folder) or {}
    if manifest.get("status") != COMPLETE or not all((folder / name).exists() for name in TABLES):
        return False
    return not (manifest["runs"]["failed"] and (plan.retry_failed or LOST in _errors(folder)))


def _errors(folder: Path) -> set[str]:
    """Kinds of errors of the runs that failed."""
    return {run.failure.error for path in journals_in(folder) for run in failed_runs(path) if run.failure is not None}


def _run_missing(plan: SweepPlan, folder: Path) -> None:
    """Run what no journal holds."""
    missing = _missing(plan, folder)
    if not len(missing):
        return
    change_status(folder, status="running")
    waiting = Waiting(missing, plan.numbering, plan.points, plan.groups)
    words = f"Runs of {plan.work.experiment.name}" + (f", shard {plan.shard[0]}/{plan.shard[1]}" if plan.shard else "")
    with Journal(folder / journal_name(plan.shard)) as journal, progress_bar(len(missing), words, quiet=plan.quiet) as step:

        def keep(found: list[RunOutcome]) -> None:
            journal.write([_stored(plan, outcome) for outcome in found])
            for _ in found:
                step()

        _dispatch(plan, folder, waiting, keep)


def _missing(plan: SweepPlan, folder: Path) -> NDArray[np.int64]:
    """Runs that have not ended, or failed in a way that is to be tried again, in the order in which they are best made."""
    journals = journals_in(folder)
    ended = all_ended(journals)
    for path in journals:
        for run in failed_runs(path):
            if not ended.get(run.run, True) and run.failure is not None and (plan.retry_failed or run.failure.error == LOST):
                del ended[run.run]
    runs = in_order(plan.numbering, plan.groups, plan.shard)
    return runs[~np.isin(runs, np.fromiter(ended, np.int64, len(ended)))]


def _dispatch(plan: SweepPlan, folder: Path, waiting: Waiting, keep: Any) -> None:
    """Have the runs made by whoever was asked for."""
    if plan.cluster is not None:
        from sim.runs.sweep.cluster import cluster_executor

        with cluster_executor(plan.cluster) as executor:
            run_on_executor(waiting, plan.work, executor, plan.workers, keep)
    elif plan.executor is not None:
        run_on_executor(waiting, plan.work, plan.executor, 2 * plan.workers, keep)
    elif plan.workers == 1 or not script_can_be_imported():
        run_here(waiting, plan.work, keep)
    else:
        refuse_within_import()
        with _work_file(plan, folder) as path:
            run_in_processes(waiting, path, plan.workers, keep)


@contextmanager
def _work_file(plan: SweepPlan, folder: Path) -> Iterator[Path]:
    """The work in a file from which workers read it: it is larger than the pipe to a process that begins holds."""
    path = folder / f".work-{journal_name(plan.shard)}"
    with whole_file(path) as part:
        part.write_bytes(pickle.dumps(plan.work))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _stored(plan: SweepPlan, outcome: RunOutcome) -> StoredRun:
    """A run as its journal holds it."""
    run = plan.numbering.of(outcome.point, outcome.seed)
    return StoredRun(run, outcome.values.reshape(-1), outcome.failure, outcome.seconds)


def _finish(plan: SweepPlan, folder: Path) -> None:
    """Make the tables if no run is missing; the journals go once the tables are whole and no run has failed."""
    with finishing_lock(folder):
        # Two shards may end together: the second finds that the first has made the tables.
        if plan.shard is None or not _is_complete(plan, folder):
            _make_tables(plan, folder)


def _make_tables(plan: SweepPlan, folder: Path) -> None:
    """The tables of all runs, if none is missing."""
    journals = journals_in(folder)
    ended = all_ended(journals)
    counts = _counts(plan, ended)
    if len(ended) < plan.numbering.total:
        return
    layout = plan.layout
    write_tables(folder, layout, runs_in_order(journals, plan.numbering.total, layout.numbers), plan.repeat)
    change_status(folder, status=COMPLETE, runs=counts)
    if not counts["failed"]:
        _forget_journals(folder)


def _counts(plan: SweepPlan, ended: Mapping[int, bool]) -> dict[str, int]:
    """How many runs there are, and of those that have ended how many are good and how many failed."""
    good = sum(ended.values())
    return {"all": plan.numbering.total, "good": good, "failed": len(ended) - good}


def _forget_journals(folder: Path) -> None:
    """Delete the journals, whose runs are all in the tables."""
    for path in journals_in(folder):
        path.unlink(missing_ok=True)


@contextmanager
def _words_for_trouble(plan: SweepPlan) -> Iterator[None]:
    """Say in words what stopped a sweep, how much is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        _note_stop(plan)
        raise SweepInterrupted(f"Stopped. {_kept(plan)}") from None
    except (sqlite3.Error, OSError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        full = "; the disk may be full" if _says_full(error) else ""
        where = plan.folder.as_posix()
        raise Stopped(f"The sweep stopped: {where} could not be written ({cause}){full}.\n{_kept(plan)}") from error


def _says_full(error: Exception) -> bool:
    """Whether an error is one of those that a full disk gives."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return any(word in str(error) for word in ("full", "disk I/O"))


def _note_stop(plan: SweepPlan) -> None:
    """Say in the manifest that nobody runs the sweep now; a part of it leaves that to the whole."""
    if plan.shard is None:
        with suppress(OSError, sqlite3.Error, RunError):
            ended = all_ended(journals_in(plan.folder))
            change_status(plan.folder, status="partial", runs=_counts(plan, ended))


def _kept(plan: SweepPlan) -> str:
    """How much is kept and how to go on."""
    total = plan.numbering.total
    try:
        ended = f"{len(all_ended(journals_in(plan.folder)))} of {total} runs have ended and are kept"
    except (sqlite3.Error, OSError, RunError):
        ended = f"Those of the {total} runs that have ended are kept"
    again = f"to go on, give the same command: {plan.command()}" if plan.run else "the same call goes on"
    return f"{ended} in {plan.folder.as_posix()}; {again}"


def repeat_run(
    experiment: str | os.PathLike[str] | Experiment,
    point: int,
    seed: int,
    factory: Factory | None = None,
    *,
    measures: Mapping[str, MeasureFacts] | None = None,
    reduced: bool = False,
) -> RunOutcome:
    """Make one run of an experiment here, and keep nothing.

    Parameters
    ----------
    experiment, factory, measures, reduced
        As for `sweep`.
    point, seed : int
        Which run.

    Returns
    -------
    RunOutcome
        Its numbers, or its failure.

    Raises
    ------
    sim.errors.InputError
        When there is no such point; any seed will do.
    """
    plan = plan_of(experiment, "unused", factory, measures, reduced=reduced)
    if not 0 <= point < len(plan.points):
        last = len(plan.points) - 1
        raise usage_error("point", point, f"0 to {last}", "see points.parquet in the folder of the sweep", "there is no such point")
    return next(outcomes(plan.work, RunTask(seed, (point,), plan.points[[point]], alone=True)))
