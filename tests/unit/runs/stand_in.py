"""A stand-in for the economy: the surface that runs use, known numbers, and ways to fail on request."""

from __future__ import annotations

import copy
import os
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.core.records import BalanceSheet, ChannelTotals, FlowMatrix, RunRecord
from sim.core.registry import Registry
from sim.core.streams import Streams
from sim.errors import MoneyError
from sim.runs.outcome import MeasureFacts
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_scenario
from sim.settings.scenario import PolicyUse, Scenario

MEASURES = {
    "level": MeasureFacts("level", "Level", "points", "index", "A level.", "invented", "mean"),
    "count": MeasureFacts("count", "Count", "things", "count", "A count.", "invented", "sum"),
    "stock": MeasureFacts("stock", "Stock", "pounds", "money", "A stock.", "invented", "last"),
    "share": MeasureFacts("share", "Share", "share", "share", "A share.", "invented", "mean", "anchor"),
}


@cache
def base_scenario() -> Scenario:
    """The invented town as shipped, read once."""
    return load_scenario("anytown/business-as-usual", Registry("policy"), Registry("shock"))


def stand_in_scenario(name: str, months: int = 14, **options: Any) -> Scenario:
    """A scenario of the invented town whose options the stand-in obeys."""
    base = base_scenario()
    uses = (PolicyUse("stand_in", options=FrozenMapping(options)),) if options else ()
    values = {field: getattr(base, field) for field in base.__dataclass_fields__}
    return Scenario(**{**values, "name": name, "title": name.title(), "months": months, "policies": uses})


class StandIn:
    """Levels are luck of seed and month plus the effect; options: effect, fails_at, kills_at, seconds, missing_at."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed, self.month = scenario, seed, 0
        self.opening = [seed, 0]
        note(scenario, "open", seed)

    def with_scenario(self, scenario: Scenario) -> StandIn:
        assert self.month == 0, "the opening was used"
        twin = copy.deepcopy(self)
        twin.scenario = scenario
        note(scenario, "copy", self.seed)
        return twin

    def run(self, months: int | None = None) -> RunRecord:
        options = {name: value for use in self.scenario.policies for name, value in use.options.items()}
        if self.seed == options.get("fails_at"):
            raise MoneyError("month 3: the accounts sum to 1 pence and should sum to 0")
        if self.seed == options.get("kills_at"):
            os._exit(9)
        time.sleep(float(options.get("seconds", 0.0)))
        length = months or self.scenario.months
        luck = np.array([float(Streams(self.seed).uniform("outside demand", month, 1)[0]) for month in range(1, length + 1)])
        effect = together([float(use.options.get("effect", 0.0)) for use in self.scenario.policies])
        self.month = length
        level = 10 + luck + effect
        if self.seed == options.get("missing_at"):
            level = np.full(length, np.nan)
        flows = FlowMatrix(("wages", "rents"), ("residents", "anchors"), np.array([[700 + self.seed, -700 - self.seed], [-5, 5]]))
        sheet = BalanceSheet(("deposits",), ("residents", "anchors"), np.array([[9, -9]]))
        return RunRecord(
            measures={
                "level": level,
                "count": np.arange(length) + effect,
                "stock": np.cumsum(luck),
                "share/council": luck,
                "share/police": luck / 2,
            },
            flow_matrices={1: flows, length: flows},
            balance_sheets={1: sheet, length: sheet},
            pound_flows={
                "first year": [("anchors", "residents", 8400)],
                "last year": [("anchors", "residents", 9000), ("residents", "shops", 2**53 + 1)],
            },
            channel_totals=ChannelTotals(
                ("wages", "rents"),
                ("residents", "anchors"),
                np.array([[length * (700 + self.seed) + round(100 * effect), 0], [0, 5 * length]]),
                np.array([[0, length * (700 + self.seed) + round(100 * effect)], [5 * length, 0]]),
            ),
            distributions={"by tenth": [{"tenth": 1, "income": np.float64(10.5)}, {"tenth": 2, "income": 20.25}]},
            accounts={"months_checked": length, "bookings": 100, "total_money": 0, "largest_residual": 0},
            warnings=[f"=seed {self.seed} is invented"] if self.seed == 2 else [],
            seconds=0.5,
        )


def together(effects: list[float]) -> float:
    """Effects of policies add up, and each pair helps each other by a tenth of the product."""
    pairs = sum(one * other for place, one in enumerate(effects) for other in effects[:place])
    return sum(effects) + 0.1 * pairs


def package(name: str, *policies: tuple[str, dict[str, Any]], months: int = 14) -> Scenario:
    """A scenario with policies by the names of real ones, whose options the stand-in obeys."""
    uses = tuple(PolicyUse(policy, options=FrozenMapping(options)) for policy, options in policies)
    return replace(stand_in_scenario(name, months), policies=uses)


def note(scenario: Scenario, what: str, seed: int) -> None:
    """Write down what was built, where a test asks for it."""
    folder = os.environ.get("STAND_IN_NOTES")
    if folder:
        with (Path(folder) / f"{seed}.txt").open("a", encoding="utf-8") as stream:
            stream.write(f"{what} {scenario.name}\n")
