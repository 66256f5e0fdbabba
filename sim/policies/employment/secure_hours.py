"""Anchors guarantee hours to staff whose hours vary."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy
from sim.policies.employment.per_anchor import for_concerned


@policy
class SecureHours(Policy):
    """Staff whose hours vary are paid a share of their usual hours at least, worked or not."""

    name = "secure_hours"
    title = "Secure hours at anchors"
    question = "What if staff with changing hours are sure of their pay?"
    main = "guaranteed_share"
    sentence = "{anchors} will pay staff for at least {guaranteed_share} of their usual hours"
    pillar = "employment"
    meaning = "The anchors concerned pay staff whose hours vary for a guaranteed share of their usual hours, worked or not."
    where_tried = "Living Hours accreditation (about 130 employers): notice of shifts, paid when cancelled, a guaranteed minimum of hours."
    evidence = (
        "ONS: 2.8% of people in employment had a contract without guaranteed hours at the end of 2017, with 25 hours a week on average. "
        "No measured effect of guarantees on pay, turnover or jobs was found."
    )
    mark = "assumption"
    costs = "The anchor pays for hours that are not worked in slack months, with contributions."
    limits = (
        "It binds the anchors' own staff and not their suppliers. How far hours vary is an assumption; notice of shifts, turnover and "
        "health are not in the model."
    )
    off = MappingProxyType({"guaranteed_share": 0.0})
    options = (
        ANCHORS_OPTION,
        Option("guaranteed_share", "share", "Share of usual hours that is paid at least.", unit="share of usual hours", low=0.0, high=1.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set what is guaranteed."""
        ours = rules.employment
        ours.guaranteed_hours = for_concerned(ours.guaranteed_hours, self.concerned(town), self.number("guaranteed_share") * strength)
