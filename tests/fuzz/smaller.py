"""An input that shows a fault, made as small as it still shows it."""

from __future__ import annotations

from time import monotonic
from typing import Final

from .judging import came_of, watched
from .readers import Reader

__all__ = ["smaller"]

#: Seconds that may be spent on one input.
MOST_SECONDS: Final = 10.0


def smaller(reader: Reader, content: bytes, what: str, seconds: float = MOST_SECONDS) -> bytes:
    """The input with pieces left out for as long as the same fault comes of it.

    Parameters
    ----------
    reader : Reader
        Who reads it.
    content : bytes
        The input.
    what : str
        The fault.
    seconds : float
        Time that may be spent.
    """
    until = monotonic() + seconds
    with watched():
        if came_of(reader, content, finish=True).what != what:
            return content
        size = len(content) // 2
        while size and monotonic() < until:
            at, shorter = 0, False
            while at < len(content) and monotonic() < until:
                tried = content[:at] + content[at + size :]
                if came_of(reader, tried, finish=True).what == what:
                    content, shorter = tried, True
                else:
                    at += size
            size = size if shorter and size == 1 else size // 2
    return content
