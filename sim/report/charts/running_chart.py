"""A running share: how much the so many largest of a list make together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.report.charts.axis import label_values
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import arm_style
from sim.report.svg import draw

__all__ = ["running_chart"]


def running_chart(name: str, amounts: Sequence[float], across: str, upward: str, alternative: str, marked: int) -> Markup:
    """Draw the running share of amounts.

    Parameters
    ----------
    name : str
        Name of the chart.
    amounts : sequence of float
        From the largest to the smallest, all above nought.
    across, upward : str
        Words along the axes.
    alternative : str
        What the chart shows, in words.
    marked : int
        How many make the share that is marked.
    """
    running = np.cumsum(np.asarray(amounts, dtype=float))
    shares = running / running[-1]
    steps = np.arange(1, len(shares) + 1)
    # A list of many thousands is drawn by some hundreds of its points.
    kept = np.unique(np.concatenate([steps[:50], np.linspace(1, len(steps), 400).astype(int), [marked]]))

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        style = arm_style(1)
        axes.plot(kept, shares[kept - 1], color=style.line, linewidth=1.7, marker="o" if len(shares) < 12 else None, markersize=4)
        axes.plot([marked], [shares[marked - 1]], marker=style.mark, color=style.line, markersize=6)
        axes.annotate(
            f"{marked:,} make {shares[marked - 1]:.0%}",
            (marked, shares[marked - 1]),
            xytext=(8, -12),
            textcoords="offset points",
            fontsize=8,
        )
        axes.set_xscale("log")
        ticks = [step for step in (1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000, 100_000) if step <= len(shares)]
        axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        axes.minorticks_off()
        axes.set_xlim(0.9, max(len(shares), 2) * 1.1)
        axes.set_ylim(0, 1.03)
        label_values(axes, Amount("share"))
        axes.set_xlabel(across)
        axes.set_ylabel(upward)

    return draw(name, 7.0, 2.5, paint, alternative)
