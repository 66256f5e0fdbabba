"""What the page must show of a state, worked out alone in this process: no server, no worker, nothing kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from sim.page.state.page_state import StateReader
from sim.page.view.page_view import page_view
from sim.page.work.runs import Openings, arm_run


@cache
def _openings() -> Openings:
    """Towns at their opening, for all that is worked out in this process; every run gets a copy."""
    return Openings(8)


@cache
def _reader() -> StateReader:
    """What reads states."""
    return StateReader()


def view_alone(state: Mapping[str, Any], seeds: int) -> dict[str, Any]:
    """The view of a state over the seeds 1 to so many, as plain values that went through JSON as the page's do."""
    read = _reader().read_state(state)
    reference, policy = read.reference, read.scenario
    pairs = {
        seed: (arm_run(reference, seed, openings=_openings()), arm_run(policy, seed, openings=_openings())) for seed in range(1, seeds + 1)
    }
    found: dict[str, Any] = json.loads(json.dumps(page_view(reference, policy, pairs, seeds)))
    return found
