"""The command ``sweep``."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from sim.cli.common import FAILED, friendly, print_json, say
from sim.cli.options import Json, NoReport, Quiet, Workers

if TYPE_CHECKING:
    from sim.runs.sweep.answers import Answers
    from sim.runs.sweep.stored import Sweep
    from sim.runs.sweep.task import RunOutcome

__all__ = ["WITH_FAILURES", "sweep"]

#: Exit code of a sweep that ended, with runs that failed.
WITH_FAILURES: Final = 4
_SHOWN: Final = 5
#: Answers that are said in the terminal.
_SAID: Final = ("headline", "lost", "convergence")


@friendly
def sweep(
    experiment: Annotated[str, typer.Argument(help="Name or path of an experiment.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder of the sweep; results/NAME when left out. One that is there is gone on with.")
    ] = None,
    workers: Workers = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Run on a Dask cluster: its address, such as tcp://host:8786, or its scheduler file.")
    ] = None,
    shard: Annotated[str | None, typer.Option("--shard", help="Run one part of so many, such as 3/100.")] = None,
    point: Annotated[
        int | None, typer.Option("--point", help="Number of a setting. With --seed: make one run again and show it; keeps nothing.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="With --point: the seed of the run.")] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Run again what failed.")] = False,
    reduced: Annotated[bool, typer.Option("--reduced", help="A quick look, and no answer: few settings, seeds and months.")] = False,
    no_report: NoReport = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run every setting of an experiment with every seed, and write tables, answers and a report. The same command goes on after a stop.

    \b
    Examples:
      localwealth sweep spare-capacity
      localwealth sweep my-experiment.yaml --reduced
      localwealth sweep spare-capacity --shard 3/100
    """
    if point is not None or seed is not None:
        _repeat(experiment, point, seed, reduced=reduced, as_json=as_json)
        return
    from sim.errors import RunError
    from sim.runs.sweep.runner import sweep as run_sweep

    part = _shard(shard)
    if cluster is not None:
        _reach(cluster, experiment, out, reduced=reduced)
    try:
        with _stopped_by_the_system():
            found = run_sweep(
                experiment, out, workers, cluster=cluster, shard=part, retry_failed=retry_failed, quiet=quiet, reduced=reduced
            )
    except RunError as error:
        say(str(error))
        raise typer.Exit(FAILED) from None
    _show(found, part, report=not no_report, as_json=as_json, quiet=quiet)


def _reach(cluster: str, experiment: str, out: Path | None, *, reduced: bool) -> None:
    """See that a cluster can be used before a new folder is made, which would be in the way of another experiment."""
    from sim.runs.sweep.cluster import cluster_executor
    from sim.runs.sweep.plan import plan_of

    if not plan_of(experiment, out, reduced=reduced).folder.exists():
        with cluster_executor(cluster):
            pass


@contextmanager
def _stopped_by_the_system() -> Iterator[None]:
    """Take the signal by which a batch system ends a job for a Ctrl-C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _shard(given: str | None) -> tuple[int, int] | None:
    """A part and the number of parts."""
    if given is None:
        return None
    part, stroke, parts = given.partition("/")
    if stroke and part.isdecimal() and parts.isdecimal():
        return int(part), int(parts)
    from sim.runs.scenarios import usage_error

    allowed = "a part and the number of parts with a stroke between, such as 3/100"
    raise usage_error("shard", given, allowed, "write --shard 1/10", "this is no shard")


def _show(found: Sweep, shard: tuple[int, int] | None, *, report: bool, as_json: bool, quiet: bool) -> None:
    """Say what came of a sweep, build its report, and leave with 4 when runs failed."""
    from sim.runs.sweep.written_answers import write_answers

    folder = found.path.as_posix()
    counts, failures = found.manifest["runs"], found.failures
    answers = write_answers(found) if found.complete and counts["good"] else None
    path = _report_of(found, answers) if report and answers is not None else None
    if as_json:
        facts = {key: found.manifest[key] for key in ("name", "status", "runs", "points", "seeds", "command")}
        print_json({"result": folder, "report": path, **facts, "failures": failures.to_dict("records")})
    elif quiet:
        typer.echo(folder)
    else:
        good = counts["all"] - len(failures) if found.complete else found.ended - len(failures)
        part = "" if shard is None else f"Shard {shard[0]}/{shard[1]} has ended. "
        typer.echo(f"{part}{found.manifest['title']}: {good} of {counts['all']} runs are there, {len(failures)} failed.")
        if not found.complete:
            typer.echo("Tables are made by the shard that ends last, or by the same command without --shard.")
        if answers is not None:
            for words in (answers.sentences[about] for about in _SAID if about in answers.sentences):
                typer.echo(words)
        typer.echo(_quick_look(found), nl=False)
        typer.echo(f"Result: {folder}")
        if path is not None:
            typer.echo(f"Report: {path}")
    if len(failures):
        _say_failures(failures.to_dict("records"))
        raise typer.Exit(WITH_FAILURES)


def _say_failures(failures: list[dict[str, Any]]) -> None:
    """Name the first runs that failed, each with the command that makes it again."""
    for failure in failures[:_SHOWN]:
        arm = f", {failure['arm']}" if failure["arm"] else ""
        say(f"Failed: setting {failure['point']}, seed {failure['seed']}{arm}: {failure['error']}: {failure['message'][:200]}")
        if failure["repeat"]:
            say(f"  To make it again: {failure['repeat']}")
    if len(failures) > _SHOWN:
        say(f"and {len(failures) - _SHOWN} more, in failures.csv. With --retry-failed the same command runs them again.")


def _quick_look(found: Sweep) -> str:
    """What to bear in mind with a reduced sweep; empty for a whole one."""
    from sim.runs.sweep.manifest import is_reduced

    words = "This was a quick look, with fewer settings, seeds and months: no answer to the experiment's question.\n"
    return words if is_reduced(found.manifest) else ""


def _report_of(found: Sweep, answers: Answers) -> str:
    """Build the report of a sweep in which a run was good."""
    from sim.report.sweep.report import report_of_answers

    return report_of_answers(found, answers).as_posix()


def _repeat(experiment: str, point: int | None, seed: int | None, *, reduced: bool, as_json: bool) -> None:
    """Make one run again and show what came of it."""
    from sim.runs.scenarios import usage_error
    from sim.runs.sweep.plan import plan_of
    from sim.runs.sweep.runner import repeat_run

    if point is None or seed is None:
        given = f"--point {point}" if seed is None else f"--seed {seed}"
        raise usage_error("point", given, "both --point and --seed", "give both", "one run is one setting with one seed")
    plan = plan_of(experiment, reduced=reduced)
    last = len(plan.points) - 1
    if not 0 <= point <= last:
        remedy = "write --point with one of these; points.parquet, in the folder of the sweep, has their values"
        raise usage_error("point", point, f"0 to {last}", remedy, f"there are {last + 1} settings, counted from 0, and this is none")
    outcome = repeat_run(plan.work.experiment, point, seed)
    experiment_of, values = plan.work.experiment, plan.points[point]
    setting = {varied.name: float(value) for varied, value in zip(experiment_of.vary, values, strict=True)}
    numbers = _numbers(outcome, experiment_of.arms, experiment_of.measures)
    if as_json:
        failure = None if outcome.failure is None else outcome.failure.as_dict()
        print_json({"point": point, "seed": seed, "values": setting, "numbers": numbers, "failure": failure, "seconds": outcome.seconds})
    else:
        typer.echo(f"Setting {point}, seed {seed}: {', '.join(f'{name} {value:g}' for name, value in setting.items())}")
        for arm, of_arm in numbers.items():
            for measure, value in of_arm.items():
                typer.echo(f"  {arm}, {measure}: {value:.10g}")
    if outcome.failure is not None:
        arm = f"{outcome.failure.arm}: " if outcome.failure.arm else ""
        say(f"The run failed: {arm}{outcome.failure.error}: {outcome.failure.message}")
        say(f"  where: {outcome.failure.where}")
        raise typer.Exit(WITH_FAILURES)


def _numbers(outcome: RunOutcome, arms: tuple[str, ...], measures: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """The one number of each measure by arm; nothing when the run failed."""
    if outcome.failure is not None:
        return {}
    return {arm: {measure: float(outcome.values[place, row, 0]) for row, measure in enumerate(measures)} for place, arm in enumerate(arms)}
