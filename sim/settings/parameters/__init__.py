"""Every parameter of the model, gathered from one file for each group."""

from __future__ import annotations

from sim.settings.parameters import accounts, behaviour, finance, firms, households, land, money, neighbours, procurement, work
from sim.settings.parameters.declaration import MARKS, Parameter
from sim.settings.parameters.values import Parameters

__all__ = ["MARKS", "PARAMETERS", "Parameter", "Parameters"]

PARAMETERS: tuple[Parameter, ...] = (
    *accounts.PARAMETERS,
    *firms.PARAMETERS,
    *households.PARAMETERS,
    *procurement.PARAMETERS,
    *work.PARAMETERS,
    *finance.PARAMETERS,
    *money.PARAMETERS,
    *neighbours.PARAMETERS,
    *land.PARAMETERS,
    *behaviour.PARAMETERS,
)
"""All declared parameters, in the order of their groups."""
