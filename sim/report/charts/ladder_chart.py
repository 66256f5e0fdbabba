"""Rows with a number for each, in order: a tornado of answers at two ends, or bars of what counts most, each with its interval."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.report.charts.axis import label_values
from sim.report.markup import Markup
from sim.report.numbers import Amount
from sim.report.palette import ARM_STYLES, GREY, INK
from sim.report.svg import draw

__all__ = ["Bars", "End", "index_chart", "tornado_chart"]

Floats = NDArray[np.float64]
ROW: Final = 0.3


@dataclass(frozen=True)
class End:
    """The answers at one end of each thing varied, with their intervals, and the value there as written."""

    title: str
    answers: Floats
    low: Floats
    high: Floats
    written: Sequence[str]


@dataclass(frozen=True)
class Bars:
    """One kind of number of each row, with its interval."""

    title: str
    values: Floats
    low: Floats
    high: Floats


def tornado_chart(
    name: str,
    rows: Sequence[str],
    ends: tuple[End, End],
    amount: Amount,
    unit: str,
    alternative: str,
    *,
    usual: float = float("nan"),
    marked: Sequence[float] = (),
) -> Markup:
    """Draw how far an answer goes when each thing moves from one end to the other.

    Parameters
    ----------
    name : str
        Name of the chart.
    rows : sequence of str
        Name of each thing varied, the widest at the top.
    ends : (End, End)
        Answers at the low and at the high end.
    amount : Amount
        How to write answers.
    unit : str
        Unit, written below.
    alternative : str
        What the chart shows, in words.
    usual : float
        The answer when all stands as usual; not a number where it is not known.
    marked : sequence of float
        Answers that are marked by a line, as nought and where a decision turns.
    """
    styles = (ARM_STYLES[0], ARM_STYLES[1])

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        for place, (first, second) in enumerate(zip(ends[0].answers, ends[1].answers, strict=True)):
            axes.plot([first, second], [place, place], color="#cfcfcf", linewidth=9, solid_capstyle="butt", zorder=1)
        for offset, end, style in zip((-0.13, 0.13), ends, styles, strict=True):
            places = np.arange(len(rows)) + offset
            axes.hlines(places, end.low, end.high, color=style.line, linewidth=1.4, zorder=2)
            axes.plot(end.answers, places, linestyle="none", marker=style.mark, color=style.line, markersize=5, zorder=3)
        for value in marked:
            axes.axvline(value, color=INK, linewidth=0.9, zorder=0)
        if np.isfinite(usual):
            axes.axvline(usual, color=GREY, linewidth=1.2, linestyle=(0, (4.0, 1.5)), zorder=0)
        _rows(axes, [_two_lines(row, f"{low} to {high}") for row, low, high in zip(rows, ends[0].written, ends[1].written, strict=True)])
        label_values(axes, amount, across=True, ticks=6)
        axes.set_xlabel(unit, fontsize=8)
        marks = [Line2D([], [], linestyle="none", marker=s.mark, color=s.line, label=e.title) for e, s in zip(ends, styles, strict=True)]
        if np.isfinite(usual):
            marks.append(Line2D([], [], color=GREY, linestyle=(0, (4.0, 1.5)), label="all as usual"))
        figure.legend(handles=marks, loc="outside upper left", ncols=3, frameon=False, fontsize=8)

    return draw(name, 7.0, 0.36 * len(rows) + 0.95, paint, alternative)


def index_chart(
    name: str,
    rows: Sequence[str],
    bars: Sequence[Bars],
    amount: Amount,
    unit: str,
    alternative: str,
    *,
    yardsticks: Floats | None = None,
) -> Markup:
    """Draw how much each thing varied counts.

    Parameters
    ----------
    name : str
        Name of the chart.
    rows : sequence of str
        Name of each thing varied, what counts most at the top.
    bars : sequence of Bars
        One or two kinds of number.
    amount : Amount
        How to write them.
    unit : str
        What they are, written below.
    alternative : str
        What the chart shows, in words.
    yardsticks : ndarray of float64, shape (rows,), optional
        What luck alone gives in each row; not a number where it is not known.
    """
    colours = [ARM_STYLES[0].line, ARM_STYLES[4].line, ARM_STYLES[5].line]
    thick = 0.72 / max(len(bars), 1)

    def paint(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        axes = figure.subplots()
        for step, item in enumerate(bars):
            places = np.arange(len(rows)) + (step - (len(bars) - 1) / 2) * thick
            axes.barh(places, np.nan_to_num(item.values), height=thick * 0.92, color=colours[step % 3])
            axes.hlines(places, item.low, item.high, color=INK, linewidth=1.2)
            for ends in (item.low, item.high):
                axes.plot(ends, places, linestyle="none", marker="|", color=INK, markersize=4)
        axes.axvline(0, color=INK, linewidth=0.9)
        has_yardsticks = yardsticks is not None and bool(np.isfinite(yardsticks).any())
        if yardsticks is not None and has_yardsticks:
            axes.vlines(yardsticks, np.arange(len(rows)) - 0.42, np.arange(len(rows)) + 0.42, color=ARM_STYLES[1].line, linewidth=1.8)
        _rows(axes, [_two_lines(row, "") for row in rows])
        label_values(axes, amount, across=True, ticks=6)
        axes.set_xlabel(unit, fontsize=8)
        marks: list[Patch | Line2D] = [Patch(facecolor=colours[step % 3], label=item.title) for step, item in enumerate(bars)]
        if has_yardsticks:
            marks.append(Line2D([], [], color=ARM_STYLES[1].line, linewidth=1.8, label="what luck alone gives"))
        figure.legend(handles=marks, loc="outside upper left", ncols=3, frameon=False, fontsize=8)

    return draw(name, 7.0, max(ROW, 0.14 * len(bars) + 0.08) * len(rows) + 0.95, paint, alternative)


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    """Names of the rows, the first at the top."""
    axes.set_yticks(range(len(labels)), list(labels))
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0, labelsize=7.8)
    axes.spines["left"].set_visible(False)
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    axes.margins(x=0.06)


def _two_lines(label: str, below: str) -> str:
    """A name on one line with a second below it, or a name alone on two lines."""
    if below:
        return textwrap.shorten(label, 40, placeholder="…") + "\n" + textwrap.shorten(below, 40, placeholder="…")
    return "\n".join(textwrap.wrap(label, 38, max_lines=2, placeholder="…")) or " "
