"""Land: what anchors and trusts do with land, premises and homes, before rents fall due."""

from __future__ import annotations

from sim.kinds.town import Town


def phase(town: Town) -> None:
    """Let, transfer, build, allocate."""
    if town.frozen:
        return
