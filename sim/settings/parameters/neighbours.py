"""Parameters of what other places do."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "neighbours.adopting_share",
        1.0,
        "share of their buying",
        0.0,
        1.0,
        "Part of the other places' buying that follows the same policies, where a scenario says that neighbours adopt them.",
        "All of them: what the question asks; sweep it from none to all.",
        "assumption",
    ),
)
