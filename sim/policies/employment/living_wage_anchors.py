"""Anchors pay at least the real living wage."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, COVERAGE_OPTION, Policy


@policy
class LivingWageAnchors(Policy):
    """The wage floor of the anchors concerned is the real living wage."""

    name = "living_wage_anchors"
    title = "Living wage at anchors"
    question = "What if public bodies pay all staff a wage to live on?"
    main = "coverage"
    sentence = "{anchors} will lift the lowest pay of their staff {coverage} of the way from the legal minimum to the real living wage"
    pillar = "employment"
    meaning = "Anchors pay all their staff at least the real living wage."
    where_tried = "Preston (4,000 more employees paid it by 2018), Salford, Manchester."
    evidence = (
        "The real living wage was announced a tenth above the legal minimum in 2024 and 2025 (12.60 against 11.44 pounds, 13.45 against "
        "12.21: published rates). Effects on jobs and prices were only surveyed, among employers who volunteered: none is built in beyond "
        "what the payroll brings about."
    )
    mark = "B"
    costs = "The anchor's payroll rises, with contributions; without more money it keeps fewer posts and buys less."
    limits = "Staff already paid above it gain nothing."
    off = MappingProxyType({"coverage": 0.0})
    options = (
        ANCHORS_OPTION,
        COVERAGE_OPTION,
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Raise the floor of the anchors concerned."""
        floor = self.concerned(town) * (self.number("coverage") * strength)
        rules.living_wage = np.maximum(rules.living_wage, floor)
