"""New contracts require the real living wage."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, COVERAGE_OPTION, Policy


@policy
class LivingWageContracts(Policy):
    """Whoever wins a new contract pays at least the real living wage while it holds one."""

    name = "living_wage_contracts"
    title = "Living wage in contracts"
    question = "What if whoever works for public bodies must pay a living wage?"
    main = "coverage"
    sentence = "suppliers with new contracts of {anchors} will lift their lowest pay {coverage} of the way to the real living wage"
    pillar = "employment"
    meaning = "Contracts let by the anchors concerned require the supplier to pay at least the real living wage to its staff."
    where_tried = "Manchester (80% of suppliers above it in 2018/19), Salford, Birmingham's charter."
    evidence = (
        "Surveys of suppliers by the councils' adviser, with nothing to compare with. What bidders ask more is worked out, not measured."
    )
    mark = "B"
    costs = "All bidders ask more, whether they pay it yet or not: the same money buys less service."
    limits = "It binds new contracts only, and the firm only while it holds one; outside suppliers' staff gain elsewhere."
    off = MappingProxyType({"coverage": 0.0})
    options = (
        ANCHORS_OPTION,
        COVERAGE_OPTION,
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """New contracts of the anchors concerned carry the condition."""
        floor = self.concerned(town) * (self.number("coverage") * strength)
        rules.contract_living_wage = np.maximum(rules.contract_living_wage, floor)
