"""Matplotlib drawings as inline SVG: the same bytes for the same numbers, no name twice on a page, words that can be read aloud."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import Any, Final, cast

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.report.drawing import STYLE, Drawing
from sim.report.markup import Markup, element
from sim.report.numbers import plain

__all__ = ["draw"]

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
        What the chart shows, in words, for those who can't see it: what is drawn, a full stop, and the finding.

    Returns
    -------
    Markup
        One ``svg`` element, and the drawing itself, from which files can be made.
    """
    stream = io.StringIO()
    with mpl.rc_context(cast(Any, dict(STYLE))), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font", category=UserWarning)
        figure = Figure(figsize=(width, height))
        painter(figure)
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        figure.set_layout_engine(None)
    heading, _, finding = plain(alternative).partition(". ")
    drawn = stream.getvalue()
    return Markup(_inline(drawn, name, alternative), (Drawing(name, heading.removesuffix("."), finding, figure, drawn),))


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
