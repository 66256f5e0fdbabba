"""Sums of money as text, to whole pence, exactly.

Each distinct text is read once. What a comma and a point mean is settled for the whole column: a column is read the continental
way only when some of its sums can be read in no other way and none can be read in the British way alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

__all__ = ["MOST_PENCE", "continental", "pence_of"]

MOST_PENCE = 10**14
"""No sum above this (a trillion pounds) is taken for one."""

_PLAIN = re.compile(r"(-?)£?(\d{1,12})(?:\.(\d{1,2}))?")
_SPACES = re.compile(r"[\s\u2007\u2009\u202f\u2020'\u2019]+")
_GROUPS_APART = re.compile(r"\d[\s\u2007\u2009\u202f'\u2019]+(?!\d{3}(?:\D|$))\d")
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\u2014\u2010\u2011\ufe63\uff0d", "-"))
#: A pound sign, and what is left of one after wrong decodings.
_SIGN = re.compile(r"(?:GBP|EUR|USD|UKP|\u00c3\u201a\u00a3|\u00c2\u00a3|[£€$?\ufffdœú#]|\x9c|\xa3)", re.IGNORECASE)
_BRITISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d*\.\d+|\d+\.?|\d[\d,]*\.\d{2}|\d+(?:\.\d+)?E[+-]?\d{1,2}", re.IGNORECASE)
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?|\d*,\d+|\d+,?")
_ONLY_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}")
_ONLY_BRITISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d+\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}|\d+\.\d{4,}")


def pence_of(text: str, comma: bool = False) -> int | None:
    """A sum in whole pence, or None where the text is no sum.

    Parameters
    ----------
    text : str
        The cell: with or without pound sign, thousands, spaces; minus before or behind, brackets, ``CR`` or ``DR``. A dash alone is
        nought, as accountants write it.
    comma : bool
        True where the comma parts pounds from pence.

    Returns
    -------
    int or None
        Pence; parts of a penny are rounded, halves away from nought.

    Examples
    --------
    >>> pence_of("£1,234.50"), pence_of("-£11,661.00"), pence_of("(12.5)"), pence_of("99.00-"), pence_of("5.00 CR")
    (123450, -1166100, -1250, -9900, -500)
    >>> pence_of("1.234,56", comma=True), pence_of("60110413.53999998"), pence_of("-"), pence_of("n/a")
    (123456, 6011041354, 0, None)
    """
    plain = _PLAIN.fullmatch(text)
    if plain and not comma:
        minus, pounds, pence = plain.groups()
        value = int(pounds) * 100 + (int(pence.ljust(2, "0")) if pence else 0)
        return -value if minus else value
    return _harder(text, comma)


def continental(texts: Iterable[str]) -> bool:
    """Whether a column of sums is written the continental way (1.234,56).

    Parameters
    ----------
    texts : iterable of str
        The distinct cells of the column.

    Returns
    -------
    bool
        True when some cells can only be read that way and none only in the British way.

    Examples
    --------
    >>> continental(["1.234,56", "12,50", "100"]), continental(["1,234", "12.50"]), continental(["12,50", "12.50"])
    (True, False, False)
    """
    found = False
    for text in texts:
        digits = _split_sign(text)[1]
        if _ONLY_BRITISH.fullmatch(digits):
            return False
        found = found or bool(_ONLY_CONTINENTAL.fullmatch(digits))
    return found


def _split_sign(text: str) -> tuple[bool, str]:
    """Whether a sum is negative, and its digits with points and commas alone."""
    bare = _SPACES.sub("", text.translate(_MINUS))
    negative = False
    upper = bare.upper()
    if upper.endswith(("CR", "DR")):
        negative, bare = upper.endswith("CR"), bare[:-2]
    bare = _SIGN.sub("", bare)
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1]
    elif bare.startswith("-(") and bare.endswith(")"):
        negative, bare = True, bare[2:-1]
    if bare.startswith("-") or bare.endswith("-"):
        negative, bare = True, bare[1:] if bare.startswith("-") else bare[:-1]
    return negative, bare.removeprefix("+")


def _harder(text: str, comma: bool) -> int | None:
    """A sum with more than digits, a point and a minus."""
    if not text or len(text) > 60 or _GROUPS_APART.search(text):
        return None
    negative, digits = _split_sign(text)
    if not digits:
        return 0 if _SPACES.sub("", text.translate(_MINUS)).strip("£-") == "" and "-" in text.translate(_MINUS) else None
    if not (_CONTINENTAL if comma else _BRITISH).fullmatch(digits):
        return None
    digits = digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", "")
    try:
        pence = int((Decimal(digits) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (InvalidOperation, ValueError):
        return None
    if pence > MOST_PENCE:
        return None
    return -pence if negative else pence
