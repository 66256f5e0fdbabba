"""Austerity: grants and benefits fall, council tax may rise."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class Austerity(Policy):
    """Government spends less here."""

    name = "austerity"
    title = "Austerity"
    question = "What if public bodies get less money from the government?"
    main = "share"
    sentence = (
        "{anchors} will lose {share} of their grants[, benefits will fall by {benefits}][, council tax will rise by {council_tax_rise}]"
    )
    pillar = "alternative"
    meaning = (
        "Grants of the anchors concerned fall by a share, with the ramp; benefits of residents out of work may be cut as well, "
        "and council tax may rise to make up for part of it."
    )
    where_tried = "England from 2010 to 2018: government funding of councils fell by 49.1% in real terms and their spending power by 28.6%."
    evidence = (
        "National Audit Office, Financial sustainability of local authorities 2018 (funding 49.1%, spending power 28.6%); the freeze of "
        "working-age benefits from 2016 to 2019 cut them by over 6% in real terms (Resolution Foundation 2018). What follows for jobs and "
        "incomes is not put in: it comes out of the payments. The mark is that of the cuts."
    )
    mark = "A"
    costs = "Anchors keep fewer posts and buy less; residents out of work have less; residents pay the higher council tax."
    limits = (
        "The money saved is not spent elsewhere in the model, nor are national taxes lowered. Nobody moves or works more because benefits "
        "fall. A rise in council tax raises the whole bill, the parts of other authorities included; every resident pays the same."
    )
    off = MappingProxyType({"share": 0.0, "benefits": 0.0, "council_tax_rise": 0.0})
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share by which grants fall.", unit="share of grant", low=0.0, high=1.0),
        Option("benefits", "share", "Share by which benefits fall.", unit="share of benefits", low=0.0, high=1.0, default=0.0),
        Option(
            "council_tax_rise", "share", "Share by which council tax rises.", unit="share of council tax", low=0.0, high=1.0, default=0.0
        ),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Lower grants and benefits and raise council tax by the shares reached."""
        rules.grant_factor[self.concerned(town)] *= 1.0 - self.number("share") * strength
        rules.enterprise.benefit_factor *= 1.0 - self.number("benefits") * strength
        rules.enterprise.council_tax_factor *= 1.0 + self.number("council_tax_rise") * strength
