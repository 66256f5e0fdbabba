"""A drawing of a report as a picture that stands alone: an SVG and a PNG with heading, finding and where it is from."""

from __future__ import annotations

import html
import io
import re
import textwrap
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from sim.report.palette import INK

__all__ = ["STYLE", "Drawing", "chart_names"]

#: Points of text in a chart, as printed on A4 at full width.
SIZE: Final = 8.5
STYLE: Final[Mapping[str, Any]] = MappingProxyType(
    {
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
)
#: Dots to the inch of a PNG: enough for print at the size drawn.
DOTS: Final = 200
#: Inches of a line of the heading and of the words below, and of the margin around all.
HEAD, FOOT, MARGIN = 0.19, 0.145, 0.1
#: Letters to the inch of each.
HEAD_LETTERS, FOOT_LETTERS = 11.0, 17.5
NOTE_COLOUR: Final = "#4d4d4d"
FONTS: Final = "'DejaVu Sans', Verdana, Arial, sans-serif"


def chart_names(prefix: str, names: Sequence[str]) -> list[str]:
    """Names of charts from names of what they draw: small letters, digits and hyphens, no two alike.

    Examples
    --------
    >>> chart_names("over-time", ["jobs", "retention_place/all", "equity_share/outside owners", "Jobs"])
    ['over-time-jobs', 'over-time-retention-place', 'over-time-equity-share-outside-owners', 'over-time-jobs-4']
    """
    made: list[str] = []
    for place, name in enumerate(names, start=1):
        words = re.sub(r"[^a-z0-9]+", "-", name.removesuffix("/all").lower()).strip("-")
        wanted = f"{prefix}-{words}" if words else f"{prefix}-{place}"
        made.append(f"{wanted}-{place}" if wanted in made else wanted)
    return made


@dataclass(frozen=True)
class _Line:
    """A line of words around a chart: its base in inches above the lower edge of the chart, its size in points."""

    words: str
    base: float
    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, eq=False)
class Drawing:
    """One chart of a page.

    Parameters
    ----------
    name : str
        Name within the page, and of its files: letters, digits and hyphens.
    heading, finding : str
        What is drawn, and what it shows.
    figure : Figure
        As drawn, with its layout settled.
    drawn : str
        The SVG of it.
    """

    name: str
    heading: str
    finding: str
    figure: Figure
    drawn: str

    def files(self, source: str = "") -> dict[str, bytes]:
        """The chart as files that need no page around them.

        Parameters
        ----------
        source : str
            Where it is from, written below.

        Returns
        -------
        dict of str to bytes
            By file name: an SVG, and a PNG with 200 dots to the inch.

        Examples
        --------
        >>> sorted(Drawing("jobs", "Jobs", "More.", Figure(figsize=(3, 1)), "<svg></svg>").files())
        ['jobs.png', 'jobs.svg']
        """
        width, height = (float(side) for side in self.figure.get_size_inches())
        lines = _lines(self, source, width, height)
        top, foot = HEAD * sum(line.bold for line in lines) + MARGIN, FOOT * sum(not line.bold for line in lines) + MARGIN
        box = Bbox.from_extents(-MARGIN, -foot - MARGIN, width + MARGIN, height + top + MARGIN)
        return {f"{self.name}.svg": self._svg(lines, box, height).encode(), f"{self.name}.png": self._png(lines, box)}

    def _svg(self, lines: Sequence[_Line], box: Bbox, height: float) -> str:
        """The SVG, with letters of whatever plain font the reader's machine has."""
        left, top, wide, tall = (72 * side for side in (box.x0, height - box.y1, box.width, box.height))
        body = self.drawn[self.drawn.find("<svg") :].partition(">")[2]
        body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL).replace("'DejaVu Sans'", FONTS)
        words = "".join(
            f'<text x="0" y="{72 * (height - line.base):.1f}" style="font: {"bold " if line.bold else ""}{line.size}px {FONTS}; '
            f'fill: {line.colour}">{html.escape(line.words)}</text>\n'
            for line in lines
        )
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{wide:.1f}pt" height="{tall:.1f}pt" '
            f'viewBox="{left:.1f} {top:.1f} {wide:.1f} {tall:.1f}" role="img">\n<title>{html.escape(self._words())}</title>\n'
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="white"/>\n{words}{body.lstrip()}'
        )

    def _png(self, lines: Sequence[_Line], box: Bbox) -> bytes:
        """The PNG, with its words for those who can't see it."""
        stream = io.BytesIO()
        metadata = {"Software": None, "Title": self.heading, "Description": self._words()}
        height = float(self.figure.get_size_inches()[1])
        with mpl.rc_context(cast(Any, dict(STYLE))), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"Glyph .* missing from font", category=UserWarning)
            written = [
                self.figure.text(
                    0, line.base / height, line.words, fontsize=line.size, color=line.colour, fontweight="bold" if line.bold else "normal"
                )
                for line in lines
            ]
            try:
                self.figure.savefig(
                    stream, format="png", dpi=DOTS, bbox_inches=box, facecolor="white", metadata=metadata, pil_kwargs={"compress_level": 4}
                )
            finally:
                for words in written:
                    words.remove()
        return stream.getvalue()

    def _words(self) -> str:
        """Heading and finding."""
        return f"{self.heading}. {self.finding}".strip()


def _lines(drawing: Drawing, source: str, width: float, height: float) -> list[_Line]:
    """The heading above a chart, the finding and the source below."""
    head = textwrap.wrap(drawing.heading, int(width * HEAD_LETTERS))
    lines = [_Line(words, height + MARGIN + HEAD * (len(head) - place), 9.5, INK, True) for place, words in enumerate(head, start=1)]
    below = [(words, INK) for words in textwrap.wrap(drawing.finding, int(width * FOOT_LETTERS))]
    below += [(words, NOTE_COLOUR) for words in textwrap.wrap(source, int(width * FOOT_LETTERS))]
    return [*lines, *(_Line(words, -MARGIN - FOOT * place, 7.5, colour) for place, (words, colour) in enumerate(below, start=1))]
