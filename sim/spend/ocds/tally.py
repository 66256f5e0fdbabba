"""What each file of contracts holds, counted as it stands, before anything is merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.spend.ocds.parties import party_facts, postcode_in
from sim.spend.ocds.releases import Release, objects, roles_of
from sim.spend.ocds.values import pence_of
from sim.spend.ocds.wording import plain_text

__all__ = ["ContractFile", "currency_of"]


@dataclass(slots=True)
class ContractFile:
    """What one file holds.

    Parameters
    ----------
    file : str
        Its name as given.
    shape : str
        "document", "list", "releases", "records" or "lines"; "" when nothing was found.
    releases, awards : int
        Releases, and award objects in them.
    sums : dict of str to int
        Sum of the values of all award objects by currency, in pence (hundredths of the currency).
    noughts : int
        Award objects whose value is 0, such as frameworks.
    supplier_parties, with_company_number, small : int
        Parties with the role of supplier; those with a number of Companies House; those marked as small or medium.
    with_postcode, with_postcode_apart, with_postal_code : int
        Those with a postcode in their line of address, those whose postcode stands apart in it (a lost line break leaves an "n" before
        the others), those with a postcode in a field of its own.
    warnings : list of str
        What a reader of this file should know, with lines.
    ocids, buyers : set of str
        Processes, and names of buyers in lower case: one buyer may have several ids.
    """

    file: str
    shape: str = ""
    releases: int = 0
    awards: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    noughts: int = 0
    supplier_parties: int = 0
    with_company_number: int = 0
    with_postcode: int = 0
    with_postcode_apart: int = 0
    with_postal_code: int = 0
    small: int = 0
    ocids: set[str] = field(default_factory=set)
    buyers: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def count(self, release: dict[str, Any], kept: Release) -> None:
        """Count one release: as published, and what of it is kept."""
        self.releases += 1
        self.ocids |= {kept.ocid} - {""}
        self.buyers |= {(kept.buyer.get("name") or kept.buyer.get("id", "")).casefold()} - {""}
        for award in objects(release.get("awards")):
            value = award.get("value")
            pence, _ = pence_of(value.get("amount")) if isinstance(value, dict) else (None, "")
            self.awards += 1
            self.noughts += pence == 0
            currency = currency_of(award)
            self.sums[currency] = self.sums.get(currency, 0) + (pence or 0)
        for party in objects(release.get("parties")):
            if "supplier" in roles_of(party):
                self._supplier(party, kept.parties.get(plain_text(party.get("id"))) or party_facts(party))

    def _supplier(self, party: dict[str, Any], facts: dict[str, Any]) -> None:
        """Count one party with the role of supplier."""
        given = party.get("address")
        address = given if isinstance(given, dict) else {}
        self.supplier_parties += 1
        self.with_company_number += "company_number" in facts
        line = plain_text(address.get("streetAddress"))
        self.with_postcode += bool(postcode_in(line))
        self.with_postcode_apart += bool(postcode_in(line, apart=True))
        self.with_postal_code += bool(plain_text(address.get("postalCode")))
        self.small += facts.get("sme") is True


def currency_of(award: Mapping[str, Any]) -> str:
    """The currency of an award: "GBP" where none is said.

    Examples
    --------
    >>> currency_of({"value": {"amount": 1, "currency": "eur"}}), currency_of({})
    ('EUR', 'GBP')
    """
    value = award.get("value")
    text = plain_text(value.get("currency")).upper() if isinstance(value, dict) else ""
    return text if len(text) == 3 and text.isalpha() else "GBP"
