"""How large a file of contracts may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ContractLimits"]


@dataclass(frozen=True, slots=True)
class ContractLimits:
    """Bounds of one reading of contracts, so that no file takes more memory than a usual machine has.

    Parameters
    ----------
    document_bytes : int
        Most bytes of a file that is one JSON document.
    lines_bytes : int
        Most bytes of a file with one JSON document on each line; it is read line by line.
    line_bytes : int
        Most bytes of one such line.
    depth : int
        Most objects and lists within each other; the standard needs about ten.
    releases : int
        Most releases in all files together.
    problems : int
        After so many problems in one file the reading stops.

    Examples
    --------
    >>> ContractLimits().depth
    64
    """

    document_bytes: int = 100_000_000
    lines_bytes: int = 2_000_000_000
    line_bytes: int = 20_000_000
    depth: int = 64
    releases: int = 100_000
    problems: int = 50
