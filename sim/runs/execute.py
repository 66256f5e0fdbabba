"""Running arms over seeds, and making a result of what came back."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from sim.runs.outcome import Failure, MeasureFacts, SeedOutcome
from sim.runs.progress import progress_bar
from sim.runs.scenarios import describe_arms, known_measures, usage_error
from sim.runs.seeds import seed_options
from sim.runs.statistics import differences
from sim.runs.statistics.resilience import resilience_table
from sim.runs.statistics.summary import WINDOW, summarise
from sim.runs.stored import store
from sim.runs.stored.facts import available_processors, platform_facts, versions
from sim.runs.stored.folder import FORMAT, FORMAT_VERSION, scenario_file
from sim.runs.stored.result import Result
from sim.runs.stored.tables import build_tables
from sim.runs.words.headlines import headlines
from sim.runs.workers import Factory, SeedTask, run_tasks

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["Ended", "Interrupted", "Plan", "build_result", "check_plan", "execute", "result_of"]

MOST_MONTHS: Final = 1200
#: How an interval is made, in words for a reader.
METHOD: Final = (
    "Paired runs: within a seed all arms share every draw that concerns the same agent. Each measure is one number for a seed (the last "
    f"{WINDOW} months by its own rule). The interval is the paired t interval at 95% (Law, Simulation Modeling and Analysis, 2015, "
    "section 10.2.1); where the differences are too skewed for it (Cochran 1977, page 42) a bootstrap-t interval stands beside it and "
    "a difference counts only when both exclude nought."
)


class Interrupted(KeyboardInterrupt):
    """A run that was stopped by hand.

    Parameters
    ----------
    result : Result or None
        What was done, marked partial; None when no seed had ended.
    message : str
        What was kept and how to go on.
    """

    def __init__(self, result: Result | None, message: str) -> None:
        super().__init__(message)
        self.result = result
        self.message = message


@dataclass(frozen=True)
class Plan:
    """What to run and how.

    Parameters
    ----------
    kind : {"run", "compare"}
        One arm, or several.
    arms : mapping of str to Scenario
        By name, the reference first.
    given : tuple of str
        The arms as the user named them, for the command that repeats a run.
    seeds : tuple of int
        Seeds in order.
    months : int
        Months to run.
    workers : int or None
        Processes; None takes as many as there are processors.
    out : Path or None
        The result folder; None writes nothing.
    executor, factory, measures
        Stand-ins for processes of our own, for the model and for its measures.
    quiet : bool
        No progress bar.
    """

    kind: str
    arms: Mapping[str, Scenario]
    given: tuple[str, ...]
    seeds: tuple[int, ...]
    months: int
    workers: int | None = None
    out: Path | None = None
    executor: Executor | None = None
    factory: Factory | None = None
    measures: Mapping[str, MeasureFacts] | None = None
    quiet: bool = True

    @property
    def n_workers(self) -> int:
        """Processes that are used."""
        wanted = available_processors() if self.workers is None else self.workers
        return max(1, min(wanted, len(self.seeds)))

    def command(self, seeds: Sequence[int] | None = None) -> str:
        """The command that runs some of the seeds."""
        chosen = seed_options(self.seeds if seeds is None else seeds)
        own = {scenario.months for scenario in self.arms.values()}
        months = [] if own == {self.months} else ["--months", str(self.months)]
        return shlex.join(["localwealth", self.kind, *self.given, *chosen, *months])


@dataclass(frozen=True)
class Ended:
    """Which seeds ran, which failed, and how long it took."""

    done: tuple[int, ...]
    failures: tuple[Failure, ...]
    seed_seconds: Mapping[str, float]
    seconds: float


def execute(plan: Plan) -> Result:
    """Run a plan and return its result, written when the plan has a folder.

    Raises
    ------
    sim.errors.InputError
        When the plan can't be run.
    sim.errors.RunError
        When the workers could not be used at all.
    Interrupted
        After Ctrl-C; it holds what was done.
    """
    check_plan(plan)
    measures = known_measures() if plan.measures is None else plan.measures
    unfinished = None if plan.out is None else store.claim(plan.out)
    began = perf_counter()
    outcomes: list[SeedOutcome] = []
    try:
        _run(plan, outcomes)
        return _finish(plan, outcomes, measures, unfinished, perf_counter() - began, interrupted=False)
    except KeyboardInterrupt:
        if not any(outcome.failure is None for outcome in outcomes):
            message = "Stopped before the first seed had ended: nothing was kept."
            raise Interrupted(None, f"{message} To run again: {plan.command()}") from None
        result = _finish(plan, outcomes, measures, unfinished, perf_counter() - began, interrupted=True)
        raise Interrupted(result, _how_to_go_on(plan, result)) from None
    finally:
        if unfinished is not None:
            store.release(unfinished)


def _run(plan: Plan, outcomes: list[SeedOutcome]) -> None:
    """Run all seeds; outcomes are kept as they come in."""
    tasks = [SeedTask(seed, plan.arms, plan.months, plan.factory) for seed in plan.seeds]
    words = f"{len(plan.arms)} arms" if len(plan.arms) > 1 else next(iter(plan.arms))
    with progress_bar(len(tasks), f"Seeds of {words}", quiet=plan.quiet) as step:

        def done(outcome: SeedOutcome) -> None:
            outcomes.append(outcome)
            step()

        run_tasks(tasks, plan.n_workers, plan.executor, done)


def check_plan(plan: Plan) -> None:
    """Refuse what can't be run."""
    if plan.workers is not None and plan.workers < 1:
        raise usage_error("workers", plan.workers, "1 or more", "write 1, or leave it out", "there must be a worker")
    if not 1 <= plan.months <= MOST_MONTHS:
        raise usage_error("months", plan.months, f"1 to {MOST_MONTHS}", "write 120", "so many months can't be run")
    if plan.factory is None and plan.executor is None:
        from sim.start.memory import refuse_too_large

        for scenario in plan.arms.values():
            refuse_too_large(scenario)


def _finish(
    plan: Plan,
    outcomes: Sequence[SeedOutcome],
    measures: Mapping[str, MeasureFacts],
    unfinished: Path | None,
    seconds: float,
    *,
    interrupted: bool,
) -> Result:
    """The result of what was done, written when it has a folder."""
    result = build_result(plan, outcomes, measures, seconds, interrupted=interrupted)
    if unfinished is None:
        return result
    return replace(result, path=store.publish(result, unfinished))


def build_result(
    plan: Plan, outcomes: Sequence[SeedOutcome], measures: Mapping[str, MeasureFacts], seconds: float, *, interrupted: bool = False
) -> Result:
    """Make a result of outcomes that came in in any order."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.seed)
    ended = Ended(
        tuple(outcome.seed for outcome in ordered if outcome.failure is None),
        tuple(outcome.failure for outcome in ordered if outcome.failure is not None),
        {str(outcome.seed): round(outcome.seconds, 3) for outcome in ordered},
        round(seconds, 3),
    )
    return result_of(plan, build_tables(list(plan.arms), ordered), ended, measures, interrupted=interrupted)


def result_of(
    plan: Plan, tables: Mapping[str, Any], ended: Ended, measures: Mapping[str, MeasureFacts], *, interrupted: bool = False
) -> Result:
    """Make a result of the tables of all seeds that ran."""
    names, done = list(plan.arms), list(ended.done)
    found = {**tables, "resilience": resilience_table(tables["series"], plan.arms, done, plan.months)}
    summary = summarise(tables["series"], names, done, plan.months, measures)
    arms = describe_arms(plan.arms)
    recorded = {name.partition("/")[0] for name in summary["measure"]}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "kind": plan.kind,
        "status": "failed" if not done else "complete" if len(done) == len(plan.seeds) else "partial",
        "interrupted": interrupted,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "place": _place_facts(plan),
        "start": arms[0].start,
        "months": plan.months,
        "arms": [{"name": arm.name, "title": arm.title, "file": scenario_file(i, arm.name)} for i, arm in enumerate(arms)],
        "seeds": {"requested": list(plan.seeds), "done": done, "failed": [failure.seed for failure in ended.failures]},
        "failures": [{**failure.as_dict(), "repeat": plan.command([failure.seed])} for failure in ended.failures],
        "measures": {name: facts.as_dict() for name, facts in sorted(measures.items()) if name in recorded},
        "headlines": headlines(sorted(set(summary["measure"]))),
        "statistics": _statistics_facts(summary["p_value"].notna().sum()),
        "accounting": _accounting(tables["accounts"]),
        "notes": _notes(plan.arms, plan.months),
        "command": plan.command(),
        "versions": versions(),
        "platform": platform_facts(),
        "timings": {"seconds": ended.seconds, "workers": plan.n_workers, "seed_seconds": dict(ended.seed_seconds)},
    }
    resolved, files = ({arm.name: getattr(arm, part) for arm in arms} for part in ("resolved", "text"))
    return Result(manifest, resolved, files, {**found, "summary": summary})


def _place_facts(plan: Plan) -> dict[str, Any]:
    """The place of the reference arm; for a copy its residents, and those of the place at full size."""
    reference = next(iter(plan.arms.values()))
    place, currency = reference.place, reference.place.currency
    is_copy = reference.residents != reference.full_residents
    copy = {"copy": {"residents": reference.residents, "of": reference.full_residents}} if is_copy else {}
    return {
        **copy,
        "name": place.name,
        "title": place.title,
        "invented": place.invented,
        "currency": {"code": currency.code, "symbol": currency.symbol, "minor_units": currency.minor_units},
    }


def _statistics_facts(tests: int) -> dict[str, Any]:
    """How intervals were made, and how many differences luck alone is expected to show."""
    return {
        "method": METHOD,
        "confidence": differences.CONFIDENCE,
        "power": differences.POWER,
        "window_months": WINDOW,
        "tests": int(tests),
        "expected_false_alarms": round(differences.expected_false_alarms(int(tests)), 2),
    }


def _accounting(accounts: Any) -> dict[str, Any]:
    """The accounting check of all runs together."""
    largest = int(accounts["largest_residual"].abs().max()) if len(accounts) else 0
    return {
        "runs": len(accounts),
        "months_checked": int(accounts["months_checked"].sum()),
        "bookings": int(accounts["bookings"].sum()),
        "largest_residual": largest,
        "closed": bool(len(accounts)) and largest == 0,
    }


def _notes(arms: Mapping[str, Scenario], months: int) -> list[str]:
    """What a reader of the comparison as a whole should know."""
    reference = next(iter(arms.values()))
    notes = []
    for name, scenario in arms.items():
        late = [f"{use.use} (month {use.start})" for use in (*scenario.policies, *scenario.shocks) if use.start > months]
        if late:
            notes.append(f"{name} has what begins only after the {months} months that were run: {', '.join(late)}")
    for name, scenario in list(arms.items())[1:]:
        if scenario.place != reference.place:
            notes.append(f"{name} is of another place than the reference: its difference is not that of policies alone")
        if scenario.start != reference.start:
            notes.append(f"{name} begins in another month than the reference")
        if scenario.parameters != reference.parameters:
            notes.append(f"{name} has other parameters than the reference: its difference is not that of policies alone")
    return notes


def _how_to_go_on(plan: Plan, result: Result) -> str:
    """What was kept after an interruption, and the commands to go on."""
    done = set(result.seeds)
    left = [seed for seed in plan.seeds if seed not in done]
    kept = f"Stopped. {len(done)} of {len(plan.seeds)} seeds had ended"
    kept += f" and are kept in {result.path.as_posix()}, marked partial." if result.path is not None else " and are kept, marked partial."
    return f"{kept}\nTo run the rest:  {plan.command(left)}\nTo run all again: {plan.command()}" if left else kept
