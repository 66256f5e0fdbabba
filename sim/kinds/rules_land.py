"""The month's rules on land: what policies change in land, premises and homes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class LandRules:
    """What policies change in land, premises and homes; every default leaves the month as it is without policies."""
