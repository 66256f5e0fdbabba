"""Parts of a whole as bars, one bar for each arm, the parts named on the bars."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.report.markup import Markup
from sim.report.palette import OWNER_COLOURS
from sim.report.svg import draw

__all__ = ["share_chart"]

DARK = frozenset({"#0072B2", "#009E73", "#D55E00"})


def share_chart(name: str, bars: Sequence[str], parts: Sequence[str], shares: Sequence[Sequence[float]], unit: str, alternative: str) -> Markup:
    """Draw parts of a whole.

    Parameters
    ----------
    name : str
        Name of the chart.
    bars : sequence of str
        Title of each bar, the first at the top.
    parts : sequence of str
        Name of each part, from the left.
    shares : sequence of sequence of float
        For each bar the share of each part.
    unit : str
        What the whole is.
    alternative : str
        What the chart shows, in words.
    """

    def paint(figure: Figure) -> None:
        axes = figure.add_axes((0.0, 0.32 / height, 1.0, 1 - 0.85 / height))
        axes.set_axis_off()
        axes.set_xlim(-0.37, 1.0)
        axes.set_ylim(len(bars) - 0.5, -0.5)
        for row, (title, values) in enumerate(zip(bars, shares, strict=True)):
            axes.text(-0.012, row, _folded(title), ha="right", va="center")
            left = 0.0
            for place, value in enumerate(values):
                colour = OWNER_COLOURS[place % len(OWNER_COLOURS)]
                axes.barh(row, value, left=left, color=colour, height=0.62, edgecolor="white", linewidth=1.2)
                if value >= 0.055:
                    words = "white" if colour in DARK else "black"
                    axes.text(left + value / 2, row, f"{value:.1%}", ha="center", va="center", color=words, fontsize=8)
                left += value
        _legend(figure, parts, height)
        axes.text(1.0, len(bars) - 0.42, unit, ha="right", va="top", fontsize=8)

    height = 0.46 * len(bars) + 0.95
    return draw(name, 7.0, height, paint, alternative)


def _legend(figure: Figure, parts: Sequence[str], height: float) -> None:
    """Names of the parts in the order of the bars, each beside its colour."""
    axes = figure.add_axes((0.0, 1 - 0.5 / height, 1.0, 0.5 / height))
    axes.set_axis_off()
    axes.set_xlim(0, 7.0)
    axes.set_ylim(0, 0.5)
    at, row = 1.92, 0.36
    for place, part in enumerate(parts):
        length = 0.3 + 0.073 * len(part)
        if at + length > 7.0 and at > 1.92:
            at, row = 1.92, row - 0.22
        axes.add_patch(_swatch(at, row, OWNER_COLOURS[place % len(OWNER_COLOURS)]))
        axes.text(at + 0.18, row, part, va="center", fontsize=8)
        at += length


def _swatch(at: float, row: float, colour: str) -> object:
    """A small square of a colour."""
    from matplotlib.patches import Rectangle

    return Rectangle((at, row - 0.065), 0.13, 0.13, facecolor=colour)


def _folded(title: str) -> str:
    """A title on two lines at most."""
    return "\n".join(textwrap.wrap(title, 28, max_lines=2, placeholder="…")) or " "
