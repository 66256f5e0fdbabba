"""What the search for chances expects is what bids and awards say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from support.places import shipped, with_parameters

from sim.economy import Economy
from sim.month.contracts import bids as bidding
from sim.month.procurement import hear_of_tenders, make_bids
from sim.start.chances import REPEATS, expected_local_share, trials_of


def test_the_expected_share_is_that_of_whole_bids_and_awards() -> None:
    town = Economy(with_parameters(shipped("anytown/business-as-usual"), behaviour__burn_in_months=1), seed=4)
    town.rules.reach[:2], town.rules.contract_living_wage[1:] = 0.5, 0.7
    contracts, rows = town.contracts, np.arange(len(town.contracts))
    anchor, value = contracts["anchor"].astype(np.int64), contracts["base_value"]
    trials, seen = trials_of(town), []
    for chance in (0.0, 0.2, 0.7, 1.0):
        town.structure = replace(town.structure, local_invitation=np.full((len(town.anchors), 18), chance))
        won, nought = np.zeros(len(town.anchors)), np.zeros(len(rows))
        for repeat in range(REPEATS):
            bids = make_bids(town, rows, anchor, hear_of_tenders(town, rows, value, town.month - 1000 - repeat))
            winner = bidding.award(bids, town.rules.parameters["procurement.price_weight"], nought, nought > 0.0, nought)
            local = (winner >= 0) & (bids.origin[rows, np.maximum(winner, 0)] == bidding.FROM_PLACE)
            won += np.bincount(anchor, weights=value * local, minlength=len(won))
        share = won / (np.bincount(anchor, weights=value) * REPEATS)
        assert expected_local_share(town, trials).tolist() == share.tolist()
        seen.append(share)
    assert (np.diff(seen, axis=0) >= 0.0).all()
    assert (seen[-1] > seen[0]).all()
