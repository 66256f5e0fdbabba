"""A guess: what is believed, how surely, and why."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["UNKNOWN", "Guess", "combined", "unknown"]

UNKNOWN: Final = "unknown"
"""Written where nothing is known."""

MOST: Final = 0.98
"""No guess is surer than this, however many signs point to it."""


class Guess(NamedTuple):
    """What is believed of a supplier.

    Parameters
    ----------
    value : str
        A kind, a sector or a place; "unknown" when nothing points anywhere.
    certainty : float
        From 0 (nothing is known) to 1 (known). It orders guesses; it is no measured chance.
    why : str
        The sign it rests on, in a few words.
    """

    value: str
    certainty: float
    why: str


def unknown(why: str) -> Guess:
    """Nothing is known.

    Examples
    --------
    >>> unknown("no postcode")
    Guess(value='unknown', certainty=0.0, why='no postcode')
    """
    return Guess(UNKNOWN, 0.0, why)


def combined(first: Guess, second: Guess) -> Guess:
    """Two guesses of one thing as one: alike they strengthen each other, unlike the surer stands and is weakened.

    Parameters
    ----------
    first, second : Guess
        Signs that do not rest on each other.

    Returns
    -------
    Guess
        Of equally sure ones that differ the first.

    Examples
    --------
    >>> combined(Guess("energy", 0.5, "name"), Guess("energy", 0.6, "category"))
    Guess(value='energy', certainty=0.8, why='name; category')
    >>> combined(Guess("energy", 0.5, "name"), Guess("finance", 0.8, "category"))
    Guess(value='finance', certainty=0.6, why='category')
    """
    if second.value == UNKNOWN:
        return first
    if first.value == UNKNOWN:
        return second
    if first.value == second.value:
        together = 1.0 - (1.0 - first.certainty) * (1.0 - second.certainty)
        return Guess(first.value, round(min(together, max(MOST, first.certainty, second.certainty)), 3), f"{first.why}; {second.why}")
    surer, other = (first, second) if first.certainty >= second.certainty else (second, first)
    return Guess(surer.value, round(surer.certainty * (1.0 - 0.5 * other.certainty), 3), surer.why)
