"""The month's rules on events: what the alternative and shocks change: demand, prices, credit, who comes and goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class EventRules:
    """What the alternative and shocks change; every default leaves the month as it is without policies."""
