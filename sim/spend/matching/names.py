"""The normal form of a supplier's name: what is left when case, punctuation, legal endings and ways of writing are taken away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["NormalName", "normal_name", "words_of"]

#: Legal forms at the end of a name, longest first, and the form they stand for.
LEGAL_ENDINGS: Final = (
    (("public", "limited", "company"), "plc"),
    (("limited", "liability", "partnership"), "llp"),
    (("community", "interest", "company"), "cic"),
    (("charitable", "incorporated", "organisation"), "cio"),
    (("ltd",), "ltd"),
    (("limited",), "ltd"),
    (("plc",), "plc"),
    (("llp",), "llp"),
    (("lp",), "lp"),
    (("cic",), "cic"),
    (("cio",), "cio"),
    (("scio",), "cio"),
    (("incorporated",), "inc"),
    (("inc",), "inc"),
    (("llc",), "inc"),
    (("gmbh",), "gmbh"),
    (("bv",), "bv"),
    (("ltda",), "ltd"),
    (("cyf",), "ltd"),
    (("cyfyngedig",), "ltd"),
)

_ENDINGS: Final = {last: [entry for entry in LEGAL_ENDINGS if entry[0][-1] == last] for last in {entry[0][-1] for entry in LEGAL_ENDINGS}}

#: Ways of writing one word.
SAME_WORDS: Final = {
    "limted": "limited",
    "limied": "limited",
    "limitd": "limited",
    "lmited": "limited",
    "limites": "limited",
    "lts": "ltd",
    "co": "company",
    "coy": "company",
    "bros": "brothers",
    "assoc": "association",
    "assn": "association",
    "assocs": "associates",
    "grp": "group",
    "intl": "international",
    "mgmt": "management",
    "mgt": "management",
    "serv": "services",
    "servs": "services",
    "svcs": "services",
    "univ": "university",
    "hosp": "hospital",
    "dept": "department",
    "govt": "government",
    "soc": "society",
    "cncl": "council",
    "centre": "center",
    "cooperative": "coop",
    "cooperatives": "coops",
    "saint": "st",
    "mbc": "metropolitan borough council",
    "fdn": "foundation",
}

_TRADING: Final = re.compile(r"\b(?:t\s*/\s*as?|t\.\s*/?\s*a\.?s?|ta:|trading\s+(?:as|under)|t/as)(?=\s|$|:)[:\s]*", re.IGNORECASE)
_FORMERLY: Final = re.compile(r"(?:\b(?:formerly|previously|f/k/a|fka)\b|\((?:was|nee|ex)\b).*$", re.IGNORECASE)
_PAYMENT: Final = re.compile(
    r"\((?:bacs|chaps|cheque|cheques|chq|dd|direct debit|eft|purchase orders? only|use|do not use|old|new|main|remit|factored|account|"
    r"ac|a/c|usd|eur|gbp|pay|payments?|invoices? only|inv|po|vat|cis|net|gross|duplicate|the)\b[^)]*\)",
    re.IGNORECASE,
)
_BRANCH: Final = re.compile(
    r"(?:\s[-\u2013]\s*|\s\(|,\s*)(?:[\w&' ]{0,30}\b)?"
    r"(?:branch|depot|office|region|division|dept|department|a/c|account|ac)\b\s*(?:no\.?\s*)?\d{0,12}\)?\s*$",
    re.IGNORECASE,
)
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_JOINED: Final = re.compile(r"['\u2019\u2018`\u00b4.]")
_COOPERATIVE: Final = re.compile(r"\bco[\s-]+op(?:erative)?(s?)\b")


class NormalName(NamedTuple):
    """A name taken apart.

    Parameters
    ----------
    base : str
        Words in lower case without legal ending; equal for spellings of one name.
    core : str
        The same without a branch, an account or a country at the end.
    legal : str
        Short name of the legal form ("ltd", "plc", "llp", "cic", "cio"), or empty.
    trading : str
        Base of the trading name after "t/a", or empty.
    """

    base: str
    core: str
    legal: str
    trading: str


@lru_cache(maxsize=1 << 17)
def normal_name(name: str) -> NormalName:
    """Take a name apart.

    Parameters
    ----------
    name : str
        As printed.

    Returns
    -------
    NormalName
        Its `base` is empty when the name holds no letter or digit.

    Examples
    --------
    >>> normal_name("The A.B.C. Supplies & Co. Limited").base == normal_name("ABC SUPPLIES AND COMPANY LTD").base
    True
    >>> normal_name("Smith Bros (UK) PLC t/a Smiths")
    NormalName(base='smith brothers uk', core='smith brothers', legal='plc', trading='smiths')
    """
    text = _PAYMENT.sub(" ", name.strip()) if "(" in name else name.strip()
    parts = _TRADING.split(text, maxsplit=1)
    main, trading = (parts[0], parts[1]) if len(parts) > 1 else (parts[0], "")
    if not _NOT_WORD.sub("", _plain(main)):
        main, trading = (trading if _NOT_WORD.sub("", _plain(trading)) else name), ""
    before = _FORMERLY.sub(" ", main)
    main = before if before != main and _NOT_WORD.sub("", _plain(before)) else main
    words, legal = _without_ending(_words(main))
    cut = _BRANCH.sub(" ", main)
    short, short_legal = _without_ending(_words(cut)) if cut != main else (words, legal)
    core, trade = _without_country(short), _without_ending(_words(trading))[0] if trading else []
    return NormalName(" ".join(words), " ".join(core), legal or short_legal, " ".join(trade))


@lru_cache(maxsize=1 << 17)
def words_of(name: str) -> tuple[str, ...]:
    """Words of a name in lower case, without accents and punctuation; legal endings stay.

    Examples
    --------
    >>> words_of("St. Mary's Café & Co Ltd")
    ('st', 'marys', 'cafe', 'and', 'company', 'ltd')
    """
    return tuple(_words(name))


def _plain(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()


def _words(text: str) -> list[str]:
    """Words of a text, one way of writing each; single letters that follow one another are one word."""
    plain = _COOPERATIVE.sub(r"coop\1", _JOINED.sub("", _plain(text).replace("&", " and ").replace("+", " and ")))
    found: list[str] = []
    letters = ""
    for word in _NOT_WORD.sub(" ", plain).split():
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            found.append(letters)
            letters = ""
        found.extend(SAME_WORDS.get(word, word).split(" "))
    return [*found, letters] if letters else found


def _without_ending(words: list[str]) -> tuple[list[str], str]:
    """Words without "the" in front and the legal form behind, and that form; something is always left."""
    legal = ""
    if len(words) > 1 and words[-1] == "the":
        words = words[:-1]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while words:
        before = len(words)
        for ending, form in _ENDINGS.get(words[-1], ()):
            if len(words) > len(ending) and tuple(words[-len(ending) :]) == ending:
                words, legal = words[: -len(ending)], legal or form
                break
        if len(words) == before:
            break
    return words, legal


def _without_country(words: list[str]) -> list[str]:
    """Words without the country behind."""
    while len(words) > 1 and words[-1] in ("uk", "gb"):
        words = words[:-1]
    return words
