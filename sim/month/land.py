"""Land: what anchors and trusts do with land, premises and homes, before rents fall due."""

from __future__ import annotations

from sim.kinds.town import Town
from sim.month.premises import let_premises


def phase(town: Town) -> None:
    """Let, transfer, build, allocate."""
    if town.frozen:
        return
    let_premises(town)
