"""What each arm does: its policies and shocks with when and how much, as stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.declared import Declared, declared_policy, option_units
from sim.report.findings.view import View
from sim.report.numbers import Amount, english_list, level, month_name, plain

__all__ = ["Use", "anchor_titles", "uses_of"]

TIMING = ("start", "ramp_months", "end")


@dataclass(frozen=True)
class Use:
    """One policy or shock of an arm.

    Parameters
    ----------
    declared : Declared
        What the program declares of it.
    timing : str
        From when, how fast, until when.
    settings : str
        Its options in words.
    is_shock : bool
        Whether it is a shock.
    """

    declared: Declared
    timing: str
    settings: str
    is_shock: bool


def anchor_titles(view: View, arm: str) -> dict[str, str]:
    """Titles of the anchors by name."""
    anchors = view.result.scenarios[arm]["place"]["values"].get("anchors", [])
    return {str(anchor["name"]): plain(anchor.get("title", anchor["name"])) for anchor in anchors}


def uses_of(view: View, arm: str) -> list[Use]:
    """Policies, then shocks, of an arm."""
    scenario = view.result.scenarios[arm]
    titles = anchor_titles(view, arm)
    return [_use(use, titles, view.symbol, is_shock=key == "shocks") for key in ("policies", "shocks") for use in scenario.get(key, ())]


def _use(use: Mapping[str, Any], anchors: Mapping[str, str], symbol: str, *, is_shock: bool) -> Use:
    """One use in words."""
    name = str(use["use"])
    values = {key: entry["value"] for key, entry in use["options"].items()}
    kinds = option_units(name)
    words = [_option(key, value, kinds.get(key, "text"), anchors, symbol) for key, value in values.items() if key not in TIMING]
    return Use(declared_policy(name), _timing(values), "; ".join(word for word in words if word), is_shock)


def _timing(values: Mapping[str, Any]) -> str:
    """When it is in force."""
    words = f"from {month_name(str(values['start']))}" if values.get("start") else "from the first month"
    ramp = int(values.get("ramp_months") or 0)
    words += f", in full after {ramp} month{'' if ramp == 1 else 's'}" if ramp else ", in full at once"
    return words + (f", until {month_name(str(values['end']))}" if values.get("end") else "")


def _option(key: str, value: Any, kind: str, anchors: Mapping[str, str], symbol: str) -> str:
    """One option in words; nothing for one that is not given."""
    if value is None:
        return ""
    label = key.replace("_", " ")
    if kind == "anchors" and isinstance(value, list):
        every = anchors and set(map(str, value)) >= set(anchors)
        return "all anchors" if every else "anchors: " + english_list([anchors.get(str(name), plain(name)) for name in value])
    if kind == "anchor":
        return f"anchor: {anchors.get(str(value), plain(value))}"
    if kind == "shares" and isinstance(value, dict):
        parts = english_list(
            [f"{plain(name).replace('_', ' ')} {level(float(share), Amount('share')).shown}" for name, share in value.items()]
        )
        return f"{label}: {parts}"
    if isinstance(value, bool):
        return f"{label}: {'yes' if value else 'no'}"
    if kind in ("share", "money", "count", "number", "months") and isinstance(value, (int, float)):
        return f"{label}: {_amount(float(value), kind, symbol)}"
    shown = english_list([plain(part) for part in value]) if isinstance(value, (list, tuple)) else plain(value)
    return f"{label}: {shown}"


def _amount(value: float, kind: str, symbol: str) -> str:
    """A setting as it was given: measures are rounded for reading, settings are not.

    Examples
    --------
    >>> _amount(1.25, "number", "£"), _amount(0.0025, "share", "£"), _amount(1234567.0, "money", "£"), _amount(12.5, "money", "£")
    ('1.25', '0.25%', '£1,234,567', '£12.50')
    """
    if kind == "money":
        return f"{symbol}{value:,.0f}" if value.is_integer() else f"{symbol}{value:,.2f}"
    return f"{100.0 * value:.10g}%" if kind == "share" else f"{value:,.10g}"
