"""Policies in force: the month's rules from a scenario's policies and shocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.core.calendar import Ramp
from sim.core.registry import POLICIES, SHOCKS, Intervention, Registry
from sim.kinds.rules import Rules, usual_rules
from sim.kinds.town import Town
from sim.policies.base import Policy
from sim.settings.scenario import PolicyUse, Scenario


@dataclass(frozen=True)
class InForce:
    """One policy or shock with its time."""

    policy: Policy
    ramp: Ramp


@dataclass(frozen=True)
class PoliciesInForce:
    """All policies and shocks of a scenario."""

    members: tuple[InForce, ...]
    neighbours: str = "unchanged"

    @classmethod
    def of(cls, scenario: Scenario) -> PoliciesInForce:
        """The policies, then the shocks, of a scenario."""
        return cls((*_members(scenario.policies, POLICIES), *_members(scenario.shocks, SHOCKS)), scenario.neighbours)

    def none(self) -> PoliciesInForce:
        """No policy at all, for the burn-in."""
        return PoliciesInForce(())

    def rules(self, town: Town) -> Rules:
        """This month's rules."""
        rules = usual_rules(town.rules.parameters, len(town.anchors))
        for member in self.members:
            strength = member.ramp.strength(town.month)
            if strength > 0.0:
                member.policy.apply(town, rules, strength, town.month == member.ramp.start)
        return rules

    def shocks_alone(self) -> PoliciesInForce:
        """The shocks without the policies: what the same town meets when nobody adopts anything."""
        return PoliciesInForce(tuple(member for member in self.members if member.policy.name in SHOCKS))

    def others_adopt(self, month: int) -> bool:
        """Whether other places adopt the policies and one has begun by this month."""
        if self.neighbours == "unchanged":
            return False
        return any(month >= member.ramp.start for member in self.members if member.policy.name in POLICIES)

    def adopting(self, share: float) -> tuple[float, float]:
        """Shares of the buying next door, and further away, that follows the same policies."""
        return share, share if self.neighbours == "everywhere" else 0.0


def _members(uses: Iterable[PolicyUse], registry: Registry[type[Intervention]]) -> Iterator[InForce]:
    """Each policy or shock used, with its ramp."""
    for use in uses:
        kind = registry[use.use]
        if not issubclass(kind, Policy):
            raise TypeError(f"{use.use} is declared but can't be applied: derive it from sim.policies.base.Policy")
        yield InForce(kind(use.options), Ramp(use.start, use.ramp_months, use.end))
