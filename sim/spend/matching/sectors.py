"""The sector of a supplier: by its name, and by what its payments were booked under, weighed by their value."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sim.spend.matching.cpv import cpv_sector
from sim.spend.matching.guess import Guess, unknown
from sim.spend.matching.names import words_of
from sim.spend.matching.word_tables import sector_phrases

__all__ = ["sector_by_name", "sector_by_text"]

#: An area of service says whom the buyer serves more than what is sold; a description may speak of anything.
AREA: Final = 0.5
DESCRIPTION: Final = 0.6


@lru_cache(maxsize=1 << 17)
def sector_by_name(name: str) -> Guess:
    """The sector that a supplier's name speaks of.

    Examples
    --------
    >>> sector_by_name("Amber Taxis Ltd").value, sector_by_name("Remedi").value
    ('transport', 'unknown')
    """
    return sector_phrases("name").guess(words_of(name))


@lru_cache(maxsize=1 << 16)
def sector_by_text(category: str, area: str = "", description: str = "") -> Guess:
    """The sector that the text of a payment speaks of.

    Parameters
    ----------
    category, area, description : str
        As the file has them; a CPV code in the category counts first.

    Returns
    -------
    Guess
        The surest of what each of the three says.

    Examples
    --------
    >>> sector_by_text("RESIDENTIAL CARE PRIVATE SPOT").value, sector_by_text("Services").value
    ('health-care', 'unknown')
    """
    code = cpv_sector(category)
    if code.value != "unknown":
        return code
    phrases = sector_phrases("category")
    found = (
        phrases.guess(words_of(category), noun="category word"),
        phrases.guess(words_of(area), AREA, "area word"),
        phrases.guess(words_of(description), DESCRIPTION, "description word"),
    )
    best = max(found, key=lambda guess: guess.certainty)
    return best if best.certainty > 0.0 else unknown("no category, area or description that says")
