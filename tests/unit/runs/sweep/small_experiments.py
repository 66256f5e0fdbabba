"""Small experiments whose runs are the stand-in's."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

from stand_in import MEASURES, StandIn, stand_in_scenario

from sim.core.records import RunRecord
from sim.runs.sweep.runner import sweep
from sim.runs.sweep.stored import Sweep
from sim.settings.experiment import Design, Experiment, Varied
from sim.settings.scenario import Scenario

EFFECT = Varied("stand_in.effect", "policy", ("stand_in", "effect"), ("town/changed",), values=(0.0, 1.0, 2.0, 3.0))
USED = Varied("firms.target_use", "parameter", ("firms.target_use",), values=(0.8, 0.9))
MEASURED = ("level", "stock", "share/council")


class Cheap(StandIn):
    """The stand-in, with a copy that copies no place."""

    def with_scenario(self, scenario: Scenario) -> Cheap:
        assert self.month == 0, "the opening was used"
        return type(self)(scenario, self.seed)

    def run(self, months: int | None = None) -> RunRecord:
        """The last runs wait while the file that the environment names is there, so that a sweep can be killed before it is over."""
        held = os.environ.get("RUNS_HELD_BY")
        last = self.seed == 4 and any(use.options.get("effect") == 4.0 for use in self.scenario.policies)
        while held and last and Path(held).exists():
            sleep(0.01)
        return super().run(months)


class Slow(Cheap):
    """A stand-in that takes so long that it can be killed on the way."""

    def run(self, months: int | None = None) -> RunRecord:
        sleep(0.02)
        return super().run(months)


def small(
    effects: Sequence[float] = (0.0, 1.0, 2.0, 3.0), seeds: Sequence[int] = (1, 2, 3), used: Sequence[float] = (0.8, 0.9), **options: Any
) -> Experiment:
    """Two arms; the second has an effect that is varied, and options that the stand-in obeys."""
    arms = {
        "town/as-usual": stand_in_scenario("town/as-usual"),
        "town/changed": stand_in_scenario("town/changed", effect=0.0, **options),
    }
    varied = replace(EFFECT, values=tuple(map(float, effects)))
    vary = (varied, replace(USED, values=tuple(used)))
    return Experiment("small", "A small one", "Does it work?", arms, 14, tuple(seeds), Design("grid"), vary, MEASURED, (6, 14))


def swept(experiment: Experiment, out: Path, **options: Any) -> Sweep:
    """A sweep of the stand-in."""
    return sweep(experiment, out, **{"workers": 1, "factory": Cheap, "measures": MEASURES, **options})


def table_bytes(folder: Path) -> dict[str, str]:
    """A hash of each Parquet table."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.parquet"))}
