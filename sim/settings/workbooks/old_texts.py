"""How long the texts are that the cells of an old workbook (XLS) share."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from struct import error as StructError
from struct import unpack_from

__all__ = ["shared_lengths"]

#: Longest text of a cell, taken where the length can't be found.
_LONGEST = 32_767
_WIDE, _RICH, _ASIAN = 0x01, 0x08, 0x04


@dataclass(slots=True)
class _Place:
    """Where the texts have been read to: they go on from one record into the next."""

    parts: Sequence[bytes]
    part: int = 0
    at: int = 0

    def take(self, form: str, size: int) -> int:
        """A number, which is never parted."""
        while self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
        (number,) = unpack_from(form, self.parts[self.part], self.at)
        self.at += size
        return int(number)

    def skip_text(self, characters: int, wide: bool) -> None:
        """The characters of a text; in each record after the first a mark says again how wide they are."""
        while True:
            room = (len(self.parts[self.part]) - self.at) // (1 + wide)
            step = min(characters, room)
            self.at, characters = self.at + step * (1 + wide), characters - step
            if not characters:
                return
            self.part, self.at = self.part + 1, 1
            wide = bool(self.parts[self.part][0] & _WIDE)

    def skip(self, size: int) -> None:
        """Bytes of any kind."""
        while size > len(self.parts[self.part]) - self.at:
            size -= len(self.parts[self.part]) - self.at
            self.part, self.at = self.part + 1, 0
        self.at += size


def shared_lengths(parts: Sequence[bytes], texts: int) -> array[int]:
    """The characters of each shared text, in order.

    Parameters
    ----------
    parts : sequence of bytes
        What the record of the texts holds behind its two counts, and the records that continue it.
    texts : int
        How many there are.

    Returns
    -------
    array of int
        From the first text that can't be followed on, the longest that a cell may hold.

    Examples
    --------
    >>> shared_lengths([b"\\x02\\x00\\x00ab" + b"\\x03\\x00\\x01c\\x00", b"\\x00de"], 3).tolist()
    [2, 3, 32767]
    """
    place, lengths = _Place(parts), array("q")
    try:
        for _ in range(texts):
            characters, marks = place.take("<H", 2), place.take("<B", 1)
            runs = place.take("<H", 2) if marks & _RICH else 0
            more = place.take("<I", 4) if marks & _ASIAN else 0
            place.skip_text(characters, bool(marks & _WIDE))
            place.skip(4 * runs + more)
            lengths.append(characters)
    except (StructError, IndexError):
        lengths.extend([_LONGEST] * (texts - len(lengths)))
    return lengths
