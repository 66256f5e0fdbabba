"""XML gone through element by element, as it is unpacked; nothing is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers import expat

__all__ = ["walk_xml"]


def walk_xml(
    pieces: Iterator[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call for each element as it begins and ends, and for its text, which may come in parts.

    Parameters
    ----------
    pieces : iterator of bytes
        The XML.
    start, end, text : callable
        Called with the name (with its prefix) and attributes, the name, the text.

    Raises
    ------
    ValueError
        When it is no XML, or declares names of its own, which no workbook does.

    Examples
    --------
    >>> names = []
    >>> walk_xml(iter([b"<a><b:c d='1'/></a>"]), lambda name, attributes: names.append((name, attributes)))
    >>> names
    [('a', {}), ('b:c', {'d': '1'})]
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _no_names
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def _no_names(*_: object) -> None:
    raise ValueError("names of its own (DOCTYPE)")
