"""Differences with their intervals around the line of no difference: one row each, one mark for each arm."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from sim.report.charts.axis import label_values
from sim.report.findings.comparison import Compared
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import INK, ArmStyle
from sim.report.svg import draw

__all__ = ["IntervalSeries", "interval_chart"]


@dataclass(frozen=True)
class IntervalSeries:
    """The differences of one arm, one for each row.

    Parameters
    ----------
    title : str
        Title of the arm.
    style : ArmStyle
        How it is drawn.
    rows : sequence of Compared
        In the order of the rows.
    """

    title: str
    style: ArmStyle
    rows: Sequence[Compared]


def interval_chart(
    name: str, labels: Sequence[str], series: Sequence[IntervalSeries], amount: Amount, unit: str, alternative: str
) -> Markup:
    """Draw differences with intervals; a filled mark can be told from luck when taken alone, an open one can't.

    Parameters
    ----------
    name : str
        Name of the chart.
    labels : sequence of str
        Name of each row, the first at the top.
    series : sequence of IntervalSeries
        One panel each, on one scale.
    amount : Amount
        How to write values.
    unit : str
        Written below.
    alternative : str
        What the chart shows, in words.
    """
    across = min(len(series), 3)
    down = -(-len(series) // across)
    height = (0.21 * len(labels) + 0.85) * down

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        panels = figure.subplots(down, across, sharey=True, sharex=True, squeeze=False).ravel()
        for panel, item in zip(panels, series, strict=False):
            panel.axvline(0, color=INK, linewidth=0.9)
            for place, row in enumerate(item.rows):
                if not math.isfinite(row.mean):
                    continue
                if math.isfinite(row.low) and math.isfinite(row.high):
                    panel.plot([row.low, row.high], [place, place], color=item.style.line, linewidth=1.8, solid_capstyle="butt")
                fill = item.style.line if row.is_told else "white"
                panel.plot([row.mean], [place], marker=item.style.mark, markersize=5.5, color=item.style.line, markerfacecolor=fill)
            panel.set_title(
                "\n".join(textwrap.wrap(item.title, 60 // across, max_lines=2, placeholder="…")), color=item.style.words, fontsize=8.5
            )
            panel.grid(True, axis="x")
            panel.set_ylim(len(labels) - 0.5, -0.5)
            panel.tick_params(axis="y", length=0)
            panel.spines["left"].set_visible(False)
            panel.margins(x=0.06)
        panels[0].set_yticks(range(len(labels)), [_short(label) for label in labels])
        for panel in panels[: len(series)]:
            label_values(panel, amount, across=True, ticks=4 if across > 1 else 6)
        for panel in panels[len(series) :]:
            panel.set_axis_off()
        figure.supxlabel(unit, fontsize=8)

    return draw(name, 7.0, height, paint, alternative)


def _short(label: str) -> str:
    """A label on two lines at most."""
    return "\n".join(textwrap.wrap(label, 44, max_lines=2, placeholder="…")) or " "
