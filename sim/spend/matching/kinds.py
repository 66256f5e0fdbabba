"""What kind of supplier a name belongs to: public body, charity, co-operative, company, or a person whose name is not to be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from sim.spend.matching.guess import Guess, combined, unknown
from sim.spend.matching.names import normal_name, words_of
from sim.spend.matching.phrases import singular
from sim.spend.matching.word_tables import kind_phrases, person_words, sector_phrases

__all__ = ["KINDS", "PERSON", "PERSON_NAME", "kind_of"]

PERSON: Final = "person or withheld"
"""The kind of private persons and of names that are withheld."""

PERSON_NAME: Final = "Private person or withheld"
"""Shown in place of their names."""

KINDS: Final = ("public body", "charity", "co-operative", "company", PERSON, "unknown")
"""Every kind, in the order of tables."""

#: Names that say the name is withheld; the whole name must match, in lower case without punctuation.
WITHHELD: Final = (
    r".*\bredact.*",
    r"(?:the )?(?:name |supplier |payee |vendor )?(?:is )?with ?held(?: .*)?",
    r"(?:sensitive )?personal(?: data| information| details| info)(?: .*)?",
    r"(?:private |named )?(?:individual|person)s?(?: no| number)? ?\d*",
    r"individuals? (?:name )?(?:withheld|removed|supplier|payee)",
    r"(?:foster ?carer|foster parent|carer|kinship carer|adopter|childminder|service user|client|tenant|pupil|student|parent|patient|"
    r"claimant|employee|member of staff|staff member|payee|donor|lodger|landlord|leaseholder|beneficiary)s?(?: no| number| ref)? ?\d*",
    r"(?:commercially |commercial in )?(?:confidential|confidence)(?: .*)?",
    r"data protect.*|gdpr.*|dpa(?: .*)?",
    r"(?:name )?(?:exempt|anonym\w*|not disclosed|not published|undisclosed|suppressed|removed|restricted)(?: .{0,40})?",
    r"x{3,}",
)
_WITHHELD: Final = re.compile("|".join(f"(?:{pattern})" for pattern in WITHHELD))
_LEGAL: Final = {
    "ltd": ("company", 0.85, "a limited company"),
    **dict.fromkeys(("limited", "ld"), ("company", 0.8, "a limited company")),
    "plc": ("company", 0.93, "a public limited company"),
    "llp": ("company", 0.93, "a limited liability partnership"),
    "lp": ("company", 0.8, "a limited partnership"),
    "cic": ("company", 0.9, "a community interest company"),
    "cio": ("charity", 0.97, "a charitable incorporated organisation"),
    "inc": ("company", 0.85, "a company from abroad"),
    "gmbh": ("company", 0.9, "a company from abroad"),
    "bv": ("company", 0.85, "a company from abroad"),
}
#: Legal forms that are believed within a name too: "Acme Ltd (Preston)".
_INSIDE: Final = ("ltd", "limited", "ld", "plc", "llp")
#: Small words within family names.
_PARTICLES: Final = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "ibn", "la", "le", "mac", "mc", "ni", "ter", "van", "von")
)
#: Ends of words that firms have and persons have not.
_ENDINGS: Final = ("care", "ceuticals", "ceutical", "graphics", "line", "media", "net", "ology", "soft", "tech", "tronics", "ware", "works")
#: A council's trust may be a limited company in law; the law says less than words that are at least so sure.
WORDS_OVER_LAW: Final = 0.8
MOST_NAME_WORDS: Final = 4


@lru_cache(maxsize=1 << 17)
def kind_of(name: str, redacted: bool = False) -> Guess:
    """Guess the kind of a supplier.

    Parameters
    ----------
    name : str
        As printed.
    redacted : bool
        Whether the file says that the name is withheld.

    Returns
    -------
    Guess
        One of :data:`KINDS`. A name that may be a private person's is a person's, with a low certainty where little points there.

    Examples
    --------
    >>> kind_of("Lancashire County Council").value, kind_of("Smith & Sons Ltd").value, kind_of("Mrs J Smith").value
    ('public body', 'company', 'person or withheld')
    >>> kind_of("INDIVIDUAL CARE SERVICES").value, kind_of("Individual 12").value
    ('company', 'person or withheld')
    """
    if redacted:
        return Guess(PERSON, 1.0, "the file withholds the name")
    words = words_of(name)
    if not words:
        return unknown("no name")
    if _WITHHELD.fullmatch(" ".join(words)):
        return Guess(PERSON, 0.97, "the name is withheld")
    legal = normal_name(name).legal or next((word for word in reversed(words) if word in _INSIDE), "")
    by_words = kind_phrases().guess(words)
    if legal in _LEGAL:
        return _with_legal_form(by_words, Guess(*_LEGAL[legal]))
    person = _person(words, name, by_words)
    if person.value != "unknown":
        return person
    if by_words.value != "unknown":
        return by_words
    return _by_trade(words)


def _with_legal_form(by_words: Guess, by_law: Guess) -> Guess:
    """The kind of a name with a legal ending: what it does and what it is in law."""
    if by_words.value not in ("unknown", by_law.value) and by_words.certainty >= WORDS_OVER_LAW:
        return Guess(by_words.value, round(by_words.certainty * 0.9, 3), by_words.why)
    return combined(by_law, by_words) if by_words.value == by_law.value else by_law


def _by_trade(words: Sequence[str]) -> Guess:
    """A name without legal ending that says what is done there: a business of some form."""
    trade = sector_phrases("name").guess(words)
    if trade.value != "unknown" and trade.certainty >= 0.5:
        return Guess("company", 0.55, "words of a trade, no legal form")
    if words[-1] in (
        "group",
        "services",
        "solutions",
        "systems",
        "international",
        "uk",
        "holdings",
        "enterprises",
        "associates",
        "consulting",
    ):
        return Guess("company", 0.55, "a word of business, no legal form")
    return unknown("no legal form and no word that says")


def _person(words: Sequence[str], name: str, by_words: Guess) -> Guess:
    """Whether a name without legal ending may be a private person's."""
    none = unknown("")
    public = by_words.value == "public body" and by_words.certainty >= 0.7
    if public or (by_words.value in ("charity", "co-operative") and by_words.certainty >= 0.85):
        return none
    if words[0] in person_words("title") and len(words) > 1:
        institution = any(word in person_words("institution") for word in words[1:])
        return Guess(PERSON, 0.6 if institution else 0.97, "a title before a name")
    if any(word in person_words("institution") for word in words) or any(sign.isdigit() for word in words for sign in word):
        return none
    before_trade = normal_name(name).base.split(" ") if normal_name(name).trading else list(words)
    named = _names_in_front(before_trade)
    if any(size > 1 and start + size <= named for start, size, _, _ in sector_phrases("name").hits(words)):
        return none
    if named and len(before_trade) < len(words):
        return Guess(PERSON, 0.7, "a person's name with a trading name")
    if named == len(words):
        return _bare_name(words)
    if named >= 2 and words[0] in person_words("first name"):
        return Guess(PERSON, 0.4, "a person's name with a trade and no legal form")
    return none


def _bare_name(words: Sequence[str]) -> Guess:
    """A name of which every word may be a person's."""
    names = [word for word in words if word != "and"]
    if len(names) > 3:
        return Guess(PERSON, 0.4, "several words that may be names")
    if any(word in person_words("first name") for word in names):
        return Guess(PERSON, 0.85, "a first name and a family name")
    initials = [word for word in (names[0], names[-1]) if _is_initials(word)]
    if initials:
        return Guess(PERSON, 0.7 if len(initials[0]) < 3 else 0.4, "initials and a family name")
    if "and" in words:
        return Guess("company", 0.4, "two family names joined")
    return Guess(PERSON, 0.35, "words that may be a name, and no word of business")


def _names_in_front(words: Sequence[str]) -> int:
    """How many words in front may be a person's name; none when there are fewer than two or too many."""
    count = 0
    for word in words:
        if not (
            word == "and" or _is_name(word, after_first=count > 0 and (words[0] in person_words("first name") or _is_initials(words[0])))
        ):
            break
        count += 1
    names = [word for word in words[:count] if word != "and"]
    whole = any(not _is_initials(word) for word in names)
    return count if 2 <= len(names) <= MOST_NAME_WORDS and whole and words[0] != "and" else 0


def _is_initials(word: str) -> bool:
    """One to three letters without a word in them."""
    return word.isalpha() and (len(word) == 1 or (len(word) <= 3 and not set(word) & set("aeiouy") and word not in ("st", "ltd")))


def _is_name(word: str, after_first: bool) -> bool:
    """Whether a word may be a name of a person."""
    if not word.isalpha():
        return False
    if (
        _is_initials(word)
        or word in _PARTICLES
        or word in person_words("first name")
        or (after_first and word in person_words("family name too"))
    ):
        return True
    return len(word) > 2 and bool(set(word) & set("aeiouy")) and not _is_ordinary(word)


@cache
def _ordinary() -> frozenset[str]:
    """Words that are not taken for names: ordinary ones, and each word of a phrase that says a kind or a sector."""
    told = {word for table in (kind_phrases(), sector_phrases("name")) for phrase in table.table for word in phrase}
    names = {singular(word) for word in person_words("family name too") | person_words("first name")}
    return frozenset({singular(word) for word in person_words("ordinary")} | (told - names))


def _is_ordinary(word: str) -> bool:
    """Whether a word is one of those, or ends as names of firms do."""
    return singular(word) in _ordinary() or word.endswith(_ENDINGS)
