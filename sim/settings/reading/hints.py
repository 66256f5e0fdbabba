"""What to do about a value of the wrong type: the remedy in words, with the value rewritten where that is safe."""

from __future__ import annotations

import re

__all__ = ["number_remedy", "share_remedy", "with_article"]

_PERCENT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*(?:%|percent|per cent)\s*", re.IGNORECASE)
_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_NUMBERS = {**{word: number for number, word in enumerate(_WORDS, start=1)}, **_TENS}
_AMOUNT = re.compile(r"\s*(?:[£$€]|gbp|eur|usd)?\s*([-+]?\d[\d,_ ]*(?:\.\d+)?)\s*(?:[a-z £$€]*)\s*", re.IGNORECASE)


def number_remedy(given: object, *, whole: bool = False) -> str:
    """How to write a text as the number that it seems to mean.

    Examples
    --------
    >>> number_remedy("20%"), number_remedy("£1,200"), number_remedy("48 months"), number_remedy(True)
    ('write 0.2', 'write 1200', 'write 48', 'write a number such as 0.5 or 120')
    >>> number_remedy("twelve"), number_remedy("a few", whole=True)
    ('write 12', 'write a whole number such as 12')
    """
    if isinstance(given, str):
        if given.strip().lower() in _NUMBERS:
            return f"write {_NUMBERS[given.strip().lower()]}"
        percent = _PERCENT.fullmatch(given[:60])
        if percent:
            return f"write {float(percent[1]) / 100:.6g}"
        amount = _AMOUNT.fullmatch(given[:60])
        if amount:
            return f"write {re.sub('[,_ ]', '', amount[1])}"
    return "write a whole number such as 12" if whole else "write a number such as 0.5 or 120"


def with_article(noun: str) -> str:
    """A noun with its indefinite article, by its first letter.

    Examples
    --------
    >>> with_article("anchor"), with_article("sector")
    ('an anchor', 'a sector')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def share_remedy(value: float, low: float, high: float, unit: str) -> str:
    """How to bring a number within its bounds; a percentage is rewritten as a share.

    Examples
    --------
    >>> share_remedy(20, 0, 1, "share")
    'write 0.2 for 20%, or a number from 0 to 1'
    >>> share_remedy(1300, 1, 1200, "months")
    'write a number from 1 to 1200'
    """
    within = f"a number from {low:.12g} to {high:.12g}"
    if unit.startswith("share") and 1 < value <= 100 and low <= value / 100 <= high:
        return f"write {value / 100:.6g} for {value:.6g}%, or {within}"
    return f"write {within}"
