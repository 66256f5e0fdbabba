"""Experiment files of tests: a folder of scenarios, and the reader with stand-ins for what is registered."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.wrong_experiments import SCENARIOS, Read

from sim.core.registry import Intervention, Measure, Registry
from sim.settings.experiment import Experiment, load_experiment
from sim.settings.experiments import scenarios as experiment_scenarios
from sim.settings.parameters import Parameter
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.scenario import Scenario
from sim.settings.scenarios.layer import Known
from sim.settings.scenarios.reader import read_scenario

Interventions = Registry[type[Intervention]]


@pytest.fixture(scope="session")
def folder_of_scenarios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scenarios."""
    made = tmp_path_factory.mktemp("experiments")
    for name, text in SCENARIOS.items():
        path = made / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def good_scenarios() -> dict[Path, Scenario]:
    """Scenarios that were read without a problem."""
    return {}


@pytest.fixture
def read(
    folder_of_scenarios: Path,
    good_scenarios: dict[Path, Scenario],
    monkeypatch: pytest.MonkeyPatch,
    dummy_policies: Interventions,
    dummy_shocks: Interventions,
    dummy_parameters: tuple[Parameter, ...],
) -> Read:
    """Read a text as the experiment file ``own.yaml``, beside which lie the scenarios; a good scenario is read once for all cases."""
    measures: Registry[Measure] = Registry("measure")
    for name, keys in (("jobs", ""), ("retention", "anchor")):
        measures.add(Measure(name, name.title(), "jobs", "count", "A stand-in.", "tests", "mean", keys, len))

    def once(source: SourceFile, known: Known, findings: Findings) -> Scenario | None:
        path = source.path.resolve()
        if path not in good_scenarios:
            scenario = read_scenario(source, known, findings)
            if scenario is None:
                return None
            good_scenarios[path] = scenario
        return good_scenarios[path]

    monkeypatch.setattr(experiment_scenarios, "read_scenario", once)

    def from_text(text: str) -> Experiment:
        path = folder_of_scenarios / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return load_experiment(path, dummy_policies, dummy_shocks, measures, dummy_parameters)

    return from_text
