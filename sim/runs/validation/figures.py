"""Every figure made for comparison, registered by importing its family; and which measures grow with the size of a place."""

from __future__ import annotations

from typing import Any, Final

import sim.runs.validation.anchor_figures
import sim.runs.validation.firm_figures
import sim.runs.validation.people_figures  # noqa: F401
from sim.core.registry import MEASURES
from sim.runs.validation.figure import FIGURES

__all__ = ["AVERAGES", "described", "grows"]

#: Measures that count or sum in name alone: each is an average, so that it does not grow with the place.
AVERAGES: Final = frozenset(
    {
        "bids",
        "fifth_income",
        "fifth_spending",
        "income_after_housing",
        "mean_income",
        "median_pay",
        "neighbourhood_income",
        "payment_days",
        "poorest_fifth_income",
    }
)


def grows(name: str) -> bool:
    """Whether a figure or measure grows with the size of the place, so that a run at a tenth of it has a tenth.

    Examples
    --------
    >>> grows("anchor_spend"), grows("anchor_share")
    (True, False)
    """
    if name in FIGURES:
        return FIGURES[name].grows
    return MEASURES[name].kind in ("count", "money") and name not in AVERAGES


def described() -> dict[str, dict[str, Any]]:
    """Every figure by name, in words and plain values.

    Examples
    --------
    >>> described()["survival"]["keys"]
    ['1', '2', '3', '4', '5']
    """
    texts = ("name", "title", "meaning", "unit", "source")
    return {
        item.name: {
            "kind": "figure",
            **{text: getattr(item, text) for text in texts},
            "keys": list(item.keys),
            "takes": "anchors and where" if item.of_money else "key" if item.keys else "",
        }
        for item in FIGURES
    }
