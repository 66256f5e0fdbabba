"""Parameters of households: spending, saving and shopping."""

from __future__ import annotations

from sim.settings.parameters.declaration import Parameter

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[Parameter, ...] = ()
