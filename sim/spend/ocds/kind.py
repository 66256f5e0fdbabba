"""Whether a file holds contracts or spending, seen from its first bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

__all__ = ["is_ocds"]

LOOKED_AT: Final = 65_536
#: JSON begins so: an object with a key, an empty one, or a list of objects.
_JSON: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[\]{])')


def is_ocds(path: str | Path) -> bool:
    """Whether a file is JSON, and so is to be read as contracts; spending is never published so.

    Parameters
    ----------
    path : path
        A file. One that can't be read counts as none; the reader that opens it says why.

    Returns
    -------
    bool
        True for JSON of any kind: what is no release is named by :func:`sim.spend.read_contracts`.

    Examples
    --------
    >>> is_ocds("there-is-no-such-file.json")
    False
    """
    try:
        if not Path(path).is_file():  # a pipe would never end
            return False
        with Path(path).open("rb") as stream:
            first = stream.read(LOOKED_AT)
    except (OSError, ValueError):
        return False
    return _JSON.match(first) is not None
