"""Places for tests: the shipped ones, and the invented town made smaller, larger or otherwise different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import POLICIES, SHOCKS
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_scenario
from sim.settings.place import Place
from sim.settings.places.figure import Figure
from sim.settings.scenario import Scenario

ANYTOWN = ("anytown/business-as-usual", "anytown/buy-local", "anytown/full-package")
PRESTON = ("preston/business-as-usual", "preston/buy-local", "preston/full-package")


@lru_cache(maxsize=16)
def shipped(name: str) -> Scenario:
    """A shipped scenario, read once; scenarios are frozen."""
    return load_scenario(name, POLICIES, SHOCKS)


def figure(value: float) -> Figure:
    """A figure of a test."""
    return Figure(value=float(value), year=2013, source="invented-town", mark="C")


def times(figures: Mapping[str, Figure], factor: float) -> FrozenMapping[Figure]:
    """Every figure multiplied."""
    return FrozenMapping({name: figure(float(item) * factor) for name, item in figures.items()})


def part(section: Any, **figures: Any) -> Any:
    """A section of a place with some fields changed; numbers become figures. Nothing is checked."""
    return section.model_copy(update={k: figure(v) if isinstance(v, int | float) else v for k, v in figures.items()})


def scaled(place: Place, factor: float) -> Place:
    """The place with every count multiplied, rates, prices and shares left as they are."""
    population, labour, business = place.population, place.labour, place.business
    anchors = tuple(
        part(
            item,
            jobs=float(item.jobs) * factor,
            annual_spend=float(item.annual_spend) * factor,
            contracts=max(float(item.contracts) * factor, 1.0),
        )
        for item in place.anchors
    )
    return place.model_copy(
        update={
            "population": part(
                population, residents=float(population.residents) * factor, adults_by_age=times(population.adults_by_age, factor)
            ),
            "labour": part(
                labour,
                jobs_by_sector=times(labour.jobs_by_sector, factor),
                region_jobs_by_sector=times(labour.region_jobs_by_sector, factor),
            ),
            "business": part(
                business,
                **{
                    name: times(getattr(business, name), factor)
                    for name in ("enterprises_by_size", "local_units_by_size", "enterprises_by_sector", "local_units_by_sector")
                },
            ),
            "anchors": anchors,
        }
    )


def with_place(scenario: Scenario, place: Place) -> Scenario:
    """The scenario in another place."""
    return replace(scenario, place=place)


def with_parameters(scenario: Scenario, **values: float) -> Scenario:
    """The scenario with parameters changed; ``group__name`` stands for ``group.name``."""
    named = {name.replace("__", ".", 1): value for name, value in values.items()}
    return replace(scenario, parameters=scenario.parameters.with_values(named))
