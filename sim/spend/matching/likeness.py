"""When two names that are not equal may still be one firm's: only weak words differ, or one long word holds a typing slip.

A score alone never joins names: Northampton and Southampton are alike and are two places. Every rule here says which words may differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["SLIP_LENGTH", "differ_weakly", "is_slip", "shortened", "tells_apart"]

#: Without other evidence a typing slip is believed in a word of this many letters.
SLIP_LENGTH: Final = 8

_WEAK: Final = "uk gb group holdings holding services service company and of the for ltd limited plc llp international europe trading"
_TELLING: Final = """
north south east west northern southern eastern western central upper lower inner outer great little new old
first second third fourth one two three four five i ii iii iv junior senior infant infants primary secondary boys girls
men women mens womens council school academy college university hospital church surgery
"""

#: Words that may be there or not.
WEAK: Final = frozenset(_WEAK.split())
#: Words that tell one firm from another, however alike the rest.
TELLING: Final = frozenset(_TELLING.split())


def tells_apart(word: str) -> bool:
    """Whether a word tells one firm from another: a number, a direction, an order, a kind of institution.

    Examples
    --------
    >>> tells_apart("north"), tells_apart("2"), tells_apart("b12"), tells_apart("cleaning")
    (True, True, True, False)
    """
    return word in TELLING or any(sign.isdigit() for sign in word)


def is_slip(first: str, second: str, shortest: int) -> bool:
    """Whether two words differ by one typing slip: a letter too many or too few, two swapped, or in a longer word one wrong.

    Parameters
    ----------
    first, second : str
        Words that are not equal.
    shortest : int
        Letters that the shorter one must have; a wrong letter needs two more.

    Examples
    --------
    >>> is_slip("services", "serivces", 8), is_slip("stamford", "stanford", 8), is_slip("healthcare", "heathcare", 8)
    (True, False, True)
    """
    from rapidfuzz.distance import OSA

    if first[0] != second[0] or min(len(first), len(second)) < shortest or tells_apart(first) or tells_apart(second):
        return False
    if OSA.distance(first, second, score_cutoff=1) > 1:
        return False
    swapped = sorted(first) == sorted(second)
    return swapped or len(first) != len(second) or len(first) >= shortest + 2


def differ_weakly(first: Sequence[str], second: Sequence[str], shortest: int) -> bool:
    """Whether two names differ only by weak words and by at most one typing slip.

    Parameters
    ----------
    first, second : sequence of str
        Words of two names.
    shortest : int
        Letters of a word in which a slip is believed.

    Examples
    --------
    >>> differ_weakly(("acme", "tools"), ("acme", "tools", "group"), 6)
    True
    >>> differ_weakly(("acme", "tools", "north"), ("acme", "tools", "south"), 6)
    False
    """
    only_first = [word for word in first if word not in second]
    only_second = [word for word in second if word not in first]
    strong_first = [word for word in only_first if word not in WEAK]
    strong_second = [word for word in only_second if word not in WEAK]
    shared = any(word in second and word not in WEAK for word in first)
    if not strong_first and not strong_second:
        return shared
    if len(strong_first) == len(strong_second) == 1:
        return (shared or len(strong_first[0]) >= SLIP_LENGTH) and is_slip(strong_first[0], strong_second[0], shortest)
    return False


def shortened(word: str) -> Iterator[str]:
    """A word, and the word without each of its letters: two words one slip apart share one of these.

    Examples
    --------
    >>> sorted(shortened("abc"))
    ['ab', 'abc', 'ac', 'bc']
    """
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
