"""Lines over a few steps, one for each arm, with their intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
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
    """Draw lines of pence over steps from nought.

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
        axes = figure.add_axes((0.085, 0.17, 0.62, 0.78))
        ends = []
        for line in lines:
            steps = np.arange(len(line.middle))
            axes.fill_between(steps, line.low * 100, line.high * 100, color=line.style.line, alpha=0.2, linewidth=0)
            axes.plot(
                steps, line.middle * 100, color=line.style.line, linestyle=line.style.dash, marker=line.style.mark, markersize=4.5, linewidth=1.6
            )
            ends.append(float(line.middle[1]) * 100 if len(line.middle) > 1 else 0.0)
        axes.set_ylim(0, 100)
        axes.set_xlim(0, max(len(lines[0].middle) - 1, 1))
        axes.set_xlabel(across)
        axes.set_ylabel(upward)
        heights = spread_apart(ends, 13.0, 8.0, 92.0)
        for line, end, height in zip(lines, ends, heights, strict=True):
            words = "\n".join(textwrap.wrap(line.title, 30, max_lines=2, placeholder="…"))
            axes.annotate(
                f"{words}\n{end:.1f}p after 1 payment",
                (1, end),
                xytext=(1.02, height / 100),
                textcoords="axes fraction",
                color=line.style.words,
                va="center",
                fontsize=7.8,
                annotation_clip=False,
            )
            axes.plot([1.01], [height], marker=line.style.mark, color=line.style.line, transform=axes.get_yaxis_transform(), clip_on=False, markersize=4)

    return draw(name, 7.0, 2.7, paint, alternative)
