"""An explanation in words and tables for a terminal, and as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import IO, Any, Final

import numpy as np
import pandas as pd

from sim.runs.explaining.explanation import WHOLE, Explanation
from sim.runs.statistics.differences import IDENTICAL
from sim.runs.words.console import console_on
from sim.runs.words.numbers import number_text
from sim.runs.words.terminal import SHORT

__all__ = ["explanation_rows", "how_it_was_made", "largest_channels", "print_explanation"]

#: Channels that a table shows.
CHANNELS: Final = 5


def how_it_was_made(explanation: Explanation) -> list[str]:
    """What a reader must know to read the shares."""
    facts, count = explanation.facts, len(explanation.members)
    seeds = len(explanation.seeds)
    runs = f"{seeds} seed{'' if seeds == 1 else 's'} of {facts['months']} months"
    what = "levers" if explanation.by == "lever" else "pillars"
    if explanation.method == "exact":
        how = f"All {2**count} sets of the {count} {what} were run on each of {runs}: what a member adds, averaged over all orders."
        interval = "Intervals: paired t intervals over seeds."
    else:
        how = (
            f"{count} {what}, {runs}: for each seed {facts['orders']} orders were drawn, half of them the others backwards; what a member "
            "adds, averaged over them."
        )
        interval = (
            "Intervals: paired t intervals over seeds; each seed has orders of its own, so they hold the luck of the draw of orders too."
        )
    lines = [how, "Shares add up to the whole effect, in pence to the penny.", interval]
    if explanation.by == "pillar":
        lines.append("A pillar is one member here: its share is not the sum of the shares of its levers.")
    if seeds < 10:
        lines.append("Few seeds: take it as a sketch. 30 or more (--seeds 30) tell small shares from luck.")
    return [*lines, *(f"Note: {note}." for note in explanation.result.manifest["notes"])]


def largest_channels(explanation: Explanation, most: int = CHANNELS) -> list[str]:
    """Channels through which some member changed most, the largest first."""
    channels = explanation.channels()
    sizes = channels.abs().max(axis=1).sort_values(ascending=False, kind="stable")
    return [str(name) for name in sizes.index[:most]]


def print_explanation(explanation: Explanation, stream: IO[str]) -> None:
    """Print shares of the explained measures, then of what local accounts received through the largest channels.

    Parameters
    ----------
    explanation : Explanation
        What to print.
    stream : text stream
        Where to.
    """
    from rich.text import Text

    console = console_on(stream)
    if not explanation.seeds:
        return
    titles = explanation.result.titles
    scenario, reference = titles[explanation.facts["scenario"]], titles[explanation.facts["reference"]]
    console.print(Text(f"What made the difference: {scenario}, compared with {reference}", style="bold"))
    _print_shares(explanation, console)
    _print_channels(explanation, console)
    for line in how_it_was_made(explanation):
        console.print(Text(line))


def _print_shares(explanation: Explanation, console: Any) -> None:
    """Shares of each measure that changed."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Measure and member", ratio=3)
    for name in ("Share", "95% interval"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Verdict", ratio=2)
    unchanged = []
    for measure in explanation.measures:
        rows = explanation.shares(measure)
        title = str(rows["title"].iloc[0])
        if (rows["decision"] == IDENTICAL).all():
            unchanged.append(title)
            continue
        table.add_row(Text(title, style="bold"))
        for _, row in rows.iterrows():
            table.add_row(*(Text(cell) for cell in _cells(row, _symbol(explanation))))
        table.add_section()
    if table.row_count:
        console.print(table)
    if unchanged:
        console.print(Text(f"Not changed at all: {', '.join(unchanged)}."))


def _cells(row: pd.Series[Any], symbol: str) -> list[str]:
    """One share as the cells of a line."""
    kind = str(row["kind"])
    low, high = np.fmin(row["low"], row["companion_low"]), np.fmax(row["high"], row["companion_high"])
    ends = [number_text(float(end), kind, symbol, signed=True).removesuffix(" points") for end in (low, high)]
    interval = "-" if ends == ["-", "-"] else f"{ends[0]} to {ends[1]}"
    return [
        f"  {row['member_title']}",
        number_text(row["share"], kind, symbol, signed=True),
        interval,
        SHORT.get(row["decision"], row["decision"]),
    ]


def _print_channels(explanation: Explanation, console: Any) -> None:
    """What local accounts received through the largest channels: members by channels."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    chosen, channels = largest_channels(explanation), explanation.channels()
    if not chosen:
        return
    console.print(Text(f"What local accounts received through each channel in {explanation.facts['months']} months", style="bold"))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Member")
    for name in chosen:
        table.add_column(name.capitalize(), justify="right")
    minor = int(explanation.result.manifest["place"]["currency"]["minor_units"])
    for name, title in {**explanation.members, WHOLE: "Whole effect"}.items():
        amounts = [number_text(channels.loc[channel, name] / minor, "money", _symbol(explanation), signed=True) for channel in chosen]
        table.add_row(*(Text(cell) for cell in (title, *amounts)))
    console.print(table)


def _symbol(explanation: Explanation) -> str:
    """Sign of the currency of the place."""
    return str(explanation.result.manifest["place"]["currency"]["symbol"])


def explanation_rows(explanation: Explanation) -> dict[str, list[Mapping[str, Any]]]:
    """Shares and channels as plain values for JSON; what is not a number is null."""
    return {name: _plain(explanation.tables[name]) for name in ("shares", "channels") if name in explanation.tables}


def _plain(table: pd.DataFrame) -> list[Mapping[str, Any]]:
    """Rows as plain values."""
    rows = table.astype(object).to_dict("records")
    return [{str(name): None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()} for row in rows]
