"""Every assumption as something to vary, each in the range that is believed."""

from __future__ import annotations

from dataclasses import replace

from sim.settings.experiment import Varied
from sim.settings.experiments.ground import Ground
from sim.settings.places.believed import Range, parameter_ranges, place_ranges

__all__ = ["believed"]


def believed(which: str, ground: Ground) -> list[Varied]:
    """Every assumption of a kind with the range that is believed; parameters that a scenario sets itself are left out.

    Parameters
    ----------
    which : {"parameters", "place", "all"}
        Those among the parameters, those among the figures of the place, or both.
    ground : Ground
        The scenarios.

    Returns
    -------
    list of Varied
        Half of their points lie below the usual value, half above.
    """
    found = _of_parameters(ground) if ground.arms and which in ("parameters", "all") else []
    return found + (_of_place(ground) if ground.arms and which in ("place", "all") else [])


def _of_parameters(ground: Ground) -> list[Varied]:
    """Parameters that are assumptions and that no scenario sets."""
    first, *others = (parameter_ranges(scenario.parameters, scenario) for scenario in ground.arms.values())
    found = []
    for name, span in first.items():
        if all(name in ranges for ranges in others):
            one = ground.known.parameters.declaration(name)
            found.append(_within(Varied(name, "parameter", (name,), unit=one.unit, meaning=one.meaning, mark=one.mark), span))
    return found


def _of_place(ground: Ground) -> list[Varied]:
    """Figures of the place that are assumptions."""
    ranges = place_ranges(next(iter(ground.arms.values())).place)
    found = []
    for name, held in ground.figures().items():
        if held.path in ranges:
            unit, mark = held.bounds.unit, held.figure.mark
            one = Varied(f"place.{name}", "place", held.path, unit=unit, meaning=held.meaning, mark=mark)
            found.append(_within(one, ranges[held.path]))
    return found


def _within(one: Varied, span: Range) -> Varied:
    """Something to vary in its believed range, half of the points below its usual value."""
    return replace(one, low=span.low, high=span.high, usual=span.value, middle=span.value)
