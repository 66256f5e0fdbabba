"""Boxes as ranges: for each thing varied the part of its whole range that a box takes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.markup import Markup
from sim.report.palette import ARM_STYLES
from sim.report.svg import draw

__all__ = ["Range", "range_chart"]

ROW: Final = 0.31
#: Ends that are nearer than this are written outwards, so that they do not lie over each other.
NEAR: Final = 0.14


@dataclass(frozen=True)
class Range:
    """What a box takes of one thing varied.

    Parameters
    ----------
    label : str
        Name of the thing.
    low, high : float
        Ends of the box as parts of the whole range, between 0 and 1.
    written : tuple of str
        Lowest value of all, ends of the box, highest value of all.
    """

    label: str
    low: float
    high: float
    written: tuple[str, str, str, str]


def range_chart(name: str, boxes: Sequence[tuple[str, Sequence[Range]]], alternative: str) -> Markup:
    """Draw boxes below each other.

    Parameters
    ----------
    name : str
        Name of the chart.
    boxes : sequence of (str, sequence of Range)
        Title and ranges of each box.
    alternative : str
        What the chart shows, in words.
    """
    rows = sum(len(ranges) + 1 for _, ranges in boxes)

    def paint(figure: Figure) -> None:
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(-0.72, 1.14)
        axes.set_ylim(rows - 0.4, -0.6)
        row = 0
        for place, (title, ranges) in enumerate(boxes):
            style = ARM_STYLES[(place + 1) % len(ARM_STYLES)]
            axes.text(-0.72, row, textwrap.shorten(title, 110, placeholder="…"), va="center", fontweight="bold", color=style.words)
            for item in ranges:
                row += 1
                _draw_range(axes, row, item, style.line)
            row += 1

    return draw(name, 7.0, ROW * rows + 0.1, paint, alternative)


def _draw_range(axes: Axes, row: int, item: Range, colour: str) -> None:
    """One range on the line of all values."""
    least, low, high, most = item.written
    axes.text(-0.14, row, textwrap.shorten(item.label, 42, placeholder="…"), ha="right", va="center", fontsize=8)
    axes.plot([0, 1], [row, row], color="#8c8c8c", linewidth=1.6, solid_capstyle="butt")
    axes.plot([item.low, item.high], [row, row], color=colour, linewidth=7, solid_capstyle="butt")
    axes.text(-0.02, row, least, ha="right", va="center", fontsize=7.2, color="#4d4d4d")
    axes.text(1.02, row, most, ha="left", va="center", fontsize=7.2, color="#4d4d4d")
    near = item.high - item.low < NEAR
    if item.low > 0.001:
        axes.text(item.low, row - 0.36, low, ha="right" if near else "center", va="center", fontsize=7.2)
    if item.high < 0.999:
        axes.text(item.high, row - 0.36, high, ha="left" if near else "center", va="center", fontsize=7.2)
