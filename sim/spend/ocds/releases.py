"""The releases in a JSON value: of a release, a record or a package; and what of each release is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sim.spend.ocds.categories import cpv_code
from sim.spend.ocds.documents import Element
from sim.spend.ocds.parties import party_facts
from sim.spend.ocds.values import moment_of
from sim.spend.ocds.wording import plain_text

__all__ = ["Found", "Release", "found_in", "objects", "release_facts", "roles_of"]

#: Keys of an award that are kept as they stand.
KEPT: Final = ("status", "date", "datePublished", "value", "title", "contractPeriod", "suppliers")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a JSON value holds.

    Parameters
    ----------
    kind : str
        "release", "linked-release" (only its address is given) or "not-a-release".
    value : object
        The release.
    ocid : str
        Of the record it stands in, where it has none of its own.
    """

    kind: str
    value: Any
    ocid: str = ""


@dataclass(slots=True)
class Release:
    """What of one release is kept, as it was published.

    Parameters
    ----------
    file, line : str, int
        Where it stands.
    order : int
        Its place in the reading, from 0.
    ocid : str
        The contracting process; "" when it has none.
    when : datetime or None
        Its date in universal time.
    buyer : dict
        ``id`` and ``name``.
    tender : dict
        ``title``, ``kind``, ``method`` and ``category``.
    parties : dict
        From the id of a party to what is known of it.
    awards, contracts : list of dict
        Award and contract objects, with the keys that count.
    """

    file: str
    line: int
    order: int
    ocid: str
    when: datetime | None
    buyer: dict[str, str]
    tender: dict[str, str]
    parties: dict[str, dict[str, Any]] = field(default_factory=dict)
    awards: list[dict[str, Any]] = field(default_factory=list)
    contracts: list[dict[str, Any]] = field(default_factory=list)


def found_in(value: Any, ocid: str = "") -> Iterator[Found]:
    """The releases of a JSON value, whatever of the standard's shapes it has.

    Of a record the compiled release counts, which holds all of its releases; without one, its releases do.

    Examples
    --------
    >>> [found.kind for found in found_in({"records": [{"ocid": "a", "releases": [{"url": "b"}, {"tag": ["award"]}]}]})]
    ['linked-release', 'release']
    """
    if not isinstance(value, dict):
        yield Found("not-a-release", value)
        return
    own = plain_text(value.get("ocid")) or ocid
    if isinstance(value.get("compiledRelease"), dict):
        yield Found("release", value["compiledRelease"], own)
        return
    lists = [value[key] for key in ("records", "releases") if isinstance(value.get(key), list)]
    parts = [part for found in lists for part in found]
    if parts:
        for part in parts:
            yield from found_in(part, own)
    elif "url" in value and not any(key in value for key in ("tender", "awards", "parties", "buyer")):
        yield Found("linked-release", value, own)
    elif any(key in value for key in ("ocid", "awards", "tender", "tag")):
        yield Found("release", value, own)
    elif not lists:
        yield Found("not-a-release", value)


def release_facts(found: Found, element: Element, file: str, order: int) -> Release:
    """What of a release is kept."""
    value = found.value
    parties = objects(value.get("parties"))
    return Release(
        file=file,
        line=element.line,
        order=order,
        ocid=plain_text(value.get("ocid")) or found.ocid,
        when=moment_of(value.get("date")),
        buyer=_buyer(value, parties),
        tender=_tender(value),
        parties={plain_text(party.get("id")): party_facts(party) for party in parties if plain_text(party.get("id"))},
        awards=[_award(award) for award in objects(value.get("awards"))],
        contracts=[_contract(contract) for contract in objects(value.get("contracts"))],
    )


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing for anything else.

    Examples
    --------
    >>> objects([{"id": 1}, 2]), objects("text")
    ([{'id': 1}], [])
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def roles_of(party: dict[str, Any]) -> tuple[str, ...]:
    """The roles of a party.

    Examples
    --------
    >>> roles_of({"roles": ["buyer", 3]})
    ('buyer',)
    """
    roles = party.get("roles")
    return tuple(role for role in roles if isinstance(role, str)) if isinstance(roles, list) else ()


def _buyer(value: dict[str, Any], parties: list[dict[str, Any]]) -> dict[str, str]:
    """The buyer as named, or the party that has the role."""
    named = value.get("buyer")
    buyer = named if isinstance(named, dict) and named else None
    for role in ("buyer", "procuringEntity"):
        buyer = buyer or next((party for party in parties if role in roles_of(party)), None)
    found = {key: plain_text((buyer or {}).get(key)) for key in ("id", "name")}
    return {key: text for key, text in found.items() if text}


def _tender(value: dict[str, Any]) -> dict[str, str]:
    """Title, kind, method and category of what was bought, each where it is known."""
    given = value.get("tender")
    tender = given if isinstance(given, dict) else {}
    category = _category([tender, *objects(tender.get("items"))])
    facts = {
        "title": plain_text(tender.get("title")),
        "kind": plain_text(tender.get("mainProcurementCategory")),
        "method": plain_text(tender.get("procurementMethod")),
        "category": category,
    }
    return {key: text for key, text in facts.items() if text}


def _category(holders: list[dict[str, Any]]) -> str:
    """The first code of the Common Procurement Vocabulary among classifications."""
    given = [holder.get("classification") for holder in holders]
    more = [found for holder in holders for found in objects(holder.get("additionalClassifications"))]
    every = [found for found in [*given, *more] if isinstance(found, dict) and found.get("scheme") == "CPV"]
    return next((code for code in (cpv_code(found.get("id")) for found in every) if code), "")


def _award(award: dict[str, Any]) -> dict[str, Any]:
    """The keys of an award that count; a key that is missing stays missing."""
    facts: dict[str, Any] = {key: award[key] for key in KEPT if key in award}
    facts["id"] = plain_text(award.get("id"))
    if "suppliers" in facts:
        facts["suppliers"] = [{key: plain_text(supplier.get(key)) for key in ("id", "name")} for supplier in objects(award["suppliers"])]
    category = _category(objects(award.get("items")))
    return facts | {"category": category} if category else facts


def _contract(contract: dict[str, Any]) -> dict[str, Any]:
    """The keys of a contract that count."""
    facts = {key: contract[key] for key in ("value", "period", "status") if key in contract}
    return facts | {"id": plain_text(contract.get("id")), "award": plain_text(contract.get("awardID"))}
