"""Firms outside the contracts become accredited living-wage employers."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class LivingWageAccreditation(Policy):
    """A campaign wins firms, contract or not, that pay the real living wage from then on."""

    name = "living_wage_accreditation"
    title = "Living-wage accreditation of firms"
    question = "What if more local firms promise to pay a real living wage?"
    main = "firms_a_year_share"
    sentence = "{anchors} will win {firms_a_year_share} of firms a year as employers that pay the real living wage"
    pillar = "employment"
    meaning = (
        "A campaign of the anchors concerned wins a share of the place's firms each year as accredited employers: they pay at least the "
        "real living wage from then on. Firms that pay most of their staff enough already are the likelier to join."
    )
    where_tried = "Salford, the first in Greater Manchester to be accredited, in 2013; living-wage cities and places since."
    evidence = (
        "Over 16,000 accredited employers in 2025, for whom one employee in seven works; 94% of those asked saw some benefit and most "
        "absorbed the cost (Cardiff University, volunteers only). Effects on jobs and prices were not found."
    )
    mark = "B"
    costs = "The firms bear the higher pay; the anchors pay for the campaign."
    limits = (
        "How many join is set, not explained. Who joins has little to raise, so pay rises less than the number of firms says. Prices do "
        "not rise with the cost; accreditation is never given up."
    )
    off = MappingProxyType({"firms_a_year_share": 0.0, "monthly_cost": 0.0})
    options = (
        ANCHORS_OPTION,
        Option(
            "firms_a_year_share",
            "share",
            "Share of the firms not yet accredited that join in a year.",
            unit="share of firms a year",
            low=0.0,
            high=1.0,
        ),
        Option("monthly_cost", "money", "Campaign, for each anchor concerned.", unit="pounds a month", low=0.0, high=100000.0, default=0.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share that joins and the cost of the campaign."""
        concerned = self.concerned(town)
        rules.monthly_cost[concerned] += self.pence(town, "monthly_cost")
        if concerned.any():
            ours = rules.employment
            ours.accredited_share = max(ours.accredited_share, self.number("firms_a_year_share") * strength)
