"""Lines over a few steps, one for each arm, with their intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.charts.axis import spread_apart
from sim.report.markup import Markup
from sim.report.palette import ArmStyle
from sim.report.svg import draw

__all__ = ["Line", "line_chart"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One line with the ends of its interval at each step."""

    title: str
    style: ArmStyle
    middle: Floats
    low: Floats
    high: Floats


def line_chart(name: str, lines: Sequence[Line], across: str, upward: str, alternative: str) -> Markup:
    """Draw lines of pence over steps from the first.

    Parameters
    ----------
    name : str
        Name of the chart.
    lines : sequence of Line
        The reference first.
    across, upward : str
        Words along the axes.
    alternative : str
        What the chart shows, in words.
    """

    def paint(figure: Figure) -> None:
        axes = figure.add_axes((0.085, 0.18, 0.6, 0.76))
        for line in lines:
            steps = np.arange(1, len(line.middle) + 1)
            style = line.style
            axes.fill_between(steps, line.low * 100, line.high * 100, color=style.line, alpha=0.2, linewidth=0)
            axes.plot(steps, line.middle * 100, color=style.line, linestyle=style.dash, marker=style.mark, markersize=4.5, linewidth=1.6)
        axes.set_ylim(bottom=0)
        axes.set_xlim(0.9, max(len(lines[0].middle), 2))
        axes.set_xlabel(across)
        axes.set_ylabel(upward)
        _names(axes, lines)

    return draw(name, 7.0, 2.7, paint, alternative)


def _names(axes: Axes, lines: Sequence[Line]) -> None:
    """Names of the lines on the right, in the order in which they begin."""
    begin = [float(line.middle[0]) * 100 for line in lines]
    heights = spread_apart([value / max(axes.get_ylim()[1], 1e-9) for value in begin], 0.2, 0.1, 0.95)
    for line, value, height in zip(lines, begin, heights, strict=True):
        words = "\n".join(textwrap.wrap(line.title, 30, max_lines=2, placeholder="…"))
        axes.plot([1.03], [height], marker=line.style.mark, color=line.style.line, transform=axes.transAxes, clip_on=False, markersize=5)
        axes.text(
            1.055,
            height,
            f"{words}\n{value:.1f}p after 1 payment",
            transform=axes.transAxes,
            color=line.style.words,
            va="center",
            fontsize=7.8,
        )
