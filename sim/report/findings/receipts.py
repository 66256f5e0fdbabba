"""Who receives more money and who less: receipts of each group in the last year, compared run by run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.report.findings.comparison import Compared
from sim.report.findings.view import View
from sim.report.numbers import Amount

__all__ = ["GROUPS", "receipts"]

Floats = NDArray[np.float64]

#: Those who receive, in the order in which they are shown: name of the row, and which recorded groups belong to it.
GROUPS: Final = (
    "Firms owned here",
    "Branches of outside firms",
    "Poorest fifth of residents",
    "Second fifth of residents",
    "Third fifth of residents",
    "Fourth fifth of residents",
    "Richest fifth of residents",
    "Anchors",
    "Neighbouring region",
    "Rest of UK and abroad",
    "Government",
    "Banks",
)
_OTHERS: Final = {"neighbouring region": 8, "rest of the world": 9, "government": 10, "banks": 11, "anchors": 7}


def group_of(payee: str) -> str:
    """The row that a recorded group belongs to.

    Examples
    --------
    >>> group_of("Construction, owned here"), group_of("residents, third fifth"), group_of("rest of the world")
    ('Firms owned here', 'Third fifth of residents', 'Rest of UK and abroad')
    """
    if payee in _OTHERS:
        return GROUPS[_OTHERS[payee]]
    if payee.startswith("residents, "):
        fifth = payee.removeprefix("residents, ")
        return f"{fifth[:1].upper()}{fifth[1:]} of residents"
    return GROUPS[1] if payee.endswith(", branches") else GROUPS[0]


def receipts(view: View, arm: str) -> list[Compared]:
    """What each group received a month in the last year, against the reference; empty when flows were not recorded."""
    flows = view.result.tables["pound_flows"]
    flows = flows[flows["period"] == "last year"]
    if flows.empty:
        return []
    named = flows.assign(group=[group_of(str(payee)) for payee in flows["payee"]])
    sums: dict[Any, float] = (
        named.groupby(["arm", "group", "seed"], observed=True)["pence"].sum() / view.minor_units / view.window
    ).to_dict()
    unit = "pounds a month"
    amount = Amount("money", view.symbol)
    present = [name for name in GROUPS if name in set(named["group"])]
    if not view.is_comparison:
        return [view.alone(name, unit, amount, _of(sums, arm, name, view)) for name in present]
    return [view.compare(name, unit, amount, _of(sums, view.result.reference, name, view), _of(sums, arm, name, view)) for name in present]


def _of(sums: Mapping[Any, float], arm: str, group: str, view: View) -> Floats:
    """Receipts of a group in each seed."""
    values: Floats = np.array([float(sums.get((arm, group, seed), 0.0)) for seed in view.result.seeds])
    return values
