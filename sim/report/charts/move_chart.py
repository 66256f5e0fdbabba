"""An answer along each thing varied: a panel each, lines with bands, settings as dots, one scale for all."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from sim.report.charts.axis import label_values
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import GREY, INK, ArmStyle
from sim.report.svg import draw

__all__ = ["MovePanel", "Trace", "move_chart"]

Floats = NDArray[np.float64]
NOTHING: Final = np.empty(0)
PANEL_HEIGHT: Final = 1.95
#: Dots of one panel at the most; more would say no more.
DOTS: Final = 250


@dataclass(frozen=True)
class Trace:
    """One line of a panel with the ends of its band; not a number where there is none."""

    title: str
    style: ArmStyle
    across: Floats
    middle: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class MovePanel:
    """One panel.

    Parameters
    ----------
    title : str
        What varies.
    unit : str
        Unit along the axis below.
    amount : Amount
        How to write the values along it.
    lines : sequence of Trace
        One for each scenario.
    dots_across, dots_up : ndarray of float64, shape (settings,)
        Settings behind the first line; empty for none.
    usual : float
        Marked on the axis below; not a number for none.
    whole : bool
        Whether the values along it are whole numbers.
    """

    title: str
    unit: str
    amount: Amount
    lines: Sequence[Trace]
    dots_across: Floats = field(default_factory=lambda: NOTHING)
    dots_up: Floats = field(default_factory=lambda: NOTHING)
    usual: float = float("nan")
    whole: bool = False


def move_chart(
    name: str, panels: Sequence[MovePanel], amount: Amount, unit: str, alternative: str, *, marked: Sequence[float] = (0.0,)
) -> Markup:
    """Draw an answer along what varies.

    Parameters
    ----------
    name : str
        Name of the chart.
    panels : sequence of MovePanel
        All on one scale.
    amount : Amount
        How to write the answer.
    unit : str
        Its unit, written along the axis on the left.
    alternative : str
        What the chart shows, in words.
    marked : sequence of float
        Heights that are marked by a line, where they lie within the scale.
    """
    across = min(len(panels), 3)
    down = -(-len(panels) // across)
    shown = {line.title: line.style for panel in panels for line in panel.lines}
    height = (
        PANEL_HEIGHT * down + (0.55 if across == 1 else 0.0) + 0.2 + 0.2 * -(-len(shown) // (2 if across == 1 else 3)) * (len(shown) > 1)
    )

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots(down, across, sharey=True, squeeze=False).ravel()
        bottom, top = _bounds(panels)
        for at, panel in zip(axes, panels, strict=False):
            _panel(at, panel, 76 // across)
            for height_marked in marked:
                if bottom < height_marked < top:
                    at.axhline(height_marked, color=INK, linewidth=0.8)
        for spare in axes[len(panels) :]:
            spare.set_axis_off()
        axes[0].set_ylim(bottom, top)
        label_values(axes[0], amount)
        figure.supylabel("\n".join(textwrap.wrap(unit, 26 * down + 6, max_lines=3, placeholder="…")), fontsize=8)
        if len(shown) > 1:
            handles = [_handle(title, style) for title, style in shown.items()]
            figure.legend(handles=handles, loc="outside upper left", ncols=2 if across == 1 else 3, frameon=False, fontsize=8)

    return draw(name, 4.6 if across == 1 else 7.0, height, paint, alternative)


def _handle(title: str, style: ArmStyle) -> Line2D:
    """The line of a scenario among the names."""
    words = textwrap.shorten(title, 48, placeholder="…") or " "
    handle = Line2D([], [], color=style.line, marker=style.mark, markersize=4.5, label=words)
    handle.set_linestyle(cast(Any, style.dash))
    return handle


def _panel(axes: Axes, panel: MovePanel, letters: int) -> None:
    """Dots, bands, lines and names of one panel."""
    every = max(1, -(-len(panel.dots_across) // DOTS))
    axes.scatter(panel.dots_across[::every], panel.dots_up[::every], s=5, color=GREY, alpha=0.45, linewidths=0)
    for line in panel.lines:
        style = line.style
        axes.fill_between(line.across, line.low, line.high, color=style.line, alpha=0.2, linewidth=0)
        axes.plot(line.across, line.middle, color=style.line, linestyle=style.dash, marker=style.mark, markersize=4, linewidth=1.6)
    if np.isfinite(panel.usual):
        axes.plot([panel.usual], [0.0], marker="^", color=INK, markersize=5, transform=axes.get_xaxis_transform(), clip_on=False)
    axes.set_title("\n".join(textwrap.wrap(panel.title, max(letters, 24), max_lines=2, placeholder="…")), fontsize=8.5)
    axes.set_xlabel("\n".join(textwrap.wrap(panel.unit, max(letters, 24), max_lines=2, placeholder="…")), fontsize=8)
    _across(axes, panel)


def _across(axes: Axes, panel: MovePanel) -> None:
    """Scale and ticks below; a single value stands in the middle."""
    parts = np.concatenate([panel.dots_across, *(line.across for line in panel.lines)])
    finite = parts[np.isfinite(parts)]
    if len(finite) and np.ptp(finite) == 0:
        axes.set_xlim(float(finite[0]) - (abs(float(finite[0])) or 1.0) * 0.5, float(finite[0]) + (abs(float(finite[0])) or 1.0) * 0.5)
    label_values(axes, panel.amount, across=True, ticks=4)
    if panel.whole:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def _bounds(panels: Sequence[MovePanel]) -> tuple[float, float]:
    """Ends of the scale of all panels: lines and bands wholly, and all but the furthest hundredth of the dots on each side."""
    parts = [part for panel in panels for line in panel.lines for part in (line.low, line.high, line.middle)]
    dots = np.concatenate([NOTHING, *(panel.dots_up for panel in panels)])
    dots = dots[np.isfinite(dots)]
    if len(dots):
        parts.append(np.quantile(dots, [0.01, 0.99]))
    finite = np.concatenate([NOTHING, *parts])
    finite = finite[np.isfinite(finite)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    room = (high - low) * 0.08 or abs(high) * 0.05 or 0.5
    return low - room, high + room
