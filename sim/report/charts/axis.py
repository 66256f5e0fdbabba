"""Axes in the same numbers as the text: percentages, pounds with m for millions, months."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.report.numbers import MONTHS, Amount, level

__all__ = ["label_months", "label_values", "spread_apart"]


def label_values(axes: Axes, amount: Amount, *, across: bool = False, ticks: int = 5) -> None:
    """Write the values of an axis as the report does."""
    axis = axes.xaxis if across else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10]))

    def written(value: float, _place: int | None = None) -> str:
        low, high = axes.get_xlim() if across else axes.get_ylim()
        return tick_words(value, amount, max(abs(low), abs(high)), (high - low) / max(ticks, 1))

    axis.set_major_formatter(FuncFormatter(written))


def tick_words(value: float, amount: Amount, largest: float, step: float) -> str:
    """A value at a tick.

    Examples
    --------
    >>> tick_words(0.2, Amount("share"), 0.4, 0.1), tick_words(1_500_000.0, Amount("money"), 3e6, 5e5)
    ('20%', '£1.5m')
    """
    if abs(value) < step * 1e-6:
        return tick_zero(amount)
    if amount.kind == "money":
        divisor, letter = (1e6, "m") if largest >= 2e6 else (1e3, "k") if largest >= 2e4 else (1.0, "")
        body = f"{abs(value) / divisor:,.{_places(step / divisor)}f}{letter}"
        return f"{'-' if value < 0 else ''}{amount.symbol}{body}"
    if amount.kind == "share":
        return f"{value * 100:.{_places(step * 100)}f}%"
    if amount.kind == "points":
        return f"{value * 100:.{_places(step * 100)}f}"
    if amount.kind == "count" and step >= 1:
        return level(round(value), amount).shown
    return f"{value:,.{_places(step)}f}"


def tick_zero(amount: Amount) -> str:
    """Nought at a tick."""
    return f"{amount.symbol}0" if amount.kind == "money" else "0%" if amount.kind == "share" else "0"


def _places(step: float) -> int:
    """Decimals that tell ticks so far apart from each other."""
    places = 0
    while places < 5 and step < 0.999:
        step *= 10
        places += 1
    return places


def label_months(axes: Axes, dates: Sequence[str], most: int = 6) -> None:
    """Write the months of a horizontal axis that counts from 1: years where there is room for no more.

    Parameters
    ----------
    axes : Axes
        Where.
    dates : sequence of str
        "YYYY-MM" of each month.
    most : int
        Most ticks.
    """
    if len(dates) < 30:
        step = max(1, -(-len(dates) // most))
        places = list(range(0, len(dates), step))
        words = [f"{MONTHS[int(dates[place][5:]) - 1][:3]}\n{dates[place][:4]}" for place in places]
    else:
        years = [place for place, date in enumerate(dates) if date.endswith("-01")]
        step = max(1, -(-len(years) // most))
        places = years[::step]
        words = [dates[place][:4] for place in places]
    axes.set_xticks([place + 1 for place in places], words)
    axes.set_xlim(1, max(len(dates), 2))


def spread_apart(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Heights as near as can be to those wanted, none closer to the next than a distance.

    Parameters
    ----------
    wanted : sequence of float
        In any order.
    apart : float
        Least distance.
    low, high : float
        Bounds; they give way when there are too many.

    Examples
    --------
    >>> spread_apart([1.0, 1.0, 5.0], 1.0, 0.0, 6.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    groups: list[list[float]] = []  # each: sum of (wanted - offset), count
    for place in order:
        groups.append([wanted[place], 1.0])
        while len(groups) > 1 and _start(groups[-2], apart) + groups[-2][1] * apart > _start(groups[-1], apart):
            last = groups.pop()
            groups[-1] = [groups[-1][0] + last[0], groups[-1][1] + last[1]]
    result = [0.0] * len(wanted)
    at = 0
    for group in groups:
        size = int(group[1])
        begin = min(max(_start(group, apart), low), max(low, high - (size - 1) * apart))
        for step in range(size):
            result[order[at]] = begin + step * apart
            at += 1
    return result


def _start(group: list[float], apart: float) -> float:
    """Where the first of a group stands when its middle is the mean of what its members want."""
    return group[0] / group[1] - (group[1] - 1) * apart / 2
