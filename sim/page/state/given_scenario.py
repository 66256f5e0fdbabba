"""The scenario that a page is started with: at full size, beside the size that its file asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.core.registry import POLICIES, SHOCKS
from sim.runs.scenarios import fill_levers
from sim.settings.names import find_file
from sim.settings.parameters import PARAMETERS, Parameters
from sim.settings.reading.problems import Findings
from sim.settings.reading.yaml_reader import read_tree
from sim.settings.scenarios.assemble import assemble
from sim.settings.scenarios.layer import Known
from sim.settings.scenarios.reader import read_layers, scenario_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.settings.scenario import Scenario
    from sim.settings.scenarios.layer import Layer

__all__ = ["at_full_size", "given_scenario", "residents_of"]


def given_scenario(given: str) -> tuple[Scenario, int | None]:
    """A scenario at full size, and the residents of the copy that its file asks for.

    Parameters
    ----------
    given : str
        Name or path of a scenario.

    Raises
    ------
    sim.errors.InputError
        With every problem of the scenario.

    Examples
    --------
    >>> scenario, residents = given_scenario("anytown/buy-local")
    >>> scenario.name, residents
    ('anytown/buy-local', None)
    """
    fill_levers()
    findings, known = Findings(), Known(POLICIES, SHOCKS, Parameters(PARAMETERS))
    source = find_file("scenario", given, findings)
    layers = [] if source is None else read_layers(read_tree(source, findings, "scenario"), source, known, findings)
    scenario = None
    if layers and source is not None:
        # Read as it stands first, so that a size that can't be is told too.
        assemble(scenario_name(source), layers, known, findings)
        scenario = None if findings.problems else assemble(scenario_name(source), at_full_size(layers), known, findings)
    findings.raise_if_any()
    assert scenario is not None
    return scenario, residents_of(layers)


def residents_of(layers: Sequence[Layer]) -> int | None:
    """Residents of the copy that the files of a scenario ask for; the nearest file counts."""
    return next((layer.settings["residents"].value for layer in layers if "residents" in layer.settings), None)


def at_full_size(layers: Sequence[Layer]) -> list[Layer]:
    """The files of a scenario without the size that they ask for."""
    return [replace(one, settings={name: held for name, held in one.settings.items() if name != "residents"}) for one in layers]
