"""What the entries of an experiment are read against: the file, the declarations, the scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.settings.places.names import NamedFigure, named_figures
from sim.settings.reading.values import Values
from sim.settings.scenario import PolicyUse, Scenario
from sim.settings.scenarios.keys import MOST_MONTHS
from sim.settings.scenarios.layer import Known

__all__ = ["Ground", "uses_of"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the entries are read against.

    Parameters
    ----------
    values : Values
        The reader of the file.
    known : Known
        Policies, shocks and parameters.
    arms : mapping of str to Scenario
        The scenarios by name; empty when one of them could not be read.
    named : mapping of str to str
        Arms by their names and as the file writes them.
    months : int
        How many months are run.
    """

    values: Values
    known: Known
    arms: Mapping[str, Scenario] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    months: int = MOST_MONTHS

    def figures(self) -> dict[str, NamedFigure]:
        """Figures of the place by name; none when the scenarios could not be read."""
        return named_figures(next(iter(self.arms.values())).place) if self.arms else {}


def uses_of(scenario: Scenario, kind: str, name: str) -> list[PolicyUse]:
    """The uses of a policy or shock in a scenario."""
    return [use for use in (scenario.policies if kind == "policy" else scenario.shocks) if use.use == name]
