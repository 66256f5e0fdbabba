"""What made the difference: the effect of a package shared among its levers or pillars, from paired runs of parts of it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import UnknownNameError, nearest
from sim.runs.execute import Interrupted, Plan, check_plan
from sim.runs.explaining.coalitions import (
    CoalitionOutcome,
    CoalitionTask,
    Member,
    coalition_scenario,
    members_of,
    uses_beyond,
    without_policies,
)
from sim.runs.explaining.explanation import BY, Explanation, save_explanation
from sim.runs.explaining.kept_runs import KeptRuns
from sim.runs.explaining.main_arms import content_key, holds_arms, main_arms
from sim.runs.explaining.shapley import MOST_EXACT, Game, exact_game, sampled_game, sampled_orders
from sim.runs.explaining.shares import play, share_tables
from sim.runs.outcome import Failure, MeasureFacts
from sim.runs.progress import progress_bar
from sim.runs.scenarios import fill_registries, known_measures, load_arms, usage_error
from sim.runs.seeds import seed_list, seed_options
from sim.runs.stored.facts import available_processors, without_machine_paths
from sim.runs.stored.result import Result
from sim.runs.stored.store import free_name
from sim.runs.words.headlines import headlines
from sim.runs.workers import Factory, run_tasks

if TYPE_CHECKING:
    from sim.settings.scenario import PolicyUse, Scenario

__all__ = ["ORDERS", "explain", "usual_folder"]

#: Orders drawn for each seed when there are too many members to run every set.
ORDERS: Final = 10
#: Sets that share one opening on a worker; fewer are lost when a run is cut, more share the cost of the opening.
BATCH: Final = 8


@dataclass(frozen=True)
class Question:
    """What is to be explained, and how.

    Parameters
    ----------
    plan : Plan
        The two arms, the reference first, with seeds, months and folder.
    scenario : Scenario
        The scenario.
    uses : tuple of PolicyUse
        Its uses of policies beyond the reference.
    members : tuple of Member
        Who shares the effect.
    by : {"lever", "pillar"}
        What the members are.
    orders : int
        Orders drawn for each seed when there are more than eight members.
    command : str
        The command that asks the same again, without the folder.
    """

    plan: Plan
    scenario: Scenario
    uses: tuple[PolicyUse, ...]
    members: tuple[Member, ...]
    by: str
    orders: int
    command: str

    @property
    def command_to_keep(self) -> str:
        """The command with its folder, without folders of this machine."""
        return self.command_with(str(without_machine_paths(self.plan.out)))

    def command_with(self, folder: str) -> str:
        """The command with a folder, when there is one."""
        return self.command if self.plan.out is None else f"{self.command} --out {shlex.quote(folder)}"

    @property
    def is_exact(self) -> bool:
        """Whether every set of members is run."""
        return len(self.members) <= MOST_EXACT

    def games(self, seeds: Sequence[int]) -> dict[int, Game]:
        """The game of each seed."""
        if self.is_exact:
            return dict.fromkeys(seeds, exact_game(len(self.members)))
        return {seed: sampled_game(sampled_orders(len(self.members), self.orders, seed)) for seed in seeds}

    def uses_of(self, mask: int) -> int:
        """The uses of policies of a set of members."""
        return sum(member.uses for place, member in enumerate(self.members) if mask >> place & 1)


def explain(
    scenario: str | os.PathLike[str] | Scenario,
    reference: str | os.PathLike[str] | Scenario | None = None,
    by: str = "lever",
    seeds: int | Sequence[int] = 30,
    months: int | None = None,
    measures: Sequence[str] | None = None,
    permutations: int = ORDERS,
    workers: int | None = None,
    out: str | os.PathLike[str] | None = None,
    *,
    executor: Executor | None = None,
    factory: Factory | None = None,
    known: Mapping[str, MeasureFacts] | None = None,
    quiet: bool = True,
) -> Explanation:
    """Share the effect of a scenario among its levers or pillars by their Shapley values.

    Parameters
    ----------
    scenario : str, path or Scenario
        The package to explain.
    reference : str, path or Scenario, optional
        A scenario that differs by fewer policies alone; the scenario without its policies when left out.
    by : {"lever", "pillar"}
        Who shares: each use of a policy, or all policies of a pillar together. The share of a pillar is that of a game between
        pillars; it is not the sum of the shares of its levers.
    seeds, workers, out, executor, factory, quiet
        As for `compare`. A folder that is there already is used: what it holds is not run again.
    months : int, optional
        Months to run; those of the scenario when left out.
    measures : sequence of str, optional
        Measures to explain, besides what local accounts received through each channel; the headlines when left out. The name of a
        measure with keys means all its series.
    permutations : int
        With more than eight members, how many orders are drawn for each seed: an even number, half of them the others backwards.
    known : mapping, optional
        What is known about measures; those of the package when left out.

    Returns
    -------
    Explanation
        Seeds in which a run failed are in ``facts["failures"]`` and in no number.

    Raises
    ------
    sim.errors.InputError, sim.errors.UnknownNameError
        When the scenario can't be explained, or the arguments do not fit.
    sim.runs.execute.Interrupted
        After Ctrl-C; with a folder, what was done is kept there, and the same call goes on from it.

    Examples
    --------
    >>> import sim
    >>> explanation = sim.explain("anytown/full-package", by="pillar", seeds=10)  # doctest: +SKIP
    >>> explanation.shares("retention_place/all")  # doctest: +SKIP
    """
    fill_registries()
    facts = known_measures() if known is None else known
    _check(by, permutations, measures, facts)
    plan, uses = _plan(
        scenario, reference, seed_list(seeds), months, workers, None if out is None else Path(out), executor, factory, known, quiet
    )
    check_plan(plan)
    whole = plan.arms[list(plan.arms)[1]]
    members = members_of(uses, by)
    question = Question(plan, whole, uses, members, by, permutations, _command(plan, by, permutations, len(members), measures))
    try:
        result, names = main_arms(plan, facts)
    except Interrupted as stop:
        raise Interrupted(stop.result, _stopped(question, 0 if stop.result is None else 2 * len(stop.result.seeds))) from None
    return _explained(question, result, names, _chosen(measures, result), facts)


def usual_folder(
    scenario: str | os.PathLike[str] | Scenario, reference: str | os.PathLike[str] | Scenario | None = None, months: int | None = None
) -> Path:
    """Where an explanation lies when no folder is named: one of the same scenario that can go on, or else a new one."""
    plan, _ = _plan(scenario, reference, (1,), months, 1, None, None, None, None, True)
    name = plan.given[0]
    stem = f"explain {Path(name).stem if name.endswith(('.yaml', '.yml')) else name}"
    return free_name(stem, reused=lambda folder: holds_arms(folder, plan))


def _check(by: str, permutations: int, measures: Sequence[str] | None, facts: Mapping[str, MeasureFacts]) -> None:
    """Refuse what can't be explained, before anything is run."""
    if by not in BY:
        near = nearest(by, BY)
        raise usage_error("by", by, " or ".join(BY), f"write {near or BY[0]}", "effects are shared among levers or among pillars")
    if permutations < 2 or permutations % 2:
        allowed = "an even number of 2 or more"
        remedy = f"write {max(permutations + permutations % 2, 2)}"
        raise usage_error("permutations", permutations, allowed, remedy, "orders come in pairs, one forwards and one backwards")
    for name in measures or ():
        if name.partition("/")[0] not in facts:
            raise UnknownNameError("measure", name, sorted(facts))


def _plan(
    scenario: Any,
    reference: Any,
    seeds: tuple[int, ...],
    months: int | None,
    workers: int | None,
    out: Path | None,
    executor: Executor | None,
    factory: Factory | None,
    known: Mapping[str, MeasureFacts] | None,
    quiet: bool,
) -> tuple[Plan, tuple[PolicyUse, ...]]:
    """The two arms and how to run them, and the uses of policies between them."""
    asked = [scenario] if reference is None else [scenario, reference]
    loaded = list(load_arms(asked).values())
    uses = uses_beyond(loaded[0], loaded[1] if len(loaded) > 1 else None)
    first = loaded[1] if len(loaded) > 1 else without_policies(loaded[0])
    given = tuple(_given(item) for item in asked)
    arms = load_arms([first, loaded[0]])
    words = (given[0], *(("--reference", given[1]) if len(given) > 1 else ()))
    length = loaded[0].months if months is None else months
    return Plan("explain", arms, words, seeds, length, workers, out, executor, factory, known, quiet), uses


def _given(scenario: str | os.PathLike[str] | Scenario) -> str:
    """A scenario as the user named it, without folders of this machine."""
    named = os.fspath(scenario) if isinstance(scenario, (str, os.PathLike)) else scenario.name
    return str(without_machine_paths(named))


def _command(plan: Plan, by: str, permutations: int, members: int, measures: Sequence[str] | None) -> str:
    """The command that asks the same again and goes on where it stopped."""
    words = ["localwealth", "explain", *plan.given, "--by", by, *seed_options(plan.seeds)]
    if plan.months != list(plan.arms.values())[1].months:
        words += ["--months", str(plan.months)]
    if members > MOST_EXACT:
        words += ["--permutations", str(permutations)]
    if measures:
        words += ["--measures", ",".join(measures)]
    return shlex.join(words)


def _chosen(measures: Sequence[str] | None, result: Result) -> tuple[str, ...]:
    """The series to explain."""
    recorded = result.series_names
    if not result.seeds:
        return ()
    if not measures:
        return tuple(headlines(recorded))
    chosen: list[str] = []
    for name in measures:
        found = [name] if name in recorded else [series for series in recorded if series.startswith(f"{name}/")]
        if not found:
            raise UnknownNameError("measure", name, recorded)
        chosen += found
    return tuple(dict.fromkeys(chosen))


def _explained(
    question: Question, result: Result, names: Sequence[str], measures: Sequence[str], facts: Mapping[str, MeasureFacts]
) -> Explanation:
    """Run what is lacking and share out what came of it."""
    plan = question.plan
    seeds = [seed for seed in plan.seeds if seed in result.seeds]
    kept = KeptRuns(plan.out, content_key(plan.arms.values()))
    kept.add_result(result, [(names[0], 0), (names[1], question.uses_of(2 ** len(question.members) - 1))])
    games = question.games(seeds)
    tasks = _tasks(question, games, kept, facts)
    failures = [replace(failure, repeat=question.command_to_keep) for failure in result.failures if failure.seed in plan.seeds]
    failures += _run(question, tasks, kept, result)
    failed = {failure.seed for failure in failures}
    counted = {seed: game for seed, game in games.items() if seed not in failed}
    tables = {}
    if counted:
        played = play({seed: kept.frame(seed) for seed in counted}, counted, question.uses_of, measures)
        titles = dict(zip(result.tables["summary"]["measure"].astype(str), result.tables["summary"]["title"], strict=True))
        tables = share_tables(played, question.members, list(counted), result.measures, titles)
    told = _facts(question, names, counted, failures, sum(len(task.scenarios) for task in tasks))
    explanation = Explanation(told, tables, result)
    return save_explanation(explanation, plan.out) if plan.out is not None and counted else explanation


def _tasks(question: Question, games: Mapping[int, Game], kept: KeptRuns, facts: Mapping[str, MeasureFacts]) -> list[CoalitionTask]:
    """Runs that are lacking: for each seed in batches that share an opening."""
    rules = {name: fact.summary for name, fact in facts.items()}
    tasks = []
    for seed, game in games.items():
        lacking = kept.lacking(seed, (question.uses_of(mask) for mask in game.coalitions))
        for first in range(0, len(lacking), BATCH):
            batch = lacking[first : first + BATCH]
            scenarios = {mask: coalition_scenario(question.scenario, question.uses, mask) for mask in batch}
            tasks.append(CoalitionTask(seed, scenarios, question.plan.months, rules, question.plan.factory))
    return tasks


def _run(question: Question, tasks: Sequence[CoalitionTask], kept: KeptRuns, result: Result) -> list[Failure]:
    """Run what is lacking, keep what came of it, and return what failed."""
    failures: list[Failure] = []
    plan, done = question.plan, 2 * len(result.seeds)
    with progress_bar(len(tasks), f"Parts of {question.scenario.name}", quiet=plan.quiet or not tasks) as step:

        def keep(outcome: CoalitionOutcome) -> None:
            nonlocal done
            if outcome.rows is not None:
                kept.add(outcome.rows)
                done += outcome.rows["coalition"].nunique()
            elif outcome.failure is not None:
                failures.append(replace(outcome.failure, repeat=question.command_to_keep))
            step()

        try:
            wanted = available_processors() if plan.workers is None else plan.workers
            run_tasks(tasks, max(1, min(wanted, len(tasks))), plan.executor, keep)
        except KeyboardInterrupt:
            raise Interrupted(result, _stopped(question, done)) from None
    return failures


def _stopped(question: Question, done: int) -> str:
    """What was kept after an interruption, and the command to go on."""
    if question.plan.out is None or not question.plan.out.exists():
        again = question.command_with("" if question.plan.out is None else question.plan.out.as_posix())
        return f"Stopped: nothing was kept. To run again: {again}"
    runs = f"{done} run{'' if done == 1 else 's'} had ended and are kept in {question.plan.out.as_posix()}."
    return f"Stopped. {runs}\nTo go on: {question.command_with(question.plan.out.as_posix())}"


def _facts(question: Question, names: Sequence[str], games: Mapping[int, Game], failures: Sequence[Failure], runs: int) -> dict[str, Any]:
    """What an explanation says of itself."""
    exact = question.is_exact
    return {
        "scenario": names[1],
        "reference": names[0],
        "by": question.by,
        "members": [_member(question, member) for member in question.members],
        "method": "exact" if exact else "sampled",
        "orders": None if exact else question.orders,
        "seeds": list(games),
        "months": question.plan.months,
        "sets": {str(seed): len(game.coalitions) for seed, game in games.items()},
        "runs": runs,
        "failures": [failure.as_dict() for failure in failures],
        "command": question.command_to_keep,
    }


def _member(question: Question, member: Member) -> dict[str, Any]:
    """A member as plain values."""
    uses = [use.use for place, use in enumerate(question.uses) if member.uses >> place & 1]
    return {"name": member.name, "title": member.title, "uses": uses}
