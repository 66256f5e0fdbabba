"""Pages that Chromium printed, read back from its PDF: where each piece of text stands, and how large it is."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

Matrix = tuple[float, float, float, float, float, float]
TOKEN = re.compile(rb"/[^\s/<>\[\]()]+|<[0-9A-Fa-f]*>|[-+.0-9]+|[A-Za-z'\"*]+|\S")
#: What an operator takes: how many numbers before it.
NUMBERS = {"cm": 6, "Tm": 6, "Td": 2, "Tf": 1}
MARGIN = 15 / 25.4 * 72


@dataclass(frozen=True)
class Piece:
    """A piece of text: its left and right glyph and its line in points from the upper left corner, its size in points, its glyphs."""

    left: float
    right: float
    down: float
    size: float
    glyphs: int


@dataclass(frozen=True)
class PrintedPage:
    """The text of one page; `body` is what stands between head and foot."""

    width: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def body(self) -> list[Piece]:
        """Text between the margins."""
        return [piece for piece in self.pieces if 45 < piece.down < self.height - 46]

    @property
    def last_size(self) -> float:
        """Size of the lowest line of the body."""
        return max(self.body, key=lambda piece: (round(piece.down), piece.size)).size


def printed_pages(path: Path) -> list[PrintedPage]:
    """Every page of a PDF that Chromium wrote."""
    raw = path.read_bytes()
    found = []
    for page in re.finditer(rb"\n\d+ 0 obj\s*<</Type /Page\b(.*?)endobj", raw, re.DOTALL):
        box, contents = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page[1]), re.search(rb"/Contents (\d+) 0 R", page[1])
        assert box and contents, "a page without its size or its contents"
        stream = re.search(rb"\n" + contents[1] + rb" 0 obj\s*<<[^>]*>>\s*stream\r?\n", raw)
        assert stream, "a page without its stream"
        width, height = float(box[1]), float(box[2])
        found.append(PrintedPage(width, height, tuple(_pieces(zlib.decompressobj().decompress(raw[stream.end() :]), height))))
    return found


def _times(one: Matrix, other: Matrix) -> Matrix:
    """One change of place after the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _pieces(stream: bytes, height: float) -> list[Piece]:
    """The text of a stream of drawing commands."""
    at: Matrix = (1, 0, 0, 1, 0, 0)
    kept: list[Matrix] = []
    line, size, glyphs, start = at, 0.0, 0, at
    numbers: list[float] = []
    pieces = []
    for token in TOKEN.findall(stream):
        word = token.decode("latin-1")
        if re.fullmatch(r"[-+]?[\d.]+", word):
            numbers.append(float(word))
            continue
        given = numbers[-NUMBERS.get(word, 0) :]
        if word == "q":
            kept.append(at)
        elif word == "Q":
            at = kept.pop()
        elif word == "cm":
            at = _times((given[0], given[1], given[2], given[3], given[4], given[5]), at)
        elif word == "Tf":
            size = given[0]
        elif word == "Tm":
            line = start = (given[0], given[1], given[2], given[3], given[4], given[5])
            glyphs = 0
        elif word == "Td":
            line = _times((1, 0, 0, 1, given[0], given[1]), line)
        elif word.startswith("<"):
            glyphs += len(word) // 4
        elif word == "ET":
            begin, end = _times(start, at), _times(line, at)
            pieces.append(Piece(begin[4], end[4], height - begin[5], size * abs(begin[3]), glyphs))
        if word[0] not in "/<":
            numbers = []
    return pieces
