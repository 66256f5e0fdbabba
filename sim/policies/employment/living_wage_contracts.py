"""New contracts require the real living wage."""

from __future__ import annotations

from sim.core.registry import policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class LivingWageContracts(Policy):
    """Whoever wins a new contract pays at least the real living wage while it holds one."""

    name = "living_wage_contracts"
    title = "Living wage in contracts"
    pillar = "employment"
    meaning = "Contracts let by the anchors concerned require the supplier to pay at least the real living wage to its staff."
    where_tried = "Manchester (80% of suppliers above it in 2018/19), Salford, Birmingham's charter."
    evidence = "Supplier surveys by the councils' adviser."
    mark = "B"
    costs = "All bidders ask more, whether they pay it yet or not: the same money buys less service."
    limits = "It binds new contracts only, and the firm only while it holds one; outside suppliers' staff gain elsewhere."
    options = (ANCHORS_OPTION,)

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """New contracts of the anchors concerned carry the condition."""
        rules.contract_living_wage |= self.concerned(town)
