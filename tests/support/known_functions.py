"""Functions of known indices in place of the economy, for sweeps through the whole path from an experiment to its answers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sim.core.records import RunRecord
from sim.core.registry import Registry
from sim.runs.outcome import MeasureFacts
from sim.settings.experiment import AnswerPlan, Design, Experiment, varied_parameter
from sim.settings.load import load_scenario
from sim.settings.parameters import Parameter, Parameters
from sim.settings.scenario import Scenario

HEIGHT = MeasureFacts("height", "Height", "metres", "index", "Value of the Ishigami function.", "Ishigami and Homma 1990", "last")

INPUTS = tuple(
    Parameter(f"ishigami.x{place}", 0.0, "radians", -math.pi, math.pi, f"Input {place}.", "Ishigami and Homma 1990.", "assumption")
    for place in (1, 2, 3)
)


class Ishigami:
    """Stands in for the economy: sin(x1) + 7 sin(x2)^2 + 0.1 x3^4 sin(x1), every month."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed

    def with_scenario(self, scenario: Scenario) -> Ishigami:
        return Ishigami(scenario, self.seed)

    def run(self, months: int | None = None) -> RunRecord:
        one, two, three = (self.scenario.parameters[declared.name] for declared in INPUTS)
        height = math.sin(one) + 7.0 * math.sin(two) ** 2 + 0.1 * three**4 * math.sin(one)
        return RunRecord(measures={"height": np.full(months or 1, height)})


def ishigami_experiment(design: Design, seeds: tuple[int, ...] = (1, 2)) -> Experiment:
    """One arm, three inputs."""
    town = load_scenario("anytown/business-as-usual", Registry("policy"), Registry("shock"))
    arm = replace(town, name="ishigami", title="Ishigami", parameters=Parameters(INPUTS), months=1)
    vary = tuple(varied_parameter(declared) for declared in INPUTS)
    plan = AnswerPlan("height", "ishigami", of="level", above=0.0)
    return Experiment("ishigami", "Ishigami", "Which input matters?", {"ishigami": arm}, 1, seeds, design, vary, ("height",), answers=plan)
