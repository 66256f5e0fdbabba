"""An anchor leaves the place."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from sim.core.registry import Option, shock
from sim.kinds.rules import Rules
from sim.kinds.town import Town
from sim.policies.base import Policy


@shock
class AnchorLeaves(Policy):
    """An anchor's grants, posts and contracts end over the ramp."""

    name = "anchor_leaves"
    title = "An anchor leaves"
    question = "What if a big employer such as the hospital leaves?"
    main = "share"
    sentence = "{share} of {anchor} will leave the place"
    pillar = "shock"
    meaning = (
        "A share of one anchor goes over the ramp, all of it if nothing else is said: its grants, its posts and its contracts, which end "
        "in an order drawn. Its staff are laid off. If the shock ends, grants and posts come back; contracts that have ended do not."
    )
    where_tried = "Closures of hospitals, colleges, campuses and headquarters; no place of the evidence lost an anchor."
    evidence = (
        "No figure for the loss of an anchor was found. 25,000 civil service posts that moved between places brought private jobs where "
        "they went, partly taken from 1 to 2 km away (Faggio 2015)."
    )
    mark = "assumption"
    costs = "The anchor's money no longer comes to the place."
    limits = (
        "Council tax and rents do not leave with it, nor do its reserves, and students or visitors who came for it go on spending. Nobody "
        "moves away. Where it has an end the grants come back and the contracts do not, so that its reserves pile up: use it without one."
    )
    off = MappingProxyType({"share": 0.0})
    options = (
        Option("anchor", "anchor", "Anchor that leaves."),
        Option("share", "share", "Share of it that leaves.", unit="share of grants, posts and contracts", low=0.0, high=1.0, default=1.0),
    )

    def apply(self, town: Town, rules: Rules, strength: float, first: bool) -> None:
        """Lower what is still here by what has left."""
        row, kept = self.anchor_row(town), 1.0 - self.number("share") * strength
        if kept == 1.0:
            return
        rules.grant_factor[row] *= kept
        before = np.ones(len(town.anchors)) if rules.events.anchor_kept is None else rules.events.anchor_kept
        before[row] *= kept
        rules.events.anchor_kept = before
