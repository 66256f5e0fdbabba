"""An anchor's budget is cut."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, shock
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@shock
class BudgetCut(Policy):
    """The grants of the anchors concerned fall."""

    name = "budget_cut"
    title = "A budget cut"
    question = "What if the government cuts the money of public bodies?"
    main = "share"
    sentence = "the grants of {anchors} will fall by {share}"
    pillar = "shock"
    meaning = "Grants to the anchors concerned fall by a share, with the ramp, while the shock lasts."
    where_tried = "Preston City Council: about 30 to 20 million pounds between 2012 and 2022."
    evidence = "Lancashire Post budget report 2022."
    mark = "B"
    costs = "The anchor keeps fewer posts and buys less."
    limits = "Council tax, rents and fees do not fall."
    off = MappingProxyType({"share": 0.0})
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share by which the grant falls.", unit="share of grant", low=0.0, high=1.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Lower the grant by the share reached."""
        rules.grant_factor[self.concerned(town)] *= 1.0 - self.number("share") * strength
