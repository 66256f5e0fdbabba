"""What the headings of published spend files mean: words of each field, and the field that one heading names.

A heading is compared without case, punctuation and words of tax and currency, so that ``Net Amount (£)``, ``NetAmount`` and
``Amount ex VAT`` meet in one place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sim.spend.files.heading_names import HEADINGS, SUM_WORDS

__all__ = ["AMOUNT_FIELDS", "FIELDS", "Meaning", "meaning_of", "plain_heading"]

FIELDS = (
    "body",
    "date",
    "supplier",
    "supplier_number",
    "amount",
    "vat",
    "gross",
    "credit",
    "debit",
    "sign",
    "category",
    "area",
    "description",
    "reference",
    "postcode",
)
"""Every field a column may hold. ``amount`` is the sum that counts, ``gross`` where there is no other; ``sign`` tells debit from credit."""

AMOUNT_FIELDS = ("amount", "gross", "credit", "debit")
"""Fields that hold sums of money which may count."""

_SUM_KEYS = (
    *("line amount", "distribution amount", "amount", "amount paid", "paid amount", "payment amount", "transaction amount", "value"),
    *(
        "spend",
        "expenditure",
        "cost",
        "sum",
        "price",
        "total amount",
        "amount total",
        "total",
        "invoice amount",
        "invoice value",
        "paid",
        "payment",
    ),
)
_NET = re.compile(
    r"\b(?:nett?|(?:ex|exc|excl|excluding|exclusive|less|without|before|no|minus)(?: of)? ?vat|vat (?:excl?|excluded|exclusive)|exvat)\b"
)
_GROSS = re.compile(r"\b(?:gross|(?:inc|incl|including|inclusive|with|plus)(?: of)? ?vat|vat (?:incl?|included|inclusive)|incvat)\b")
_CURRENCY = re.compile(r"\b(?:gbp|uk pounds|pounds sterling)\b|[£€$]\s*s?(?=\W|$)|[�]")
_THOUSANDS = re.compile(r"(?:[£€$?�]|gbp|in)\s*['\u2019`]?\s*(?:000\s*s?\b|k\b|thousands?\b)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
#: Words as headings cut them short.
_WHOLE_WORDS = {"desc": "description", "descr": "description", "ctr": "centre", "nr": "number", "num": "number", "cat": "category"}
_NOT_WORD = re.compile(r"[^0-9a-z]+")

_RANKS: dict[str, tuple[str, int]] = {name: (field, rank) for field, names in HEADINGS.items() for rank, name in enumerate(names)}


class Meaning(NamedTuple):
    """What one heading says: the field, how sure that is (0 to 1), its rank among headings of that field (0 the best), and a factor."""

    field: str
    certainty: float
    rank: int
    factor: int = 1


def plain_heading(heading: str) -> str:
    """A heading without case, punctuation, currency and joined words.

    Parameters
    ----------
    heading : str
        The heading as printed.

    Returns
    -------
    str
        Words in lower case with one space between.

    Examples
    --------
    >>> plain_heading(" Net-Amount (£) "), plain_heading("SupplierName"), plain_heading("Dept\\nFamily")
    ('net amount', 'supplier name', 'dept family')
    """
    parted = _CAMEL.sub(" ", heading.strip()) if not heading.isupper() else heading
    words = _NOT_WORD.sub(" ", _CURRENCY.sub(" ", parted.replace("'", "").casefold())).split()
    return " ".join(_WHOLE_WORDS.get(word, word) for word in words)


@lru_cache(maxsize=20_000)
def meaning_of(heading: str) -> Meaning | None:
    """The field that a heading names, or None.

    Parameters
    ----------
    heading : str
        The heading as printed.

    Returns
    -------
    Meaning or None
        Certainty 1 for a known heading, 0.8 for one misspelt, 0.7 for one that only holds the telling word.

    Examples
    --------
    >>> meaning_of("Invoice Nett Amount"), meaning_of("Amount inc VAT").field, meaning_of("Suplier Name").certainty
    (Meaning(field='amount', certainty=1.0, rank=16, factor=1), 'gross', 0.8)
    >>> meaning_of("Monthly expenditure over £500 - December 2010") is None
    True
    """
    if not heading or len(heading) > 120:
        return None
    plain = plain_heading(heading)
    known = _RANKS.get(plain)
    if known:
        return Meaning(known[0], 1.0, known[1])
    return _sum_meaning(heading, plain) or (_told_by_words(plain) or _misspelt(plain) if plain else None)


def _sum_meaning(heading: str, plain: str) -> Meaning | None:
    """A heading made of words of sums: net before plain before gross."""
    factor = 1000 if _THOUSANDS.search(heading) else 1
    rest = re.sub(r"\b(?:000s?|k|thousands?|s)\b", " ", plain) if factor == 1000 else plain
    net, gross = bool(_NET.search(rest)), bool(_GROSS.search(rest))
    words = _GROSS.sub(" ", _NET.sub(" ", rest)).split()
    if not words:
        money = net or gross or any(sign in heading for sign in "£€$")
        return Meaning("gross" if gross else "amount", 1.0, 0 if net else 30, factor) if money else None
    if not set(words) <= SUM_WORDS or not set(words) & {word for key in _SUM_KEYS for word in key.split()} - {"invoice", "line"}:
        return None
    kept = " ".join(word for word in words if word not in ("of", "the", "in", "pounds", "sterling", "this"))
    rank = _SUM_KEYS.index(kept) if kept in _SUM_KEYS else len(_SUM_KEYS)
    certainty = 1.0 if kept in _SUM_KEYS or net or gross else 0.9
    return Meaning("gross" if gross and not net else "amount", certainty, rank + (0 if net else 30), factor)


_SUPPLIER_WORDS = {"supplier", "vendor", "payee", "creditor", "merchant", "beneficiary", "suppliers"}
_NUMBER_WORDS = {"number", "no", "id", "code", "ref", "reference", "num", "identifier"}


def _told_by_words(plain: str) -> Meaning | None:
    """A heading of at most six words with one that tells."""
    words = plain.split()
    held = set(words)
    if len(words) > 6:
        return None
    if "postcode" in held or "post code" in plain:
        return Meaning("postcode", 0.7, 50)
    if held & _SUPPLIER_WORDS and not held & {
        "address",
        "type",
        "category",
        "date",
        "amount",
        "value",
        "invoice",
        "sme",
        "status",
        "vat",
        "site",
    }:
        return Meaning("supplier_number" if held & _NUMBER_WORDS else "supplier", 0.7, 50)
    if "date" in held and not held & {"due", "start", "end", "from", "to", "contract", "birth"}:
        return Meaning("date", 0.7, 80)
    if held & {"amount", "amt"} and not held & {"vat", "tax", "date", "number", "threshold"}:
        return Meaning("amount", 0.7, 80)
    return None


def _misspelt(plain: str) -> Meaning | None:
    """A heading that comes very near a known one."""
    from rapidfuzz import fuzz, process

    if len(plain) < 5:
        return None
    found = process.extractOne(plain, _RANKS.keys(), scorer=fuzz.ratio, score_cutoff=88)
    if found is None:
        return None
    field, rank = _RANKS[found[0]]
    return Meaning(field, 0.8, rank + 60)
