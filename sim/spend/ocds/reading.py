"""Files of contracts read into one book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.settings.reading.problems import Findings, Kind, shown
from sim.spend.ocds.contracts import SET_ASIDE, ContractBook, contracts_table, frame
from sim.spend.ocds.documents import Element, JsonFile, source_of
from sim.spend.ocds.limits import ContractLimits
from sim.spend.ocds.merging import merge
from sim.spend.ocds.oddities import flag_slips, oddities
from sim.spend.ocds.releases import Found, Release, found_in, objects, release_facts
from sim.spend.ocds.tally import ContractFile
from sim.spend.ocds.values import MOST_POUNDS, pence_of
from sim.spend.ocds.wording import plain_text
from sim.spend.together import refuse_too_much

__all__ = ["read_contracts"]


def read_contracts(paths: str | Path | Iterable[str | Path], limits: ContractLimits | None = None) -> ContractBook:
    """Read contracts published in the Open Contracting Data Standard.

    Parameters
    ----------
    paths : path or iterable of paths
        Files that hold one release, a list of releases, a release package, a record package, or one of these on each line. What a file
        holds is seen from its content. Releases of one process may stand in several files.
    limits : ContractLimits, optional
        How large a file may be.

    Returns
    -------
    ContractBook
        Contracts, what was set aside, what each file holds, and warnings.

    Raises
    ------
    sim.errors.InputError
        When a file is no JSON, holds no release, is too large, or has an amount that can't be one, with every problem; or where no
        total could hold all amounts.
    """
    reading = _Reading(limits or ContractLimits())
    for path in [paths] if isinstance(paths, (str, Path)) else list(paths):
        reading.read(path)
    reading.findings.raise_if_any()
    return book_of(reading)


def book_of(reading: _Reading) -> ContractBook:
    """The book of everything that has been read."""
    contracts, aside = contracts_table(merge(reading.releases))
    sums = [(contracts["file"], contracts["value"]), (aside["file"], aside["amount"])]
    refuse_too_much(sums, "give fewer files, or ask the publisher for the figures")
    contracts = flag_slips(contracts)
    replaced, odd = _replaced(aside), oddities(contracts)
    for file in reading.files:
        file.warnings += [*replaced.get(file.file, []), *odd.get(file.file, [])]
    book = ContractBook(contracts, _joined(aside, reading.aside), tuple(reading.files))
    book.check()
    return book


@dataclass
class _Reading:
    """What has been read so far."""

    limits: ContractLimits
    findings: Findings = field(default_factory=Findings)
    releases: list[Release] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)
    files: list[ContractFile] = field(default_factory=list)
    odd: dict[str, list[int]] = field(default_factory=dict)

    def read(self, path: str | Path) -> None:
        """Read one file."""
        source = source_of(path)
        mine, counted = Findings(), ContractFile(source.shown)
        reader = JsonFile(source, self.limits, mine)
        self.odd = {}
        for element in reader.elements():
            counted.shape = counted.shape or element.shape
            for found in found_in(element.value):
                self._keep(found, element, counted, mine)
            if len(self.releases) > self.limits.releases or len(mine.problems) >= self.limits.problems:
                break
        self._bounded(source.shown, mine)
        if not mine.problems and not counted.releases and not any(row["reason"] == "linked-release" for row in self.aside):
            allowed = "a release, a list of releases, a release package, a record package, or one of these on each line"
            remedy = "give contracts in the Open Contracting Data Standard 1.1"
            mine.add(Kind.WRONG_FORM, source.shown, 1, (), "no release was found in it", given="other JSON", allowed=allowed, remedy=remedy)
        self.files.append(counted)
        counted.warnings += _odd_words(reader.reader.repeated, self.odd)
        self.findings.problems += mine.problems

    def _bounded(self, file: str, findings: Findings) -> None:
        """A finding when there are too many releases."""
        if len(self.releases) > self.limits.releases:
            most = self.limits.releases
            given, allowed = f"more than {most:,}", f"at most {most:,} in all files"
            findings.add(Kind.TOO_MANY_VALUES, file, None, (), "too many releases", given=given, allowed=allowed, remedy="give fewer files")

    def _keep(self, found: Found, element: Element, counted: ContractFile, findings: Findings) -> None:
        """Keep one release, or set aside what is none."""
        if found.kind != "release":
            self._set_aside(counted.file, element.line, found.kind, found.ocid, found.value)
            return
        problems = list(_wrong_amounts(found.value))
        for key, given in problems:
            allowed, remedy = f"up to {MOST_POUNDS:,} pounds", "ask the publisher for the figure"
            findings.add(
                Kind.OUT_OF_BOUNDS, counted.file, element.line, key, "the amount is too large", given=given, allowed=allowed, remedy=remedy
            )
        if problems:
            return
        release = release_facts(found, element, counted.file, len(self.releases))
        counted.count(found.value, release)
        self.releases.append(release)
        self._note_odd(found.value, release)
        if not release.awards:
            self._set_aside(counted.file, element.line, "no-award", release.ocid, release.tender.get("title", ""))

    def _note_odd(self, value: dict[str, Any], release: Release) -> None:
        """Note what is odd about a release, by line."""
        words = {pence_of(given)[1] for _, given in _amounts(value)} - {""}
        unnamed = any(not award["id"] for award in release.awards)
        for word in (*words, *(["ocid"] if not release.ocid else []), *(["id"] if unnamed else []), *([] if release.when else ["date"])):
            self.odd.setdefault(word, []).append(release.line)

    def _set_aside(self, file: str, line: int, reason: str, ocid: str, value: Any) -> None:
        text = plain_text(value) or plain_text(value.get("url") if isinstance(value, dict) else "") or shown(value)
        row = {"file": file, "line": line, "reason": reason, "ocid": ocid, "award": "", "amount": None, "currency": "GBP"}
        self.aside.append(row | {"text": text[:200]})


def _amounts(release: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The amount of each award as it stands, with its key."""
    for place, award in enumerate(objects(release.get("awards"))):
        value = award.get("value")
        if isinstance(value, dict):
            yield ("awards", place, "value", "amount"), value.get("amount")


def _wrong_amounts(release: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Amounts that no contract can have."""
    for key, given in _amounts(release):
        try:
            pence_of(given)
        except OverflowError as error:
            yield key, str(error)


def _odd_words(repeated: dict[str, int], odd: dict[str, list[int]]) -> list[str]:
    """Warnings about how a file is written."""
    said = {
        "text": "amounts are written as text",
        "rounded": "amounts have parts of a penny and were rounded",
        "unreadable": "amounts are no number; their awards are kept without a value",
        "ocid": "releases have no ocid and can't be merged with others",
        "id": "releases have awards without an id, which can't be merged with others",
        "date": "releases have no date that can be read, and count as the earliest",
    }
    found = [f"{said[word]} (line {', '.join(map(str, odd[word][:5]))}{', ...' if len(odd[word]) > 5 else ''})" for word in odd]
    if repeated:
        found.append(f"keys stand twice in one object, and the last counts: {', '.join(sorted(repeated)[:10])}")
    return found


def _replaced(aside: Any) -> dict[str, list[str]]:
    """Of each file a warning that says how many award objects a later release replaced, and their value."""
    found = aside[aside["reason"].isin(("superseded", "repeated"))]
    said = {}
    for file, rows in found.groupby("file"):
        sums = ", ".join(f"{int(pence) / 100:,.2f} {currency}" for currency, pence in rows.groupby("currency")["amount"].sum().items())
        said[str(file)] = [f"award objects replaced by a later release of the same award, not added: {len(rows)} ({sums})"]
    return said


def _joined(aside: Any, rows: Sequence[dict[str, Any]]) -> Any:
    """Everything that was set aside in one table."""
    import pandas as pd

    return pd.concat([aside, frame(rows, SET_ASIDE)], ignore_index=True).sort_values(["file", "line"], kind="stable", ignore_index=True)
