"""Resilience over all runs: what a shock did in each arm, and the same in words."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from sim.runs.statistics.differences import mean_intervals
from sim.runs.statistics.resilience import BEFORE, HELD, TOLERANCE
from sim.runs.stored.result import Result
from sim.runs.words.numbers import number_text

__all__ = ["FOUR", "UNITS", "Fallen", "back_words", "fallen", "held_without_shock", "resilience_lines"]

FOUR: Final = (
    "To tell them apart, compare four scenarios: the reference and the plan, each with the shock and without. Put the shock into two "
    "files of their own, based on those two."
)
"""What to do where a shock is held against nothing but the level before it."""

#: What is looked at: words, unit of the depth, unit of what is lost, kind.
UNITS: Final = {
    "jobs": ("Jobs in the place", "jobs", "job-months", "count"),
    "mean_income": ("Mean income of residents", "pounds a month", "for each adult", "money"),
    "output": ("Output of firms", "pounds a month", "of output", "money"),
}


class Fallen(NamedTuple):
    """What a shock did to one measure of one arm, over all runs: means with the ends of their 95% intervals.

    `back` is the median over the runs that came back, `returned` how many of `runs` did; `back` is not a number where none did.
    """

    arm: str
    measure: str
    against: str
    shock_month: int
    runs: int
    depth: tuple[float, float, float]
    depth_share: float
    lost: tuple[float, float, float]
    back: float
    returned: int


def fallen(result: Result) -> list[Fallen]:
    """What shocks did, by arm, measure and reference, in the order of the arms."""
    table = result.tables["resilience"]
    groups = table.groupby(["arm", "measure", "against"], observed=True, sort=False)
    return [_fallen(str(arm), str(measure), str(against), rows) for (arm, measure, against), rows in groups]


def held_without_shock(result: Result) -> set[str]:
    """Arms whose shock is held against a run of the same policies without it."""
    table = result.tables["resilience"]
    return set(table[table["against"] != BEFORE]["arm"].astype(str))


def _fallen(arm: str, measure: str, against: str, rows: pd.DataFrame) -> Fallen:
    """One of them."""
    back = rows["back"].to_numpy(np.float64)
    there = back[np.isfinite(back)]
    middle = float(np.median(there)) if len(there) else float("nan")
    depth, lost = (_interval(rows[name]) for name in ("depth", "lost"))
    month, share = int(rows["shock_month"].iloc[0]), float(rows["depth_share"].mean())
    return Fallen(arm, measure, against, month, len(rows), depth, share, lost, middle, len(there))


def _interval(values: pd.Series[float]) -> tuple[float, float, float]:
    """Mean and the ends of its interval."""
    mean, low, high, _ = (float(part[0]) for part in mean_intervals(values.to_numpy(np.float64)[:, None]))
    return mean, low, high


def resilience_lines(result: Result, arm: str) -> list[str]:
    """What the shock of an arm did, in sentences; none without a shock."""
    symbol = str(result.manifest["place"]["currency"]["symbol"])
    mine = [one for one in fallen(result) if one.arm == arm]
    chosen = [one for one in mine if one.against != BEFORE] or mine
    lines = []
    for one in chosen:
        words, _, lost_unit, kind = UNITS[one.measure]
        against = "" if one.against == BEFORE else f"“{result.titles[one.against]}”"
        course = f"against {against}, the same without the shock" if against else "against the mean of the year before"
        depth, lost = number_text(one.depth[0], kind, symbol), number_text(one.lost[0], kind, symbol)
        fell = f"{words.lower()} at most {depth} lower ({one.depth_share:.1%}), {course}"
        lines.append(f"Shock of month {one.shock_month}: {fell}; {back_words(one)}; lost to the end: {lost} {lost_unit}.")
    return lines


def back_words(one: Fallen) -> str:
    """When it was back, in words.

    Examples
    --------
    >>> back_words(Fallen("a", "jobs", "b", 3, 8, (1.0, 1.0, 1.0), 0.1, (1.0, 1.0, 1.0), 14.0, 6))
    'back within 1% for 3 months after 14 months (6 of 8 runs; median)'
    """
    if not one.returned:
        return f"not back within {TOLERANCE:.0%} by the end in any of {one.runs} runs"
    if one.back == 0 and one.returned == one.runs:
        return f"hardly ever more than {TOLERANCE:.0%} short"
    return f"back within {TOLERANCE:.0%} for {HELD} months after {one.back:.0f} months ({one.returned} of {one.runs} runs; median)"
