"""Whose name is not to be shown: names that are withheld, and names that may be a private person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from sim.spend.matching.guess import Guess, unknown
from sim.spend.matching.names import normal_name, words_of
from sim.spend.matching.phrases import singular
from sim.spend.matching.word_tables import kind_phrases, person_words, sector_phrases

__all__ = ["PERSON", "PERSON_NAME", "person_by_name", "public_name", "withheld"]

PERSON: Final = "person or withheld"
"""The kind of private persons and of names that are withheld."""

PERSON_NAME: Final = "Private person or withheld"
"""Shown in place of their names."""

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
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_CARE_OF: Final = re.compile(r"\b(?:c/o|care of|f\.?a\.?o\.?|attn:?|attention|for the attention of)\s+(.+)$", re.IGNORECASE)
#: Before or behind a name, and nowhere else in names.
_SURE_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "messrs"))
_HEIRS: Final = re.compile(
    r"(?:executors?|estate|personal representatives?|administrators?|trustees?) (?:of|for) (?:the )?(?:late |estate of )?(.+)"
)
#: Small words within family names.
_PARTICLES: Final = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "ibn", "la", "le", "mac", "mc", "ni", "ter", "van", "von")
)
#: Ends of words that firms have and persons have not.
_ENDINGS: Final = ("care", "ceuticals", "ceutical", "graphics", "line", "media", "net", "ology", "soft", "tech", "tronics", "ware", "works")
MOST_NAME_WORDS: Final = 6


def withheld(name: str) -> bool:
    """Whether a name says that the name is withheld.

    Examples
    --------
    >>> withheld("Redacted Personal Information"), withheld("Individual 12"), withheld("INDIVIDUAL CARE SERVICES")
    (True, True, False)
    """
    return _WITHHELD.fullmatch(" ".join(words_of(name))) is not None


def person_by_name(name: str) -> Guess:
    """Whether a name without legal ending may be a private person's.

    Parameters
    ----------
    name : str
        As printed.

    Returns
    -------
    Guess
        A person with a certainty, or unknown where nothing points to one.

    Examples
    --------
    >>> person_by_name("Mrs J Smith").certainty, person_by_name("Brickman Yale").certainty, person_by_name("Acme Taxis").certainty
    (0.97, 0.35, 0.0)
    """
    words = [word for word in words_of(name) if not word.isdigit()]
    if len(words) < 2:
        alone = bool(words) and words[0] in person_words("first name")
        return Guess(PERSON, 0.4, "a first name") if alone else unknown("no name of a person")
    heirs = _HEIRS.fullmatch(" ".join(words))
    if heirs is not None and _may_be_person(heirs[1]):
        return Guess(PERSON, 0.8, "heirs of a person")
    institution = any(word in person_words("institution") for word in words)
    if words[0] in person_words("title") or any(word in _SURE_TITLES for word in words):
        return Guess(PERSON, 0.6 if institution else 0.97, "a title beside a name")
    if institution or any(sign.isdigit() for word in words for sign in word):
        return unknown("no name of a person")
    return _by_words(words, normal_name(name).base.split(" ") if normal_name(name).trading else words)


def _by_words(words: Sequence[str], before_trade: Sequence[str]) -> Guess:
    """Whether the words in front may be a name."""
    named = _names_in_front(before_trade)
    firm = any(size > 1 and start + size <= named for start, size, _, _ in sector_phrases("name").hits(words))
    if not named or firm:
        return unknown("no name of a person")
    if len(before_trade) < len(words):
        return Guess(PERSON, 0.7, "a person's name with a trading name")
    if named == len(words):
        return _bare_name(words)
    if words[0] in person_words("first name"):
        return Guess(PERSON, 0.4, "a person's name with a trade and no legal form")
    return unknown("no name of a person")


def public_name(name: str) -> str:
    """A firm's name without a person's that stands beside it: in brackets, or after "care of" or "for the attention of".

    Parameters
    ----------
    name : str
        A name that is to be shown.

    Examples
    --------
    >>> public_name("Nisa Supermarket (P & M Patel)"), public_name("Acme Ltd (North) FAO Mrs Jones")
    ('Nisa Supermarket', 'Acme Ltd (North)')
    """
    if "(" not in name and _CARE_OF.search(name) is None:
        return name
    shown = _BRACKETS.sub(lambda found: " " if _may_be_person(found[1]) else found[0], name)
    shown = _CARE_OF.sub(lambda found: " " if _may_be_person(found[1]) else found[0], shown)
    return re.sub(r"\s+", " ", shown).strip() or name


def _may_be_person(text: str) -> bool:
    """Whether a part of a name may be a person's."""
    words = words_of(text)
    titled = len(words) > 1 and words[0] in person_words("title")
    return titled or (len(words) > 1 and _names_in_front(words) == len(words))


def _bare_name(words: Sequence[str]) -> Guess:
    """A name of which every word may be a person's."""
    names = [word for word in words if word != "and"]
    first = any(word in person_words("first name") for word in names)
    if len(names) > 3:
        return Guess(PERSON, 0.4, "several words that may be names") if first else unknown("no name of a person")
    if first:
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
    begun = words[0] in person_words("first name") or _is_initials(words[0])
    for word in words:
        if not (word == "and" or _is_name(word, after_first=begun and count > 0)):
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
