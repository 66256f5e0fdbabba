"""Policies in force before the law allowed them."""

from __future__ import annotations

from sim.core.calendar import Month
from sim.core.registry import POLICIES
from sim.settings.scenario import Scenario


def unlawful_uses(scenario: Scenario) -> list[str]:
    """A sentence for each policy that a scenario uses before the month its class names in ``lawful_from``."""
    found = []
    for use in scenario.policies:
        item = POLICIES[use.use]
        lawful = getattr(item, "lawful_from", None)
        is_off = all(use.options.get(name) == value for name, value in item.off.items())
        begin = scenario.start.at(use.start)
        if lawful is not None and not is_off and begin < Month.parse(lawful):
            found.append(f"{use.use} is in force from {begin}: the law has allowed it only since {lawful}")
    return found
