"""What may be shown: names of private persons never, text of rows that are no payments only word by known word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

__all__ = ["NO_NAME", "PERSON", "WITHHELD", "NameGuard", "are_named", "hashed_name", "masked_row", "shown_suppliers"]

#: The kind of supplier that is never named.
PERSON: Final = "person or withheld"
#: What stands for a supplier whose cell is empty; it is no supplier either.
NO_NAME: Final = "No name given"
#: What stands in place of its name.
WITHHELD: Final = "Private person or withheld"
LEFT_OUT: Final = "[name withheld]"
WORD: Final = re.compile(r"\w+")
#: Longest number shown of a row set aside: amounts and dates, but no account and no telephone.
LONGEST_NUMBER: Final = 8
#: Words of headings, titles and totals: the only ones shown of a row set aside.
KNOWN_TEXT: Final = """
account address aggregate all amount amounts and approved area areas authority balance between beneficiary blank body borough by
capital carried categories category centre city code codes column commissioning contract contracts cost costs council county credit
creditor credits currency data date dates debit department departmental description details directorate district division document
each effective end entity excluding expenditure expense expenses figures file final financial foot footer for forward from fund
gbp generated government grand greater group gross hospital hospitals id including income information internal invoice
invoices irrecoverable item items less limit line lines list local location merchant monthly month months name names narrative net
nett nhs no non note notes number of on or order organisation over page paid parameters parish payable payment payments payee period
personal police postcode pounds printed procurement publication published purchase purpose quarter quarterly receipt recharge
record records redacted ref reference report reported revenue row rows run section selected series service services sheet spend
spending sub subjective subtotal sum summary supplier suppliers table tax than the this threshold time to total totals transaction
transactions transparency trust type university unit unitary value values vat vendor version where with year ytd
january february march april june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
"""
KNOWN_WORDS: Final = frozenset(KNOWN_TEXT.split())


def masked_row(text: str) -> str:
    """Text of a row set aside with every word left out that could be someone's name.

    Parameters
    ----------
    text : str
        The row as text.

    Returns
    -------
    str
        Words of headings, titles and totals, and numbers of no more than eight digits; an ellipsis for anything else.

    Examples
    --------
    >>> masked_row("Grand Total,,1,204.50"), masked_row("J Smith | Total | 01772 123456789")
    ('Grand Total,,1,204.50', '… | Total | 01772 …')
    """
    masked = WORD.sub(lambda found: found[0] if _is_known(found[0]) else "…", text)
    return re.sub(r"…(?:[ .'&-]*…)+", "…", masked)


def _is_known(word: str) -> bool:
    """Whether a word or number may be shown."""
    return word.lower() in KNOWN_WORDS or (word.isdecimal() and len(word) <= LONGEST_NUMBER)


def hashed_name(name: str) -> str:
    """A name that stands for another: the same for the same name, whatever its case and spaces.

    It keeps a name from being read, and does not make it secret: who has the published file can find it again.

    Examples
    --------
    >>> hashed_name("Preston  Builders Ltd") == hashed_name("PRESTON BUILDERS LTD"), len(hashed_name("A"))
    (True, 21)
    """
    plain = " ".join(name.upper().split())
    return f"supplier {hashlib.sha256(plain.encode()).hexdigest()[:12]}"


class NameGuard:
    """Finds names that must not be shown within other text.

    Parameters
    ----------
    names : iterable of str
        As printed in the files; their words are found in any order. Names of one word are found only where they are the whole text.

    Examples
    --------
    >>> NameGuard(["SMITH, JOHN"]).clean("line 4: Smith, John is paid twice")
    'line 4: [name withheld] is paid twice'
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: set[tuple[str, ...]] = set()
        self._longest: dict[str, int] = {}
        for name in names:
            words = tuple(sorted(WORD.findall(name.casefold())))
            if words:
                self._whole.add(words)
            for word in words if len(words) > 1 else ():
                self._longest[word] = max(self._longest.get(word, 0), len(words))

    def clean(self, text: str) -> str:
        """The text with each such name replaced."""
        found = list(WORD.finditer(text))
        words = [match[0].casefold() for match in found]
        if words and tuple(sorted(words)) in self._whole:
            return LEFT_OUT
        parts, done, at = [], 0, 0
        while at < len(words):
            size = self._match(words, at)
            if size:
                parts += [text[done : found[at].start()], LEFT_OUT]
                done = found[at + size - 1].end()
            at += size or 1
        return "".join([*parts, text[done:]])

    def _match(self, words: list[str], at: int) -> int:
        """How many words from here make the longest name; 0 for none."""
        longest = self._longest.get(words[at], 0)
        sizes = range(min(longest, len(words) - at), 1, -1)
        return next((size for size in sizes if tuple(sorted(words[at : at + size])) in self._whole), 0)


def are_named(table: pd.DataFrame) -> pd.Series:
    """Which rows of a supplier table are suppliers with a name, and no private persons, withheld names or empty cells.

    Examples
    --------
    >>> are_named(pd.DataFrame({"name": ["A Ltd", "x", NO_NAME], "kind": ["company", PERSON, "unknown"]})).tolist()
    [True, False, False]
    """
    return (table["kind"].astype("str") != PERSON) & (table["name"].astype("str") != NO_NAME)


def shown_suppliers(table: pd.DataFrame, *, hash_names: bool = False) -> pd.DataFrame:
    """The supplier table as it may be shown.

    Parameters
    ----------
    table : DataFrame
        Suppliers by their key.
    hash_names : bool
        Whether names are replaced by hashes; company numbers, postcodes and reasons then go too, since they tell the name.

    Returns
    -------
    DataFrame
        A copy: persons and withheld names have no name, postcode, company number and reason.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Ann Lee"], "kind": [PERSON], "postcode": ["PR1 2HE"], "kind_why": ["looks like Ann Lee"]})
    >>> shown_suppliers(table).iloc[0].tolist()
    ['Private person or withheld', 'person or withheld', '', '']
    """
    shown = table.copy()
    person = shown["kind"].astype("str") == PERSON
    telling = [name for name in ("postcode", "company_number", "kind_why", "sector_why", "where_why") if name in shown]
    for column in telling:
        shown[column] = shown[column].astype("str").where(~(person | hash_names), "")
    names = shown["name"].astype("str")
    if hash_names:
        names = names.map(hashed_name).astype("str")
    names = names.where(table["name"].astype("str") != NO_NAME, NO_NAME)
    shown["name"] = names.where(~person, WITHHELD)
    return shown
