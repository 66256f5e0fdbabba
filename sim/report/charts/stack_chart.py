"""Signed parts of several wholes as bars: what adds to the right of nought, what takes away to the left, the whole as a mark."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.charts.axis import label_values
from sim.report.charts.stacked import stack_bars
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import INK
from sim.report.svg import draw

__all__ = ["stack_chart"]


def stack_chart(
    name: str,
    bars: Sequence[str],
    parts: Sequence[tuple[str, str]],
    values: Sequence[Sequence[float]],
    amount: Amount,
    unit: str,
    alternative: str,
) -> Markup:
    """Draw signed parts.

    Parameters
    ----------
    name : str
        Name of the chart.
    bars : sequence of str
        Title of each bar, the first at the top.
    parts : sequence of (str, str)
        Name and colour of each part, from nought outwards.
    values : sequence of sequence of float
        For each bar the value of each part; their sum is drawn as a mark.
    amount : Amount
        How to write values.
    unit : str
        Written below.
    alternative : str
        What the chart shows, in words.
    """
    height = 0.34 * len(bars) + 0.22 * -(-(len(parts) + 1) // 3) + 0.75

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        stack_bars(axes, values, [colour for _, colour in parts], 0.62)
        for row, listed in enumerate(values):
            axes.plot([sum(listed)], [row], marker="D", markersize=5, color=INK, markerfacecolor="white")
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_yticks(range(len(bars)), [_folded(bar) for bar in bars])
        axes.set_ylim(len(bars) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
        label_values(axes, amount, across=True, ticks=6)
        axes.set_xlabel(unit, fontsize=8)
        marks: list[Patch | Line2D] = [Patch(facecolor=colour, edgecolor=INK, linewidth=0.5, label=_folded(part)) for part, colour in parts]
        marks.append(Line2D([], [], marker="D", linestyle="none", color=INK, markerfacecolor="white", markersize=5, label="Whole effect"))
        figure.legend(handles=marks, loc="outside upper left", ncols=3, frameon=False, fontsize=8)

    return draw(name, 7.0, height, paint, alternative)


def _folded(title: str) -> str:
    """A title on two lines at most."""
    return "\n".join(textwrap.wrap(title, 34, max_lines=2, placeholder="…")) or " "
