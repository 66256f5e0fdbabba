"""A result in words and a table for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

import numpy as np
import pandas as pd

from sim.runs.outcome import Failure
from sim.runs.statistics.differences import NO_DIFFERENCE
from sim.runs.statistics.hints import HINT_NOTE, HINT_SIGN, UNEVEN_SIGN, is_hint
from sim.runs.stored.result import Result
from sim.runs.words.console import console_on
from sim.runs.words.copies import copy_words
from sim.runs.words.numbers import number_text, titled
from sim.runs.words.resilience import resilience_lines

__all__ = ["print_failures", "print_result", "summary_rows", "write_failures"]

#: What the verdicts are called in a narrow column.
SHORT: Final = {NO_DIFFERENCE: "can't be told from luck"}
UNEVEN_NOTE: Final = "† The differences are skewed: the interval is what a t interval and a bootstrap-t interval span together."


def print_result(result: Result, stream: IO[str]) -> None:
    """Print the headlines of a result.

    Parameters
    ----------
    result : Result
        What to print.
    stream : text stream
        Where to.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = console_on(stream)
    table = result.summary(headline=True)
    for arm in result.arms[1:] or result.arms:
        alone = len(result.arms) == 1
        heading = result.titles[arm] if alone else f"{result.titles[arm]}, compared with {result.titles[result.reference]}"
        console.print(Text(heading, style="bold"))
        shown = Table(box=SIMPLE_HEAD, pad_edge=False)
        shown.add_column("Measure", ratio=3)
        for name in ("Level", "95% interval") if alone else ("Reference", "Scenario", "Difference", "95% interval"):
            shown.add_column(name, justify="right", no_wrap=True)
        if not alone:
            shown.add_column("Verdict", ratio=2)
        for _, row in table[table["arm"] == arm].iterrows():
            shown.add_row(*(Text(cell) for cell in _cells(row, _symbol(result), alone)))
        console.print(shown)
        for line in [*_cost_of(result, arm), *resilience_lines(result, arm)]:
            console.print(Text(line))
    for line in _foot(result):
        console.print(Text(line))


def _symbol(result: Result) -> str:
    """Sign of the currency of the place."""
    return str(result.manifest["place"]["currency"]["symbol"])


def _cells(row: pd.Series[Any], symbol: str, alone: bool) -> list[str]:
    """One measure as the cells of a line."""
    kind = str(row["kind"])
    # Where a companion interval stands beside the t interval, what both of them span is shown.
    low, high = (bound(row[end], row[f"companion_{end}"]) for bound, end in ((np.fmin, "low"), (np.fmax, "high")))
    ends = [number_text(float(end), kind, symbol, signed=not alone).removesuffix(" points") for end in (low, high)]
    interval = "-" if ends == ["-", "-"] else f"{ends[0]} to {ends[1]}" + ("" if pd.isna(row["companion_low"]) else f" {UNEVEN_SIGN}")
    title = titled(row["title"], row["unit"], kind)
    if alone:
        return [title, number_text(row["value"], kind, symbol), interval]
    levels = [number_text(row[name], kind, symbol) for name in ("reference", "value")]
    sign = f" {HINT_SIGN}" if is_hint(row["decision"], bool(row["told_after_holm"])) else ""
    verdict = SHORT.get(row["decision"], row["decision"]) + sign
    return [title, *levels, number_text(row["difference"], kind, symbol, signed=True), interval, verdict]


def _cost_of(result: Result, arm: str) -> list[str]:
    """What policies cost in all months of an arm, where that was recorded: the table shows the last months alone."""
    if "policy_costs" not in result.series_names:
        return []
    cost = float(np.mean(result.values("policy_costs", arm).sum(axis=1)))
    amount = number_text(cost, "money", _symbol(result))
    whole = f"Policies cost {amount} over the whole run, with the seed capital they gave (mean over seeds)."
    window = _window(result)
    if window == result.months:
        return [whole]
    return [f"{whole} The table has the last {window} months alone: seed capital given before is not in it."]


def _invented(result: Result) -> list[str]:
    """That a place is invented; which one, where the arms have different places."""
    places = {str(arm["place"]["values"]["name"]): arm["place"]["values"] for arm in result.scenarios.values()}
    invented = [str(place["title"]).removesuffix(" (invented)") for place in places.values() if place["invented"]]
    if len(places) > 1:
        return [f"{title} is an invented place." for title in invented]
    return ["The place is invented."] if invented else []


def _window(result: Result) -> int:
    """How many of the last months the table is about."""
    return min(int(result.manifest["statistics"]["window_months"]), result.months)


def _foot(result: Result) -> list[str]:
    """What a reader must know to read the table."""
    manifest = result.manifest
    window, table = _window(result), result.summary(headline=True)
    runs = f"{len(result.seeds)} seed{'s' if len(result.seeds) != 1 else ''}"
    if len(result.arms) == 1:
        lines = [f"The last {window} of {result.months} months; {runs}."]
    else:
        lines = [f"The last {window} of {result.months} months; {runs}, each in every arm; they differ by policy and the luck it changes."]
    tests, alarms = manifest["statistics"]["tests"], manifest["statistics"]["expected_false_alarms"]
    if len(result.arms) > 1 and tests:
        lines.append(f"Of {tests} measures compared, about {alarms:.0f} would look different by luck alone.")
    if len(result.seeds) < 10 and len(result.arms) > 1:
        lines.append("Few seeds: take it as a sketch. 30 or more (--seeds 30) tell small differences from luck.")
    if any(is_hint(*pair) for pair in zip(table["decision"], table["told_after_holm"], strict=True)):
        lines.append(HINT_NOTE)
    if table["companion_low"].notna().any():
        lines.append(UNEVEN_NOTE)
    check = manifest["accounting"]
    if check["closed"]:
        lines.append(f"Accounts: {check['months_checked']} months checked, {check['bookings']:,} payments, not a penny made or lost.")
    lines += [*_invented(result), *filter(None, [copy_words(manifest["place"])])]
    lines += [f"Note: {note}." for note in manifest["notes"]]
    warnings = result.tables["warnings"]["warning"].value_counts()
    return lines + [f"Warning ({count} of {check['runs']} runs): {warning}" for warning, count in warnings.items()]


def print_failures(result: Result, stream: IO[str]) -> None:
    """Print the seeds that failed, each with the command that repeats it."""
    write_failures(result.failures, stream)


def write_failures(failures: Sequence[Failure], stream: IO[str]) -> None:
    """Print failures, each with the command that repeats it."""
    for failure in failures:
        arm = f", {failure.arm}" if failure.arm else ""
        stream.write(f"Seed {failure.seed}{arm} failed: {failure.error}: {failure.message}\n")
        if failure.where:
            stream.write(f"    at:     {failure.where}\n")
        stream.write(f"    repeat: {failure.repeat}\n")


def summary_rows(result: Result, *, headline: bool = False) -> list[Mapping[str, Any]]:
    """The summary as plain values for JSON; what is not a number is null."""
    rows = result.summary(headline=headline).astype(object)
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows.to_dict("records")]
