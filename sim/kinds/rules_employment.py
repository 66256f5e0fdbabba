"""The month's rules on employment: what policies and shocks change in work and pay."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class EmploymentRules:
    """What policies and shocks change in work and pay; every default leaves the month as it is without policies."""
