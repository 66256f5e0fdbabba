"""Land: what anchors and trusts do with land, premises and homes, before rents fall due."""

from __future__ import annotations

from sim.kinds.town import Town
from sim.month.property.allocation import allocate_homes
from sim.month.property.housing_supply import build_homes
from sim.month.property.land_trust import keep_up, transfer_buildings
from sim.month.property.premises import let_premises
from sim.month.property.right_to_buy import buy_rented_homes


def phase(town: Town) -> None:
    """Transfer, let, build, allocate, sell, keep up."""
    if town.frozen:
        return
    for transfer in town.rules.land.transfers:
        transfer_buildings(town, transfer)
    let_premises(town)
    build_homes(town)
    allocate_homes(town)
    buy_rented_homes(town)
    keep_up(town)
