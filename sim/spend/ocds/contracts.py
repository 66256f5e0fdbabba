"""The table of contracts: one row for each award and supplier, the value shared among the suppliers of an award."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from sim.spend.matching.cpv import cpv_sector
from sim.spend.ocds.merging import MergedAward
from sim.spend.ocds.oddities import flag_of
from sim.spend.ocds.releases import objects
from sim.spend.ocds.tally import ContractFile, currency_of
from sim.spend.ocds.values import day_after, day_of, pence_of, shares_of
from sim.spend.ocds.wording import plain_text

__all__ = ["COLUMNS", "NOT_IN_FORCE", "SET_ASIDE", "ContractBook", "contracts_table"]

COLUMNS: Final = {
    "ocid": "str",
    "award": "str",
    "buyer": "str",
    "buyer_number": "str",
    "supplier": "str",
    "supplier_number": "str",
    "value": "int64",
    "shared_by": "int64",
    "currency": "str",
    "title": "str",
    "category": "str",
    "sector": "str",
    "sector_certainty": "float64",
    "kind": "str",
    "start": "datetime64[s]",
    "end": "datetime64[s]",
    "date": "datetime64[s]",
    "method": "str",
    "postcode": "str",
    "company_number": "str",
    "sme": "boolean",
    "charity": "boolean",
    "flag": "str",
    "file": "str",
    "line": "int64",
}
"""Columns of the table of contracts with their types."""

SET_ASIDE: Final = {
    "file": "str",
    "line": "int64",
    "reason": "str",
    "ocid": "str",
    "award": "str",
    "amount": "Int64",
    "currency": "str",
    "text": "str",
}
"""Columns of what was set aside."""

#: States of an award in which there is no contract.
NOT_IN_FORCE: Final = ("cancelled", "unsuccessful")


@dataclass(frozen=True)
class ContractBook:
    """Contracts of one or several files.

    Parameters
    ----------
    contracts : pandas.DataFrame
        One row for each award and supplier. ``value`` is the supplier's share in pence, equal shares in whole pence that sum to the
        value of the award; ``shared_by`` says among how many. ``start`` and ``end`` are days as written. ``flag`` is "nought" for
        an award of 0 (most are frameworks), "no value" where none is given, "looks like a rate" below
        :data:`sim.spend.ocds.oddities.LEAST_TOTAL`, "perhaps a slip" where another award of the process has the same digits, else "".
    set_aside : pandas.DataFrame
        What does not count, with the reason: "superseded" by a later release, "repeated" in the same words, "not-in-force",
        "no-award" (a release before an award), "linked-release" (only its address is given), "not-a-release".
    files : tuple of ContractFile
        What each file holds, and what a reader of it should know.

    Examples
    --------
    >>> ContractBook(*contracts_table([]), files=()).value
    {}
    """

    contracts: pd.DataFrame
    set_aside: pd.DataFrame
    files: tuple[ContractFile, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every warning, each with its file."""
        return tuple(f"{file.file}: {warning}" for file in self.files for warning in file.warnings)

    @property
    def awards(self) -> int:
        """How many awards there are after merging."""
        return len(self.contracts[["file", "ocid", "award", "line"]].drop_duplicates())

    @property
    def value(self) -> dict[str, int]:
        """Their value by currency, in pence."""
        return {str(currency): int(pence) for currency, pence in self.contracts.groupby("currency")["value"].sum().items()}

    def check(self) -> None:
        """That no value was made or lost: award objects in the files equal those in the table and those set aside.

        Raises
        ------
        ValueError
            When a sum does not close; a fault of the program.
        """
        aside = self.set_aside.groupby("currency")["amount"].sum()
        for currency in {currency for file in self.files for currency in file.sums}:
            read = sum(file.sums.get(currency, 0) for file in self.files)
            kept, left = self.value.get(currency, 0), int(aside.get(currency, 0))
            if read != kept + left:
                raise ValueError(f"{read} pence of {currency} were read, but {kept} are used and {left} are set aside")


def contracts_table(awards: Iterable[MergedAward]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of contracts, and the award objects that do not count.

    Parameters
    ----------
    awards : iterable of MergedAward
        All awards once.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.DataFrame
        As in :class:`ContractBook`.
    """
    rows: list[dict[str, Any]] = []
    aside: list[dict[str, Any]] = []
    for merged in awards:
        aside += [_aside(one.release, one.award, "repeated" if one.same else "superseded") for one in merged.replaced]
        if merged.award.get("status") in NOT_IN_FORCE:
            aside.append(_aside(merged.release, merged.award, "not-in-force"))
        else:
            rows += _rows(merged)
    return frame(rows, COLUMNS), frame(aside, SET_ASIDE)


def frame(rows: Sequence[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    """Rows as a table with these columns and types, also when there are none.

    Examples
    --------
    >>> frame([], {"value": "int64"}).dtypes.to_dict()
    {'value': dtype('int64')}
    """
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in columns.items()})


def _rows(merged: MergedAward) -> list[dict[str, Any]]:
    """The rows of one award, one for each supplier."""
    award, release = merged.award, merged.release
    pence = amount_of(award)
    start, end = _period(merged)
    category = award.get("category") or merged.tender.get("category", "")
    sector = cpv_sector(category)
    same = {
        "ocid": release.ocid,
        "award": award["id"],
        "buyer": merged.buyer.get("name", ""),
        "buyer_number": merged.buyer.get("id", ""),
        "currency": currency_of(award),
        "title": plain_text(award.get("title")) or merged.tender.get("title", ""),
        "category": category,
        "sector": sector.value,
        "sector_certainty": sector.certainty,
        "kind": merged.tender.get("kind", ""),
        "start": start,
        "end": end,
        "date": day_of(award.get("date")) or day_of(award.get("datePublished")) or (release.when.date() if release.when else None),
        "method": merged.tender.get("method", ""),
        "flag": flag_of(pence),
        "file": release.file,
        "line": release.line,
    }
    suppliers = _suppliers(merged)
    shares = shares_of(pence or 0, len(suppliers))
    return [same | supplier | {"value": share, "shared_by": len(suppliers)} for supplier, share in zip(suppliers, shares, strict=True)]


def amount_of(award: dict[str, Any]) -> int | None:
    """The value of an award in pence; None where none is given.

    Examples
    --------
    >>> amount_of({"value": {"amount": 12}}), amount_of({})
    (1200, None)
    """
    value = award.get("value")
    return pence_of(value.get("amount"))[0] if isinstance(value, dict) else None


def _suppliers(merged: MergedAward) -> list[dict[str, Any]]:
    """The suppliers of an award, each once; one without a name where none is given."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for supplier in objects(merged.award.get("suppliers")):
        number = plain_text(supplier.get("id"))
        facts = merged.parties.get(number, {}) if number else {}
        name = plain_text(supplier.get("name")) or facts.get("name", "")
        found[number, name] = {
            "supplier": name,
            "supplier_number": number,
            "postcode": facts.get("postcode", ""),
            "company_number": facts.get("company_number", ""),
            "sme": facts.get("sme"),
            "charity": facts.get("charity"),
        }
    nobody = {"supplier": "", "supplier_number": "", "postcode": "", "company_number": "", "sme": None, "charity": None}
    return list(found.values()) or [nobody]


def _period(merged: MergedAward) -> tuple[date | None, date | None]:
    """First and last day: of the award, or of the contracts that name it."""
    given = [merged.award.get("contractPeriod"), *(contract.get("period") for contract in merged.contracts)]
    periods = [period for period in given if isinstance(period, dict)]
    start = next((day for day in (day_of(period.get("startDate")) for period in periods) if day), None)
    ends = (day_of(period.get("endDate")) or day_after(day_of(period.get("startDate")), period.get("durationInDays")) for period in periods)
    return start, next((day for day in ends if day), None)


def _aside(release: Any, award: dict[str, Any], reason: str) -> dict[str, Any]:
    """An award object that does not count."""
    text = plain_text(award.get("title")) or ", ".join(plain_text(supplier.get("name")) for supplier in objects(award.get("suppliers")))
    same = {"file": release.file, "line": release.line, "reason": reason, "ocid": release.ocid, "award": award.get("id", "")}
    return same | {"amount": amount_of(award), "currency": currency_of(award), "text": text[:200]}
