"""British postcodes in one form."""

from __future__ import annotations

import re

__all__ = ["postcode_of"]

_FORM = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_OTHER = re.compile(r"[^0-9A-Z]")


def postcode_of(text: str) -> str:
    """A postcode in capitals with one space before its last three signs; blank where the text is none.

    Examples
    --------
    >>> postcode_of("ig117rs"), postcode_of("E9 6SR"), postcode_of("n/a")
    ('IG11 7RS', 'E9 6SR', '')
    """
    if not 5 <= len(text) <= 12:
        return ""
    found = _FORM.fullmatch(_OTHER.sub("", text.upper()))
    return f"{found[1]} {found[2]}" if found else ""
