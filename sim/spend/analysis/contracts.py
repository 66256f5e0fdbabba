"""A contract book in the form of a reading, so that contracts are analysed as payments are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sim.errors import UnknownNameError
from sim.spend.analysis.names import PERSON, NameGuard

if TYPE_CHECKING:
    from sim.spend.ocds.contracts import ContractBook
    from sim.spend.suppliers import Suppliers

__all__ = ["ContractReading", "ContractSheet", "contract_list", "contract_reading", "of_buyer", "with_notice_facts"]

OTHER_CURRENCY: Final = "other-currency"
OTHER_BUYER: Final = "other-buyer"
NOTICE: Final = "said in the notice"


@dataclass(frozen=True)
class ContractSheet:
    """How one file of contracts was read, in the words of spend files."""

    file: str
    rows_read: int
    rows_used: int
    pence_used: int
    warnings: tuple[str, ...] = ()
    sheet: str = ""
    kind: str = "ocds"
    encoding: str = "utf-8"
    delimiter: str = ""
    header_line: int = 0
    columns: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    date_order: str = "year-first"


@dataclass(frozen=True)
class ContractReading:
    """Contracts as payments: one row for each award and supplier.

    Parameters
    ----------
    payments : DataFrame
        As of a spend file; `amount` is the supplier's share of the award, `date` the day of the award or else of the beginning,
        `area` goods, services or works, `category` the CPV code.
    set_aside : DataFrame
        Awards that do not count, and those in a currency other than that of most.
    files : tuple of ContractSheet
        One for each file.
    currency : str
        Currency of all amounts.
    contracts : DataFrame
        The contracts of that currency, in the order of `payments`.
    """

    payments: pd.DataFrame
    set_aside: pd.DataFrame
    files: tuple[ContractSheet, ...]
    currency: str
    contracts: pd.DataFrame

    def check(self) -> None:
        """That each row is used or set aside.

        Raises
        ------
        ValueError
            When one is lost: a fault of the program.
        """
        read = sum(file.rows_read for file in self.files)
        if read != len(self.payments) + len(self.set_aside):
            raise ValueError(f"{read} rows were read, {len(self.payments)} are used and {len(self.set_aside)} set aside")


def contract_reading(book: ContractBook, buyer: str | None = None) -> ContractReading:
    """The contracts of a book, or of one buyer in it, in the currency that most of them have.

    Parameters
    ----------
    book : ContractBook
        What was read.
    buyer : str, optional
        Name of a buyer as printed, capitals or not; all buyers when left out.

    Raises
    ------
    sim.errors.UnknownNameError
        When there is no such buyer; it names the nearest.
    """
    wanted = of_buyer(book.contracts, buyer)
    currency = str(book.contracts.loc[wanted, "currency"].mode().iloc[0]) if wanted.any() else "GBP"
    mine = wanted & (book.contracts["currency"] == currency)
    contracts = book.contracts[mine].reset_index(drop=True)
    aside = pd.concat([_aside(book.set_aside, currency), _other(book.contracts[~mine], currency)], ignore_index=True)
    payments = _payments(contracts)
    warnings = {file.file: file.warnings for file in book.files}
    used, kept_out = payments.groupby("file")["amount"].agg(["size", "sum"]), aside.groupby("file").size()
    files = []
    for name, said in warnings.items():
        rows, pence = (int(part) for part in used.loc[name]) if name in used.index else (0, 0)
        files.append(ContractSheet(name, rows + int(kept_out.get(name, 0)), rows, pence, tuple(said)))
    return ContractReading(payments, aside, tuple(files), currency, contracts)


def _payments(contracts: pd.DataFrame) -> pd.DataFrame:
    """Contracts in the columns of payments."""
    frame = contracts[["file", "line", "supplier", "supplier_number", "postcode"]].copy()
    frame["sheet"] = ""
    frame["body"] = contracts["buyer"]
    frame["date"] = contracts["date"].fillna(contracts["start"])
    frame["amount"] = contracts["value"].astype(np.int64)
    frame["category"], frame["area"] = contracts["category"], contracts["kind"]
    frame["description"], frame["reference"] = contracts["title"], contracts["award"]
    frame["redacted"] = False
    return frame


def _aside(set_aside: pd.DataFrame, currency: str) -> pd.DataFrame:
    """What does not count, in the columns of rows set aside; amounts of another currency are none of ours."""
    frame = set_aside[["file", "line", "reason", "amount", "text"]].assign(sheet="")
    frame["amount"] = frame["amount"].where(set_aside["currency"] == currency)
    return frame.astype({"amount": "Int64"})


def of_buyer(contracts: pd.DataFrame, buyer: str | None) -> pd.Series[Any]:
    """Which contracts are those of a buyer."""
    if buyer is None:
        return pd.Series(True, index=contracts.index)
    found = contracts["buyer"].astype("str").str.casefold() == buyer.strip().casefold()
    if not found.any():
        raise UnknownNameError("buyer", buyer, sorted(set(contracts["buyer"].astype("str")) - {""}))
    return found


def _other(contracts: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Contracts in other currencies, and of other buyers."""
    foreign = contracts["currency"] != currency
    amount = contracts["value"].astype("Int64").where(~foreign)
    reason = pd.Series(OTHER_BUYER, index=contracts.index, dtype="str").mask(foreign, OTHER_CURRENCY)
    return contracts[["file", "line"]].assign(reason=reason, amount=amount, text=contracts["currency"], sheet="")


def with_notice_facts(suppliers: Suppliers, contracts: pd.DataFrame) -> Suppliers:
    """Suppliers with what notices say of them: that one is a charity, and its company number. What a supplier list says stands.

    Parameters
    ----------
    suppliers : Suppliers
        As they were matched.
    contracts : DataFrame
        In the order of the payments they were matched from.
    """
    table = suppliers.table.copy()
    keys = suppliers.of_payment.to_numpy()
    charity = contracts["charity"].fillna(False).astype(bool).groupby(keys).any()
    is_charity = charity.reindex(table.index, fill_value=False) & (table["kind"] != PERSON) & (table["kind_certainty"] < 1.0)
    table.loc[is_charity, ["kind", "kind_certainty", "kind_why"]] = ["charity", 1.0, NOTICE]
    numbers = contracts["company_number"].groupby(keys).max().reindex(table.index, fill_value="")
    table["company_number"] = table["company_number"].where((table["company_number"] != "") | (table["kind"] == PERSON), numbers)
    return replace(suppliers, table=table)


def contract_list(contracts: pd.DataFrame, of_payment: pd.Series[Any], shown: pd.DataFrame, guard: NameGuard) -> pd.DataFrame:
    """The contracts one by one, with names as they may be shown; titles of those of private persons are left out.

    Returns
    -------
    DataFrame
        buyer, supplier, title, category, sector, start, end, method, pence, shared_by, sme; the first to end is the first.
    """
    of = shown.loc[of_payment]
    person = (of["kind"] == PERSON).to_numpy()
    table = contracts[["buyer", "title", "category", "sector", "start", "end", "method", "value", "shared_by", "sme"]].copy()
    table.insert(1, "supplier", of["name"].to_numpy())
    table["title"] = table["title"].astype("str").map(guard.clean).where(~person, "")
    return table.rename(columns={"value": "pence"}).sort_values(["end", "pence"], ascending=[True, False], kind="stable", ignore_index=True)
