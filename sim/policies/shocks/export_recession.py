"""Buyers outside the place buy less."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, shock
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import Policy
from sim.settings.sectors import SECTORS


@shock
class ExportRecession(Policy):
    """Sales outside the place fall, but for those to the government."""

    name = "export_recession"
    title = "A recession elsewhere"
    question = "What if customers elsewhere buy less from firms here?"
    main = "fall"
    sentence = "buyers elsewhere will buy {fall} less from firms here[, in {sector}]"
    pillar = "shock"
    meaning = (
        "Buyers next door and further away buy a share less from the place's firms, in one sector or in all, with the ramp, while the "
        "shock lasts. What the government buys does not fall."
    )
    where_tried = "The United Kingdom in 2009, when exports fell by 9.5%."
    evidence = (
        "Office for National Statistics, reported in the Daily Mail of February 2010; goods fell by 9.3% in three months (Financial Times, "
        "March 2009)."
    )
    mark = "B"
    costs = "None to anchors; firms lose sales, residents jobs."
    limits = "No price or exchange rate answers it. Orders come back by themselves when the shock ends."
    off = MappingProxyType({"fall": 0.0})
    options = (
        Option("fall", "share", "Share by which private buyers outside buy less.", unit="share of sales outside", low=0.0, high=1.0),
        Option("sector", "sector", "Sector that is hit; all of them when left out.", default=None),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the fall in the sectors that are hit."""
        hit = np.ones(len(SECTORS), bool)
        if self.given["sector"] is not None:
            hit = np.arange(len(SECTORS)) == SECTORS.index(str(self.given["sector"]))
        before = np.zeros(len(SECTORS)) if rules.events.export_fall is None else rules.events.export_fall
        fall = np.where(hit, self.number("fall") * strength, 0.0)
        # Two recessions at once: the second takes its share of what the first leaves.
        rules.events.export_fall = 1.0 - (1.0 - before) * (1.0 - fall)
