"""Text files: encoding by content, rows with their line numbers, delimiter by trying.

The file is read twice from disk, first its bytes, then its rows, so that memory does not grow with it.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.spend.files.layout import Record, find_layout

__all__ = ["DELIMITERS", "Encoding", "delimiter_of", "encoding_of", "records"]

DELIMITERS = (",", ";", "\t", "|")
"""What may part the cells of a text file."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STEP = 1 << 20
_SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text.

    Parameters
    ----------
    name : str
        Name of the encoding, as Python knows it.
    longest_line : int
        Bytes between two ends of lines, at most.
    wrong : bool
        Whether some bytes are none of that encoding and are shown as a mark.
    control : float
        Share of bytes that no text holds.
    """

    name: str
    longest_line: int
    wrong: bool
    control: float


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file: by its mark, else strict UTF-8, else Windows-1252.

    Parameters
    ----------
    path : Path
        The file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.csv")
    ...     _ = path.write_bytes("Amount (£)".encode("cp1252"))
    ...     encoding_of(path).name
    'cp1252'
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
        stream.seek(0)
        marked = next((name for mark, name in _BOMS if head.startswith(mark)), None) or _without_mark(head)
        decoder = codecs.getincrementaldecoder(marked or "utf-8")("strict")
        good, longest, current, control, size = True, 0, 0, 0, 0
        while block := stream.read(_STEP):
            size += len(block)
            control += sum(
                map(block.count, (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\x07", b"\x08", b"\x0e", b"\x0f"))
            )
            longest, current = _longest(block, longest, current)
            good = good and _decodes(decoder, block, False)
        good = good and _decodes(decoder, b"", True)
    wide = marked is not None and not marked.startswith("utf-8")
    share = 0.0 if wide else control / max(size, 1)
    if good or marked:
        return Encoding(marked or "utf-8", max(longest, current), not good, share)
    return Encoding("cp1252", max(longest, current), _undefined(path), share)


def _undefined(path: Path) -> bool:
    """Whether a file holds bytes that Windows-1252 has no letter for."""
    with path.open("rb") as stream:
        return any(bytes((sign,)) in block for block in iter(lambda: stream.read(_STEP), b"") for sign in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark shows by noughts in every other byte."""
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd == 0 else None


def _longest(block: bytes, longest: int, current: int) -> tuple[int, int]:
    """Longest line so far, and bytes since the last end of a line."""
    pieces = block.replace(b"\r", b"\n").split(b"\n")
    if len(pieces) == 1:
        return longest, current + len(block)
    inner = max(map(len, pieces[1:-1]), default=0)
    return max(longest, current + len(pieces[0]), inner), len(pieces[-1])


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool) -> bool:
    """Whether a block is text in the decoder's encoding."""
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def records(path: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    """Rows of a text file, each with the line it begins on.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str
        Its encoding.
    delimiter : str
        What parts the cells.

    Yields
    ------
    Record
        Line from 1, and cells. A quotation mark that is never closed, or closed lines further down, does not swallow rows: where the
        lines of a cell make rows of their own, they are read as such.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        yield from _rows(stream, delimiter)


def _rows(stream: Iterator[str], delimiter: str) -> Iterator[Record]:
    """Rows of lines of text."""
    held: list[str] = []

    def kept() -> Iterator[str]:
        for text in stream:
            held.append(text)
            yield text

    reader = csv.reader(kept(), delimiter=delimiter)
    line, width = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield from _apart(held, line, delimiter)
            line += len(held)
            held.clear()
            reader = csv.reader(kept(), delimiter=delimiter)
            continue
        if len(held) > 1 and _swallowed(held, cells, width, delimiter):
            yield from _apart(held, line, delimiter)
        else:
            width = max(width, len(cells)) if line < _SAMPLE else width
            yield line, cells
        line += len(held)
        held.clear()


def _swallowed(held: list[str], cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a quotation mark made one row of several: their lines, taken alone, are as wide as rows."""
    wide = max(width, len(cells))
    rows = [len(_alone(text, delimiter)) for text in held[1:]]
    return wide > 1 and any(length >= wide for length in rows)


def _apart(held: list[str], line: int, delimiter: str) -> Iterator[Record]:
    """Lines read one by one, with quotation marks taken as they stand."""
    for offset, text in enumerate(held):
        yield line + offset, _alone(text, delimiter)


def _alone(text: str, delimiter: str) -> list[str]:
    """The cells of one line; where its quotation marks do not match, they are letters like others."""
    bare = text.rstrip("\r\n")
    try:
        if bare.count('"') % 2 == 0:
            return next(csv.reader([bare], delimiter=delimiter), [])
        return next(csv.reader([bare], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    except csv.Error:
        return bare.split(delimiter)


def delimiter_of(path: Path, encoding: str) -> str:
    """What parts the cells of a text file.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str
        Its encoding.

    Returns
    -------
    str
        The delimiter under which a row looks most like a header; where none does, the one that makes the most rows of equal width.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.csv")
    ...     _ = path.write_text("Supplier;Date;Amount\\nA, B & C;1/2/20;3,50\\n")
    ...     delimiter_of(path, "utf-8")
    ';'
    """
    scores = {}
    for delimiter in DELIMITERS:
        sample = [record for record, _ in zip(records(path, encoding, delimiter), range(_SAMPLE), strict=False)]
        layout = find_layout(sample)
        widths = [len(cells) for _, cells in sample if len(cells) > 1]
        common = max((widths.count(width) for width in set(widths)), default=0)
        scores[delimiter] = (layout.score if layout else 0.0, common)
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])
