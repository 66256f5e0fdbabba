"""Which model it is: one hash of every file that numbers come from."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["model_fingerprint"]

#: Parts of the package that show, ask or read spending, and so change no number of a run; shipped files are hashed with the experiment.
_NO_NUMBERS: Final = frozenset({"cli", "report", "spend", "shipped", "__main__.py"})
#: What a sweep says about its numbers once they are there.
_ANSWERS: Final = ("runs", "sweep", "answers")
#: Kinds of file that numbers come from.
_KINDS: Final = frozenset({".py", ".csv", ".yaml"})


@cache
def model_fingerprint() -> str:
    """The hash of the package's source, without what only shows results.

    Returns
    -------
    str
        Sixteen hexadecimal digits, the same on every machine that has the same files, whatever their line ends.

    Examples
    --------
    >>> len(model_fingerprint())
    16
    """
    root = Path(__file__).parents[2]
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if path.suffix in _KINDS and inner.parts[0] not in _NO_NUMBERS and inner.parts[:3] != _ANSWERS and path.is_file():
            content = path.read_bytes().replace(b"\r\n", b"\n")
            found.update(f"{inner.as_posix()} {len(content)}\n".encode())
            found.update(content)
    return found.hexdigest()[:16]
