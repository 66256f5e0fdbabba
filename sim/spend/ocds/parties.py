"""Who a party of a notice is: name, postcode, company number, size, whether a charity or social enterprise."""

from __future__ import annotations

import re
from typing import Any, Final

from sim.spend.ocds.wording import plain_text

__all__ = ["company_number", "party_facts", "postcode_in"]

COMPANIES_HOUSE: Final = "GB-COH"
CHARITY_SCHEMES: Final = ("GB-CHC", "GB-SC", "GB-NIC")
SMALL: Final = ("micro", "small", "medium", "sme")
_POSTCODE: Final = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?) ?(\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])")
_APART: Final = re.compile(rf"\b{_POSTCODE.pattern}\b")
_NUMBER: Final = re.compile(r"([A-Z]{0,2}\d{1,8}|[A-Z]{2}\d{1,5}[A-Z])")


def postcode_in(text: str, apart: bool = False) -> str:
    """The last postcode in a line of address, in its normal form; "" when there is none.

    Capitals are looked for first, since an "n" or "rn" that was a line break may touch them; with `apart` such ones do not count.

    Examples
    --------
    >>> postcode_in("Bishop Meadow RoadnLE11 5RGnGB"), postcode_in("180 ashbourne road, de223bh"), postcode_in("Unit 7")
    ('LE11 5RG', 'DE22 3BH', '')
    """
    found = _APART.findall(text) if apart else _POSTCODE.findall(text) or _POSTCODE.findall(text.upper())
    return f"{found[-1][0]} {found[-1][1]}" if found else ""


def company_number(value: Any) -> str:
    """A number of Companies House with all of its eight signs; "" when it can't be one.

    Examples
    --------
    >>> company_number(4142000), company_number("oc303525"), company_number("SC 1234"), company_number("11111111.0"), company_number("?")
    ('04142000', 'OC303525', 'SC001234', '11111111', '')
    """
    text = re.sub(r"\s+", "", plain_text(value)).upper().removesuffix(".0").removeprefix(f"{COMPANIES_HOUSE}-")
    if not _NUMBER.fullmatch(text):
        return ""
    letters = re.match(r"[A-Z]*", text)
    prefix = letters[0] if letters else ""
    whole = prefix + text[len(prefix) :].rjust(8 - len(prefix), "0")
    return whole if len(whole) == 8 and whole.strip("0") else ""


def party_facts(party: dict[str, Any]) -> dict[str, Any]:
    """What is known of one party.

    Parameters
    ----------
    party : dict
        An entry of ``parties``, or of a supplier with the same fields.

    Returns
    -------
    dict
        ``name``, ``postcode``, ``company_number``, ``sme`` and ``charity``, each only where it is known.

    Examples
    --------
    >>> party_facts({"name": "Helping Ltd", "identifier": {"scheme": "GB-COH", "id": 4142000}, "details": {"scale": "sme"}})
    {'name': 'Helping Ltd', 'company_number': '04142000', 'sme': True}
    """
    address, details = _object(party.get("address")), _object(party.get("details"))
    facts = {
        "name": plain_text(party.get("name")) or plain_text(_object(party.get("identifier")).get("legalName")),
        "postcode": postcode_in(plain_text(address.get("postalCode"))) or postcode_in(_address_line(address)),
        "company_number": _number_of(party),
        "sme": _small(details.get("scale")),
        "charity": _charity(party, details),
    }
    return {key: value for key, value in facts.items() if value not in ("", None)}


def identifiers(party: dict[str, Any]) -> list[dict[str, Any]]:
    """The main identifier and the further ones."""
    more = party.get("additionalIdentifiers")
    return [_object(party.get("identifier")), *(_object(item) for item in (more if isinstance(more, list) else []))]


def _number_of(party: dict[str, Any]) -> str:
    """The company number, from the identifiers or from the party's id."""
    given = [item.get("id") for item in identifiers(party) if item.get("scheme") == COMPANIES_HOUSE]
    own = plain_text(party.get("id"))
    given += [own] if own.startswith(f"{COMPANIES_HOUSE}-") else []
    return next((number for number in map(company_number, given) if number), "")


def _small(scale: Any) -> bool | None:
    """Whether the party is a small or medium firm; None where nothing is said."""
    if scale in SMALL:
        return True
    return False if scale == "large" else None


def _charity(party: dict[str, Any], details: dict[str, Any]) -> bool | None:
    """Whether the party is a charity, community body or social enterprise; None where nothing is said."""
    if any(item.get("scheme") in CHARITY_SCHEMES and item.get("id") for item in identifiers(party)):
        return True
    said = details.get("vcse")
    return said if isinstance(said, bool) else None


def _address_line(address: dict[str, Any]) -> str:
    return ", ".join(plain_text(address.get(key)) for key in ("streetAddress", "locality", "region") if address.get(key))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
