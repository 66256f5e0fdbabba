"""The sector that sells what a code of the Common Procurement Vocabulary (CPV) names.

The vocabulary sorts what is bought, sectors sort who sells. A building or a course is sold by builders or schools; goods may be sold by
their makers or by a wholesaler, and are guessed to be their makers' with less certainty.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from sim.spend.matching.guess import Guess, unknown

__all__ = ["cpv_sector"]

GOODS: Final = 0.5
SERVICES: Final = 0.85
MIXED: Final = 0.6

#: Divisions (two digits) and the groups (three digits) that differ from their division: sector and certainty.
CODES: Final = MappingProxyType(
    {
        "03": ("agriculture", GOODS),
        "09": ("energy-water-waste", 0.7),
        "14": ("mining", GOODS),
        "15": ("food-manufacturing", GOODS),
        **dict.fromkeys(
            ("16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35", "37", "38", "39", "42", "43", "44"),
            ("other-manufacturing", GOODS),
        ),
        "41": ("energy-water-waste", SERVICES),
        "45": ("construction", SERVICES),
        "48": ("information", SERVICES),
        "50": ("other-manufacturing", 0.4),
        "501": ("wholesale-retail", MIXED),
        "503": ("information", 0.4),
        "507": ("construction", MIXED),
        "51": ("construction", 0.4),
        "55": ("accommodation-food", SERVICES),
        "60": ("transport", SERVICES),
        "63": ("transport", MIXED),
        "635": ("administrative", MIXED),
        "641": ("transport", SERVICES),
        "642": ("information", SERVICES),
        "65": ("energy-water-waste", SERVICES),
        "66": ("finance", SERVICES),
        "70": ("real-estate", SERVICES),
        "71": ("professional", SERVICES),
        "72": ("information", SERVICES),
        "73": ("professional", MIXED),
        "75": ("public-administration", MIXED),
        "76": ("mining", MIXED),
        "77": ("agriculture", 0.4),
        "773": ("administrative", MIXED),
        "79": ("professional", MIXED),
        "795": ("administrative", MIXED),
        "796": ("administrative", SERVICES),
        "797": ("administrative", SERVICES),
        "798": ("other-manufacturing", MIXED),
        "799": ("administrative", MIXED),
        "80": ("education", SERVICES),
        "85": ("health-care", SERVICES),
        "90": ("energy-water-waste", MIXED),
        "909": ("administrative", MIXED),
        "92": ("arts-other", SERVICES),
        "921": ("information", MIXED),
        "922": ("information", MIXED),
        "98": ("arts-other", MIXED),
    }
)

_CPV: Final = re.compile(r"(?<![0-9])([0-9]{8})(?:-[0-9])?(?![0-9])")


def cpv_sector(text: str) -> Guess:
    """The sector of the first CPV code in a text.

    Parameters
    ----------
    text : str
        A code of eight digits, with or without its check digit, alone or in a text.

    Returns
    -------
    Guess
        Unknown when the text holds no code, or one of a division that does not exist.

    Examples
    --------
    >>> cpv_sector("85000000-9"), cpv_sector("90910000").value, cpv_sector("drugs").value
    (Guess(value='health-care', certainty=0.85, why='CPV division 85'), 'administrative', 'unknown')
    """
    match = _CPV.search(text)
    if match is None:
        return unknown("no CPV code")
    code = match[1]
    for level, digits in (("group", 3), ("division", 2)):
        found = CODES.get(code[:digits])
        if found is not None:
            return Guess(found[0], found[1], f"CPV {level} {code[:digits]}")
    return unknown(f"no CPV division {code[:2]}")
