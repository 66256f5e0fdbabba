"""The parts of a real page, put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.page.parts import Parts
from sim.page.serving.server import hosts_of, is_loopback

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["page_parts"]

#: Runs whose towns the workers open before anybody asks.
WARM_SEEDS = 4


def page_parts(given: str | None, out: Path, workers: int | None, host: str) -> Parts:
    """The parts of a page.

    Parameters
    ----------
    given : str or None
        Name or path of the scenario to begin with.
    out : Path
        Folder for what visitors keep.
    workers : int or None
        Processes that run scenarios; as many as there are processors when left out.
    host : str
        Where the page is served.

    Raises
    ------
    sim.errors.InputError
        With every problem of the scenario.
    """
    from sim.page.state.given_scenario import given_scenario
    from sim.page.state.page_state import StateReader
    from sim.page.work.team import Team
    from sim.runs.scenarios import usage_error
    from sim.runs.stored.facts import available_processors

    if workers is not None and workers < 1:
        raise usage_error("workers", workers, "1 or more", "write 1, or leave it out", "there must be a worker")
    scenario, residents = (None, None) if given is None else given_scenario(given)
    reader = StateReader([] if scenario is None else [scenario])
    first = None if scenario is None else reader.state_of_scenario(scenario, residents)
    begins = reader.read_state({"place": "anytown"} if first is None else first)
    warm = _towns(begins.reference)
    team = Team(available_processors() if workers is None else workers, warm=warm)
    return Parts(
        reader,
        team,
        out,
        hosts=hosts_of(host),
        addresses=not is_loopback(host),
        first=first,
    )


def _towns(reference: Scenario) -> list[tuple[Scenario, int]]:
    """A scenario with the seeds that visitors see first."""
    return [(reference, seed) for seed in range(1, WARM_SEEDS + 1)]
