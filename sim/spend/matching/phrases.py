"""Looking for known phrases in the words of a name or a category; whole words only, a plural counts as its singular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from sim.spend.matching.guess import Guess, unknown
from sim.spend.matching.names import words_of

__all__ = ["Entry", "Phrases", "singular"]

#: Words that end in s and are no plurals.
KEPT: Final = frozenset(["gas", "bus", "gps", "nhs", "was", "news", "plus", "business", "access", "analysis", "premises", "chess"])


class Entry(NamedTuple):
    """What a phrase points to.

    Parameters
    ----------
    value : str
        A kind or a sector.
    certainty : float
        How sure the sign is.
    phrase : str
        One word or several.
    """

    value: str
    certainty: float
    phrase: str


class Phrases:
    """A table of phrases, each with what it points to.

    Parameters
    ----------
    entries : iterable of Entry
        Of a phrase that stands in several the first counts.

    Examples
    --------
    >>> table = Phrases([Entry("transport", 0.8, "taxi"), Entry("finance", 0.9, "bank")])
    >>> table.guess(("amber", "taxis", "ltd"))
    Guess(value='transport', certainty=0.8, why="the word 'taxis'")
    >>> table.guess(("embankment", "ltd")).value
    'unknown'
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.table: dict[tuple[str, ...], tuple[str, float]] = {}
        for entry in entries:
            self.table.setdefault(tuple(singular(word) for word in words_of(entry.phrase)), (entry.value, entry.certainty))
        self.starts = {words[0] for words in self.table if words}
        self.longest = max(map(len, self.table), default=0)

    def hits(self, words: Sequence[str]) -> Iterator[tuple[int, int, str, float]]:
        """Every phrase found: first word, number of words, what it points to, certainty."""
        plain = tuple(map(singular, words))
        for start, word in enumerate(plain):
            if word not in self.starts:
                continue
            for size in range(1, min(self.longest, len(plain) - start) + 1):
                found = self.table.get(plain[start : start + size])
                if found is not None:
                    yield start, size, found[0], found[1]

    def guess(self, words: Sequence[str], scale: float = 1.0, noun: str = "word") -> Guess:
        """What the phrases in the words point to.

        Parameters
        ----------
        words : sequence of str
            In lower case.
        scale : float
            Factor of the certainty, for texts that say less.
        noun : str
            What the reason calls the words.

        Returns
        -------
        Guess
            Of the surest phrase; of equally sure ones the longest, then the last, since English names end with what the firm does. A
            phrase that points elsewhere and is no part of it weakens it.
        """
        found = list(self.hits(words))
        if not found:
            return unknown(f"no {noun} that says")
        start, size, value, certainty = max(found, key=lambda hit: (hit[3], hit[1], hit[0]))
        against = max(
            (hit[3] for hit in found if hit[2] != value and not (start <= hit[0] and hit[0] + hit[1] <= start + size)), default=0.0
        )
        said = " ".join(words[start : start + size])
        return Guess(value, round(scale * certainty * (1.0 - 0.3 * against), 3), f"the {noun}{'s' if size > 1 else ''} {said!r}")


@lru_cache(maxsize=1 << 17)
def singular(word: str) -> str:
    """A word without the ending of the plural, roughly; the same for all forms of one word is all that counts.

    Examples
    --------
    >>> singular("taxis"), singular("agencies"), singular("business"), singular("gas")
    ('taxi', 'agency', 'business', 'gas')
    """
    if len(word) < 4 or word in KEPT or word.endswith("ss") or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1]
