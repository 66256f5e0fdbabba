"""Land: what anchors and trusts do with land, premises and homes, before rents fall due."""

from __future__ import annotations

from sim.kinds.town import Town
from sim.month.land_trust import keep_up, transfer_buildings
from sim.month.premises import let_premises


def phase(town: Town) -> None:
    """Transfer, let, keep up."""
    if town.frozen:
        return
    for transfer in town.rules.land.transfers:
        transfer_buildings(town, transfer)
    let_premises(town)
    keep_up(town)
