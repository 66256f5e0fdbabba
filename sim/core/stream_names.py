"""Every stream of luck with what it decides. A decision has its own stream, so no two share a draw."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

STREAMS: Final = MappingProxyType(
    {
        "compare sellers": "which residents compare sellers this month, in which category, and what they choose",
        "seller gone": "where residents go whose usual seller is gone",
        "supplier": "which local supplier a firm takes",
        "outside demand": "each firm's monthly luck in sales outside the place",
        "tender": "who hears of a tender, what they ask, how good they are",
        "contract length": "for how long a contract is let",
        "leave job": "which residents leave their job",
        "laid off": "which workers an employer lays off",
        "job search": "which vacancy a resident without work finds",
        "firm ends": "which firms end of themselves",
        "founding": "which firms are founded, on what template and by whom",
        "employees take over": "which offered firms are taken over by their employees",
        "bootstrap": "which pairs a bootstrap of a comparison draws",
    }
)
