"""Published spending and contracts of real institutions: files in; suppliers, analysis and contract books out.

Knows nothing of the model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.spend.limits import Limits
    from sim.spend.mapping import SpendMapping, read_mapping, write_mapping
    from sim.spend.ocds.book import contract_book
    from sim.spend.ocds.contracts import ContractBook
    from sim.spend.ocds.kind import is_ocds
    from sim.spend.ocds.reading import read_contracts
    from sim.spend.read import read_spend
    from sim.spend.reading import FileReading, SpendReading

__all__ = [
    "ContractBook",
    "FileReading",
    "Limits",
    "SpendMapping",
    "SpendReading",
    "contract_book",
    "is_ocds",
    "read_contracts",
    "read_mapping",
    "read_spend",
    "write_mapping",
]

_HOMES = {
    "ContractBook": "sim.spend.ocds.contracts",
    "FileReading": "sim.spend.reading",
    "Limits": "sim.spend.limits",
    "SpendMapping": "sim.spend.mapping",
    "SpendReading": "sim.spend.reading",
    "contract_book": "sim.spend.ocds.book",
    "is_ocds": "sim.spend.ocds.kind",
    "read_contracts": "sim.spend.ocds.reading",
    "read_mapping": "sim.spend.mapping",
    "read_spend": "sim.spend.read",
    "write_mapping": "sim.spend.mapping",
}


def __getattr__(name: str) -> Any:
    """The public name, from the module it lives in; so that nothing heavy is read before it is used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.spend' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Public names, for completion."""
    return sorted(__all__)
