"""Validation: what was published of each place beside what the model answers, over luck and over what is not known."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import sim.runs.validation.figures  # noqa: F401  fills the registry of figures
from sim.errors import InputError, Problem
from sim.runs.execute import Interrupted
from sim.runs.progress import progress_bar
from sim.runs.scenarios import fill_registries, usage_error
from sim.runs.stored.facts import available_processors, platform_facts, versions, without_machine_paths
from sim.runs.validation.draws import RANGES, Draw, make_draws, parameter_ranges
from sim.runs.validation.folder import FORMAT, Claimed, claim, free_folder, write_all
from sim.runs.validation.plan import PlacePlan, plan_place
from sim.runs.validation.table import Row, role_counts, rows_of
from sim.runs.validation.task import DrawOutcome, DrawTask
from sim.runs.workers import run_tasks
from sim.settings.load import shipped
from sim.settings.places.figures import figures_of
from sim.settings.reading.problems import dotted
from sim.settings.scenarios.scaling import MOST_RESIDENTS, usual_share

if TYPE_CHECKING:
    from sim.settings.scenario import PolicyUse
from sim.start import memory
from sim.start.population import adults

__all__ = ["DRAWS", "QUICK", "Validation", "validate"]

#: Draws within the ranges unless told otherwise; half as many runs have luck alone.
DRAWS: Final = 12
#: Draws, and residents of the largest place, of a quick look.
QUICK: Final = (3, 6_000.0)
MOST_DRAWS: Final = 2_000
FEWEST_RESIDENTS: Final = 500


@dataclass(frozen=True)
class Validation:
    """What a validation found.

    Parameters
    ----------
    rows : tuple of Row
        A line for each fact, place by place.
    outcomes : tuple of DrawOutcome
        Every run.
    manifest : mapping
        How it was made.
    path : Path or None
        The folder it was written to.
    """

    rows: tuple[Row, ...]
    outcomes: tuple[DrawOutcome, ...]
    manifest: Mapping[str, Any]
    path: Path | None = None

    @property
    def failures(self) -> tuple[DrawOutcome, ...]:
        """Runs that failed; they are in no number."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure is not None)

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Hits and facts compared by role."""
        return role_counts(self.rows)


def validate(
    places: Sequence[str | os.PathLike[str]] = (),
    draws: int | None = None,
    ranges: str = "all",
    scale: float | None = None,
    residents: float = MOST_RESIDENTS,
    workers: int | None = None,
    out: str | os.PathLike[str] | None = None,
    *,
    quick: bool = False,
    quiet: bool = True,
    write: bool = True,
) -> Validation:
    """Compare places with what was published of them.

    Parameters
    ----------
    places : sequence of str or path
        Names or paths of places; every shipped one when left out.
    draws : int, optional
        Draws within the ranges for each place; 12 when left out. Half as many runs more have luck alone.
    ranges : str
        What is drawn beside luck: "none", the "place" file's assumptions, or "all", parameters that are assumptions as well.
    scale : float, optional
        Share of their size at which places are run; when left out, it follows from `residents`.
    residents : float
        Places with more residents are run with so many; with 50,000 at the least where a fact counts what a policy founds.
    workers : int, optional
        Processes; the result is the same for any number.
    out : path, optional
        Folder to write; one in results when left out.
    quick : bool
        Three draws, and at most 6,000 residents.
    quiet : bool
        No progress bar.
    write : bool
        Whether a folder is written.

    Raises
    ------
    sim.errors.InputError
        With every problem of the places and of what their facts ask.

    Examples
    --------
    >>> found = validate(["preston"])  # doctest: +SKIP
    >>> found.counts["check"]  # doctest: +SKIP
    """
    fill_registries()

    number = QUICK[0] if draws is None and quick else DRAWS if draws is None else draws
    _check(number, ranges, scale, residents, workers)
    named = tuple(dict.fromkeys(os.fspath(place) for place in places or shipped("place")))
    plans = _plans(named)
    most = min(residents, QUICK[1]) if quick else residents
    shares = {plan.place.name: _share(plan, most) if scale is None else scale for plan in plans}
    drawn = {plan.place.name: _draws(plan, number, ranges) for plan in plans}
    _refuse_too_large(named, plans, shares)
    question = {"draws": number, "ranges": ranges, "sizes": shares}
    keys = {plan.place.name: _key(plan, number, ranges, shares[plan.place.name]) for plan in plans}
    claimed = claim(free_folder() if out is None else Path(out), keys) if write else None
    began = perf_counter()
    outcomes = _run(plans, drawn, shares, workers, claimed, quiet=quiet)
    rows = [
        row
        for plan in plans
        for row in rows_of(plan, [item for item in outcomes if item.place == plan.place.name], shares[plan.place.name])
    ]
    command = _command(places, number, ranges, scale, residents, quick=quick)
    manifest = _manifest(question, command, outcomes, rows, perf_counter() - began)
    path = None if claimed is None else write_all(claimed, rows, outcomes, drawn, manifest)
    return Validation(tuple(rows), tuple(outcomes), manifest, path)


def _check(number: int, ranges: str, scale: float | None, residents: float, workers: int | None) -> None:
    """Refuse what can't be run."""
    if not 1 <= number <= MOST_DRAWS:
        raise usage_error("seeds", number, f"1 to {MOST_DRAWS}", "write 12", "so many draws can't be run")
    if ranges not in RANGES:
        raise usage_error("ranges", ranges, ", ".join(RANGES), "write all", "this is no choice of ranges")
    if scale is not None and not 0.0 < scale <= 1.0:
        raise usage_error("scale", scale, "above 0, at most 1", "write 0.25", "a place can't be run at this share of its size")
    if not residents >= FEWEST_RESIDENTS:
        raise usage_error("residents", residents, f"{FEWEST_RESIDENTS} or more", "write 50000", "so few residents are no town")
    if workers is not None and workers < 1:
        raise usage_error("workers", workers, "1 or more", "write 1, or leave it out", "there must be a worker")


def _plans(named: Sequence[str]) -> list[PlacePlan]:
    """The plan of each place, or every problem of all of them; no place is named twice."""
    plans: list[PlacePlan] = []
    problems: list[Problem] = []
    for given in named:
        try:
            plans.append(plan_place(given))
        except InputError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
    if problems:
        raise InputError(problems)
    names = [plan.place.name for plan in plans]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise usage_error("places", twice, "each place once", "leave one out", "two of the places have one name")
    return plans


def _share(plan: PlacePlan, most: float) -> float:
    """The share of its size at which a place is run."""
    founding = any(question.asked.figure == "founded_cooperative_jobs" for question in plan.questions)
    return usual_share(plan.place, most, counts_founding=founding)


def _draws(plan: PlacePlan, number: int, ranges: str) -> tuple[Draw, ...]:
    """The runs of a place; none where nothing is asked."""
    if not plan.questions:
        return ()
    reference = next(iter(plan.arms.values()))
    alone = number if ranges == "none" else max(number // 2, min(number, 3))
    return make_draws(plan.place, parameter_ranges(reference.parameters), number, alone, ranges)


def _refuse_too_large(named: Sequence[str], plans: Sequence[PlacePlan], shares: Mapping[str, float]) -> None:
    """Refuse places that can't fit into memory before any is run: else each of their draws would fail of its own."""
    there = memory.memory_here()
    for file, plan in zip(named, plans, strict=True):
        people = round(shares[plan.place.name] * adults(plan.place)) if plan.questions else 0
        memory.refuse_what_cannot_fit(plan.place, people, there, file, remedy=memory.SMALLER)


def _key(plan: PlacePlan, number: int, ranges: str, share: float) -> str:
    """A short name for all that the draws of a place hang on, so that a run goes on with draws of the same question alone."""
    arms = {
        name: [str(arm.start), arm.neighbours, dict(arm.parameters), [_use(use) for use in (*arm.policies, *arm.shocks)]]
        for name, arm in plan.arms.items()
    }
    asked = [[item.fact.name, asdict(item.asked), item.arm, item.against, item.first, item.last, item.relative] for item in plan.questions]
    figures_in = {dotted(path): [float(item), item.low, item.high, item.mark] for path, item in figures_of(plan.place).items()}
    text = json.dumps([versions()["localwealth"], number, ranges, share, figures_in, arms, asked], default=str)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _use(use: PolicyUse) -> list[Any]:
    """What a use of a policy or shock says, without where it is written."""
    return [use.use, use.start, use.ramp_months, use.end, {name: str(value) for name, value in use.options.items()}]


def _run(
    plans: Sequence[PlacePlan],
    drawn: Mapping[str, Sequence[Draw]],
    shares: Mapping[str, float],
    workers: int | None,
    claimed: Claimed | None,
    *,
    quiet: bool,
) -> list[DrawOutcome]:
    """Run every draw that is not kept already."""
    kept = {} if claimed is None else claimed.kept
    every = [DrawTask(plan, draw, shares[plan.place.name]) for plan in plans for draw in drawn[plan.place.name]]
    tasks = [task for task in every if (task.plan.place.name, task.draw.number) not in kept]
    found = dict(kept)
    with progress_bar(len(tasks), "Draws", quiet=quiet) as step:

        def done(outcome: DrawOutcome) -> None:
            found[outcome.place, outcome.number] = outcome
            if claimed is not None:
                claimed.keep(outcome)
            step()

        try:
            run_tasks(tasks, max(1, min(workers or available_processors(), len(tasks))), None, done) if tasks else None
        except KeyboardInterrupt:
            where = "nothing was kept" if claimed is None else f"kept in {claimed.folder.as_posix()}; the same command goes on from there"
            raise Interrupted(None, f"Stopped. {len(found)} of {len(every)} draws had ended, {where}.") from None
    return [found[task.plan.place.name, task.draw.number] for task in every]


def _command(
    places: Sequence[str | os.PathLike[str]], number: int, ranges: str, scale: float | None, residents: float, *, quick: bool
) -> str:
    """The command that asks the same again."""
    named = [str(without_machine_paths(os.fspath(given))) for given in places]
    size = [] if residents == MOST_RESIDENTS else ["--residents", f"{residents:g}"]
    size = size if scale is None else ["--scale", f"{scale:g}"]
    options = [*(["--quick"] if quick else []), "--seeds", str(number), "--ranges", ranges, *size]
    return shlex.join(["localwealth", "validate", *named, *options])


def _manifest(
    question: Mapping[str, Any], command: str, outcomes: Sequence[DrawOutcome], rows: Sequence[Row], seconds: float
) -> dict[str, Any]:
    """How a validation was made."""
    failed = [outcome for outcome in outcomes if outcome.failure is not None]
    return {
        "format": FORMAT,
        "format_version": 1,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        **question,
        "command": command,
        "counts": {role: {"hits": hits, "facts": facts} for role, (hits, facts) in role_counts(rows).items()},
        "failures": [{"place": item.place, "draw": item.number, **(item.failure.as_dict() if item.failure else {})} for item in failed],
        "moved_inward": sum(outcome.halvings > 0 for outcome in outcomes),
        "versions": versions(),
        "platform": platform_facts(),
        "seconds": round(seconds, 3),
    }
