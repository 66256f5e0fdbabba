"""Parameters of saving and lending in the place."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "money.working_balance",
        1.0,
        "months of usual income",
        0.0,
        12.0,
        "Deposit that savers of a community bank leave with their ordinary bank.",
        "No UK figure found; a month's income meets a month's bills.",
        "assumption",
    ),
)
