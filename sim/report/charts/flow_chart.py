"""A flow that is drawn payment by payment: bands from who pays to who is paid, as wide as the money."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from numpy.typing import NDArray

from sim.report.charts.axis import spread_apart
from sim.report.markup import Markup
from sim.report.palette import INK
from sim.report.svg import draw

__all__ = ["Flow", "flow_chart"]

Floats = NDArray[np.float64]

#: Colours of nodes in the place, and greys of those outside it. Firms and branches have theirs from the charts of owners; nobody else has
#: a colour that means an owner there.
COLOURS: Final = ("#0072B2", "#E69F00", "#882255", "#332288", "#44AA99")
GREYS: Final = ("#8c8c8c", "#a6a6a6", "#bfbfbf", "#cccccc", "#999999", "#b3b3b3")
#: Inches: of one drawing alone and of two side by side, and where the columns of each begin.
WIDTH: Final = 7.0
ALONE: Final = (2.95, (0.05, 1.8, 3.55, 5.3))
BESIDE: Final = (3.25, (0.02, 0.6, 2.02))
#: Vertical space: 1 is the whole pound; what is left is for gaps.
TALL: Final = 1.36
GAP: Final = 0.045
#: Inches from edge to edge of a node.
NODE: Final = 0.1
#: Behind a name, so that bands do not strike through it.
PLATE: Final = {"facecolor": "white", "alpha": 0.72, "edgecolor": "none", "pad": 0.8}
#: Parts of a pound below this are drawn without a name.
NAMED: Final = 0.004


@dataclass(frozen=True)
class Flow:
    """One flow to be drawn.

    Parameters
    ----------
    title : str
        Title of the arm.
    colour : str
        Colour of the title.
    links : ndarray of float64, shape (payments, nodes, nodes)
        Parts of the pound paid by each node to each other in each payment.
    """

    title: str
    colour: str
    links: Floats


@dataclass(frozen=True)
class Node:
    """One node of one column: its place among the nodes, and where it is drawn."""

    place: int
    value: float
    top: float

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.top - self.value


def flow_chart(name: str, nodes: tuple[str, ...], inside: int, flows: Sequence[Flow], start: str, alternative: str) -> Markup:
    """Draw where a pound goes: one flow payment by payment, or two side by side on one scale, with their first two payments.

    Parameters
    ----------
    name : str
        Name of the chart.
    nodes : tuple of str
        Names of the nodes; the first `inside` of them are in the place.
    inside : int
        How many nodes pass the money on; at the others it has left.
    flows : sequence of Flow
        One or two.
    start : str
        Name of the first node.
    alternative : str
        What the chart shows, in words.
    """
    height, columns = ALONE if len(flows) == 1 else BESIDE

    def paint(figure: Figure) -> None:
        wide = 1 / len(flows)
        for place, flow in enumerate(flows):
            axes = figure.add_axes((place * wide, 0.0, wide, 1.0))
            axes.set_axis_off()
            axes.set_xlim(0, WIDTH * wide)
            axes.set_ylim(-0.03, TALL + (0.19 if len(flows) == 1 else 0.36))
            if len(flows) > 1:
                title = "\n".join(textwrap.wrap(flow.title, 42, max_lines=2, placeholder="…"))
                axes.text(columns[0], TALL + 0.34, title, va="top", fontsize=8.5, fontweight="bold", color=flow.colour)
            links = flow.links[: len(columns) - 1]
            _flow(axes, links, columns[: len(links) + 1], (start, *nodes), inside)

    return draw(name, WIDTH, height, paint, alternative)


def _flow(axes: Axes, links: Floats, places: Sequence[float], names: tuple[str, ...], inside: int) -> None:
    """One flow: bands from column to column, then the nodes with their names."""
    columns = [[Node(-1, 1.0, TALL - 0.02)], *(_column(link.sum(axis=0), inside) for link in links)]
    narrow = places[1] < ALONE[1][1]
    _heads(axes, places, f"{names[0]}\n100p" if narrow else "The pound")
    for step, link in enumerate(links):
        ends = (places[step] + NODE, places[step + 1])
        _bands(axes, ends, columns[step], columns[step + 1], link if step else link.sum(axis=0)[None, :], inside)
    for place, column in zip(places, columns, strict=True):
        _nodes(axes, place, column, names, inside, named=not narrow or place > places[0], wide=not narrow)


def _colour(place: int, inside: int) -> str:
    """Colour of a node."""
    return COLOURS[place % len(COLOURS)] if place < inside else GREYS[(place - inside) % len(GREYS)]


def _column(values: Floats, inside: int) -> list[Node]:
    """Nodes of one column: those in the place from the top, those outside from the bottom."""
    nodes, top = [], TALL - 0.02
    for place in range(inside):
        if values[place] > 0:
            nodes.append(Node(place, float(values[place]), top))
            top -= float(values[place]) + GAP
    bottom = 0.0
    for place in range(len(values) - 1, inside - 1, -1):
        if values[place] > 0:
            nodes.append(Node(place, float(values[place]), bottom + float(values[place])))
            bottom += float(values[place]) + GAP
    return nodes


def _heads(axes: Axes, places: Sequence[float], first: str) -> None:
    """What each column is."""
    words = [first, "After 1 payment", *(f"After {hop} payments" for hop in range(2, len(places)))]
    for place, head in zip(places, words, strict=True):
        axes.text(place, TALL + 0.14, head, ha="left", va="top", fontsize=8, fontweight="bold", linespacing=1.1)


def _bands(axes: Axes, ends: tuple[float, float], before: list[Node], after: list[Node], link: Floats, inside: int) -> None:
    """Bands from one column to the next, each end stacked in the order of the nodes of the other."""
    into = {node.place: node.top for node in after}
    for source in before:
        if source.place >= inside:
            continue
        out = source.top
        for target in sorted(after, key=lambda node: -node.top):
            value = float(link[max(source.place, 0), target.place])
            if value <= 0:
                continue
            _band(axes, (ends[0], out), (ends[1], into[target.place]), value, _colour(target.place, inside))
            out -= value
            into[target.place] -= value


def _band(axes: Axes, begin: tuple[float, float], end: tuple[float, float], value: float, colour: str) -> None:
    """One band, as wide as its value from one end to the other."""
    (left, top), (right, landing) = begin, end
    middle = left + (right - left) * 0.42
    points = [
        (left, top),
        (middle, top),
        (middle, landing),
        (right, landing),
        (right, landing - value),
        (middle, landing - value),
        (middle, top - value),
        (left, top - value),
        (left, top),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=0.32, linewidth=0))


def _nodes(axes: Axes, left: float, column: list[Node], names: tuple[str, ...], inside: int, *, named: bool, wide: bool) -> None:
    """Bars of a column with their names and pence, on two lines where columns stand close."""
    told = [node for node in column if node.value >= NAMED] if named else []
    apart = 0.076 if wide else 0.135
    heights = spread_apart([(node.top + node.bottom) / 2 for node in told], apart, 0.02, TALL)
    for node in column:
        colour = INK if node.place < 0 else _colour(node.place, inside)
        axes.add_patch(Rectangle((left, node.bottom), NODE, node.value, facecolor=colour, edgecolor=INK, linewidth=0.4))
    for node, height in zip(told, heights, strict=True):
        weight = "bold" if node.place < inside else "normal"
        gap = " " if wide else "\n"
        words = f"{names[node.place + 1]}{gap}{node.value * 100:.1f}p" if node.place >= 0 else f"{names[0]}\n100p"
        axes.text(left + NODE + 0.05, height, words, va="center", fontsize=7.5, fontweight=weight, linespacing=1.0, bbox=PLATE)
