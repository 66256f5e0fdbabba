"""Employee buy-outs when an owner closes, retires or sells."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy


@policy
class EmployeeBuyout(Policy):
    """Part of the firms whose owner gives up go to their employees."""

    name = "employee_buyout"
    title = "Employee buy-out"
    question = "What if workers take over when the owner of a firm leaves?"
    main = "share"
    sentence = "employees will take over {share} of the local firms whose owner closes or sells"
    pillar = "ownership"
    meaning = (
        "When the owner of a local firm closes or sells it, its employees take it over in a share of cases, with a bank loan "
        "that pays the owner."
    )
    where_tried = "Italy since the Marcora law of 1985, mostly for firms that fail, which is a lever of its own here."
    evidence = (
        "Uruguay: firms that failed and were taken over by their workers live longer and pay less than others (Journal of Institutional "
        "Economics). The share of closures that could become buy-outs in the UK was not found, and no better survival is built in."
    )
    mark = "B"
    costs = "Advice for each worker, paid by an anchor; the firm carries the loan."
    limits = "Only firms of three jobs or more with two residents among the staff that can pay their wages."
    options = (
        ANCHOR_OPTION,
        Option("share", "share", "Share of such firms that their employees take over.", unit="share of cases", low=0.0, high=1.0),
        Option("support_cost_per_worker", "money", "Cost of advice for each worker.", unit="pounds a worker", low=0.0, high=1e6),
    )
    one_for_the_place = True
    off = MappingProxyType({"share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share, which grows with the ramp, and who pays for advice."""
        rules.buyout_share = max(rules.buyout_share, self.number("share") * strength)
        rules.buyout_cost_per_worker = self.pence(town, "support_cost_per_worker")
        rules.buyout_anchor = self.anchor_row(town)
