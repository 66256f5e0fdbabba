"""Bars of signed parts: from nought outwards on either side, one part after the other."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from sim.report.palette import INK

__all__ = ["stack_bars"]


def stack_bars(axes: Axes, values: Sequence[Sequence[float]], colours: Sequence[str], thickness: float, *, upright: bool = False) -> None:
    """Draw bars.

    Parameters
    ----------
    axes : Axes
        Where to.
    values : sequence of sequence of float
        For each bar the value of each part.
    colours : sequence of str
        Of each part.
    thickness : float
        Of a bar, where the next begins 1 further on.
    upright : bool
        Whether bars stand.
    """
    for place, listed in enumerate(values):
        ends = {True: 0.0, False: 0.0}
        for value, colour in zip(listed, colours, strict=True):
            side = value >= 0
            if upright:
                axes.bar(place, value, bottom=ends[side], color=colour, width=thickness, edgecolor=INK, linewidth=0.5)
            else:
                axes.barh(place, value, left=ends[side], color=colour, height=thickness, edgecolor=INK, linewidth=0.5)
            ends[side] += value
