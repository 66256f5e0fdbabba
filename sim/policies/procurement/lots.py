"""Splitting contracts into lots."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy

#: Pounds a year: a largest lot of this size means that nothing is split.
NO_LOTS = 1e9


@policy
class Lots(Policy):
    """Requirements that fall due are split so that no lot is larger than a set yearly value."""

    name = "lots"
    title = "Lots"
    question = "What if big contracts are cut up so small firms can bid?"
    main = "largest_lot"
    sentence = "{anchors} will split contracts above {largest_lot} a year into smaller lots"
    pillar = "procurement"
    meaning = "Contracts that fall due are split into lots of at most a set yearly value, so that small firms pass the turnover test."
    where_tried = "Preston, Manchester; Public Contracts Regulations 2015 ask buyers to explain when they do not divide into lots."
    evidence = (
        "In the places studied local shares rose through lots and social value, not through a formal preference (Wales Centre for Public "
        "Policy). No size of the effect was found: it follows from who passes the turnover test."
    )
    mark = "B"
    costs = "Each lot costs the anchor staff time to let and to watch."
    limits = "At most sixteen lots for one contract; lots stay split when the policy ends."
    options = (
        ANCHORS_OPTION,
        Option("largest_lot", "money", "Largest yearly value of a lot.", unit="pounds a year", low=1000.0, high=NO_LOTS),
        Option("cost_per_lot", "money", "Cost of letting and watching one lot.", unit="pounds a lot", low=0.0, high=1e6),
    )
    off = MappingProxyType({"largest_lot": NO_LOTS})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the largest lot; it comes down with the ramp."""
        concerned = self.concerned(town)
        if self.number("largest_lot") >= NO_LOTS:
            return
        rules.largest_lot[concerned] = self.pence(town, "largest_lot") / strength
        rules.cost_per_lot[concerned] = self.pence(town, "cost_per_lot")
