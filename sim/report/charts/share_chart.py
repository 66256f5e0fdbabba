"""Parts of a whole as bars, one bar for each arm, the parts named on the bars."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.markup import Markup
from sim.report.palette import INK
from sim.report.svg import draw

__all__ = ["share_chart"]

#: Name and colour of a part.
Part = tuple[str, str]
DARK = frozenset({"#0072B2"})
#: Where the names of the parts begin, in inches.
LEFT = 0.1


def share_chart(
    name: str, bars: Sequence[str], parts: Sequence[Part], shares: Sequence[Sequence[float]], unit: str, alternative: str
) -> Markup:
    """Draw parts of a whole.

    Parameters
    ----------
    name : str
        Name of the chart.
    bars : sequence of str
        Title of each bar, the first at the top.
    parts : sequence of (str, str)
        Name and colour of each part, from the left.
    shares : sequence of sequence of float
        For each bar the share of each part.
    unit : str
        What the whole is.
    alternative : str
        What the chart shows, in words.
    """

    rows, places = _legend_places(parts)
    head = 0.22 * rows + 0.12
    height = 0.42 * len(bars) + head + 0.28

    def paint(figure: Figure) -> None:
        axes = figure.add_axes((0.0, 0.28 / height, 1.0, 0.42 * len(bars) / height))
        axes.set_axis_off()
        axes.set_xlim(-0.37, 1.0)
        axes.set_ylim(len(bars) - 0.5, -0.5)
        for row, (title, values) in enumerate(zip(bars, shares, strict=True)):
            axes.text(-0.012, row, _folded(title), ha="right", va="center")
            _bar(axes, row, values, [colour for _, colour in parts])
        _legend(figure, parts, places, height)
        axes.text(1.0, len(bars) - 0.45, unit, ha="right", va="top", fontsize=8)

    return draw(name, 7.0, height, paint, alternative)


def _bar(axes: Axes, row: int, values: Sequence[float], colours: Sequence[str]) -> None:
    """One bar with the larger parts written on it."""
    left = 0.0
    for value, colour in zip(values, colours, strict=True):
        axes.barh(row, value, left=left, color=colour, height=0.66, edgecolor=INK, linewidth=0.6)
        if value >= 0.055:
            words = "white" if colour in DARK else "black"
            axes.text(left + value / 2, row, f"{value:.1%}", ha="center", va="center", color=words, fontsize=8)
        left += value


def _legend_places(parts: Sequence[Part]) -> tuple[int, list[tuple[float, int]]]:
    """How many rows the names of the parts need, and where each stands: inches from the left and row."""
    at, row, places = LEFT, 0, []
    for part, _ in parts:
        length = 0.38 + 0.068 * len(part)
        if at + length > 7.0 and at > LEFT:
            at, row = LEFT, row + 1
        places.append((at, row))
        at += length
    return row + 1, places


def _legend(figure: Figure, parts: Sequence[Part], places: Sequence[tuple[float, int]], height: float) -> None:
    """Names of the parts in the order of the bars, each beside its colour."""
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, 7.0)
    axes.set_ylim(0, height)
    for (part, colour), (at, row) in zip(parts, places, strict=True):
        top = height - 0.13 - 0.22 * row
        axes.add_patch(Rectangle((at, top - 0.065), 0.13, 0.13, facecolor=colour, edgecolor=INK, linewidth=0.6))
        axes.text(at + 0.18, top, part, va="center", fontsize=8)


def _folded(title: str) -> str:
    """A title on two lines at most."""
    return "\n".join(textwrap.wrap(title, 28, max_lines=2, placeholder="…")) or " "
