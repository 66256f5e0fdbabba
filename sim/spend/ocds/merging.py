"""Releases of one contracting process put together: awards with the same id are one award, and the later release counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sim.spend.ocds.releases import Release

__all__ = ["MergedAward", "Replaced", "merge"]

#: Stands in for the date of a release that has none: before all others.
NO_DATE: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Replaced:
    """An award object that another one took the place of.

    Parameters
    ----------
    release : Release
        Where it stood.
    award : dict
        The object.
    same : bool
        Whether it says the same as the one that counts.
    """

    release: Release
    award: dict[str, Any]
    same: bool


@dataclass(slots=True)
class MergedAward:
    """One award, with what the process says about it.

    Parameters
    ----------
    release : Release
        The release that gave its latest state.
    award : dict
        The award object, with what earlier releases said and later ones left out.
    buyer, tender : dict
        Of the whole process.
    parties : dict
        From the id of a party to what is known of it.
    contracts : list of dict
        The contracts that name this award.
    replaced : list of Replaced
        Earlier objects with the same id.
    """

    release: Release
    award: dict[str, Any]
    buyer: dict[str, str]
    tender: dict[str, str]
    parties: dict[str, dict[str, Any]]
    contracts: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)


def merge(releases: Iterable[Release]) -> list[MergedAward]:
    """Every award of all releases once, in the order in which their processes were first met.

    Parameters
    ----------
    releases : iterable of Release
        Of any number of processes and files. Releases without an ocid are processes of their own.

    Returns
    -------
    list of MergedAward
        Awards without an id can't be told apart from others, so each of them stands.
    """
    processes: dict[tuple[str, int], list[Release]] = {}
    for release in releases:
        processes.setdefault((release.ocid, -1 if release.ocid else release.order), []).append(release)
    return [award for process in processes.values() for award in _process(process)]


def _process(releases: Sequence[Release]) -> list[MergedAward]:
    """The awards of one process."""
    buyer: dict[str, str] = {}
    tender: dict[str, str] = {}
    parties: dict[str, dict[str, Any]] = {}
    awards: dict[tuple[str, int, int], MergedAward] = {}
    contracts: dict[tuple[str, str], dict[str, Any]] = {}
    for release in sorted(releases, key=lambda one: (one.when or NO_DATE, one.order)):
        buyer.update(release.buyer)
        tender.update(release.tender)
        for name, facts in release.parties.items():
            parties[name] = parties.get(name, {}) | facts
        for place, award in enumerate(release.awards):
            key = (award["id"], -1, -1) if award["id"] else ("", release.order, place)
            awards[key] = _after(awards.get(key), release, award, (buyer, tender, parties))
        for contract in release.contracts:
            named = (contract["award"], contract["id"])
            contracts[named] = contracts.get(named, {}) | contract
    for (name, _), contract in contracts.items():
        if (name, -1, -1) in awards:
            awards[name, -1, -1].contracts.append(contract)
    return list(awards.values())


def _after(
    before: MergedAward | None, release: Release, award: dict[str, Any], process: tuple[dict[str, str], dict[str, str], dict[str, Any]]
) -> MergedAward:
    """The state of an award after one more release; what the release leaves out stays as it was, what it sets to null goes."""
    if before is None:
        return MergedAward(release, award, *process)
    old = {key: value for key, value in before.award.items() if key in award}
    replaced = Replaced(before.release, old, same=all(old.get(key) == value for key, value in award.items()))
    return MergedAward(release, before.award | award, *process, replaced=[*before.replaced, replaced])
