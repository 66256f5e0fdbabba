"""Money of several groups as bars, each in parts; credits to the left of nought."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.charts.axis import label_values
from sim.report.charts.stacked import stack_bars
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import INK
from sim.report.svg import draw

__all__ = ["amount_chart"]

Part = tuple[str, str]


def amount_chart(
    name: str,
    bars: Sequence[str],
    parts: Sequence[Part],
    values: Sequence[Sequence[float]],
    symbol: str,
    alternative: str,
    *,
    upright: bool = False,
) -> Markup:
    """Draw money in parts.

    Parameters
    ----------
    name : str
        Name of the chart.
    bars : sequence of str
        Title of each bar, the first at the top, or on the left when upright.
    parts : sequence of (str, str)
        Name and colour of each part, from nought outwards.
    values : sequence of sequence of float
        For each bar the money of each part.
    symbol : str
        Sign of the currency.
    alternative : str
        What the chart shows, in words.
    upright : bool
        Whether bars stand, as for periods.
    """
    height = 2.9 if upright else 0.25 * len(bars) + 0.75

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        stack_bars(axes, values, [colour for _, colour in parts], 0.78 if upright else 0.7, upright=upright)
        if upright:
            _stand(axes, bars)
        else:
            _lie(axes, bars)
        label_values(axes, Amount("money", symbol), across=not upright, ticks=6)
        marks = [Patch(facecolor=colour, edgecolor=INK, linewidth=0.5, label=part) for part, colour in parts]
        figure.legend(handles=marks, loc="outside upper left", ncols=4, frameon=False, fontsize=8)

    return draw(name, 7.0, height, paint, alternative)


def _lie(axes: Axes, bars: Sequence[str]) -> None:
    """Bars that lie: their titles on the left."""

    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(bars)), [textwrap.shorten(bar, 40, placeholder="…") or " " for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")


def _stand(axes: Axes, bars: Sequence[str]) -> None:
    """Bars that stand: as many of their titles below as there is room for."""

    step = -(-len(bars) // 12)
    places = list(range(0, len(bars), step))
    axes.axhline(0, color=INK, linewidth=0.9)
    axes.set_xticks(places, [bars[place] for place in places])
    axes.set_xlim(-0.6, max(len(bars), 4) - 0.4)
