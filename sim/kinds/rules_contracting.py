"""The month's rules on contracting: what policies change in procurement beside the rules of an award."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class ContractingRules:
    """What policies change in procurement beside the rules of an award; every default leaves the month as it is without policies."""
