"""The month's rules on ownership: what policies change in who owns firms and how co-operatives decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class OwnershipRules:
    """What policies change in who owns firms and how co-operatives decide; every default leaves the month as it is without policies."""
