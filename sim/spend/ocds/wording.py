"""Text of notices as it was meant, where that is certain; and left as published where it isn't."""

from __future__ import annotations

import re
import sys
from typing import Any, Final

__all__ = ["mended", "plain_text"]

#: Runs of signs that text in UTF-8 turns into when it is read as Windows-1252.
_TWICE: Final = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+"
)
#: A line break that lost its backslashes, where no word can hold it: behind a mark or a digit, before a capital, a digit or the end.
_BREAKS: Final = re.compile(r"(?<=[.,;:!?)\d\s])(?:rn)+(?=[A-Z0-9]|\s|$)")
_SPACE: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def mended(text: str) -> str:
    """A text without double encoding and lost line breaks, where both are certain.

    A run is mended when its characters are bytes of Windows-1252 that are UTF-8 together. A line break of which only the letters
    "rn" are left is mended behind a mark, a digit or a space: in "Placern" they may be the end of a word.

    Examples
    --------
    >>> mended("caf\u00c3\u00a9, \u00c2\u00a320"), mended("Northern Ireland, \u00c2ngela"), mended("36 months.rnThe tavern")
    ('café, £20', 'Northern Ireland, Ângela', '36 months.\\nThe tavern')
    """
    for _ in range(2):
        text = _TWICE.sub(_once, text)
    return _BREAKS.sub("\n", text)


def plain_text(value: Any) -> str:
    """A value of a notice as one line of text; "" for nothing, lists and objects. Equal texts are kept once.

    Examples
    --------
    >>> plain_text("  Skinner\\n Construction\\x00 "), plain_text(4142000), plain_text(None)
    ('Skinner Construction', '4142000', '')
    """
    if isinstance(value, bool) or value is None or isinstance(value, (list, dict)):
        return ""
    text = str(value)
    if text.isascii() and text.isprintable() and "rn" not in text:
        return sys.intern(" ".join(text.split()))
    text = text.encode("utf-8", "replace").decode("utf-8")
    return sys.intern(_SPACE.sub(" ", mended(text)).strip())


def _once(found: re.Match[str]) -> str:
    """The run as UTF-8, or as it is when it is none."""
    raw = bytearray()
    for sign in found[0]:
        try:
            raw += sign.encode("cp1252")
        except UnicodeEncodeError:
            if ord(sign) > 255:
                return found[0]
            raw.append(ord(sign))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
