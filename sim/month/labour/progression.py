"""Progression: anchors train their lowest-paid staff, whose pay rises here and wherever they work later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import REGION_ACCOUNT
from sim.kinds.residents import EMPLOYED, SKILLS
from sim.kinds.town import Town
from sim.month.arithmetic.choosing import lowest_in_each_group

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def places_to_train(staff: Integers, yearly_share: Floats, draws: Floats, means: Integers, cost: Integers) -> Integers:
    """How many each anchor trains this month (anchors,): a twelfth of its share, a fraction by chance, within its means.

    Examples
    --------
    >>> staff, means = np.array([120, 120]), np.array([99, 500])
    >>> places_to_train(staff, np.array([0.15, 0.15]), np.array([0.4, 0.6]), means, np.array([100, 100])).tolist()
    [0, 2]
    """
    wanted = np.where(yearly_share > 0.0, np.floor(staff * yearly_share / 12.0 + draws), 0.0).astype(np.int64)
    affordable = np.where(cost > 0, means // np.maximum(cost, 1), wanted)
    result: Integers = np.minimum(wanted, affordable)
    return result


def train(town: Town) -> None:
    """The lowest paid who can still rise are trained: skill goes up a step, pay and what they can earn elsewhere by the gain."""
    rules, anchors, residents, ledger = town.rules.employment, town.anchors, town.residents, town.ledger
    if rules.training_share is None or rules.training_cost is None or rules.training_gain is None:
        return
    draws = town.streams.uniform("staff trained", town.month, anchors.slots)
    means = np.maximum(ledger.available(anchors["account"]) - 1, 0)
    number = places_to_train(anchors["workers"].astype(np.int64), rules.training_share, draws, means, rules.training_cost)
    if not number.any():
        return
    row_of = np.full(len(ledger), -1, np.int64)
    row_of[anchors["account"]] = np.arange(len(anchors))
    staff = np.flatnonzero((residents["status"] == EMPLOYED) & (residents["skill"] < len(SKILLS) - 1))
    staff = staff[row_of[residents["employer"][staff]] >= 0]
    anchor = row_of[residents["employer"][staff]]
    hourly = residents["wage"][staff] / residents["hours"][staff]
    chosen = lowest_in_each_group(anchor, hourly, number)
    staff, anchor = staff[chosen], anchor[chosen]
    # The makers of training are taken to be next door, the cautious assumption.
    trained = np.bincount(anchor, minlength=len(anchors))
    ledger.book("training", anchors["account"], REGION_ACCOUNT, trained * rules.training_cost)
    residents["skill"][staff] += 1
    gain = 1.0 + rules.training_gain[anchor]
    residents["talent"][staff] *= gain
    residents["wage"][staff] = np.rint(residents["wage"][staff] * gain).astype(np.int64)
