"""The month's rules on money: what policies change in saving, lending and local currency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class MoneyRules:
    """What policies change in saving, lending and local currency; every default leaves the month as it is without policies."""
