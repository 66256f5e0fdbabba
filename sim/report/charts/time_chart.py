"""A measure over time: the reference and one arm in each panel, middle run and band, the same scale in all panels."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.charts.axis import label_months, label_values, spread_apart
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import REFERENCE, ArmStyle
from sim.report.svg import draw

__all__ = ["Course", "time_chart"]

Floats = NDArray[np.float64]
HEIGHT = 1.62


@dataclass(frozen=True)
class Course:
    """The course of a measure in one arm.

    Parameters
    ----------
    title : str
        Title of the arm.
    middle, low, high : ndarray of float64, shape (months,)
        Middle run and the ends of the band.
    """

    title: str
    middle: Floats
    low: Floats
    high: Floats


def time_chart(
    name: str,
    amount: Amount,
    unit: str,
    dates: Sequence[str],
    reference: Course | None,
    arms: Sequence[tuple[Course, ArmStyle]],
    alternative: str,
) -> Markup:
    """Draw a measure over time.

    Parameters
    ----------
    name : str
        Name of the chart.
    amount : Amount
        How to write values.
    unit : str
        Unit, written along the axis.
    dates : sequence of str
        The months.
    reference : Course or None
        Drawn in every panel.
    arms : sequence of (Course, ArmStyle)
        One panel each.
    alternative : str
        What the chart shows, in words.
    """
    across = min(len(arms), 2)
    down = -(-len(arms) // across)
    width = 3.4 if across == 1 else 7.0

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        panels = figure.subplots(down, across, sharey=True, squeeze=False).ravel()
        for panel, (course, style) in zip(panels, arms, strict=False):
            _panel(panel, reference, course, style, dates, amount)
        for panel in panels[len(arms) :]:
            panel.set_axis_off()
        bottom, top = _bounds([*(course for course, _ in arms), *([reference] if reference else [])])
        panels[0].set_ylim(bottom, top)
        label_values(panels[0], amount)
        for panel, (course, style) in zip(panels, arms, strict=False):
            _ends(panel, reference, course, style)
        figure.supylabel(_folded(unit, 30 if down == 1 else 60), fontsize=8)

    return draw(name, width, HEIGHT * down + 0.25, paint, alternative)


def _panel(panel: Axes, reference: Course | None, course: Course, style: ArmStyle, dates: Sequence[str], amount: Amount) -> None:
    """One panel: the reference below, the arm above."""
    months = np.arange(1, len(dates) + 1)
    marker = "o" if len(dates) == 1 else None
    if reference is not None:
        panel.fill_between(months, reference.low, reference.high, color=REFERENCE.line, alpha=0.22, linewidth=0)
        panel.plot(months, reference.middle, color=REFERENCE.line, linestyle=REFERENCE.dash, linewidth=1.4, marker=marker)
    panel.fill_between(months, course.low, course.high, color=style.line, alpha=0.22, linewidth=0)
    panel.plot(months, course.middle, color=style.line, linestyle=style.dash, linewidth=1.7, marker=marker)
    panel.set_title(_folded(course.title, 40), color=style.words, fontsize=8.5)
    label_months(panel, dates)
    label_values(panel, amount)


def _ends(panel: Axes, reference: Course | None, course: Course, style: ArmStyle) -> None:
    """Say beside the ends of the lines which is which."""
    ends = [(_last(course.middle), "policy" if reference else "run", style.words)]
    if reference is not None:
        ends.append((_last(reference.middle), "reference", REFERENCE.words))
    ends = [end for end in ends if np.isfinite(end[0])]
    bottom, top = panel.get_ylim()
    heights = spread_apart([end[0] for end in ends], (top - bottom) * 0.095, bottom, top)
    for (_, words, colour), height in zip(ends, heights, strict=True):
        panel.annotate(
            words,
            (1, height),
            xycoords=("axes fraction", "data"),
            xytext=(3, 0),
            textcoords="offset points",
            color=colour,
            va="center",
            fontsize=7.5,
            annotation_clip=False,
        )


def _bounds(courses: Sequence[Course]) -> tuple[float, float]:
    """Ends of the vertical axis for all panels."""
    parts = np.concatenate([np.concatenate([course.low, course.high, course.middle]) for course in courses])
    finite = parts[np.isfinite(parts)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    room = (high - low) * 0.07 or abs(high) * 0.05 or 0.5
    bottom = max(low - room, 0.0) if low >= 0 else low - room
    return bottom, high + room


def _last(values: Floats) -> float:
    """The last value that exists."""
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if len(finite) else float("nan")


def _folded(words: str, width: int) -> str:
    """Words on as many lines as they need, at most three."""
    return "\n".join(textwrap.wrap(words, width, max_lines=3, placeholder="…")) or " "
