"""An answer over two things varied at once: a field of coloured cells with their numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from sim.report.charts.axis import tick_words
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.svg import draw

__all__ = ["HeatAxis", "heat_chart"]

Floats = NDArray[np.float64]
#: From brown over white to green-blue, and from pale to dark blue: both keep their order for any colour vision, and in grey.
AROUND_NOUGHT: Final = "BrBG"
UPWARD: Final = "Blues"
#: Columns beyond which numbers no longer fit into cells.
WRITTEN: Final = 9


@dataclass(frozen=True)
class HeatAxis:
    """One of the two things: its name with the unit, and its values as written."""

    title: str
    values: Sequence[str]


def heat_chart(
    name: str,
    across: HeatAxis,
    upward: HeatAxis,
    values: Floats,
    written: Sequence[Sequence[str]],
    amount: Amount,
    unit: str,
    alternative: str,
    *,
    around_nought: bool = True,
) -> Markup:
    """Draw a field of answers.

    Parameters
    ----------
    name : str
        Name of the chart.
    across, upward : HeatAxis
        The two things varied; the first value stands on the left and at the bottom.
    values : ndarray of float64, shape (upward, across)
        Not a number for a cell without an answer.
    written : sequence of sequence of str
        What stands in each cell, where there is room.
    amount : Amount
        How to write values along the scale.
    unit : str
        Unit of the answer.
    alternative : str
        What the chart shows, in words.
    around_nought : bool
        Whether colours part at nought.
    """
    down, wide = values.shape
    height = 0.36 * min(down, 14) + 1.0

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        scale = _scale(values, around_nought)
        colours = AROUND_NOUGHT if around_nought else UPWARD
        field = axes.pcolormesh(np.ma.masked_invalid(values), norm=scale, cmap=colours, edgecolors="white", linewidth=1.0)
        if wide <= WRITTEN:
            _write(axes, values, written, scale, around_nought)
        _name_axes(axes, across, upward)
        bar = figure.colorbar(field, ax=axes, fraction=0.05, pad=0.02)
        bar.outline.set_visible(False)
        bar.ax.set_ylabel("\n".join(textwrap.wrap(unit, 24, max_lines=2, placeholder="…")), fontsize=8)
        bar.ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
        bar.ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, amount, scale)))

    return draw(name, 7.0, height, paint, alternative)


def _tick(value: float, amount: Amount, scale: Normalize) -> str:
    """A value along the scale of colours."""
    low, high = float(scale.vmin or 0.0), float(scale.vmax or 0.0)
    return tick_words(value, amount, max(abs(low), abs(high)), (high - low) / 5)


def _scale(values: Floats, around_nought: bool) -> Normalize:
    """What colours mean: the same distance from nought is as dark on both sides."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    if around_nought:
        reach = max(abs(low), abs(high)) or 1.0
        return TwoSlopeNorm(0.0, -reach, reach)
    return Normalize(low, high if high > low else low + (abs(low) or 1.0))


def _write(axes: Axes, values: Floats, written: Sequence[Sequence[str]], scale: Normalize, around_nought: bool) -> None:
    """Numbers in the cells, white on dark."""
    size = 7.5 if values.shape[1] <= 7 else 6.5
    for (row, column), value in np.ndenumerate(values):
        if not np.isfinite(value):
            axes.text(column + 0.5, row + 0.5, "-", ha="center", va="center", fontsize=size)
            continue
        shade = float(scale(value))
        dark = abs(shade - 0.5) > 0.33 if around_nought else shade > 0.6
        axes.text(
            column + 0.5, row + 0.5, written[row][column], ha="center", va="center", fontsize=size, color="white" if dark else "black"
        )


def _name_axes(axes: Axes, across: HeatAxis, upward: HeatAxis) -> None:
    """Values of the two things at the middle of each column and row."""
    for axis, item, most in ((axes.xaxis, across, 10), (axes.yaxis, upward, 14)):
        step = max(1, -(-len(item.values) // most))
        places = range(0, len(item.values), step)
        axis.set_ticks([place + 0.5 for place in places], [item.values[place] for place in places])
    axes.set_xlabel("\n".join(textwrap.wrap(across.title, 80, max_lines=2, placeholder="…")))
    axes.set_ylabel("\n".join(textwrap.wrap(upward.title, 28, max_lines=3, placeholder="…")))
    axes.tick_params(length=0)
    axes.grid(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
