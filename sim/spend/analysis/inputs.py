"""What an analysis is made from: a reading of files and the suppliers found in it, in the least form that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

__all__ = ["ReadFile", "Reading", "SupplierList"]


class ReadFile(Protocol):
    """One file, or one sheet of one, as it was read."""

    @property
    def file(self) -> str:
        """Name of the file."""

    @property
    def sheet(self) -> str:
        """Name of the sheet; empty for a text file."""

    @property
    def kind(self) -> str:
        """csv, xls, xlsx or ods."""

    @property
    def encoding(self) -> str:
        """Encoding of a text file."""

    @property
    def delimiter(self) -> str:
        """What stands between the cells of a text file."""

    @property
    def header_line(self) -> int:
        """Line of the heads of the columns, from 1; 0 for none."""

    @property
    def columns(self) -> Mapping[str, tuple[str, float]]:
        """Field to head of its column and certainty, 0 to 1."""

    @property
    def date_order(self) -> str:
        """How dates are read."""

    @property
    def rows_read(self) -> int:
        """Rows of every kind."""

    @property
    def rows_used(self) -> int:
        """Rows that are payments."""

    @property
    def pence_used(self) -> int:
        """Value of the payments."""

    @property
    def warnings(self) -> Sequence[str]:
        """What a reader should know."""


class Reading(Protocol):
    """Payments, rows set aside, and files."""

    @property
    def payments(self) -> pd.DataFrame:
        """One row a payment line."""

    @property
    def set_aside(self) -> pd.DataFrame:
        """One row a line that is no payment."""

    @property
    def files(self) -> Sequence[ReadFile]:
        """How each file was read."""

    def check(self) -> Any:
        """Raise when rows or value do not add up."""


class SupplierList(Protocol):
    """Suppliers and which payment is whose."""

    @property
    def table(self) -> pd.DataFrame:
        """One row a supplier, by its key."""

    @property
    def joins(self) -> pd.DataFrame:
        """One row a spelling: key, spelling, certainty, why; none of a private person."""

    @property
    def of_payment(self) -> pd.Series[Any]:
        """Key of the supplier of each payment."""
