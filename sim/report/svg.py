"""Matplotlib drawings as inline SVG: the same bytes for the same numbers, no name twice on a page, words that can be read aloud."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import Any, Final, cast

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.report.markup import Markup, element
from sim.report.numbers import plain
from sim.report.palette import INK

__all__ = ["draw"]

#: Points of text in a chart, as printed on A4 at full width.
SIZE: Final = 8.5
STYLE: Final[dict[str, Any]] = {
    "svg.hashsalt": "localwealth",
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "font.size": SIZE,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": "#8c8c8c",
    "axes.labelcolor": INK,
    "axes.labelsize": SIZE,
    "axes.titlesize": SIZE + 0.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "axes.unicode_minus": False,
    "path.simplify": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}
FONT: Final = re.compile(r"font: (?:(bold|italic|\d{3}) )?([0-9.]+)px [^;\"]*")


def draw(name: str, width: float, height: float, painter: Callable[[Figure], None], alternative: str) -> Markup:
    """Draw a chart.

    Parameters
    ----------
    name : str
        Name of the chart, unlike any other of the page: letters, digits and hyphens.
    width, height : float
        Size in inches; an A4 page holds 7.
    painter : callable
        Draws on a figure.
    alternative : str
        What the chart shows, in words, for those who can't see it.

    Returns
    -------
    Markup
        One ``svg`` element.
    """
    stream = io.StringIO()
    with mpl.rc_context(cast(Any, STYLE)), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font", category=UserWarning)
        figure = Figure(figsize=(width, height))
        painter(figure)
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _inline(stream.getvalue(), name, alternative)


def _inline(drawn: str, name: str, alternative: str) -> Markup:
    """The ``svg`` element alone, with names of its own, a title, and the font of the page."""
    body = drawn[drawn.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<style type=\"text/css\">.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{name}-\2"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = FONT.sub(_plain_font, body)
    body = re.sub(r"font-family: [^;\"]*;? ?", "", body)
    body = re.sub(r"\n\s*\n+", "\n", body)
    head, rest = body.split(">", 1)
    box = re.search(r'viewBox="([^"]+)"', head)
    width = re.search(r'width="([0-9.]+)pt"', head)
    title = element("title", plain(alternative), id=f"{name}-title")
    wide = f"{float(width.group(1)) / 72:.3f}in" if width else "7in"
    opening = (
        f'<svg class="chart" role="img" aria-labelledby="{name}-title" viewBox="{box.group(1) if box else "0 0 504 216"}" '
        f'style="width:{wide}" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    return Markup(opening + title + rest)


def _plain_font(found: re.Match[str]) -> str:
    """The size and weight of a text; its family is that of the page."""
    weight = f"font-weight: {found.group(1)}; " if found.group(1) and found.group(1) != "italic" else ""
    return f"{weight}font-size: {found.group(2)}px"
