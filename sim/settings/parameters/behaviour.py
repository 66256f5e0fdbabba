"""Switches over all behaviour."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "behaviour.frozen",
        0.0,
        "flag",
        0.0,
        1.0,
        "1 freezes behaviour: fixed coefficients, pay in step with output, no luck, no entry or exit; "
        "for checks against input-output theory.",
        "A switch for proofs.",
        "assumption",
    ),
    Parameter(
        "behaviour.burn_in_months",
        60.0,
        "months",
        0.0,
        600.0,
        "Months run before the first so that the opening comes to rest.",
        "Found by the rest test of the project.",
        "assumption",
    ),
)
