"""One scenario over seeds, and several scenarios over the same seeds."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from sim.runs.execute import Plan, execute
from sim.runs.outcome import MeasureFacts
from sim.runs.scenarios import load_arms, usage_error
from sim.runs.seeds import seed_list
from sim.runs.stored.facts import without_machine_paths
from sim.runs.stored.result import Result
from sim.runs.workers import Factory

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["compare", "run"]


def run(
    scenario: str | os.PathLike[str] | Scenario,
    seeds: int | Sequence[int] = 1,
    workers: int | None = None,
    out: str | os.PathLike[str] | None = None,
    months: int | None = None,
    *,
    executor: Executor | None = None,
    factory: Factory | None = None,
    measures: Mapping[str, MeasureFacts] | None = None,
    quiet: bool = True,
) -> Result:
    """Run one scenario.

    Parameters
    ----------
    scenario : str, path or Scenario
        A name such as ``preston/buy-local``, the path of a scenario file, or a scenario.
    seeds, workers, out, months, executor, factory, measures, quiet
        As for `compare`.

    Returns
    -------
    Result
        With one arm; the intervals of its summary are those of the level of each measure.

    Raises
    ------
    sim.errors.InputError, sim.errors.RunError, sim.runs.execute.Interrupted
        As `compare`.
    """
    arms = load_arms([scenario])
    own = next(iter(arms.values())).months
    given = (_given(scenario),)
    folder = None if out is None else Path(out)
    length = own if months is None else months
    return execute(Plan("run", arms, given, seed_list(seeds), length, workers, folder, executor, factory, measures, quiet))


def compare(
    scenarios: Sequence[str | os.PathLike[str] | Scenario],
    seeds: int | Sequence[int] = 30,
    workers: int | None = None,
    out: str | os.PathLike[str] | None = None,
    months: int | None = None,
    *,
    executor: Executor | None = None,
    factory: Factory | None = None,
    measures: Mapping[str, MeasureFacts] | None = None,
    quiet: bool = True,
) -> Result:
    """Run several scenarios over the same seeds and compare each with the first.

    Parameters
    ----------
    scenarios : sequence of str, path or Scenario
        At least two; the first is the reference.
    seeds : int or sequence of int
        A number n means the seeds 1 to n.
    workers : int, optional
        Processes; as many as there are processors when left out, 1 runs in this process. The result is the same for any number.
    out : path, optional
        Result folder to write; nothing is written when left out (see `Result.save`).
    months : int, optional
        Months to run; those of the scenarios when left out.
    executor : concurrent.futures.Executor, optional
        Runs the seeds in place of processes of our own: a cluster, or threads in a test.
    factory : callable, optional
        Makes an economy from a scenario and a seed; `sim.economy.Economy` when left out.
    measures : mapping, optional
        What is known about measures; those of the package when left out.
    quiet : bool
        No progress bar.

    Returns
    -------
    Result
        Seeds that failed are in `Result.failures`, each with the command that repeats it, and in no number.

    Raises
    ------
    sim.errors.InputError
        With every problem of the scenarios, or when the arguments do not fit.
    sim.errors.RunError
        When the workers could not be used at all.
    sim.runs.execute.Interrupted
        After Ctrl-C; it holds what was done, which is written, marked partial, when there is a folder.

    Examples
    --------
    >>> import sim
    >>> result = sim.compare(["anytown/business-as-usual", "anytown/buy-local"], seeds=4)  # doctest: +SKIP
    >>> result.difference("local_multiplier")  # doctest: +SKIP
    """
    if isinstance(scenarios, (str, os.PathLike)) or len(scenarios) < 2:
        raise usage_error(
            "scenarios", scenarios, "two or more", "name a reference and what to compare with it", "one scenario can't be compared"
        )
    arms = load_arms(scenarios)
    given = tuple(_given(scenario) for scenario in scenarios)
    folder = None if out is None else Path(out)
    length = _common_months(arms) if months is None else months
    return execute(Plan("compare", arms, given, seed_list(seeds), length, workers, folder, executor, factory, measures, quiet))


def _common_months(arms: Mapping[str, Scenario]) -> int:
    """The months of all arms, which must be one number."""
    lengths = {name: scenario.months for name, scenario in arms.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{name} {length}" for name, length in lengths.items())
        remedy = f"give months={min(lengths.values())} (--months {min(lengths.values())})"
        raise usage_error("months", shown, "one number of months for all arms", remedy, "the scenarios are of different length")
    return next(iter(lengths.values()))


def _given(scenario: str | os.PathLike[str] | Scenario) -> str:
    """A scenario as the user named it, without folders of this machine."""
    named = os.fspath(scenario) if isinstance(scenario, (str, os.PathLike)) else scenario.name
    return str(without_machine_paths(named))
