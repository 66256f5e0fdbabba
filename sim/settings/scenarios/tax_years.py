"""Whether the taxes of a scenario are of another year than the money of its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["TAX_PARAMETERS", "of_another_year", "tax_note", "usual_tax_year", "year_of_prices"]

#: Parameters that are rates and thresholds of one tax year, with those of the United Kingdom as their usual values.
TAX_PARAMETERS: Final = (
    "work.tax_allowance", "work.higher_tax_threshold", "work.contribution_threshold", "work.contribution_rate", "finance.profit_tax_rate",
)  # fmt: skip
#: Calendar years of the usual values.
_USUAL: Final = (2013, 2014)


def year_of_prices(prices: str, otherwise: int) -> int:
    """The year that the words on a place's prices name, else another.

    Parameters
    ----------
    prices : str
        As in a place file: ``"2013"``, ``"2022/23"``.
    otherwise : int
        The year where the words name none.

    Examples
    --------
    >>> year_of_prices("2022/23", 2013), year_of_prices("of today", 2013)
    (2022, 2013)
    """
    digits = "".join(letter for letter in prices if letter.isdigit())[:4]
    return int(digits) if len(digits) == 4 else otherwise


def of_another_year(year: int) -> bool:
    """Whether the usual taxes are of another year than this.

    Examples
    --------
    >>> of_another_year(2013), of_another_year(2022)
    (False, True)
    """
    return year not in _USUAL


def tax_note(scenario: Mapping[str, Any]) -> str:
    """A sentence where taxes that nobody set are of another year than the money of the place; empty where they are not.

    Parameters
    ----------
    scenario : mapping
        A scenario resolved (:meth:`sim.settings.scenario.Scenario.resolved`), or as a result keeps it.

    Returns
    -------
    str
        Which parameters stand at their usual values, and what to do.

    Examples
    --------
    >>> town = {"settings": {"start": {"value": "2022-01"}}, "place": {"values": {"prices": "2022"}}, "parameters": {}}
    >>> town["parameters"]["work.tax_allowance"] = {"value": 9440.0, "origin": "default"}
    >>> print(tax_note(town))
    Taxes are of the United Kingdom in 2013/14, money of the place is in prices of 2022: set work.tax_allowance for its year.
    """
    left = [name for name in TAX_PARAMETERS if scenario["parameters"].get(name, {}).get("origin") == "default"]
    if not left:
        return ""
    prices = str(scenario["place"]["values"]["prices"])
    if not of_another_year(year_of_prices(prices, int(str(scenario["settings"]["start"]["value"])[:4]))):
        return ""
    names = left[0] if len(left) == 1 else f"{', '.join(left[:-1])} and {left[-1]}"
    return f"Taxes are of the United Kingdom in {usual_tax_year()}, money of the place is in prices of {prices}: set {names} for its year."


def usual_tax_year() -> str:
    """The tax year of the usual values.

    Examples
    --------
    >>> usual_tax_year()
    '2013/14'
    """
    first, last = _USUAL
    return f"{first}/{last % 100}"
