"""That a result is of a copy of a place, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["copy_words"]


def copy_words(place: Mapping[str, Any]) -> str:
    """That a place of a result is a copy; empty when it is the place at full size.

    Parameters
    ----------
    place : mapping
        The place as the manifest of a result tells it.

    Examples
    --------
    >>> copy_words({"title": "Preston, Lancashire", "copy": {"residents": 5000, "of": 140202}})
    'A copy of Preston, Lancashire with 5,000 of its 140,202 residents: sums and counts are those of the copy.'
    >>> copy_words({"title": "Anytown (invented)"})
    ''
    """
    copy = place.get("copy")
    if copy is None:
        return ""
    return f"A copy of {place['title']} with {copy['residents']:,} of its {copy['of']:,} residents: sums and counts are those of the copy."
