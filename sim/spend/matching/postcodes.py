"""Which local authorities a postcode may lie in: the table of postcode sectors, with whole districts to fall back on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from sim.errors import RunError

__all__ = ["authorities_of", "postcode_parts"]

TABLE: Final = "postcode_sectors.csv"
TABLE_HASH: Final = "1a74554985d3270b921cc718f0fc32590e0e22ea5372c17df053f07ce108cc4d"
#: Postcode areas without a local authority in the table: Northern Ireland has another licence, the islands have no authority.
ELSEWHERE: Final = MappingProxyType({"BT": "Northern Ireland", "GY": "Guernsey", "JE": "Jersey", "IM": "the Isle of Man"})

_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?|GIR|NPT)(?:\s*([0-9])(?:[A-Z]{2})?)?")

Shares = Mapping[str, float]


def postcode_parts(postcode: str) -> tuple[str, str] | None:
    """District and sector of a postcode; the sector is empty when only the district was given.

    Examples
    --------
    >>> postcode_parts("PR1 2HE"), postcode_parts("e96sr"), postcode_parts("PR1"), postcode_parts("Preston")
    (('PR1', 'PR1 2'), ('E9', 'E9 6'), ('PR1', ''), None)
    """
    text = re.sub(r"\s+", "", postcode).upper()
    full = re.fullmatch(r"([A-Z]{1,2}[0-9][0-9A-Z]?|NPT)([0-9])[A-Z]{2}", text)
    match = full or _POSTCODE.fullmatch(postcode.strip().upper())
    if match is None:
        return None
    return match[1], f"{match[1]} {match[2]}" if match[2] else ""


def authorities_of(postcode: str) -> tuple[Shares, str]:
    """The local authorities a postcode may lie in.

    Parameters
    ----------
    postcode : str
        A postcode, whole or cut after the district.

    Returns
    -------
    mapping of str to float
        Share of the sector's postcodes, or of the district's, that lie in each authority, by official code; adds up to 1. Empty when
        the postcode is not known. An area without local authorities is itself the one entry.
    str
        What was looked at: "PR1 2", "PR1", or the name of an area elsewhere.

    Raises
    ------
    sim.errors.RunError
        When the table is not what was published with this version.

    Examples
    --------
    >>> shares, where = authorities_of("PR1 2HE")
    >>> dict(shares), where
    ({'E07000123': 1.0}, 'PR1 2')
    >>> authorities_of("ZZ9 9ZZ")
    (mappingproxy({}), '')
    """
    parts = postcode_parts(postcode)
    nowhere: tuple[Shares, str] = (MappingProxyType({}), "")
    if parts is None:
        return nowhere
    district, sector = parts
    elsewhere = ELSEWHERE.get(district[:2])
    if elsewhere is not None:
        return MappingProxyType({elsewhere: 1.0}), elsewhere
    sectors, districts = _tables()
    if sector in sectors:
        return sectors[sector], sector
    return (districts[district], district) if district in districts else nowhere


@cache
def _tables() -> tuple[Mapping[str, Shares], Mapping[str, Shares]]:
    """Shares by sector and by district; read once."""
    text = resources.files("sim.data").joinpath(TABLE).read_text(encoding="utf-8").replace("\r\n", "\n")
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != TABLE_HASH:
        raise RunError(f"the table {TABLE} has been changed since it was published with this version; install the package again")
    sectors: dict[str, dict[str, int]] = {}
    districts: dict[str, dict[str, int]] = {}
    for line in text.splitlines()[1:]:
        sector, authority, count = line.split(",")
        for table, key in ((sectors, sector), (districts, sector.split(" ")[0])):
            counts = table.setdefault(key, {})
            counts[authority] = counts.get(authority, 0) + int(count)
    return _shares(sectors), _shares(districts)


def _shares(tables: Mapping[str, Mapping[str, int]]) -> Mapping[str, Shares]:
    """Counts as shares of their sum."""
    return {key: MappingProxyType({code: count / sum(counts.values()) for code, count in counts.items()}) for key, counts in tables.items()}
