"""Sentences of the report as a room reads them: "with what you chose" instead of the title of a plan."""

from __future__ import annotations

from typing import Final

__all__ = ["CHOSEN", "USUAL", "room_words"]

CHOSEN: Final = "with what you chose"
USUAL: Final = "with business as usual"


def room_words(sentence: str, policy: str, reference: str) -> str:
    """A sentence that names arms by their titles, in the words of the page.

    Parameters
    ----------
    sentence : str
        A sentence of the report.
    policy, reference : str
        Titles of both arms. Where they are the same nothing is changed, since one could not tell them apart.

    Returns
    -------
    str
        The same sentence with the same numbers.

    Examples
    --------
    >>> room_words("“Plan”: less to banks.", "Plan", "Now")
    'With what you chose, less to banks.'
    >>> room_words("Price: 2 with “Plan”, against 1 with “Now”.", "Plan", "Now")
    'Price: 2 with what you chose, against 1 with business as usual.'
    """
    if policy == reference:
        return sentence
    if sentence.startswith(f"“{policy}”: "):
        sentence = f"{CHOSEN.capitalize()}, {sentence.removeprefix(f'“{policy}”: ')}"
    for title, words in ((policy, CHOSEN), (reference, USUAL)):
        sentence = sentence.replace(f"with “{title}”", words).replace(f"“{title}”", words)
    return sentence
