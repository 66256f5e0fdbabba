"""What kind of supplier a name belongs to: public body, charity, co-operative, company, or a person whose name is not to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sim.spend.matching.guess import Guess, combined, unknown
from sim.spend.matching.names import normal_name, words_of
from sim.spend.matching.persons import PERSON, person_by_name, withheld
from sim.spend.matching.word_tables import kind_phrases, sector_phrases

__all__ = ["KINDS", "kind_of"]

KINDS: Final = ("public body", "charity", "co-operative", "company", PERSON, "unknown")
"""Every kind, in the order of tables."""

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
#: A council's trust may be a limited company in law; the law says less than words that are at least so sure.
WORDS_OVER_LAW: Final = 0.8
#: From this certainty on, words of these kinds outweigh a name that may be a person's: "Sir John Barrow School".
WORDS_OVER_A_PERSON: Final = {"public body": 0.7, "charity": 0.85, "co-operative": 0.85}


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
    if withheld(name):
        return Guess(PERSON, 0.97, "the name is withheld")
    legal = normal_name(name).legal or next((word for word in reversed(words) if word in _INSIDE), "")
    by_words = kind_phrases().guess(words)
    if legal in _LEGAL:
        return _with_legal_form(by_words, Guess(*_LEGAL[legal]))
    sure = WORDS_OVER_A_PERSON.get(by_words.value)
    person = person_by_name(name) if sure is None or by_words.certainty < sure else unknown("")
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
