"""What the report of an experiment reads of it, whoever stored it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

__all__ = ["StoredSweep"]


class StoredSweep(Protocol):
    """What a report reads of a stored experiment."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was run, as resolved."""

    @property
    def points(self) -> pd.DataFrame:
        """Index point; a column for each thing varied."""

    @property
    def arms(self) -> Sequence[str]:
        """Names of the scenarios."""

    @property
    def reference(self) -> str:
        """Name of the scenario that the others are compared with."""

    @property
    def measures(self) -> Sequence[str]:
        """Names of the measures."""

    @property
    def seeds(self) -> Sequence[int]:
        """The seeds."""

    @property
    def failures(self) -> pd.DataFrame:
        """Runs that failed."""

    @property
    def complete(self) -> bool:
        """Whether every run was made or failed."""

    def values(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame:
        """Index point, a column for each seed."""

    def difference(self, measure: str, arm: str, month: int = 0) -> pd.DataFrame:
        """The same, arm less reference."""
