"""Anchors' reserves invested in the place."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, policy
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import ANCHORS_OPTION, Policy


@policy
class LocalReserves(Policy):
    """Anchors place a share of their reserves where they are lent to firms here."""

    name = "local_reserves"
    title = "Reserves invested locally"
    question = "What if public bodies put their savings to work in the place?"
    main = "share"
    sentence = "{anchors} will invest {share} of their reserves in the place"
    pillar = "money"
    meaning = (
        "Anchors place a share of their reserves with the community bank where there is one, else in an investment fund that lends to "
        "firms owned here. They still count as reserves when budgets are made, but they pay no bill until they come back."
    )
    where_tried = (
        "Councils' deposits with credit unions and community lenders; part of community wealth building as its UK advocates describe it."
    )
    evidence = "No measured effect on a place was found."
    mark = "assumption"
    costs = (
        "Anchors hold less ready cash. With the bank they bear its failure only in delay; in the fund they bear their share of every loan "
        "that is lost."
    )
    limits = (
        "Reserves in the model are a month's spending, so the sums are small beside what firms owe. Firms that lack no cash borrow "
        "nothing, and what is not lent earns nothing. Money in the fund comes back as firms repay, after the policy ends."
    )
    options = (
        ANCHORS_OPTION,
        Option("share", "share", "Share of reserves placed, reached with the ramp.", unit="share of reserves", low=0.0, high=1.0),
    )
    off = MappingProxyType({"share": 0.0})

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Set the share of the anchors concerned."""
        share = self.number("share") * strength
        if share > 0.0:
            rules.money.reserves.update({int(row): share for row in np.flatnonzero(self.concerned(town))})
