"""Whether the cell of a supplier says that the name is withheld.

Only a cell that says so as a whole counts. A firm that merely has such a word in its name (Individual Care Services, Restore Datashred,
Swiis Foster Care) is an ordinary supplier.
"""

from __future__ import annotations

import re

__all__ = ["is_redacted"]

_WHO = (
    r"(?:supplier|vendor|payee|creditor|recipient|individual|personal|private|client|customer|beneficiary|company|merchant|person|carer|"
    r"employee|staff|pupil|resident|service user|tenant)"
)
_WHAT = r"(?:name|names|info|information|data|details?|payments?|individuals?|persons?|record)"
_GONE = (
    r"(?:redact(?:ed|ion|ions|d)?|redcated|redated|redacated|with ?held|witheld|suppressed|removed|anonymised|anonymized|omitted|"
    r"not disclosed|undisclosed|not (?:published|shown|released|available)|hidden|masked|protected|restricted|confidential|sensitive|"
    r"exempt(?:ed)?)"
)
_WORD = (
    r"(?:data|the|is|has been|been|for|of|on|as|in|by|due|to|under|a|an|foi|foia|gdpr|dpa|eir|act|privacy|law|regulations|reasons?|"
    r"grounds?|purposes?|commercial(?:ly)?|protection|publication|confidentiality|sensitivity|legal|security|section|exemption|s40|s43|"
    r"40|43|1|2|1998|2000|2018|and|or|not)"
)
_REDACTED = re.compile(
    rf"(?:(?:{_WHO}|{_WHAT}|{_WORD}) )*{_GONE}(?: (?:{_WHO}|{_WHAT}|{_WORD}|{_GONE}))*"
    rf"|(?:personal|private|confidential|sensitive) (?:personal )?(?:data|information|info|details?|payments?|individuals?|persons?)"
    r"|private (?:individual|person|citizen)s?|individuals?|named individual|anonymous|data protection|data protected|protected data"
    r"|information (?:exempt|withheld)|name not (?:for publication|published|disclosed)|gdpr|foi exempt|n a redacted"
)
_BLOCKED = re.compile(r"[*#x\u2588\u25a0\u2587\u2592\u2022\s]{3,}", re.IGNORECASE)
_NOT_LETTER = re.compile(r"[^0-9a-z]+")


def is_redacted(supplier: str) -> bool:
    """Whether a supplier's cell says that the name is withheld.

    Parameters
    ----------
    supplier : str
        The cell as printed.

    Returns
    -------
    bool
        True for REDACTED, Redacted Personal Information, Name withheld, Personal data, a row of stars, and the like.

    Examples
    --------
    >>> [is_redacted(name) for name in ("REDACTED", "Redacted Personal Information", "Name withheld", "*****")]
    [True, True, True, True]
    >>> [is_redacted(name) for name in ("INDIVIDUAL CARE SERVICES", "Restore Datashred Limited", "Data Protection Services Ltd", "")]
    [False, False, False, False]
    """
    text = supplier.strip()
    if not text or len(text) > 150:
        return False
    if _BLOCKED.fullmatch(text):
        return True
    plain = _NOT_LETTER.sub(" ", text.casefold()).strip()
    return bool(_REDACTED.fullmatch(plain))
