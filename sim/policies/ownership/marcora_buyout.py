"""Buy-outs of failing firms by their workers, with savings, matching capital and debt relief."""

from __future__ import annotations

from types import MappingProxyType

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.rules_ownership import Rescue
from sim.kinds.town import Town
from sim.policies.base import ANCHOR_OPTION, Policy


@policy
class MarcoraBuyout(Policy):
    """Workers take over firms that can't pay them, where the trade would carry them at lower pay."""

    name = "marcora_buyout"
    title = "Worker buy-out of failing firms"
    question = "What if workers can rescue a failing firm by owning it?"
    main = "share"
    sentence = "workers will take over {share} of the local firms that cannot pay them"
    pillar = "ownership"
    meaning = (
        "A local firm that has not paid its wages in full for three months would end. In a share of the cases in which usual sales cover "
        "usual costs at lower pay, its workers take it over: they put in a stake from their savings, an anchor matches it, banks write off "
        "part of the old debt, members take less pay, and the firm goes on as a worker co-operative."
    )
    where_tried = "Italy since the Marcora law of 1985: about 300 firms and 15,000 jobs in 31 years, most lately in Emilia-Romagna."
    evidence = (
        "Italy: workers put in 12,000 to 15,000 euros each, a public investor (CFI) doubled it, and a firm lost about half its "
        "size on the way (mitbestimmung.it). Of Italian industrial co-operatives born after 2007, mostly such buy-outs, 87% lived "
        "three years against 48% of all enterprises (CICOPA, the body of worker co-operatives): selected and supported cases, so no better "
        "survival is built in. Uruguay: taken-over firms live longer and pay less. No figure for the UK."
    )
    mark = "B"
    costs = "Matching capital and advice from an anchor; savings of the workers, which they can lose; part of the old debt, lost by banks."
    limits = (
        "Local firms with two residents among the staff; most firms that fail are smaller or not viable, so outside a slump this is "
        "rare. The old owner gets nothing; capital from the anchor stays in the indivisible reserve and is not paid back; the firm may "
        "fail again, and stakes are lost with it."
    )
    options = (
        ANCHOR_OPTION,
        Option("share", "share", "Share of viable cases that workers take over.", unit="share of cases", low=0.0, high=1.0),
        Option(
            "stake_per_worker", "money", "Stake of each worker, as far as savings reach.", unit="pounds a worker", low=0.0, high=50000.0
        ),
        Option(
            "matching",
            "number",
            "Capital from the anchor for each pound of stakes.",
            unit="pounds for a pound",
            low=0.0,
            high=5.0,
            default=1.0,
        ),
        Option("write_off", "share", "Share of old bank debt that banks give up.", unit="share of debt", low=0.0, high=1.0, default=0.5),
        Option(
            "pay_cut",
            "share",
            "Share of pay that members give up, down to the legal floor.",
            unit="share of pay",
            low=0.0,
            high=0.5,
            default=0.1,
        ),
        Option(
            "support_cost_per_worker", "money", "Cost of advice for each worker.", unit="pounds a worker", low=0.0, high=1e6, default=1000.0
        ),
    )
    off = MappingProxyType({"share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Offer these terms; the share grows with the ramp."""
        rules.ownership.rescues.append(
            Rescue(
                share=self.number("share") * strength,
                stake=self.pence(town, "stake_per_worker"),
                matching=self.number("matching"),
                write_off=self.number("write_off"),
                pay_cut=self.number("pay_cut"),
                support_cost=self.pence(town, "support_cost_per_worker"),
                anchor=self.anchor_row(town),
            )
        )
