"""What made the difference, as a report looks at it: shares as comparisons, channels as parts."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.report.findings.comparison import Compared
from sim.report.findings.view import View
from sim.report.numbers import Amount, plain
from sim.runs.explaining.explanation import WHOLE, Explanation, load_explanations
from sim.runs.statistics.differences import HIGHER, IDENTICAL, LOWER

__all__ = ["MOST_PARTS", "channel_parts", "explanations_of", "shares_of", "told_measures"]

#: Parts of a bar that can be told apart by their colours.
MOST_PARTS: Final = 7
OTHERS: Final = "The others together"


def explanations_of(view: View) -> list[Explanation]:
    """Explanations of a result: those that were found beside it, or those in its folder, of which a seed counts."""
    known = load_explanations(view.result) if view.explanations is None else view.explanations
    return [found for found in known if found.seeds]


def told_measures(explanation: Explanation, most: int) -> list[str]:
    """Measures on which the whole effect can be told from luck, before those on which it can't; none that did not change."""
    table = explanation.tables["shares"]
    whole = table[table["member"] == WHOLE]
    told = [str(name) for name in whole["measure"][whole["decision"].isin([HIGHER, LOWER])]]
    rest = [str(name) for name in whole["measure"][~whole["decision"].isin([HIGHER, LOWER, IDENTICAL])]]
    return [*told, *rest][:most]


def shares_of(view: View, explanation: Explanation, measure: str) -> list[Compared]:
    """Share of each member in the effect on a measure, the whole effect last."""
    return [view.held(_share(row, view.symbol)) for row in explanation.shares(measure).to_dict("records")]


def _share(row: dict[Any, Any], symbol: str) -> Compared:
    """One share; the interval is the wider one where two were made."""
    low, high = float(np.fmin(row["low"], row["companion_low"])), float(np.fmax(row["high"], row["companion_high"]))
    uneven = not math.isnan(float(row["companion_low"]))
    amount = Amount(str(row["kind"]), symbol)
    values = (math.nan, math.nan, float(row["share"]), low, high)
    told = str(row["decision"]), int(row["pairs"])
    return Compared(plain(row["member_title"]), str(row["unit"]), amount, *values, *told, uneven=uneven, p_value=float(row["p_value"]))


def channel_parts(explanation: Explanation, minor_units: int, most: int) -> tuple[list[str], list[str], list[list[float]]]:
    """The largest channels, the members with most to show, and what each made in major units; the whole is the sum of its parts."""
    channels = explanation.channels()
    shares = channels[list(explanation.members)]
    sizes = shares.abs().max(axis=1).sort_values(ascending=False, kind="stable")
    chosen = shares.loc[sizes.index[:most]]
    titles = [plain(title) for title in explanation.members.values()]
    if len(titles) > MOST_PARTS:
        chosen, titles = _with_others(chosen, explanation.members)
    return [str(name).capitalize() for name in chosen.index], titles, (chosen / minor_units).to_numpy(float).tolist()


def _with_others(shares: pd.DataFrame, titles: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """The members that made most in any channel, and the rest in one."""
    order = shares.abs().sum(axis=0).sort_values(ascending=False, kind="stable").index[: MOST_PARTS - 1]
    kept = [name for name in shares.columns if name in set(order)]
    rest = shares.drop(columns=kept).sum(axis=1)
    return shares[kept].assign(others=rest), [*(plain(titles[name]) for name in kept), OTHERS]
